package org.mapi4j.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;

/**
 * Power cuts: a preloaded library journals what the writer does to its files; the disks that a cut
 * at random moments may leave are rebuilt from it, opened and checked.
 */
class PowerCutTest {
  private static final int THREADS = 4;
  private static final int SAVES = 150;
  private static final int SEED = 815;
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final int RUNS = LONG ? 4 : 2;
  private static final int IMAGES = LONG ? 50 : 10;
  private static final int DISKS = LONG ? 20 : 2;

  @TempDir private Path directory;

  @Test
  @DisplayName("powerCut_atAnyMoment_losesNothingAcknowledged, seed " + SEED)
  void powerCut_atAnyMoment_losesNothingAcknowledged() throws Exception {
    Path library = directory.resolve("libjournal.so");
    if (JournalLibrary.isMissing(library, "power cuts")) {
      return;
    }
    Random chance = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      Journal journal = journal(library, run);
      assertEquals(THREADS * SAVES, journal.printed(journal.size()).size());
      for (int i = 0; i < IMAGES; i++) {
        int cut = 1 + chance.nextInt(journal.size());
        Path image = directory.resolve("image-%d-%d".formatted(run, i));
        journal.image(cut, chance, image);
        Map<Integer, Long> acknowledged = CrashCheck.acknowledged(journal.printed(cut));
        String name = "run %d, cut at record %d of %d".formatted(run, cut, journal.size());
        CrashCheck.check(image, THREADS, acknowledged, name);
        delete(image);
      }
    }
  }

  /** Every moment until the first save is acknowledged, and some disks for each. */
  @Test
  @DisplayName("powerCut_whileTheStoreIsMade_leavesOneThatOpens, seed " + SEED)
  void powerCut_whileTheStoreIsMade_leavesOneThatOpens() throws Exception {
    Path library = directory.resolve("libjournal.so");
    if (JournalLibrary.isMissing(library, "power cuts")) {
      return;
    }
    Random chance = new Random(SEED);
    Journal journal = journal(library, 0);
    int cuts = 0;
    for (int cut = 1; journal.printed(cut).isEmpty(); cut++) {
      for (int i = 0; i < DISKS; i++) {
        Path image = directory.resolve("image-%d-%d".formatted(cut, i));
        journal.image(cut, chance, image);
        CrashCheck.check(image, THREADS, Map.of(), "cut at record " + cut);
        delete(image);
        cuts++;
      }
    }
    assertTrue(cuts > 10 * DISKS, "only %d cuts".formatted(cuts));
  }

  private static void delete(Path image) throws IOException {
    try (var files = Files.list(image)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(image);
  }

  private Journal journal(Path library, int run) throws IOException, InterruptedException {
    Path store = Files.createDirectories(directory.resolve("store-" + run));
    Path file = directory.resolve("journal-" + run);
    Map<String, String> environment = JournalLibrary.environment(library, store, file);
    Process writer =
        JavaProcess.start(
            environment,
            CrashWriter.class,
            store.toString(),
            "" + THREADS,
            "" + SAVES,
            "" + (run % 2 == 1));
    try (BufferedReader out = writer.inputReader()) {
      List<String> lines = out.lines().toList();
      assertEquals(THREADS * SAVES, lines.size());
    }
    assertEquals(0, writer.waitFor());
    assertTrue(Files.size(file) > 0, "nothing was journaled");
    return Journal.read(file);
  }
}
