package org.mapi4j.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;

/** kill -9 under four writers, again and again on one store. */
class KillTest {
  private static final int THREADS = 4;
  private static final int SEED = 4711;
  private static final int ROUNDS = Boolean.getBoolean("mapi4j.long") ? 50 : 5;

  @TempDir private Path directory;

  @Test
  @DisplayName("kill_underFourWriters_losesNothingAcknowledged, seed " + SEED)
  void kill_underFourWriters_losesNothingAcknowledged() throws Exception {
    Random chance = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      int linesBefore = chance.nextInt(400);
      List<String> lines = run(linesBefore, round % 2 == 1);
      Map<Integer, Long> acknowledged = CrashCheck.acknowledged(lines);
      assertTrue(lines.size() >= linesBefore);
      CrashCheck.check(directory, THREADS, acknowledged, "round " + round);
    }
  }

  /** Runs the writer, kills it after some lines, and answers all it had printed by then. */
  private List<String> run(int linesBefore, boolean compacting) throws Exception {
    Process writer =
        JavaProcess.start(
            CrashWriter.class, directory.toString(), "" + THREADS, "0", "" + compacting);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = writer.inputReader()) {
      for (int i = 0; i <= linesBefore; i++) {
        lines.add(out.readLine());
      }
      assertTrue(writer.toHandle().destroyForcibly()); // of Process it would close the stream
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
      assertTrue(writer.waitFor() != 0, "the writer ended by itself");
    }
    lines.remove(lines.size() - 1); // it may be cut off
    return lines;
  }
}
