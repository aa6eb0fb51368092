package org.mapi4j.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.engine.shared.SharedEngine;

/**
 * Power cuts around a change of owners: the owner ends while both processes save, the other takes
 * over and goes on, and the power fails at a random moment of all that.
 */
class TakeoverPowerCutTest {
  private static final int SEED = 20261127;
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final int RUNS = LONG ? 4 : 1;
  private static final int IMAGES = LONG ? 40 : 12;
  private static final int SAVES = 120;
  private static final int HALT_AT = 150;
  private static final int THREADS = 2 * SharedCrashWriter.THREADS;

  @TempDir private Path directory;

  @Test
  @DisplayName("powerCut_afterATakeover_losesNothingAcknowledged, seed " + SEED)
  void powerCut_afterATakeover_losesNothingAcknowledged() throws Exception {
    Path library = directory.resolve("libjournal.so");
    if (JournalLibrary.isMissing(library, "power cuts after a takeover")) {
      return;
    }
    Random chance = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      Journal journal = journal(library, run, HALT_AT + chance.nextInt(50));
      for (int i = 0; i < IMAGES; i++) {
        // two of three after the takeover, which is in the first half
        int size = journal.size();
        int cut = i % 3 == 0 ? 1 + chance.nextInt(size) : size - chance.nextInt(size / 2);
        Path image = directory.resolve("image-%d-%d".formatted(run, i));
        journal.image(cut, chance, image);
        Map<Integer, Long> acknowledged = CrashCheck.acknowledged(journal.printed(cut));
        String name = "run %d, cut at record %d of %d".formatted(run, cut, journal.size());
        try (SharedEngine opened = SharedCrashWriter.open(image)) {
          assertTrue(opened.isOwner(), name);
        }
        CrashCheck.check(image, THREADS, acknowledged, name);
      }
    }
  }

  /** What both processes did to the directory, in one order. */
  private Journal journal(Path library, int run, int haltAt) throws Exception {
    Path store = Files.createDirectories(directory.resolve("store-" + run));
    Path file = directory.resolve("journal-" + run);
    Map<String, String> environment = JournalLibrary.environment(library, store, file);
    Process owner = start(environment, store, 0, 100 * SAVES, haltAt);
    try (BufferedReader out = owner.inputReader()) {
      assertEquals("in", out.readLine());
      Process guest = start(environment, store, SharedCrashWriter.THREADS, SAVES, 0);
      try (BufferedReader others = guest.inputReader()) {
        Thread reading = new Thread(() -> assertTrue(out.lines().count() > 0));
        reading.start();
        assertEquals(1 + SharedCrashWriter.THREADS * SAVES, others.lines().count());
        reading.join();
      }
      assertEquals(0, guest.waitFor());
    }
    assertEquals(SharedCrashWriter.HALTED, owner.waitFor());
    return Journal.read(file);
  }

  private static Process start(
      Map<String, String> environment, Path store, int first, int saves, int haltAt)
      throws IOException {
    return JavaProcess.start(
        environment,
        SharedCrashWriter.class,
        store.toString(),
        "" + first,
        "" + saves,
        "" + haltAt);
  }
}
