package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPITable.Position;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * Rows kept in order against rows computed anew: the same calls and changes, the same answers.
 * 20,000 sequences with {@code -Dmapi4j.long=true}.
 */
class KeptRowsModelTest {
  private static final int SEQUENCES = 400;
  private static final int LONG_SEQUENCES = 20_000;
  private static final int GROUPS = 8;
  private static final int STEPS = 60;
  private static final int NUMBERS = 0x6660_1003;
  private static final int[] TAGS = {
    PR_SUBJECT_W, PR_IMPORTANCE, PR_PRIORITY, PR_MESSAGE_DELIVERY_TIME, NUMBERS
  };

  /** Unsigned, and at the ends of what a signed number can be. */
  private static final long[] TICKS = {0, 1, 77, Long.MAX_VALUE, Long.MIN_VALUE, -1};

  private Random random;
  private SortedSource source;
  private TableView kept;
  private TableView model;
  private List<Integer> bookmarks = new ArrayList<>();
  private List<Bytes[]> states = new ArrayList<>();
  private boolean shared;

  /** A view, its model, and what was made of them. */
  private record Pair(
      TableView kept, TableView model, List<Integer> bookmarks, List<Bytes[]> states) {}

  /** Cursors of views that had read their first rows alone. */
  @ParameterizedTest(name = "sequence {0}")
  @ValueSource(longs = {632, 11_386, 15_661, 18_316})
  void aSequenceThatOnceFailed_againstRowsComputedAnew_agrees(long seed) {
    sequence(seed);
  }

  static LongStream groups() {
    return LongStream.range(0, GROUPS);
  }

  @ParameterizedTest(name = "sequences {0}")
  @MethodSource("groups")
  void randomSequences_againstRowsComputedAnew_agree(long group) {
    int all = Boolean.getBoolean("mapi4j.long") ? LONG_SEQUENCES : SEQUENCES;
    for (long seed = group; seed < all; seed += GROUPS) {
      try {
        sequence(seed);
      } catch (RuntimeException | AssertionError wrong) {
        throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  @Test
  void aChange_doesNotReadTheSourceWhole() {
    source = new SortedSource();
    IntStream.range(0, 100).forEach(i -> put(i, 1, i));
    SortedSource.View rows = source.view();
    try (TableView view = TableView.open(rows, Views.WIDE)) {
      Views.assertHr(0, view.sortTable(Views.by(PR_PRIORITY, TABLE_SORT_DESCEND), 0));
      assertEquals(100, Views.ok(view.getRowCount(0)));
      put(200, 1, 200);
      assertEquals(101, Views.ok(view.getRowCount(0)));
      assertEquals("s200", Views.read(view, 1));
      assertEquals(1, rows.readWhole);
      source.lose();
      assertEquals(101, Views.ok(view.getRowCount(0)));
      assertEquals(2, rows.readWhole);
    }
  }

  @Test
  void aChange_toSharedColumns_doesNotReadTheSourceWhole() {
    source = new SortedSource();
    IntStream.range(0, 100).forEach(i -> put(i, 1, i));
    SortedSource.View read = source.share(1000, 1 << 20);
    try (TableView view = TableView.open(source.view(), Views.WIDE);
        TableView other = TableView.open(source.view(), Views.WIDE)) {
      Views.assertHr(0, view.sortTable(Views.by(PR_PRIORITY, TABLE_SORT_DESCEND), 0));
      assertEquals(100, Views.ok(view.getRowCount(0)));
      put(200, 1, 200);
      assertEquals(101, Views.ok(view.getRowCount(0)));
      assertEquals("s200", Views.read(view, 1));
      Views.assertHr(0, other.sortTable(Views.by(PR_PRIORITY, TABLE_SORT_DESCEND), 0));
      assertEquals("s200", Views.read(other, 1));
      assertEquals(1, read.readWhole);
      source.lose();
      assertEquals(101, Views.ok(view.getRowCount(0)));
      assertEquals(2, read.readWhole);
    }
  }

  @Test
  void theFirstRows_areReadWithoutTheOthers() {
    source = new SortedSource();
    IntStream.range(0, 500).forEach(i -> put(i, 1, 1));
    SortedSource.View read = source.share(1000, 1 << 20);
    try (TableView view = TableView.open(source.view(), Views.WIDE)) {
      assertEquals("s0 s1", Views.read(view, 2));
      assertEquals("s2 s3", Views.read(view, 2));
      assertEquals(0, read.readWhole);
      source.rows.remove(SortedSource.key(4));
      source.touch(4);
      assertEquals("s5 s6", Views.read(view, 2));
      assertEquals(1, read.readWhole);
      assertEquals(499, Views.ok(view.getRowCount(0)));
    }
  }

  @Test
  void anAndOrOrOfNothing_overSharedColumns_isTrueOrFalse() {
    source = new SortedSource();
    IntStream.range(0, 10).forEach(i -> put(i, 1, i));
    source.share(1000, 1 << 20);
    try (TableView view = TableView.open(source.view(), Views.WIDE)) {
      Views.assertHr(0, view.restrict(new SAndRestriction(List.of()), 0));
      assertEquals("s0 s1", Views.read(view, 2));
      assertEquals(10, Views.ok(view.getRowCount(0)));
      Views.assertHr(0, view.restrict(new SOrRestriction(List.of()), 0));
      assertEquals(0, Views.ok(view.getRowCount(0)));
    }
  }

  private void sequence(long seed) {
    random = new Random(seed);
    source = new SortedSource();
    if (random.nextInt(3) > 0) {
      source.share(random.nextInt(60), random.nextInt(4) * 1000);
      source.keeping = random.nextBoolean();
    }
    int rows = random.nextInt(25);
    for (int i = 0; i < rows; i++) {
      change();
    }
    TableOptions options = Views.WIDE.withCategorizable(random.nextInt(3) > 0);
    shared = options.categorizable();
    List<Pair> pairs = new ArrayList<>();
    for (int i = random.nextInt(2); i < 2; i++) {
      pairs.add(
          new Pair(
              TableView.open(source.view(), options),
              new TableView(source.view(), options, RecomputedRows::new),
              new ArrayList<>(),
              new ArrayList<>()));
      use(pairs.get(pairs.size() - 1));
      columns();
    }
    for (int step = 0; step < STEPS; step++) {
      use(pairs.get(random.nextInt(pairs.size())));
      step();
    }
    for (Pair pair : pairs) {
      pair.kept().close();
      pair.model().close();
    }
  }

  private void use(Pair pair) {
    kept = pair.kept();
    model = pair.model();
    bookmarks = pair.bookmarks();
    states = pair.states();
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> change();
      case 4 -> {
        for (int i = random.nextInt(60); i > 0; i--) {
          change();
        }
      }
      case 5 -> read(random.nextInt(13) - 6, random.nextInt(2));
      case 6 -> seek();
      case 7 -> find();
      case 8 -> mark();
      case 9 -> fraction();
      case 10 -> sort();
      case 11 -> restrict();
      case 12 -> columns();
      case 13, 14 -> toggle();
      default -> state();
    }
    if (random.nextInt(3) == 0) {
      both("GetRowCount", view -> view.getRowCount(0));
      both("QueryPosition", TableView::queryPosition);
    }
    if (random.nextInt(10) == 0) {
      both("SeekRow", view -> view.seekRow(BOOKMARK_BEGINNING, 0));
      read(1000, TBL_NOADVANCE);
    }
    if (random.nextInt(40) == 0) {
      source.lose();
    }
  }

  @CanIgnoreReturnValue
  private <T> T both(String call, Function<TableView, MapiResult<T>> body) {
    MapiResult<T> expected = body.apply(model);
    MapiResult<T> found = body.apply(kept);
    assertEquals(HResult.toString(expected.hr()), HResult.toString(found.hr()), call);
    assertEquals(expected.value(), found.value(), call);
    return found.value();
  }

  private void codes(String call, Function<TableView, Integer> body) {
    assertEquals(HResult.toString(body.apply(model)), HResult.toString(body.apply(kept)), call);
  }

  private void change() {
    int number = random.nextInt(40);
    if (random.nextInt(3) == 0) {
      source.rows.remove(SortedSource.key(number));
      source.touch(number);
    } else {
      more(put(number, random.nextInt(3), random.nextInt(6)));
    }
  }

  /** Values at the limits, and some that are unlike those of other rows. */
  private void more(ListSource.Row row) {
    if (random.nextInt(4) > 0) {
      row.with(PR_MESSAGE_DELIVERY_TIME, time());
    }
    switch (random.nextInt(20)) {
      case 0 -> row.with(SPropValue.error(PR_PRIORITY, MAPI_E_NOT_ENOUGH_MEMORY));
      case 1 -> row.with(PropTag.changePropType(PR_PRIORITY, PT_UNICODE), "of another type");
      case 2 -> row.with(PropTag.changePropType(PR_SUBJECT_W, PT_BINARY), Bytes.of(row.number));
      default -> {}
    }
  }

  @CanIgnoreReturnValue
  private ListSource.Row put(int number, int importance, int priority) {
    ListSource.Row row = new ListSource.Row(number).with(PR_SUBJECT_W, "s" + number);
    if (importance > 0) {
      row.with(PR_IMPORTANCE, importance);
    }
    if (priority > 0) {
      row.with(PR_PRIORITY, priority);
    }
    row.with(PR_MESSAGE_FLAGS, priority % 2 == 0 ? MSGFLAG_READ : 0);
    if (number % 3 == 0) {
      row.with(NUMBERS, IntStream.rangeClosed(0, priority).boxed().toList());
    }
    source.rows.put(SortedSource.key(number), row);
    source.touch(number);
    return row;
  }

  private FILETIME time() {
    return new FILETIME(TICKS[random.nextInt(TICKS.length)]);
  }

  private void read(int count, int flags) {
    if (count != 0) {
      both("QueryRows", view -> view.queryRows(count, flags));
    }
  }

  private int bookmark() {
    int i = random.nextInt(bookmarks.size() + 3);
    return i < 3
        ? new int[] {BOOKMARK_BEGINNING, BOOKMARK_CURRENT, BOOKMARK_END}[i]
        : bookmarks.get(i - 3);
  }

  private void seek() {
    int bookmark = bookmark();
    int count = random.nextInt(13) - 6;
    both("SeekRow", view -> view.seekRow(bookmark, count));
  }

  private void find() {
    int bookmark = bookmark();
    SRestriction wanted = restriction();
    int flags = random.nextBoolean() ? DIR_BACKWARD : 0;
    codes("FindRow", view -> view.findRow(wanted, bookmark, flags));
  }

  private void mark() {
    if (bookmarks.size() > 4) {
      int bookmark = bookmarks.remove(random.nextInt(bookmarks.size()));
      codes("FreeBookmark", view -> view.freeBookmark(bookmark));
    } else {
      bookmarks.add(both("CreateBookmark", TableView::createBookmark));
    }
  }

  private void fraction() {
    int numerator = random.nextInt(6);
    codes("SeekRowApprox", view -> view.seekRowApprox(numerator, 5));
  }

  private void sort() {
    List<SSortOrder> keys = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int tag = TAGS[random.nextInt(TAGS.length)];
      int order = random.nextInt(2);
      keys.add(
          new SSortOrder(
              tag == NUMBERS && random.nextBoolean() ? tag | MV_INSTANCE : tag,
              i > 0 && random.nextInt(5) == 0 ? TABLE_SORT_COMBINE : order));
    }
    int categories = shared ? random.nextInt(count + 1) : 0;
    SSortOrderSet order =
        new SSortOrderSet(keys, categories, categories == 0 ? 0 : random.nextInt(categories + 1));
    codes("SortTable", view -> view.sortTable(order, TBL_BATCH));
    both("QuerySortOrder", TableView::querySortOrder);
  }

  private SRestriction restriction() {
    return switch (random.nextInt(8)) {
      case 7 ->
          new SPropertyRestriction(
              random.nextInt(6),
              PR_MESSAGE_DELIVERY_TIME,
              SPropValue.of(PR_MESSAGE_DELIVERY_TIME, time()));
      case 4 -> new SAndRestriction(List.of(restriction(), restriction()));
      case 5 -> new SOrRestriction(List.of(restriction(), restriction()));
      case 6 ->
          new SContentRestriction(
              FL_SUBSTRING | FL_IGNORECASE,
              PR_SUBJECT_W,
              SPropValue.of(PR_SUBJECT_W, "S" + random.nextInt(4)));
      case 0 -> new SBitMaskRestriction(BMR_NEZ, PR_PRIORITY, 1 << random.nextInt(3));
      case 1 -> new SNotRestriction(new SExistRestriction(PR_IMPORTANCE));
      case 2 ->
          new SPropertyRestriction(
              random.nextInt(6), PR_PRIORITY, SPropValue.of(PR_PRIORITY, random.nextInt(6)));
      default -> Views.subject(RELOP_GE, "s" + random.nextInt(40));
    };
  }

  private void restrict() {
    SRestriction filter = random.nextInt(3) == 0 ? null : restriction();
    codes("Restrict", view -> view.restrict(filter, 0));
  }

  private void columns() {
    SPropTagArray columns =
        SPropTagArray.tags(
            PR_SUBJECT_W,
            PR_PRIORITY,
            PR_DEPTH,
            PR_ROW_TYPE,
            PR_CONTENT_COUNT,
            PR_CONTENT_UNREAD,
            random.nextInt(4) == 0 ? NUMBERS | MV_INSTANCE : PR_IMPORTANCE);
    codes("SetColumns", view -> view.setColumns(columns, 0));
  }

  /** The instance keys of a row in either view. */
  private Bytes[] keys() {
    MapiResult<Position> at = model.queryPosition();
    assertTrue(at.succeeded());
    SPropTagArray columns = Views.ok(model.queryColumns(0));
    List<TableView> views = List.of(model, kept);
    Bytes[] keys = new Bytes[2];
    for (int i = 0; i < 2; i++) {
      List<Integer> tags = new ArrayList<>(columns.stream().boxed().toList());
      tags.add(PR_INSTANCE_KEY);
      Views.assertHr(0, views.get(i).setColumns(SPropTagArray.of(tags), 0));
      List<SRow> rows = Views.ok(views.get(i).queryRows(1, TBL_NOADVANCE)).aRow();
      keys[i] = rows.isEmpty() ? Bytes.of(1) : rows.get(0).lpProps().get(tags.size() - 1).asBytes();
      Views.assertHr(0, views.get(i).setColumns(columns, 0));
    }
    return keys;
  }

  private void toggle() {
    Bytes[] keys = keys();
    if (random.nextBoolean()) {
      int count = random.nextInt(4);
      both("ExpandRow", view -> view.expandRow(keys[view == model ? 0 : 1], count, 0));
    } else {
      both("CollapseRow", view -> view.collapseRow(keys[view == model ? 0 : 1], 0));
    }
  }

  private void state() {
    if (states.isEmpty() || random.nextBoolean()) {
      Bytes[] keys = keys();
      Bytes state =
          both("GetCollapseState", view -> view.getCollapseState(0, keys[view == model ? 0 : 1]));
      if (state != null) {
        states.add(new Bytes[] {state});
      }
      return;
    }
    Bytes state = states.get(random.nextInt(states.size()))[0];
    Integer bookmark = both("SetCollapseState", view -> view.setCollapseState(0, state));
    if (bookmark != null && bookmarks.size() < 8) {
      bookmarks.add(bookmark);
    }
  }
}
