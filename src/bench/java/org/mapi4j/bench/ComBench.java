package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.com.BenchTargets;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/**
 * Calls from C++ through vtables: dispatch beside the bare thunk of the same back end, and GetProps
 * and QueryRows beside the sum of their parts. Short rounds in turn, after the compiler is done, in
 * CPU time of the one thread; each ratio is one of neighbours.
 */
final class ComBench implements Measurement {
  private static final int ROUNDS = 101;
  private static final int WARM_UP_ROUNDS = 60;
  private static final long WARM_UP_NANOS = 8_000_000_000L;
  private static final int ROWS = 50;
  private static final int BLOCK_BYTES = 1024;

  /** What is measured, by nanoseconds of one call. */
  private static final class Probe {
    private final String name;
    private final LongUnaryOperator nanos;
    private final long count;
    private final double[] values = new double[ROUNDS];

    private Probe(String name, long count, LongUnaryOperator nanos) {
      this.name = name;
      this.nanos = nanos;
      this.count = count;
    }

    private void measure(int round) {
      double each = nanos.applyAsLong(count) / (double) count;
      if (round >= 0) {
        values[round] = each;
      }
    }
  }

  private final List<Probe> probes = new ArrayList<>();

  @Override
  public int defaultCount() {
    return 5000;
  }

  private Probe probe(String name, long count, LongUnaryOperator nanos) {
    Probe probe = new Probe(name, count, nanos);
    probes.add(probe);
    return probe;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      measure(figures, count, NativeLoops.compile(directory), session);
    } finally {
      Sample.deleteTree(directory);
    }
    cycles(figures);
  }

  /** {@link ComCyclesBench} in a process of its own; its figures come first. */
  private static void cycles(Figures figures) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-Dmapi4j.thunks=" + NativeCalls.backEnd(),
                "-cp",
                System.getProperty("java.class.path")));
    if (NativeCalls.backEnd().equals("ffm")) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of(Main.class.getName(), "com-cycles"));
    if (figures.isJson()) {
      command.add("--json");
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("com-cycles ended with " + exit);
    }
  }

  private void measure(Figures figures, int count, NativeLoops loops, MessageStore session) {
    BenchTargets parts = new BenchTargets(loops.keptRoutines());
    String backEnd = " (" + NativeCalls.backEnd() + ")";
    Probe thunk = dispatch(figures, count, loops, parts, backEnd);
    int few = Math.max(count / 20, 1);
    IMAPIFolder inbox = Sample.inbox(session.store());
    probes.clear();
    probes.add(thunk);
    Probe[] twenty = twentyProps(loops, parts, session, inbox, few);
    Probe[] rows = fiftyRows(loops, parts, inbox, few);
    rounds(figures, backEnd);
    parts(figures, "GetProps of 20", backEnd, twenty, thunk);
    parts(figures, "QueryRows of 50 by 8", backEnd, rows, thunk, thunk);
    figures.add("blocks left" + backEnd, (double) loops.live(), "");
  }

  /** A call to the sum of: in Java, thunks, and the encoding with and without allocation. */
  private static void parts(
      Figures figures, String name, String backEnd, Probe[] call, Probe... thunks) {
    for (boolean allocates : new boolean[] {true, false}) {
      Probe[] parts = Arrays.copyOf(thunks, thunks.length + 2);
      parts[thunks.length] = call[1];
      parts[thunks.length + 1] = call[allocates ? 2 : 3];
      figures.atMost(
          name + (allocates ? " to its parts" : " to them without allocation") + backEnd,
          ratio(call[0], parts),
          1.5);
    }
  }

  /** Dispatch alone, before the compiler has met other objects; the bare thunk of 5 words. */
  private Probe dispatch(
      Figures figures, int count, NativeLoops loops, BenchTargets parts, String backEnd) {
    long nothing = Foreign.export(new NothingObject(), IMAPIProp.class, loops.routines());
    long bare = parts.bareObject();
    probe("C++ virtual call", 100L * count, loops.loop("virtual2")::nanos);
    probe("JNI call of a static method", count, ComBench::jni);
    Probe thunk2 = probe("bare thunk, 2 words", count, loops.loop("slot2", bare, 0)::nanos);
    Probe thunk5 = probe("bare thunk, 5 words", count, loops.loop("slot5", bare, 1)::nanos);
    Probe save = probe("SaveChanges of nothing", count, loops.loop("slot2", nothing, 4)::nanos);
    Probe props = probe("GetProps of nothing", count, loops.loop("slot5", nothing, 5)::nanos);
    rounds(figures, backEnd);
    figures.atMost("SaveChanges to bare thunk" + backEnd, ratio(save, thunk2), 1.3);
    figures.atMost("GetProps to bare thunk" + backEnd, ratio(props, thunk5), 1.3);
    NativeCalls.call(nothing, 2);
    return thunk5;
  }

  /** All probes, round after round, and how long each took. */
  private void rounds(Figures figures, String backEnd) {
    List<Probe> order = new ArrayList<>(probes);
    Random chance = new Random(1);
    long begun = System.nanoTime();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      if (round == 0 && System.nanoTime() - begun < WARM_UP_NANOS) {
        round--; // a busy machine leaves the compiler little time
      }
      // What runs before a probe leaves its marks in the caches.
      Collections.shuffle(order, chance);
      for (Probe probe : order) {
        probe.measure(round);
      }
      if (round > 0 && round % 20 == 0) {
        figures.progress("round " + round);
      }
    }
    probes.forEach(probe -> figures.add(probe.name + backEnd, Figures.median(probe.values), "ns"));
  }

  private static long jni(long count) {
    long start = BenchTargets.nanos();
    long sum = JniCall.run(count);
    return BenchTargets.nanos() - start + sum;
  }

  /** Of a median over rounds: one to the sum of others. */
  private static double ratio(Probe whole, Probe... parts) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (Probe part : parts) {
        sum += part.values[round];
      }
      ratios[round] = whole.values[round] / sum;
    }
    return Figures.median(ratios);
  }

  /** Through the vtable, in Java, and the encoding with and without allocation. */
  private Probe[] twentyProps(
      NativeLoops loops, BenchTargets parts, MessageStore session, IMAPIFolder inbox, int count) {
    List<SPropValue> values = Sample.twenty(1);
    SPropTagArray tags = Sample.tags(values);
    Bytes id = Sample.create(inbox, values);
    IMessage message = (IMessage) session.store().openEntry(id, null, 0).value().lppUnk();
    List<SPropValue> read = message.getProps(tags, 0).value();
    long pointer = Foreign.export(message, IMessage.class, loops.routines());
    return new Probe[] {
      probe(
          "GetProps of 20 properties",
          count,
          loops.loop("get_props", pointer, tagArray(tags))::nanos),
      probe(
          "  in Java",
          count,
          n -> {
            long start = BenchTargets.nanos();
            for (long i = 0; i < n; i++) {
              Sample.good(message.getProps(tags, 0).hr());
            }
            return BenchTargets.nanos() - start;
          }),
      probe(
          "  encoding",
          count,
          n -> {
            loops.keep(1);
            return parts.encodeProps(read, (int) n);
          }),
      probe("  encoding without allocation", count, n -> parts.encodePropsInPlace(read, (int) n)),
      probe(
          "  one allocation by the client",
          count,
          n -> {
            loops.keep(1);
            return parts.allocate(BLOCK_BYTES, n);
          })
    };
  }

  private Probe[] fiftyRows(NativeLoops loops, BenchTargets parts, IMAPIFolder inbox, int count) {
    for (int i = 0; i < ROWS; i++) {
      if (Sample.create(inbox, Sample.properties(i)).isEmpty()) {
        throw new IllegalStateException("no entry identifier");
      }
    }
    IMAPITable table = inbox.getContentsTable(MAPI_UNICODE).value();
    Sample.good(
        table.setColumns(
            SPropTagArray.tags(
                PR_ENTRYID,
                PR_INSTANCE_KEY,
                PR_SUBJECT_W,
                PR_MESSAGE_CLASS_W,
                PR_MESSAGE_FLAGS,
                PR_MESSAGE_SIZE,
                PR_LAST_MODIFICATION_TIME,
                PR_HASATTACH),
            0));
    SRowSet rows = rows(table);
    long pointer = Foreign.export(table, IMAPITable.class, loops.routines());
    int few = Math.max(count / 5, 1);
    return new Probe[] {
      probe(
          "SeekRow and QueryRows of 50 rows by 8 columns",
          few,
          loops.loop("query_rows", pointer, ROWS)::nanos),
      probe(
          "  in Java",
          few,
          n -> {
            long start = BenchTargets.nanos();
            for (long i = 0; i < n; i++) {
              if (rows(table).size() != ROWS) {
                throw new IllegalStateException("rows are missing");
              }
            }
            return BenchTargets.nanos() - start;
          }),
      probe(
          "  encoding",
          few,
          n -> {
            loops.keep(1 + ROWS); // the set is a block of its own
            return parts.encodeRows(rows, (int) n);
          }),
      probe("  encoding without allocation", few, n -> parts.encodeRowsInPlace(rows, (int) n))
    };
  }

  private static SRowSet rows(IMAPITable table) {
    Sample.good(table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    return table.queryRows(ROWS, 0).value();
  }

  /** An SPropTagArray in native memory, for good. */
  static long tagArray(SPropTagArray tags) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * tags.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      bytes.putInt(tags.get(i));
    }
    long block = NativeCalls.allocate(bytes.capacity());
    NativeCalls.write(block, bytes.array());
    return block;
  }
}
