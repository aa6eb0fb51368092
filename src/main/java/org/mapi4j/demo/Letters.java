package org.mapi4j.demo;

import java.util.List;
import org.mapi4j.demo.Letter.Attached;
import org.mapi4j.demo.Letter.Person;

/**
 * The sample mail as data: several scripts, attachments small and large, a message in a message.
 */
final class Letters {
  private static final Person ANNA = new Person("Anna Berger", "anna.berger@example.org");
  private static final Person BORIS = new Person("Борис Петров", "boris@example.org");
  private static final Person CHEN = new Person("陈晓明", "chen.xiaoming@example.org");
  private static final Person DANA = new Person("Dana O'Neill", "dana@example.net");
  private static final Person TEAM = new Person("Project team", "team@example.org");
  private static final int LOG_BYTES = 3 << 20;

  private Letters() {}

  /** The message that the two clients edit. */
  static Letter plan() {
    return new Letter(
        ANNA,
        List.of(TEAM, BORIS),
        190,
        "Release plan, draft",
        """
        Hello all,

        the release goes out on Thursday at noon. Boris packs, Dana tests.
        Please put your changes straight into this message.

        Anna
        """,
        List.of("Plan", "Release"),
        List.of(
            new Attached("checklist.txt", "text/plain", "[ ] pack\n[ ] test\n[ ] announce\n", 31)),
        null);
  }

  /** The others. */
  static List<Letter> others() {
    return List.of(
        new Letter(
            BORIS,
            List.of(ANNA),
            150,
            "Отчёт за третий квартал",
            """
            Анна, добрый день!

            Отчёт готов, таблица приложена. Жду замечаний до пятницы.

            Борис
            """,
            List.of("Отчёты"),
            List.of(
                new Attached(
                    "отчёт.csv", "text/csv", "месяц;сумма\nиюль;120\nавгуст;135\n", 4_000)),
            null),
        new Letter(
            CHEN,
            List.of(TEAM),
            95,
            "会议纪要:新版本发布计划",
            """
            各位好,

            会议纪要如下:星期四中午发布新版本,请大家在星期三之前完成测试。

            陈晓明
            """,
            List.of(),
            List.of(),
            null),
        forwarded(),
        new Letter(
            DANA,
            List.of(BORIS),
            12,
            "Server log of last night",
            "Three megabytes, sorry. The interesting part is at 02:14.\n",
            List.of(),
            List.of(
                new Attached(
                    "server.log",
                    "text/plain",
                    "02:14:07 WARN  connection reset by peer, retrying\n",
                    LOG_BYTES)),
            null));
  }

  private static Letter forwarded() {
    return new Letter(
        DANA,
        List.of(ANNA, CHEN),
        60,
        "Fwd: Signed contract",
        """
            The signed contract, as it came in.

            Dana
            """,
        List.of("Contracts"),
        List.of(),
        new Letter(
            new Person("Notary Weiß & Söhne", "office@example.com"),
            List.of(DANA),
            2_880,
            "Signed contract",
            "Please find the contract attached.\n",
            List.of(),
            List.of(new Attached("contract.txt", "text/plain", "§ 1 The parties agree.\n", 900)),
            null));
  }
}
