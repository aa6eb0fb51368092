package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;

/** Which rows {@code ls} shows of a folder, and how. */
class LsRowsTest extends CommandScene {
  @BeforeEach
  void messages() {
    try (MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      add(inbox, "Plan B", 2);
      add(inbox, "the plan", 1);
      add(inbox, "lunch", 2);
      add(inbox, "say \"no\"", 0);
    }
  }

  private CliRun ls(String... more) {
    String[] folder = {"/Inbox"};
    String[] words = Arrays.copyOf(folder, 1 + more.length);
    System.arraycopy(more, 0, words, 1, more.length);
    return run("ls", words);
  }

  private void assertShows(String expected, String... more) {
    CliRun run = ls(more);
    assertEquals("", run.err());
    assertEquals(expected, run.out());
  }

  private void assertFails(String expected, String... more) {
    CliRun run = ls(more);
    assertEquals(expected, run.err());
    assertEquals(1, run.code());
  }

  private void assertFinds(String subjects, String where) {
    CliRun run = ls("--columns", "subject", "--sort", "subject", "--where", where);
    assertEquals("", run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(subjects, String.join(" | ", lines.subList(0, lines.size() - 1)), where);
  }

  @Test
  void where_eachTest_showsItsRows() {
    assertFinds("lunch | Plan B", "importance = 2");
    assertFinds("say \"no\" | the plan", "importance != 2");
    assertFinds("say \"no\" | the plan", "importance<2");
    assertFinds("say \"no\"", "PR_IMPORTANCE <= 0");
    assertFinds("lunch | Plan B", "0x00170003 > 1");
    assertFinds("lunch | Plan B | the plan", "importance >= 1");
    assertFinds("Plan B | the plan", "subject contains PLAN");
    assertFinds("Plan B", "subject starts plan");
    assertFinds("lunch | Plan B", "importance has 0x2");
    assertFinds("say \"no\"", "subject = \"say \\\"no\\\"\"");
    assertFinds("lunch | Plan B | say \"no\" | the plan", "subject exists");
  }

  @Test
  void where_wordsBetweenTests_bindAsSaid() {
    assertFinds("Plan B", "subject contains plan and importance = 2");
    assertFinds(
        "lunch | say \"no\"", "importance = 0 or importance = 2 and not subject contains plan");
    assertFinds("lunch", "(importance = 0 or importance = 2) and not (subject contains a)");
    assertFinds("the plan", "NOT NOT subject = \"the plan\"");
  }

  @Test
  void where_wrongText_saysWhereAndWhatIsExpected() {
    assertFails(
        "mapi4j: --where at 8: expected one of = != < <= > >= contains starts has exists,"
            + " found like\n",
        "--where",
        "subject like x");
    assertFails(
        "mapi4j: --where at 12: expected a value, found the end\n", "--where", "importance =");
    assertFails(
        "mapi4j: --where at 0: expected a property, not, or (, found the end\n", "--where", "");
    assertFails(
        "mapi4j: --where at 15: expected and, or, or ), found the end\n",
        "--where",
        "(importance = 2");
    assertFails(
        "mapi4j: --where at 15: expected and, or, or the end, found )\n",
        "--where",
        "importance = 2 )");
    assertFails(
        "mapi4j: --where at 10: no word, sign or text in quotes: \"\"open\"\n",
        "--where",
        "subject = \"open");
    assertFails(
        "mapi4j: --where at 13: PR_IMPORTANCE (0x00170003): PT_LONG expects a number,"
            + " decimal or 0x, found \"high\"\n",
        "--where",
        "importance = high");
    assertFails(
        "mapi4j: --where: more than 100 levels\n", "--where", "(".repeat(100_000) + "importance");
    assertTrue(ls("--where", "importence = 2").err().contains("Did you mean PR_IMPORTANCE?"));
  }

  @Test
  void where_testThatThePropertyHasNot_saysWhichAndWhere() {
    assertFails(
        "mapi4j: --where at 11: contains expects a property with text or bytes,"
            + " PR_IMPORTANCE (0x00170003) is PT_LONG\n",
        "--where",
        "importance contains 2");
    assertFails(
        "mapi4j: --where at 8: has expects a property of type PT_LONG,"
            + " PR_SUBJECT_W (0x0037001F) is PT_UNICODE\n",
        "--where",
        "subject has 1");
    assertFails(
        "mapi4j: --where at 15: PR_IMPORTANCE (0x00170003): PT_LONG expects a number,"
            + " decimal or 0x, found \"abc\"\n",
        "--where",
        "not importance=abc");
    assertTrue(ls("--where", "nosuch = 1").err().startsWith("mapi4j: --where at 0: PR_NOSUCH: "));
    assertFinds("", "0x0037301F = a");
  }

  @Test
  void lists_withoutAProperty_nameTheOption() {
    for (String option : List.of("--columns", "--sort", "--group")) {
      for (String list : List.of("", ",", "subject,,importance", " ")) {
        assertFails(
            "mapi4j: " + option + ": expected a property, or several with a comma between\n",
            option,
            list);
      }
    }
    assertTrue(ls("--group", "content_unread").err().startsWith("mapi4j: --sort, --group: "));
  }

  @Test
  void argument_thatBeginsWithAt_isNoFileOfArguments() throws IOException {
    String at = "@" + Files.writeString(directory.resolve("args"), "/Inbox");
    CliRun run = run("ls", at);
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("mapi4j: " + at + ": expected /FOLDER"), run.err());
  }

  @Test
  void store_withoutAName_isNotTheCurrentDirectory() {
    for (String command : List.of("ls", "import")) {
      CliRun run = CliRun.answering("", opener, command, "--store", "", "/nowhere");
      assertEquals("mapi4j: --store: expected a directory\n", run.err());
      assertEquals(1, run.code());
    }
  }

  @Test
  void sort_severalKeys_ordersByThem() {
    assertShows(
        "2  lunch\n2  Plan B\n1  the plan\n0  say \"no\"\nrows 1 to 4 of 4\n",
        "--columns",
        "importance,subject",
        "--sort",
        "importance desc,subject");
    assertFails(
        "mapi4j: --sort: subject down: expected a property, or a property and desc\n",
        "--sort",
        "subject down");
  }

  @Test
  void group_rowsWithOneValue_standUnderItsHeading() {
    assertShows(
        """
        2: 2 (2 unread)
          lunch
          Plan B
        1: 1 (1 unread)
          the plan
        0: 1 (1 unread)
          say "no"
        rows 1 to 7 of 7
        """,
        "--columns",
        "subject",
        "--group",
        "importance desc",
        "--sort",
        "subject");
  }

  @Test
  void group_asJson_tellsHeadingsFromMessages() {
    assertShows(
        """
        [
          {
            "row": 1,
            "group": "PR_IMPORTANCE",
            "value": 1,
            "messages": 1,
            "unread": 1
          },
          {
            "row": 2,
            "PR_SUBJECT_W": "the plan"
          }
        ]
        """,
        "--columns",
        "subject",
        "--group",
        "importance",
        "--where",
        "importance = 1",
        "--json");
  }

  @Test
  void fromAndCount_showAPage() {
    assertShows(
        "#2     the plan\n#3     lunch\nrows 2 to 3 of 4\n",
        "--columns",
        "subject",
        "--from",
        "2",
        "--count",
        "2");
    assertShows("no row of 4\n", "--columns", "subject", "--from", "9");
    assertFails("mapi4j: --from, --count: expected 1 or more\n", "--from", "0");
  }

  @Test
  void rows_withoutAFolder_areRefused() {
    CliRun run =
        CliRun.answering("", opener, "ls", "--store", directory.toString(), "--sort", "subject");
    assertEquals(1, run.code());
    assertEquals("mapi4j: --where, --sort and the like: expected a FOLDER\n", run.err());
  }

  @Test
  void where_textOfAnyLength_isReadOrRefused() {
    String letters = "a\\\\\\\"b".repeat(30_000);
    assertFinds("", "subject = \"" + letters + "\"");
    CliRun open = ls("--where", "subject = \"" + letters);
    assertEquals(1, open.code());
    assertTrue(open.err().startsWith("mapi4j: --where at 10: no word, sign or text in quotes: "));
  }
}
