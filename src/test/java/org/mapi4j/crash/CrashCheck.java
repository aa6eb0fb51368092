package org.mapi4j.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;

/** What must be there after a crash: every acknowledged save, whole; nothing half; no conflict. */
final class CrashCheck {
  private CrashCheck() {}

  /** The last acknowledged save of each thread, of the lines that {@link CrashWriter} printed. */
  static Map<Integer, Long> acknowledged(List<String> lines) {
    Map<Integer, Long> last = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.split(" ");
      if (parts.length == 2) {
        last.merge(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Math::max);
      }
    }
    return last;
  }

  /** Opens what the crash left and checks it; then goes on where each thread was. */
  static void check(Path directory, int threads, Map<Integer, Long> acknowledged, String name) {
    try (JeEngine engine = JeEngine.open(directory, CrashWriter.OPTIONS)) {
      long sum = 0;
      for (int thread = 0; thread < threads; thread++) {
        sum += checkThread(engine, thread, acknowledged.getOrDefault(thread, 0L), name);
      }
      long counted = engine.get(CrashWriter.counterKey()).map(Row::counter).orElse(0L);
      assertEquals(sum, counted, name + ": counter");
      assertEquals(sum, engine.seq(), name + ": last number");
      for (int thread = 0; thread < threads; thread++) {
        long next = version(engine, thread) + 1;
        Batch batch = CrashWriter.batch(thread, next);
        assertInstanceOf(
            Outcome.Committed.class,
            engine.commit(batch).toCompletableFuture().join(),
            name + ": false conflict");
      }
      assertEquals(List.of(), engine.check().problems(), name);
    }
  }

  private static long version(JeEngine engine, int thread) {
    return engine.get(CrashWriter.largeKey(thread)).map(Row::version).orElse(0L);
  }

  private static long checkThread(JeEngine engine, int thread, long acknowledged, String name) {
    long save = version(engine, thread);
    assertTrue(
        save >= acknowledged,
        () ->
            "%s: thread %d: %d acknowledged, %d there".formatted(name, thread, acknowledged, save));
    if (save == 0) {
      return 0;
    }
    assertEquals(
        CrashWriter.large(thread, save),
        engine.get(CrashWriter.largeKey(thread)).orElseThrow().value(),
        name + ": content");
    for (int row = 0; row < CrashWriter.SMALL_ROWS; row++) {
      Row small = engine.get(CrashWriter.smallKey(thread, row)).orElseThrow();
      assertEquals(save, small.version(), name + ": half a save");
      assertEquals(
          thread + " " + save, new String(small.value().toArray(), StandardCharsets.UTF_8), name);
    }
    OptionalLong seq = engine.outcomeOf(CrashWriter.token(thread, save));
    assertTrue(seq.isPresent(), name + ": token of what is there");
    assertEquals(OptionalLong.empty(), engine.outcomeOf(CrashWriter.token(thread, save + 1)), name);
    return save;
  }
}
