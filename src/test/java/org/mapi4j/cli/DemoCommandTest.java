package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.format.msg.Corpus;

class DemoCommandTest {
  @TempDir Path directory;

  private final MemoryOpener opener = new MemoryOpener();

  @AfterEach
  void close() {
    opener.close();
  }

  @Test
  void demo_withItsOwnMail_showsEveryCodeAndExitsZero() {
    CliRun run = CliRun.answering("", opener, "demo", "--store", directory.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("MAPI_E_OBJECT_CHANGED (0x80040109)"), run.out());
    assertTrue(run.out().contains("FORCE_SAVE"), run.out());
    assertTrue(run.out().contains("codes and values are as documented."), run.out());
    assertFalse(run.out().contains("WRONG"), run.out());
    CliRun ls = CliRun.answering("", opener, "ls", "--store", directory.toString(), "/Inbox");
    assertTrue(ls.out().contains("会议纪要"), ls.out());
    assertTrue(ls.out().endsWith("6 messages\n"), ls.out());
  }

  @Test
  void demo_asking_takesTheAnswerFromTheConsole() {
    CliRun run = CliRun.answering("o\n", opener, "demo", "--store", directory.toString(), "--ask");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("PR_SUBJECT is now"), run.out());
    assertTrue(run.out().contains("\"Your last word\""), run.out());
  }

  @Test
  void demo_onAFolderOfMsgFiles_playsOnRealMail() {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      CliRun run =
          CliRun.answering(
              "",
              opener,
              "demo",
              corpus.get().resolve("msg-jotlmsg").toString(),
              "--store",
              directory.toString());
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(run.out().contains("expected 10, stored 10, failed 0"), run.out());
    }
  }

  @Test
  void demo_onAFolderWithoutMail_saysSo() {
    CliRun run =
        CliRun.answering("", opener, "demo", "src/main/java", "--store", directory.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("no .msg file here could be stored"), run.err());
  }

  @Test
  void demo_onTheEmbeddedEngine_leavesAWholeStoreBehind() {
    String store = directory.resolve("store").toString();
    CliRun demo = CliRun.of("demo", "--store", store);
    assertEquals(0, demo.code(), demo.out() + demo.err());
    CliRun ls = CliRun.of("ls", "--store", store, "/Inbox");
    assertTrue(ls.out().endsWith("6 messages\n"), ls.out() + ls.err());
    CliRun check = CliRun.of("check", "--store", store);
    assertEquals(0, check.code(), check.out() + check.err());
    CliRun doctor = CliRun.of("doctor", "--store", store);
    assertEquals(0, doctor.code(), doctor.out());
    assertTrue(doctor.out().contains("format version"), doctor.out());
    assertEquals(0, CliRun.of("compact", "--store", store).code());
  }
}
