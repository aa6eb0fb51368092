package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** The lines of {@link TableBench} at one size. */
final class TableRounds implements AutoCloseable {
  private static final int PAGE = 50;
  private static final int PAGES = 100;
  private static final int BLOCK = 1000;
  private static final int BLOCKS_MAX = 50;
  private static final SSortOrderSet BY_TIME =
      SSortOrderSet.of(new SSortOrder(PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND));
  private static final SSortOrderSet UNSORTED = SSortOrderSet.of();

  private final MessageStore store;
  private final TableFloor floor;
  private final BareJe bare;
  private final int rounds;
  private final int sorts;
  private final int inserts;
  private final TableLines lines;
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  TableRounds(
      MessageStore store, TableFloor floor, BareJe bare, Repeats repeats, TableLines lines) {
    this.store = store;
    this.floor = floor;
    this.bare = bare;
    this.rounds = repeats.rounds();
    this.sorts = repeats.sorts();
    this.inserts = repeats.inserts();
    this.lines = lines;
  }

  /**
   * How often something is measured: what takes seconds and hundreds of megabytes at a million
   * rows, what is a message saved, and the rest.
   */
  record Repeats(int rounds, int sorts, int inserts) {}

  @Override
  public void close() {
    other.shutdown();
  }

  private interface Work {
    /** Something that depends on all that was done. */
    long run() throws Exception;
  }

  private static double micros(Work work) throws Exception {
    long start = System.nanoTime();
    if (work.run() < 0) {
      throw new IllegalStateException("nothing done");
    }
    return (System.nanoTime() - start) / 1000.0;
  }

  private static <T> T ok(MapiResult<T> result) {
    Sample.good(result.hr());
    return result.value();
  }

  void run(Figures figures) throws Exception {
    figures.progress("%,d rows: first page".formatted(floor.rows()));
    firstPage();
    figures.progress("sort");
    sort();
    try (IMAPIFolder inbox = Sample.inbox(store.store());
        IMAPITable view = view(inbox)) {
      figures.progress("restrict");
      restrict(view);
      contains(view);
      figures.progress("read");
      read(view);
      figures.progress("save");
      save(view, figures);
    }
  }

  private static IMAPITable view(IMAPIFolder folder) {
    IMAPITable view = ok(folder.getContentsTable(0));
    Sample.good(view.setColumns(TableSample.COLUMNS, 0));
    return view;
  }

  /** Each page from a session of its own, which has read nothing before. */
  private void firstPage() throws Exception {
    double[] ours = new double[rounds];
    double[] floors = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      for (int page = 0; page < PAGES; page++) {
        try (MessageStore session = store.newSession();
            IMAPIFolder inbox = Sample.inbox(session.store())) {
          ours[round] +=
              micros(
                      () -> {
                        try (IMAPITable view = view(inbox)) {
                          return ok(view.queryRows(PAGE, 0)).size() - PAGE;
                        }
                      })
                  / PAGES;
        }
        floors[round] +=
            micros(() -> other.submit(() -> bare.scan(TableSample.key(0), PAGE)).get()) / PAGES;
      }
    }
    lines.add(
        "first 50 rows, cold", "bare JE reading 50 records behind a hand-off", 3, ours, floors);
  }

  /** The first time in a session of its own each; then the same order again, after another. */
  private void sort() throws Exception {
    double[] first = new double[sorts];
    double[] again = new double[sorts];
    double[] floors = new double[sorts];
    for (int round = 0; round < sorts; round++) {
      try (MessageStore session = store.newSession();
          IMAPIFolder inbox = Sample.inbox(session.store());
          IMAPITable view = view(inbox)) {
        first[round] = micros(() -> sorted(view, BY_TIME));
        again[round] = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
          long rows = sorted(view, UNSORTED);
          again[round] = Math.min(again[round], micros(() -> sorted(view, BY_TIME) + rows));
        }
      }
      floors[round] =
          micros(() -> bare.scan(TableSample.key(0), floor.rows()) + floor.sorted().length);
    }
    String name = "bare JE's scan and a sort of the bare array";
    lines.add("SortTable and 50 rows, first", name, 1.5, first, floors);
    lines.add("SortTable and 50 rows, nothing changed", name, 0.0015, again, floors);
  }

  private static long sorted(IMAPITable view, SSortOrderSet order) {
    Sample.good(view.sortTable(order, 0));
    return ok(view.queryRows(PAGE, 0)).size();
  }

  private static int restricted(IMAPITable view, SRestriction restriction) {
    Sample.good(view.restrict(restriction, 0));
    return ok(view.getRowCount(0));
  }

  private static SRestriction two(int importance, long after) {
    return new SAndRestriction(
        List.of(
            new SPropertyRestriction(
                RELOP_EQ, PR_IMPORTANCE, SPropValue.of(PR_IMPORTANCE, importance)),
            new SPropertyRestriction(
                RELOP_GT,
                PR_MESSAGE_DELIVERY_TIME,
                SPropValue.of(PR_MESSAGE_DELIVERY_TIME, new FILETIME(after)))));
  }

  /** Another time in each round, so that no answer is known. */
  private void restrict(IMAPITable view) throws Exception {
    double[] ours = new double[rounds];
    double[] floors = new double[rounds];
    long cached = restricted(view, two(0, TableSample.FIRST_TICK));
    assert cached >= 0;
    for (int round = 0; round < rounds; round++) {
      long after = TableSample.FIRST_TICK + TableSample.TICKS / 2 + round * 1_000_000L;
      int[] found = new int[2];
      ours[round] = micros(() -> found[0] = restricted(view, two(1, after)));
      floors[round] = micros(() -> found[1] = floor.restricted(1, after).length);
      same(found);
    }
    lines.add("restriction on two properties", "a loop over two arrays", 2, ours, floors);
  }

  private void contains(IMAPITable view) throws Exception {
    double[] ours = new double[rounds];
    double[] floors = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      String text = TableSample.pattern(round);
      SRestriction substring =
          new SContentRestriction(
              FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, text));
      int[] found = new int[2];
      double our = micros(() -> found[0] = restricted(view, substring));
      double bareStrings = micros(() -> found[1] = floor.containing(text).length);
      same(found);
      if (round >= 0) {
        ours[round] = our;
        floors[round] = bareStrings;
      }
    }
    lines.add("substring of the subject", "the same search over bare strings", 2, ours, floors);
  }

  private static void same(int[] found) {
    if (found[0] != found[1]) {
      throw new IllegalStateException("found %d, expected %d".formatted(found[0], found[1]));
    }
  }

  /** Eight columns of the rows in the order of their times, a thousand in a call. */
  private void read(IMAPITable view) throws Exception {
    Sample.good(view.restrict(null, 0));
    Sample.good(view.sortTable(BY_TIME, 0));
    int[] order = floor.sorted();
    int blocks = Math.min(BLOCKS_MAX, floor.rows() / BLOCK);
    double[] ours = new double[rounds];
    double[] floors = new double[rounds];
    for (int round = -2; round < rounds; round++) {
      int at = ok(view.seekRow(BOOKMARK_BEGINNING, 0));
      double our = micros(() -> read(view, blocks)) / blocks;
      double arrays = micros(() -> fill(order, blocks)) / blocks;
      if (round >= 0) {
        ours[round] = our + at;
        floors[round] = arrays;
      }
    }
    lines.add("QueryRows, 1,000 rows of 8 columns", "the same from arrays", 3, ours, floors);
  }

  private static long read(IMAPITable view, int blocks) {
    long cells = 0;
    for (int i = 0; i < blocks; i++) {
      SRowSet rows = ok(view.queryRows(BLOCK, 0));
      cells += rows.get(rows.size() - 1).lpProps().size();
    }
    return cells;
  }

  private long fill(int[] order, int blocks) {
    long cells = 0;
    for (int i = 0; i < blocks; i++) {
      List<SRow> rows = floor.rows(order, i * BLOCK, (i + 1) * BLOCK);
      cells += rows.get(rows.size() - 1).lpProps().size();
    }
    return cells;
  }

  /** From the return of another client's SaveChanges until the view that is open shows it. */
  private void save(IMAPITable view, Figures figures) throws Exception {
    Sample.good(view.sortTable(BY_TIME, 0));
    int before = restricted(view, two(1, TableSample.FIRST_TICK));
    floor.keep(floor.sorted());
    double[] ours = new double[inserts];
    double[] told = new double[inserts];
    double[] floors = new double[2 * inserts];
    double[] took = new double[2 * inserts];
    List<Bytes> saved = new ArrayList<>();
    try (MessageStore client = store.newSession();
        IMAPIFolder inbox = Sample.inbox(client.store())) {
      for (int i = 0; i < inserts; i++) {
        Saved one = save(inbox, shown(i));
        saved.add(one.id());
        took[i] = one.micros();
        int[] found = {0, before + i + 1};
        ours[i] = micros(() -> found[0] = ok(view.getRowCount(0)));
        same(found);
        floors[i] = insert(i);
      }
      RowSink sink = new RowSink();
      long connection = ok(view.advise(fnevTableModified, sink));
      for (int i = 0; i < inserts; i++) {
        Saved one = save(inbox, shown(inserts + i));
        saved.add(one.id());
        // 0 for a sink that was called while SaveChanges was returning
        told[i] = Math.max(0, sink.awaitAdded() - one.returned()) / 1000.0;
        took[inserts + i] = one.micros();
        floors[inserts + i] = insert(inserts + i);
      }
      Sample.good(view.unadvise(connection));
      Sample.good(inbox.deleteMessages(new ENTRYLIST(saved), 0, null, 0));
    }
    String rows = "%,d rows: SaveChanges of the other client, ".formatted(floor.rows());
    figures.add(rows + "no sink", Figures.median(Arrays.copyOf(took, inserts)), "us");
    figures.add(
        rows + "beside the sink",
        Figures.median(Arrays.copyOfRange(took, inserts, 2 * inserts)),
        "us");
    String name = "one insert into a kept order";
    lines.add(
        "a message saved by another client, OnNotify on a sorted, restricted view",
        name,
        20,
        told,
        Arrays.copyOfRange(floors, inserts, 2 * inserts));
    lines.add(
        "the same, seen by the next call on such a view without a sink",
        name,
        20,
        ours,
        Arrays.copyOf(floors, inserts));
  }

  private TableSample shown(int number) {
    TableSample sample = TableSample.of(floor.rows() + number);
    return new TableSample(sample.number(), sample.subject(), sample.sender(), sample.ticks(), 1);
  }

  private double insert(int number) throws Exception {
    int row = (int) Math.floorMod(shown(number).ticks(), (long) floor.rows());
    return micros(() -> floor.insert(row));
  }

  /**
   * A saved message, and System.nanoTime() when SaveChanges was called and when it had returned.
   */
  private record Saved(Bytes id, long called, long returned) {
    double micros() {
      return (returned - called) / 1000.0;
    }
  }

  private static Saved save(IMAPIFolder folder, TableSample sample) {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      Sample.good(message.setProps(sample.properties()).hr());
      long called = System.nanoTime();
      Sample.good(message.saveChanges(KEEP_OPEN_READONLY));
      long returned = System.nanoTime();
      Bytes id = ok(message.getProps(SPropTagArray.tags(PR_ENTRYID), 0)).get(0).asBytes();
      return new Saved(id, called, returned);
    }
  }
}
