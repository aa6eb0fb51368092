package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.sleepycat.je.Environment;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/**
 * kill -9 under four writers: every acknowledged save is there and whole, nothing half, no false
 * conflict afterwards. 50 rounds with {@code -Dmapi4j.long=true}.
 */
class CrashTest {
  private static final int WRITERS = 4;
  private static final long SEED = 20260101;

  @TempDir Path directory;

  /** What one writer said. */
  private static final class Said {
    final Map<Integer, Integer> attachmentOf = new HashMap<>();
    int acknowledged;
    int begun;
  }

  @Test
  @DisplayName("kill9_underFourWriters_seed20260101_losesNothingAcknowledged")
  void kill9_underFourWriters_losesNothingAcknowledged() throws Exception {
    int rounds = Boolean.getBoolean("mapi4j.long") ? 50 : 5;
    SplittableRandom chance = new SplittableRandom(SEED);
    Path store = directory.resolve("store");
    List<Bytes> messages = new ArrayList<>();
    List<Said> said = new ArrayList<>();
    try (MessageStore session = Mapi4j.open(store, StoreOptions.DEFAULT)) {
      for (int i = 0; i < WRITERS; i++) {
        messages.add(create(session));
        Said first = new Said();
        first.attachmentOf.put(0, 0);
        said.add(first);
      }
    }
    for (int round = 0; round < rounds; round++) {
      int firstValue = 1 + round * 10_000;
      killAfter(store, firstValue, messages, said, chance.nextInt(20, 120));
      try (MessageStore session = Mapi4j.open(store, StoreOptions.DEFAULT)) {
        for (int i = 0; i < WRITERS; i++) {
          check(session, messages.get(i), said.get(i), round);
        }
        assertEquals(WRITERS, rows(session));
      }
    }
  }

  private static Bytes create(MessageStore session) {
    try (IMAPIFolder inbox = inbox(session);
        IMessage message = inbox.createMessage(null, 0).value()) {
      Content.write(message, 0, true);
      assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  private static IMAPIFolder inbox(MessageStore session) {
    Bytes id = session.store().getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    return (IMAPIFolder) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  private static int rows(MessageStore session) {
    try (IMAPIFolder inbox = inbox(session);
        IMAPITable table = inbox.getContentsTable(0).value()) {
      return table.getRowCount(0).value();
    }
  }

  /** Only what the client needs, wherever the test runner has it from. */
  private static String classPath() {
    return Stream.of(CrashClient.class, Mapi4j.class, Environment.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Runs the client until it has acknowledged so many saves, then kills it and takes in the rest of
   * what it said.
   */
  private static void killAfter(
      Path store, int firstValue, List<Bytes> messages, List<Said> said, int saves)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            classPath()));
    command.addAll(
        List.of(CrashClient.class.getName(), store.toString(), Integer.toString(firstValue)));
    messages.forEach(id -> command.add(id.toHex()));
    Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      int done = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        done += take(line, said) ? 1 : 0;
        if (done == saves && !client.toHandle().destroyForcibly()) {
          throw new IOException("the client could not be killed");
        }
      }
    } finally {
      client.destroyForcibly();
    }
    int exit = client.waitFor();
    assertTrue(exit != 0, "the client ended by itself");
  }

  /** True for an acknowledged save. A line that the kill cut short counts as not said. */
  private static boolean take(String line, List<Said> said) {
    String[] words = line.split(" ");
    if (words[0].equals("begin") && words.length == 4) {
      Said writer = said.get(Integer.parseInt(words[1]));
      writer.begun = Integer.parseInt(words[2]);
      writer.attachmentOf.put(writer.begun, Integer.parseInt(words[3]));
      return false;
    }
    if (words[0].equals("done") && words.length == 3) {
      Said writer = said.get(Integer.parseInt(words[1]));
      writer.acknowledged =
          Integer.parseInt(words[2]) == writer.begun ? writer.begun : writer.acknowledged;
      return true;
    }
    assertTrue(
        line.equals("started") || words[0].equals("begin") || words[0].equals("done"),
        "the client said: " + line);
    return false;
  }

  private static void check(MessageStore session, Bytes id, Said writer, int round) {
    try (IMessage message =
        (IMessage) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk()) {
      int found = Content.read(message, writer.attachmentOf, () -> {});
      assertTrue(
          found == writer.acknowledged || found == writer.begun,
          "round %d: found %d, acknowledged %d, begun %d"
              .formatted(round, found, writer.acknowledged, writer.begun));
      int next = found + 5000;
      Content.write(message, next, false);
      assertEquals(S_OK, message.saveChanges(0), "a false conflict after the crash");
      writer.attachmentOf.put(next, writer.attachmentOf.get(found));
      writer.acknowledged = next;
      writer.begun = next;
    }
  }
}
