package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SSortOrderSet;

/** Abort of operations that have their rows half read. */
@Timeout(60)
class AbortTest {
  private static final int ROWS = 20_000;
  private static final int READ = 1000;
  private static final SSortOrderSet DOWN = by(PR_SUBJECT_W, TABLE_SORT_DESCEND);

  /** Values of rows that were read, of which one is waited for. */
  private final AtomicInteger values = new AtomicInteger();

  /** Rows were read to the last one. */
  private volatile boolean read;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);

  /** A row whose subject is its number in letters. */
  private final class Row implements TableRow {
    private final int number;

    Row(int number) {
      this.number = number;
    }

    @Override
    public Bytes instanceKey() {
      return SortedSource.key(number);
    }

    @Override
    public SPropValue get(int propTag) {
      if (values.incrementAndGet() == READ) {
        reached.countDown();
        try {
          assertTrue(goesOn.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
      return PropTag.id(propTag) == PropTag.id(PR_SUBJECT_W)
          ? SPropValue.of(PR_SUBJECT_W, "s%06d".formatted(number))
          : SPropValue.of(PR_IMPORTANCE, number % 3);
    }

    @Override
    public Iterable<? extends RowView> subobjects(int propTag) {
      return List.of();
    }
  }

  private class Source implements RowSource {
    final List<Row> rows = IntStream.range(0, ROWS).mapToObj(Row::new).toList();

    @Override
    public SPropTagArray allColumns() {
      return SPropTagArray.tags(PR_SUBJECT_W, PR_IMPORTANCE);
    }

    @Override
    public SPropTagArray initialColumns() {
      return SPropTagArray.tags(PR_SUBJECT_W);
    }

    @Override
    public List<? extends TableRow> rows() {
      return rows;
    }

    @Override
    public long stamp() {
      return 1;
    }

    @Override
    public void forEach(Consumer<TableRow> each) {
      RowSource.super.forEach(each);
      read = true;
    }
  }

  /** The same with columns, of the subjects alone. */
  private class ColumnSource extends Source {
    final RowColumns columns;

    ColumnSource(boolean shares) {
      columns = shares ? new RowColumns(new ColumnSource(false), Long.MAX_VALUE) : null;
    }

    @Override
    public boolean isOrderedByKey() {
      return true;
    }

    @Override
    public Optional<List<List<Bytes>>> changes() {
      return Optional.of(List.of());
    }

    @Override
    public RowColumns columns() {
      return columns;
    }

    @Override
    public boolean keeps(int propId) {
      return propId == PropTag.id(PR_SUBJECT_W);
    }

    @Override
    public TableRow unread(Bytes key) {
      return rows.get(key.sharedArray()[14] << 8 & 0xFF00 | key.sharedArray()[15] & 0xFF);
    }

    @Override
    public List<? extends TableRow> after(Bytes key, int count) {
      int from = key == null ? 0 : ((Row) unread(key)).number + 1;
      return rows.subList(Math.min(ROWS, from), Math.min(ROWS, from + count));
    }
  }

  /** Aborts what was begun when some values were read; no more than a few are read after that. */
  private void abortHalfway(TableView view) throws Exception {
    assertTrue(reached.await(30, TimeUnit.SECONDS));
    assertHr(S_OK, view.abort());
    goesOn.countDown();
    assertEquals(TBLSTAT_COMPLETE, ok(view.waitForCompletion(0, -1)));
    assertTrue(values.get() <= READ + SlotFilter.LOOK_ROWS, values + " values were read");
  }

  private static void assertFirst(TableView view, String subjects) {
    ok(view.seekRow(BOOKMARK_BEGINNING, 0));
    assertEquals(subjects, read(view, 2));
    assertEquals(ROWS, ok(view.getRowCount(0)));
  }

  @Test
  void abort_sortWhileRowsAreRead_endsItSoonAndTheOrderBeforeIsInForce() throws Exception {
    abortSort(new Source());
  }

  @Test
  void abort_sortWhileColumnsAreRead_endsItSoonAndTheOrderBeforeIsInForce() throws Exception {
    abortSort(new ColumnSource(true));
  }

  private void abortSort(Source source) throws Exception {
    TableView view = TableView.open(source, WIDE);
    assertHr(S_OK, view.sortTable(DOWN, TBL_ASYNC));
    abortHalfway(view);
    assertEquals(List.of(), ok(view.querySortOrder()).aSort());
    assertFirst(view, "s000000 s000001");
    assertHr(S_OK, view.sortTable(DOWN, TBL_ASYNC));
    assertFirst(view, "s019999 s019998");
    view.close();
  }

  @Test
  void abort_restrictionThatReadsEachRow_endsItSoonAndEveryRowIsThere() throws Exception {
    TableView view = TableView.open(new ColumnSource(true), WIDE);
    SRestriction important =
        new SRestriction.SPropertyRestriction(
            RELOP_EQ, PR_IMPORTANCE, SPropValue.of(PR_IMPORTANCE, 2));
    assertHr(S_OK, view.restrict(important, TBL_ASYNC));
    abortHalfway(view);
    assertFirst(view, "s000000 s000001");
    assertHr(S_OK, view.restrict(important, TBL_ASYNC));
    assertEquals(ROWS / 3, ok(view.getRowCount(0)));
    view.close();
  }

  /** Aborted when all rows were read: what is left is work on what is in memory. */
  private void assertAbortedAfterReading(Source source, SRestriction filter, int sortTag) {
    goesOn.countDown();
    SSortOrderSet order = sortTag == 0 ? by() : by(sortTag, TABLE_SORT_DESCEND);
    Shape shape = new Shape(SPropTagArray.tags(PR_SUBJECT_W), filter, order);
    KeptRows rows = new KeptRows(ViewContext.next(WIDE), source, shape);
    assertThrows(Aborted.class, () -> Aborted.during(() -> read, rows::present));
    assertTrue(read);
    assertEquals(filter == null ? ROWS : ROWS / 2, rows.present().size());
  }

  @Test
  void look_whileRowsAreSorted_aborts() {
    assertAbortedAfterReading(new Source(), null, PR_SUBJECT_W);
  }

  @Test
  void look_whileTextOfAColumnIsSorted_aborts() {
    assertAbortedAfterReading(new ColumnSource(true), null, PR_SUBJECT_W);
  }

  @Test
  void look_whileNumbersOfAColumnAreSorted_aborts() {
    assertAbortedAfterReading(new ColumnSource(true), null, PR_IMPORTANCE);
  }

  @Test
  void look_whileRowsAreJudgedByAColumn_aborts() {
    SRestriction half = subject(RELOP_LT, "s%06d".formatted(ROWS / 2));
    assertAbortedAfterReading(new ColumnSource(true), half, 0);
  }

  /** Rows of which some changed, which are read one by one or all. */
  private final class Changing extends ColumnSource {
    private final List<List<Bytes>> commits = new ArrayList<>();
    private long stamp;
    private int passes;

    Changing() {
      super(false);
    }

    @Override
    public long stamp() {
      return stamp;
    }

    @Override
    public Optional<List<List<Bytes>>> changes() {
      List<List<Bytes>> all = List.copyOf(commits);
      commits.clear();
      return Optional.of(all);
    }

    @Override
    public TableRow row(Bytes key) {
      return unread(key);
    }

    @Override
    public void forEach(Consumer<TableRow> each) {
      passes++;
      super.forEach(each);
    }
  }

  @Test
  void abort_withACommitPending_leavesTheRowsToTheNextView() {
    goesOn.countDown();
    Changing source = new Changing();
    RowColumns columns = new RowColumns(source, Long.MAX_VALUE);
    ViewContext view = ViewContext.next(WIDE);
    Shape natural = new Shape(SPropTagArray.tags(PR_SUBJECT_W), null, by());
    KeptOrder order = columns.order(natural, view, source);
    long version = order.version();
    source.commits.add(List.of(SortedSource.key(7)));
    source.stamp++;
    assertThrows(
        Aborted.class,
        () ->
            Aborted.during(
                () -> values.get() >= READ,
                () -> columns.order(natural.withOrder(DOWN), view, source)));
    int passes = source.passes;
    assertEquals(ROWS, columns.order(natural, view, source).rows().length);
    assertEquals(passes, source.passes, "the rows were read anew");
    RowColumns.Change change = columns.changesSince(version).orElseThrow().get(0);
    assertEquals(1, change.come().length);
    assertEquals(ROWS, columns.order(natural.withOrder(DOWN), view, source).rows().length);
    assertEquals(passes + 1, source.passes, "the column is read");
  }

  @Test
  void abort_ofOneView_leavesAnotherOnTheSameColumnsAlone() throws Exception {
    ColumnSource source = new ColumnSource(true);
    TableView aborted = TableView.open(source, WIDE);
    TableView other = TableView.open(source, WIDE);
    assertHr(S_OK, aborted.sortTable(DOWN, TBL_ASYNC));
    assertTrue(reached.await(30, TimeUnit.SECONDS));
    Thread sorting = new Thread(() -> assertHr(S_OK, other.sortTable(DOWN, 0)));
    sorting.start();
    abortHalfwayBesideAnother(aborted);
    sorting.join();
    assertFirst(other, "s019999 s019998");
    assertFirst(aborted, "s000000 s000001");
    aborted.close();
    other.close();
  }

  private void abortHalfwayBesideAnother(TableView view) {
    assertHr(S_OK, view.abort());
    goesOn.countDown();
    assertEquals(TBLSTAT_COMPLETE, ok(view.waitForCompletion(0, -1)));
  }
}
