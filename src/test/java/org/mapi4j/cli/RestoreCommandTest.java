package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;

/** {@code rm}, {@code restore} and {@code ls --deleted}. */
class RestoreCommandTest extends CommandScene {
  @BeforeEach
  void messages() {
    try (MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      for (String subject : List.of("one", "two", "three")) {
        add(inbox, subject, IMPORTANCE_NORMAL);
      }
    }
  }

  private void assertFails(String expected, String command, String... more) {
    CliRun run = run(command, more);
    assertTrue(run.err().contains(expected), run.err());
    assertEquals(1, run.code());
  }

  private void assertShows(String subjects, String... folder) {
    String[] args = {"--columns", "subject"};
    String[] all = new String[folder.length + args.length];
    System.arraycopy(folder, 0, all, 0, folder.length);
    System.arraycopy(args, 0, all, folder.length, args.length);
    assertEquals(subjects, good("ls", all));
  }

  @Test
  void rm_keep_isShownByLsAndRestoredByItsNumber() {
    assertEquals(
        "deleted 2 messages, kept for 7 days\n", good("rm", "/Inbox#1", "/Inbox#3", "--keep", "7"));
    assertShows("#1     two\n1 message\n", "/Inbox");
    assertShows("#1     one\n#2     three\n2 deleted messages\n", "/Inbox", "--deleted");
    assertTrue(good("ls", "/Inbox", "--deleted").contains("three  (deleted 20"));
    assertTrue(good("ls", "/Inbox", "--deleted", "--json").contains("PR_DELETED_ON"));
    assertTrue(good("ls", "--deleted").contains("2 deleted"));
    assertTrue(good("ls", "--deleted", "--json").contains("\"deleted\": 2"));
    assertEquals("restored 1 message\n", good("restore", "/Inbox#2"));
    assertShows("#1     two\n#2     three\n2 messages\n", "/Inbox");
    assertShows("#1     one\n1 deleted message\n", "/Inbox", "--deleted");
  }

  @Test
  void restore_aFolder_bringsBackAllOfItElsewhere() {
    good("rm", "/Inbox#1", "/Inbox#2", "--keep", "1");
    String told = good("restore", "/Inbox", "--to", "/Deleted Items", "--json");
    assertTrue(told.startsWith("{\n  \"restored\": [\n    \"00000000"), told);
    assertTrue(told.contains("\"failed\": {}"), told);
    assertShows("#1     three\n1 message\n", "/Inbox");
    assertShows("#1     one\n#2     two\n2 messages\n", "/Deleted Items");
    assertEquals("restored 0 messages\n", good("restore", "/Inbox"));
  }

  @Test
  void rm_withoutKeep_isForGood_alsoWhatWasKept() {
    assertEquals("deleted 1 message\n", good("rm", "/Inbox#1"));
    assertShows("0 deleted messages\n", "/Inbox", "--deleted");
    good("rm", "/Inbox#1", "--keep", "1");
    assertEquals("deleted 1 message\n", good("rm", "/Inbox#1", "--deleted"));
    assertShows("0 deleted messages\n", "/Inbox", "--deleted");
    assertShows("#1     three\n1 message\n", "/Inbox");
  }

  @Test
  void rm_whatIsOpenForWriting_staysAndIsNamed() {
    try (MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        StoreView.Found open = new StoreView(session.store()).find("/Inbox#2", MAPI_MODIFY)) {
      assertEquals(MAPI_MESSAGE, open.type());
      CliRun run = run("rm", "/Inbox#1", "/Inbox#2");
      assertEquals("deleted 1 message\n", run.out());
      assertTrue(run.err().contains("MAPI_W_PARTIAL_COMPLETION: it is gone, or open"), run.err());
      assertEquals(1, run.code());
    }
    assertShows("#1     two\n#2     three\n2 messages\n", "/Inbox");
  }

  @Test
  void whatIsWrong_saysWhatIsExpectedAndDeletesNothing() {
    assertFails(
        "/Inbox: a folder; expected a message such as /Inbox#1", "rm", "/Inbox#1", "/Inbox");
    assertFails("/Inbox#4: the folder has 3 messages", "rm", "/Inbox#1", "/Inbox#4");
    assertFails("/Inbox#1: the folder has 0 deleted messages", "restore", "/Inbox#1");
    assertFails("--keep: expected 0 to 36500 days", "rm", "/Inbox#1", "--keep", "-1");
    assertFails("--keep with --deleted", "rm", "/Inbox#1", "--keep", "1", "--deleted");
    assertFails("/Nowhere: no such folder", "restore", "/Inbox", "--to", "/Nowhere");
    assertShows("#1     one\n#2     two\n#3     three\n3 messages\n", "/Inbox");
  }
}
