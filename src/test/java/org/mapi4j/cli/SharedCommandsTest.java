package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.KEEP_OPEN_READWRITE;
import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** The commands, while another process has the store open, and against each other. */
class SharedCommandsTest {
  @TempDir private Path directory;

  @BeforeEach
  void fill() {
    try (MessageStore session = Mapi4j.open(directory, StoreOptions.DEFAULT)) {
      Bytes inbox = session.store().getReceiveFolder("IPM.Note", 0).value().lppEntryID();
      try (IMAPIFolder folder =
              (IMAPIFolder) session.store().openEntry(inbox, null, MAPI_MODIFY).value().lppUnk();
          IMessage message = folder.createMessage(null, 0).value()) {
        assertEquals(
            S_OK, message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "as it was"))).hr());
        assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      }
    }
  }

  private CliRun run(String... words) {
    return CliRun.of(words);
  }

  @Test
  void commands_whileAnotherProcessOwnsTheStore_work() throws Exception {
    String store = directory.toString();
    try (StoreHolder holder = StoreHolder.start(directory)) {
      assertTrue(holder != null);
      for (List<String> command :
          List.of(
              List.of("ls", "--store", store),
              List.of("ls", "--store", store, "/Inbox"),
              List.of("dump", "--store", store, "/Inbox#1"),
              List.of("set", "--store", store, "/Inbox#1", "PR_SUBJECT_W", "other"),
              List.of("get", "--store", store, "/Inbox#1", "PR_SUBJECT_W"),
              List.of("check", "--store", store),
              List.of("compact", "--store", store),
              List.of("demo", "--store", store))) {
        CliRun run = run(command.toArray(String[]::new));
        assertEquals(Main.GOOD, run.code(), command + ": " + run.out() + run.err());
      }
      CliRun doctor = run("doctor", "--store", store);
      String me = "client process +pid " + ProcessHandle.current().pid() + ", .*this command.*";
      String owner = "owner process +pid \\d+, org.mapi4j.cli.StoreHolder with mapi4j .*";
      assertTrue(doctor.out().lines().anyMatch(line -> line.matches(".*" + me)), doctor.out());
      assertTrue(doctor.out().lines().anyMatch(line -> line.matches(".*" + owner)), doctor.out());
    }
  }

  @Test
  void watch_asTheOwnerAndAsAGuest_tellsWhatAnotherProcessSaves() throws Exception {
    assertHears("the owner");
    try (StoreHolder holder = StoreHolder.start(directory)) {
      assertTrue(holder != null);
      assertHears("a guest");
    }
  }

  /** Another process watches until it heard of two saves of this one. */
  private void assertHears(String as) throws Exception {
    String store = directory.toString();
    Process watching =
        JavaProcess.start(Main.class, "watch", "--store", store, "/Inbox", "--json", "--events=2");
    try (BufferedReader out = watching.inputReader()) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      for (int i = 0; watching.isAlive(); i++) {
        assertTrue(System.nanoTime() < end, as);
        CliRun set = run("set", "--store", store, "/Inbox#1", "PR_SUBJECT_W", as + i);
        assertEquals(Main.GOOD, set.code(), set.out() + set.err());
      }
      List<String> heard = out.lines().toList();
      assertEquals(Main.GOOD, watching.waitFor(), heard::toString);
      assertEquals(2, heard.size(), heard::toString);
      for (String line : heard) {
        assertTrue(
            line.startsWith("{\"event\":\"modified\",\"type\":\"message\",\"entryId\":")
                && line.contains("\"PR_SUBJECT_W\""),
            line);
      }
    } finally {
      watching.destroyForcibly();
    }
  }

  /** One terminal edits and waits, another saves; then the first saves and answers. */
  private String conflict(String answers, int expectedExit, String... more) throws Exception {
    List<String> words =
        List.of("set", "--store", directory.toString(), "/Inbox#1", "PR_SUBJECT_W", "mine");
    String[] first = new String[words.size() + 1 + more.length];
    System.arraycopy(words.toArray(), 0, first, 0, words.size());
    first[words.size()] = "--pause";
    System.arraycopy(more, 0, first, words.size() + 1, more.length);
    Process terminal = JavaProcess.start(Main.class, first);
    try (BufferedReader out = terminal.inputReader();
        PrintStream in =
            new PrintStream(terminal.getOutputStream(), true, StandardCharsets.US_ASCII)) {
      String said = out.readLine();
      assertTrue(said.endsWith("is edited and not saved. Enter saves."), said);
      CliRun other =
          run("set", "--store", directory.toString(), "/Inbox#1", "PR_SUBJECT_W", "theirs");
      assertEquals(Main.GOOD, other.code(), other.err());
      in.print("\n" + answers);
      in.close();
      String rest = out.lines().collect(Collectors.joining("\n"));
      assertEquals(expectedExit, terminal.waitFor(), rest);
      return rest;
    } finally {
      terminal.destroyForcibly();
    }
  }

  private String subject() {
    return run("get", "--store", directory.toString(), "/Inbox#1", "PR_SUBJECT_W").out();
  }

  @Test
  void set_inTwoTerminals_showsTheConflictAndKeepsTheirs() throws Exception {
    String said = conflict("k\n", Main.FAILED);
    assertTrue(said.contains("MAPI_E_OBJECT_CHANGED (0x80040109)"), said);
    assertTrue(said.contains("you have version 1, the store 2"), said);
    assertTrue(said.contains("as it was") && said.contains("theirs"), said);
    assertTrue(subject().contains("theirs"), subject());
  }

  @Test
  void set_inTwoTerminals_overwritesWhenAsked() throws Exception {
    String said = conflict("o\n", Main.GOOD);
    assertTrue(said.contains("MAPI_E_OBJECT_CHANGED"), said);
    assertTrue(said.endsWith("SaveChanges: S_OK (0x00000000)"), said);
    assertTrue(subject().contains("mine"), subject());
  }

  @Test
  void set_inTwoTerminals_savesElsewhereWhenAsked() throws Exception {
    assertTrue(conflict("e\n", Main.GOOD).contains("MAPI_E_OBJECT_CHANGED"));
    CliRun ls = run("ls", "--store", directory.toString(), "/Inbox");
    assertTrue(ls.out().contains("theirs") && ls.out().contains("mine"), ls.out());
  }

  @Test
  void set_withForceInTwoTerminals_asksNothing() throws Exception {
    String said = conflict("", Main.GOOD, "--force");
    assertTrue(!said.contains("MAPI_E_OBJECT_CHANGED"), said);
    assertTrue(subject().contains("mine"), subject());
  }
}
