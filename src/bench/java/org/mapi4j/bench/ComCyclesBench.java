package org.mapi4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/**
 * Memory of a native client's long life: messages created and released, and others opened, read and
 * released, from C++. Nothing may be left, and the process may not grow. {@code bench com} starts
 * it in a process of its own, whose heap is fixed and touched beforehand.
 */
final class ComCyclesBench implements Measurement {
  private static final int MESSAGES = 10_000;
  private static final int PAGE_BYTES = 4096;
  private static final double GROWTH_MAX = 1.05;

  @Override
  public int defaultCount() {
    return 1_000_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      run(figures, count, NativeLoops.compile(directory), session);
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static void run(Figures figures, int count, NativeLoops loops, MessageStore session)
      throws Exception {
    IMAPIFolder inbox = Sample.inbox(session.store());
    List<SPropValue> values = Sample.twenty(1);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      Bytes id = Sample.create(inbox, values);
      long block = NativeCalls.allocate(id.size());
      NativeCalls.write(block, id.toArray());
      ids.add(block);
    }
    long tags = ComBench.tagArray(Sample.tags(values));
    long folder = Foreign.export(inbox, IMAPIFolder.class, loops.routines());
    long store = Foreign.export(session.store(), IMsgStore.class, loops.routines());
    int objects = Foreign.held().size();
    long blocks = loops.live();
    int tenth = Math.max(count / 10, 1);
    long first = 0;
    long nanos = 0;
    for (int part = 0; part < 10; part++) {
      nanos += loops.loop("create", folder).nanos(tenth);
      for (int i = part * MESSAGES / 10; i < (part + 1) * MESSAGES / 10; i++) {
        nanos += loops.loop("open", store, ids.get(i), tags).nanos(1);
      }
      long now = residentBytes();
      first = part == 0 ? now : first;
      figures.progress("part %d: %,d KB resident".formatted(part + 1, now >> 10));
    }
    String backEnd = " (" + NativeCalls.backEnd() + ")";
    figures.add("cycles" + backEnd, nanos / (10.0 * tenth), "ns");
    figures.atMost("blocks left" + backEnd, (double) (loops.live() - blocks), "blocks", 0);
    figures.atMost("objects left" + backEnd, Foreign.held().size() - objects, "objects", 0);
    figures.atMost(
        "resident memory, last to first tenth" + backEnd,
        (double) residentBytes() / first,
        GROWTH_MAX);
    NativeCalls.call(folder, 2);
  }

  private static long residentBytes() throws Exception {
    System.gc();
    String statm = Files.readString(Path.of("/proc/self/statm"));
    return Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES;
  }
}
