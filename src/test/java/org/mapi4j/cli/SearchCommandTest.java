package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;

/** {@code search}, and search folders in {@code ls}. */
class SearchCommandTest extends CommandScene {
  @BeforeEach
  void messages() {
    try (MessageStore session = opener.open(directory, StoreOptions.DEFAULT)) {
      StoreView view = new StoreView(session.store());
      try (IMAPIFolder inbox = view.folder("/Inbox", MAPI_MODIFY)) {
        add(inbox, "Plan B", 2);
        add(inbox, "lunch", 1);
        try (IMAPIFolder below =
            MapiException.require(
                inbox.createFolder(FOLDER_GENERIC, "old", null, null, MAPI_UNICODE), "create")) {
          add(below, "the plan", 2);
        }
      }
    }
  }

  private void assertFails(int code, String expected, String... more) {
    CliRun run = run("search", more);
    assertTrue(run.err().contains(expected), run.err());
    assertEquals(code, run.code());
  }

  @Test
  void search_whereInAllMail_findsAlsoBelowAndStaysUpToDate() {
    String made =
        good("search", "plans", "--where", "subject contains plan", "--columns", "subject");
    assertEquals(
        """
        subject contains "plan", in / and below
        #1     Plan B
        #2     the plan
        2 messages
        """,
        made);
    try (MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      add(inbox, "plan C", 1);
    }
    assertTrue(good("search", "plans").endsWith("3 messages\n"));
    assertTrue(good("ls", "/plans").contains("the plan  (in old)\n"));
    assertTrue(good("dump", "/plans#2").contains("the plan"));
    assertTrue(good("ls").contains("plans (search)"));
    assertTrue(good("ls", "--json").contains("\"search\": true"));
  }

  @Test
  void search_oneFolder_isRecursiveWhenAsked() {
    String[] flat = {"x", "/Inbox", "--where", "importance = 2", "--columns", "subject"};
    assertEquals("importance = 2, in /Inbox\n#1     Plan B\n1 message\n", good("search", flat));
    assertEquals(
        "importance = 2, in /Inbox and below\n#1     Plan B\n#2     the plan\n2 messages\n",
        good(
            "search",
            "x",
            "/Inbox",
            "--recursive",
            "--where",
            "importance = 2",
            "--columns",
            "subject"));
    assertEquals(
        "x                            2  importance = 2, in /Inbox and below\n", good("search"));
    assertEquals("x is removed\n", good("search", "x", "--remove"));
    assertEquals("no search; `search NAME --where TEXT` makes one\n", good("search"));
    assertTrue(good("ls", "/Inbox").endsWith("2 messages\n"), "what it found stays");
  }

  @Test
  void search_json_saysWhatIsLookedForAndFound() {
    String made = good("search", "x", "/Inbox", "--where", "importance = 2", "--json");
    assertTrue(
        made.startsWith(
            """
            {
              "name": "x",
              "where": "importance = 2",
              "folders": [
                "/Inbox"
              ],
              "recursive": false,
              "running": true,
              "messages": [
                {
                  "number": 1,
            """),
        made);
    assertTrue(made.contains("\"PR_PARENT_DISPLAY_W\": \"Inbox\""), made);
    assertTrue(good("search", "--json").contains("\"count\": 1"));
    assertEquals("{\n  \"removed\": \"x\"\n}\n", good("search", "x", "--remove", "--json"));
  }

  @Test
  void search_whatIsWrong_saysWhatIsExpectedAndMakesNothing() {
    assertFails(1, "plan: no such search", "plan");
    assertFails(1, "expected --where", "x", "/Inbox");
    assertFails(1, "expected the NAME", "--where", "importance = 2");
    assertFails(1, "--remove: expected a NAME alone", "x", "--remove", "--where", "subject exists");
    assertFails(1, "--where at 8: expected one of", "x", "--where", "subject plan");
    assertFails(
        1, "/Inbx: no such folder. Did you mean Inbox?", "x", "/Inbx", "--where", "subject exists");
    assertFails(1, "a/b: expected a name without /", "a/b", "--where", "subject exists");
    assertFails(2, "Unknown option", "x", "--wher", "subject exists");
    assertEquals("no search; `search NAME --where TEXT` makes one\n", good("search"));
    good("search", "plans", "--where", "subject exists");
    assertFails(1, "plan: no such search. Did you mean plans?", "plan");
    assertFails(1, "MAPI_E_TOO_COMPLEX", "y", "/plans", "--where", "subject exists");
    assertTrue(!good("search").contains("y "), "the search that could not be made is gone");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whereText_ofRandomWords_isReadAsTheSame(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      SRestriction first = Where.parse(words(random, 3), SearchCommandTest::tag);
      String text = WhereText.of(first);
      assertEquals(first, Where.parse(text, SearchCommandTest::tag), text);
    }
  }

  private static int tag(String name) {
    return TableArguments.tag(name, null);
  }

  private static String words(Random random, int depth) {
    String[] tests = {
      "subject contains \"a \\\"quoted\\\" \\\\ word\"",
      "subject starts plan",
      "importance >= 2",
      "message_flags has 9",
      "hasattach = true",
      "creation_time < 2026-01-31T12:00:00Z",
      "entryid = 00FF",
      "0x6789001F exists",
      "sender_name != \"\""
    };
    if (depth == 0) {
      return tests[random.nextInt(tests.length)];
    }
    String one = words(random, depth - 1);
    String other = words(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "(" + one + ") and (" + other + ")";
      case 1 -> "(" + one + ") or (" + other + ")";
      case 2 -> "not (" + one + ")";
      default -> one;
    };
  }

  @Test
  void whereText_ofWhatHasNoWords_isShownAsItIs() {
    String shown = WhereText.of(new SComparePropsRestriction(RELOP_EQ, PR_SUBJECT_W, PR_BODY_W));
    assertTrue(shown.startsWith("<SComparePropsRestriction["), shown);
  }
}
