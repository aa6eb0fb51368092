package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/**
 * Histories of four processes on one store, the first of which owns it; then the same while
 * processes are killed. 2,000 histories and 300 kills with {@code -Dmapi4j.long=true} on the first
 * Java of a build, fewer on the next.
 */
class SharedHistoryTest {
  private static final int PROCESSES = 4;
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final boolean FIRST = Runtime.version().feature() < 25;
  private static final int HISTORIES = !LONG ? 40 : FIRST ? 2_000 : 400;
  private static final int KILLS = !LONG ? 6 : FIRST ? 300 : 40;
  private static final int VALUES = 100;
  private static final int LATE_MILLIS = 20;
  private static final int LATE_HISTORIES_MAX = 500;
  private static final int CONTROL_HISTORIES = 10;
  private static final long SEED = 20261126;

  @TempDir Path directory;
  private final List<Client> clients = new ArrayList<>();
  private Bytes entryId;
  private int value;
  private int nextValue = 1;

  /** A process and what it says. */
  private final class Client {
    final int number;
    final Process process;
    final BufferedReader out;
    final PrintStream in;

    Client(int number, String... more) throws IOException {
      this.number = number;
      List<String> arguments = new ArrayList<>(List.of(store().toString(), entryId.toHex()));
      arguments.add("" + number);
      arguments.addAll(List.of(more));
      process = JavaProcess.start(HistoryProcess.class, arguments.toArray(String[]::new));
      out = process.inputReader();
      in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    /** What it did, and last what it began and did not finish. */
    List<Event> listen() throws IOException {
      List<Event> events = new ArrayList<>();
      Event begun = null;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("end")) {
          return events;
        } else if (words[0].equals("torn")) {
          throw new AssertionError("client " + number + ": " + line);
        } else if (words[0].equals("begin") && words.length == 5) {
          begun =
              new Event(
                  number,
                  Event.Kind.valueOf(words[1]),
                  Long.parseLong(words[2]),
                  Long.MAX_VALUE,
                  Integer.parseInt(words[3]),
                  Integer.parseInt(words[4]),
                  0,
                  true);
        } else if (words[0].equals("did") && words.length == 7) {
          begun = null;
          events.add(
              new Event(
                  number,
                  Event.Kind.valueOf(words[1]),
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3]),
                  Integer.parseInt(words[4]),
                  Integer.parseInt(words[5]),
                  Integer.parseInt(words[6]),
                  false));
        }
      }
      if (begun != null) {
        events.add(begun);
      }
      return events;
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  @AfterEach
  void killAll() {
    clients.forEach(client -> client.process.destroyForcibly());
  }

  private void start(String... more) throws Exception {
    try (MessageStore session = Mapi4j.open(store(), StoreOptions.DEFAULT)) {
      entryId = HistoryContract.createMessage(session.store());
    }
    for (int i = 0; i < PROCESSES; i++) {
      clients.add(new Client(i, more));
      assertEquals("ready", clients.get(i).out.readLine());
    }
  }

  private void go(long seed) {
    for (Client client : clients) {
      client.in.println((seed * 31 + client.number) + " " + nextValue);
      nextValue += VALUES;
    }
  }

  private void check(long seed, List<Event> events) {
    Optional<String> violation = HistoryChecker.check(events, value);
    violation.ifPresent(text -> fail("seed " + seed + ": " + text));
  }

  /** The write that the message has now, as one more process sees it. */
  private int present(MessageStore session) {
    try (IMessage message =
        (IMessage) session.store().openEntry(entryId, null, 0).value().lppUnk()) {
      return Content.read(message, new HistoryProcess.Own(), () -> {});
    }
  }

  @Test
  @DisplayName("histories_ofFourProcesses_fromSeed1_areExplainedByAnOrder")
  void histories_ofFourProcesses_areExplainedByAnOrder() throws Exception {
    start();
    try (MessageStore session = Mapi4j.open(store(), StoreOptions.DEFAULT)) {
      for (int seed = 1; seed <= HISTORIES; seed++) {
        check(seed, history(seed));
        value = present(session);
      }
    }
    end();
  }

  private List<Event> history(long seed) throws IOException {
    go(seed);
    List<Event> events = new ArrayList<>();
    for (Client client : clients) {
      events.addAll(client.listen());
    }
    return events;
  }

  private void end() throws InterruptedException {
    for (Client client : clients) {
      client.in.close();
      assertEquals(0, client.process.waitFor());
    }
    clients.clear();
  }

  /** What the checker finds where the owner's stamps are late by so much. */
  private Optional<String> violation(int lateMillis, int histories) throws Exception {
    start("" + lateMillis);
    Optional<String> found = Optional.empty();
    for (int seed = 1; seed <= histories && found.isEmpty(); seed++) {
      List<Event> events = history(seed);
      found = HistoryChecker.check(events, value);
      TimeUnit.MILLISECONDS.sleep(2L * lateMillis); // so that the next one begins with no lie
      // A session that has read nothing before asks the owner, whose engine is not late.
      try (MessageStore session = Mapi4j.open(store(), StoreOptions.DEFAULT)) {
        value = present(session);
      }
    }
    return found;
  }

  @Test
  void histories_ofFourProcessesWhoseOwnerPublishesLate_areCaught() throws Exception {
    assertEquals(Optional.empty(), violation(0, CONTROL_HISTORIES));
    end();
    value = 0;
    directory = directory.resolve("late");
    Optional<String> found = violation(LATE_MILLIS, LATE_HISTORIES_MAX);
    assertTrue(found.orElse("").contains("no order explains"), found::toString);
  }

  @Test
  @DisplayName("histories_whileProcessesAreKilled_seed20261126_areExplainedByAnOrder")
  void histories_whileProcessesAreKilled_areExplainedByAnOrder() throws Exception {
    SplittableRandom chance = new SplittableRandom(SEED);
    start();
    for (int kill = 1; kill <= KILLS; kill++) {
      go(SEED + kill);
      Client victim = clients.remove(chance.nextInt(2) == 0 ? 0 : chance.nextInt(PROCESSES));
      TimeUnit.MICROSECONDS.sleep(chance.nextInt(30_000));
      assertTrue(victim.process.toHandle().destroyForcibly());
      List<Event> events = new ArrayList<>(victim.listen());
      for (Client client : clients) {
        events.addAll(client.listen());
        assertTrue(client.process.isAlive(), "client " + client.number + " ended");
      }
      Client successor = new Client(victim.number);
      clients.add(successor);
      assertEquals("ready", successor.out.readLine());
      try (MessageStore session = Mapi4j.open(store(), StoreOptions.DEFAULT)) {
        int found = present(session);
        long now = System.nanoTime();
        events.add(new Event(9, Event.Kind.OPEN, now, now, 0, found, 0, false));
        check(SEED + kill, events);
        value = found;
      }
    }
  }
}
