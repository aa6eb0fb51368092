package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.StorageFault;

/**
 * Somebody deletes the stamps file, and the owner ends while a guest is stopped: it still maps the
 * file, which the next owner cannot write, and does not know yet that the owner has changed.
 */
class DeletedStampsTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @TempDir private Path directory;
  private Process reader;

  /** Prints a row's version for each line that it reads, from a cache of its own as caches do. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) throws Exception {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      long kept = -1;
      long version = -1;
      try (SharedEngine guest =
          SharedWriter.open(Path.of(args[0]), "reader", SharedOptions.PATIENCE)) {
        while (in.readLine() != null) {
          long stamp = guest.stamp(bytes("m"));
          boolean cached = stamp == kept && (stamp & 1) == 0;
          if (!cached) {
            version = guest.get(bytes("m")).orElseThrow().version();
            kept = stamp;
          }
          System.out.println((cached ? "cached " : "asked ") + version);
        }
      }
    }
  }

  @AfterEach
  void kill() {
    if (reader != null) {
      reader.destroyForcibly();
    }
  }

  private String read() throws Exception {
    reader.outputWriter().append("read\n").flush();
    return reader.inputReader().readLine();
  }

  private static Batch.Builder put(long version) {
    return Batch.builder().put(bytes("m"), version, bytes("value"));
  }

  private SharedEngine owner() {
    return SharedWriter.open(directory, "owner", PATIENCE);
  }

  private void deleteUnderAStoppedReader() throws Exception {
    try (SharedEngine owner = owner()) {
      assertEquals(1, committed(owner, put(1)));
      reader = JavaProcess.start(Reader.class, directory.toString());
      assertEquals("asked 1", read());
      assertEquals("cached 1", read());
      Files.delete(directory.resolve("mapi4j.stamps1"));
      Writers.signal(reader, "STOP");
    }
  }

  @Test
  void commit_whileAStoppedProcessMapsADeletedFile_isRefusedUntilItHasCome() throws Exception {
    deleteUnderAStoppedReader();
    try (SharedEngine next = owner()) {
      assertTrue(next.isOwner());
      StorageFault.Unreachable fault =
          assertThrows(StorageFault.Unreachable.class, () -> await(next, put(2)));
      assertTrue(fault.getMessage().contains("another stamps file"), fault.getMessage());
      assertEquals(1, next.get(bytes("m")).orElseThrow().version(), "nothing was written");
      reader.outputWriter().append("read\n").flush();
      Writers.signal(reader, "CONT");
      assertTrue(reader.inputReader().readLine().endsWith(" 1"));
      assertTrue(committedSoon(next, put(2)) > 0);
      String again = read();
      assertEquals("asked 2", again);
      while (again.equals("asked 2")) { // until it knows the stamps of this owner
        again = read();
      }
      assertEquals("cached 2", again);
    }
  }

  @Test
  void commit_whenTheStoppedProcessIsKilled_isMade() throws Exception {
    deleteUnderAStoppedReader();
    try (SharedEngine next = owner()) {
      assertThrows(StorageFault.Unreachable.class, () -> await(next, put(2)));
      assertTrue(reader.toHandle().destroyForcibly());
      assertTrue(committedSoon(next, put(2)) > 0);
    }
  }

  /** As a program wrote it that did not know what it says now. */
  @Test
  void opening_withAStampsFileThatDoesNotSayWhoCame_commitsAndSaysIt() throws Exception {
    assertFalse(StampFile.own(directory).isSettled());
    try (SharedEngine owner = owner()) {
      assertEquals(1, committed(owner, put(1)));
      assertTrue(StampFile.own(directory).isSettled());
    }
    try (SharedEngine owner = owner()) {
      assertTrue(StampFile.own(directory).isSettled(), "for good");
      assertEquals(2, committed(owner, put(2)));
    }
  }

  private static long committedSoon(SharedEngine engine, Batch.Builder batch) {
    while (true) {
      try {
        return committed(engine, batch);
      } catch (StorageFault.Unreachable notYet) {
        Pause.millis(5);
      }
    }
  }
}
