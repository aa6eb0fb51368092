package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.table.Views.ok;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

/** Random calls and changes, each answer compared with a naive model's. */
class TableViewRandomTest {
  private static final int STEPS = 400;

  /** A row of the model; the importance never changes, the priority does. */
  private static final class Item {
    final String name;
    final int importance;
    Integer priority;
    ListSource.Row row;

    Item(String name, int importance, Integer priority) {
      this.name = name;
      this.importance = importance;
      this.priority = priority;
    }
  }

  /** A place that is told of each removal as it happens. */
  private static final class Spot {
    static final int START = 0;
    static final int ROW = 1;
    static final int END = 2;

    int kind = START;
    Item item;
    boolean moved;

    int index(List<Item> shown) {
      return kind == START ? 0 : kind == END ? shown.size() : shown.indexOf(item);
    }

    void set(int index, List<Item> shown) {
      moved = false;
      kind = shown.isEmpty() ? START : index >= shown.size() ? END : ROW;
      item = kind == ROW ? shown.get(index) : null;
    }

    int take() {
      boolean was = moved;
      moved = false;
      return was ? MAPI_W_POSITION_CHANGED : S_OK;
    }
  }

  private Random random;
  private ListSource source;
  private TableView view;
  private final List<Item> items = new ArrayList<>();
  private final Map<Integer, Spot> bookmarks = new HashMap<>();
  private Spot cursor = new Spot();
  private Predicate<Item> filter = item -> true;
  private Comparator<Item> order = Comparator.comparing(item -> 0);
  private int lastName;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomCalls_againstANaiveModel_agree(long seed) {
    random = new Random(seed);
    source = new ListSource();
    view = Views.open(source);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> insert();
        case 3 -> remove();
        case 4 -> reprioritise();
        case 5, 6 -> readRows();
        case 7, 8 -> seek();
        case 9, 10 -> find();
        case 11 -> mark();
        case 12 -> unmarkOrFraction();
        default -> reshape();
      }
      List<Item> shown = shown();
      assertEquals(shown.size(), ok(view.getRowCount(0)), "rows after step " + step);
      assertEquals(
          cursor.index(shown), ok(view.queryPosition()).lpulRow(), "cursor after step " + step);
    }
  }

  private List<Item> shown() {
    return new ArrayList<>(items.stream().filter(filter).sorted(order).toList());
  }

  private void insert() {
    Item item =
        new Item(
            "r" + ++lastName, random.nextInt(4), random.nextInt(4) == 0 ? null : random.nextInt(5));
    int index = random.nextInt(items.size() + 1);
    items.add(index, item);
    item.row =
        source.insert(index).with(PR_SUBJECT_W, item.name).with(PR_IMPORTANCE, item.importance);
    if (item.priority != null) {
      item.row.with(PR_PRIORITY, item.priority);
    }
  }

  private void remove() {
    if (items.isEmpty()) {
      return;
    }
    List<Item> before = shown();
    Item gone = items.remove(random.nextInt(items.size()));
    source.rows.remove(gone.row);
    source.changed();
    List<Item> after = shown();
    List<Spot> spots = new ArrayList<>(bookmarks.values());
    spots.add(cursor);
    for (Spot spot : spots) {
      if (spot.kind == Spot.ROW && spot.item == gone) {
        spot.set(before.indexOf(gone), after);
        spot.moved = true;
      } else if (spot.kind == Spot.END && after.isEmpty()) {
        spot.kind = Spot.START;
      }
    }
  }

  private void reprioritise() {
    if (!items.isEmpty()) {
      Item item = items.get(random.nextInt(items.size()));
      item.priority = random.nextInt(5);
      item.row.with(PR_PRIORITY, item.priority);
      source.changed();
    }
  }

  private void readRows() {
    int count = random.nextInt(13) - 6;
    int flags = random.nextBoolean() ? TBL_NOADVANCE : 0;
    if (count == 0) {
      assertHr(MAPI_E_INVALID_PARAMETER, view.queryRows(0, flags).hr());
      return;
    }
    List<Item> shown = shown();
    int at = cursor.index(shown);
    int from = count < 0 ? Math.max(0, at + count) : at;
    int to = count < 0 ? at : Math.min(shown.size(), at + count);
    String expected =
        String.join(" ", shown.subList(from, to).stream().map(item -> item.name).toList());
    assertEquals(expected, Views.read(view, count, flags));
    if (from < to) {
      cursor = new Spot();
      cursor.set(flags == 0 ? to : from, shown);
    }
  }

  private void seek() {
    int bookmark = anyBookmark();
    int count = random.nextInt(9) - 4;
    MapiResult<Integer> result = view.seekRow(bookmark, count);
    List<Item> shown = shown();
    Spot origin = origin(bookmark, shown);
    int hr = origin.take();
    int from = origin.index(shown);
    int to = Math.max(0, Math.min(shown.size(), from + count));
    assertHr(hr, result.hr());
    assertEquals(to - from, result.value());
    cursor = new Spot();
    if (bookmark != BOOKMARK_BEGINNING || to != 0) {
      cursor.set(to, shown);
    }
  }

  private void find() {
    int bookmark = anyBookmark();
    boolean backward = random.nextBoolean();
    int wanted = random.nextInt(5);
    int hr =
        view.findRow(
            new SPropertyRestriction(RELOP_EQ, PR_PRIORITY, SPropValue.of(PR_PRIORITY, wanted)),
            bookmark,
            backward ? DIR_BACKWARD : 0);
    List<Item> shown = shown();
    Spot origin = origin(bookmark, shown);
    int i = origin.index(shown) - (backward ? 1 : 0);
    while (i >= 0 && i < shown.size() && !Integer.valueOf(wanted).equals(shown.get(i).priority)) {
      i += backward ? -1 : 1;
    }
    if (i < 0 || i >= shown.size()) {
      assertHr(MAPI_E_NOT_FOUND, hr);
    } else {
      assertHr(origin.take(), hr);
      cursor = new Spot();
      cursor.set(i, shown);
    }
  }

  private int anyBookmark() {
    List<Integer> all = new ArrayList<>(bookmarks.keySet());
    all.addAll(List.of(BOOKMARK_BEGINNING, BOOKMARK_CURRENT, BOOKMARK_END));
    all.sort(null);
    return all.get(random.nextInt(all.size()));
  }

  private Spot origin(int bookmark, List<Item> shown) {
    Spot end = new Spot();
    end.set(shown.size(), shown);
    return switch (bookmark) {
      case BOOKMARK_BEGINNING -> new Spot();
      case BOOKMARK_CURRENT -> cursor;
      case BOOKMARK_END -> end;
      default -> bookmarks.get(bookmark);
    };
  }

  private void mark() {
    Spot spot = new Spot();
    spot.set(cursor.index(shown()), shown());
    bookmarks.put(ok(view.createBookmark()), spot);
  }

  private void unmarkOrFraction() {
    if (!bookmarks.isEmpty() && random.nextBoolean()) {
      int bookmark = bookmarks.keySet().iterator().next();
      assertHr(S_OK, view.freeBookmark(bookmark));
      bookmarks.remove(bookmark);
      assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(bookmark, 0).hr());
      return;
    }
    int denominator = 1 + random.nextInt(5);
    int numerator = random.nextInt(denominator + 2);
    assertHr(S_OK, view.seekRowApprox(numerator, denominator));
    List<Item> shown = shown();
    cursor = new Spot();
    if (numerator > 0) {
      cursor.set(Math.min(shown.size(), numerator * shown.size() / denominator), shown);
    }
  }

  private void reshape() {
    switch (random.nextInt(4)) {
      case 0 -> sort();
      case 1 -> restrict();
      default -> {
        assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, PR_IMPORTANCE), TBL_BATCH));
        return;
      }
    }
    bookmarks.clear();
    cursor = new Spot();
  }

  private void sort() {
    boolean descending = random.nextBoolean();
    Comparator<Integer> numbers =
        descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    order = Comparator.comparing(item -> item.priority, Comparator.nullsLast(numbers));
    order = order.thenComparing(item -> item.importance);
    assertHr(
        S_OK,
        view.sortTable(
            Views.by(
                PR_PRIORITY,
                descending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND,
                PR_IMPORTANCE,
                TABLE_SORT_ASCEND),
            0));
  }

  private void restrict() {
    SRestriction odd = new SBitMaskRestriction(BMR_NEZ, PR_IMPORTANCE, 1);
    switch (random.nextInt(3)) {
      case 0 -> {
        filter = item -> item.importance % 2 == 1;
        assertHr(S_OK, view.restrict(odd, 0));
      }
      case 1 -> {
        filter = item -> item.importance % 2 == 0;
        assertHr(S_OK, view.restrict(new SNotRestriction(odd), TBL_ASYNC));
      }
      default -> {
        filter = item -> true;
        assertHr(S_OK, view.restrict(null, 0));
      }
    }
  }

  private static void assertHr(int expected, int hr) {
    assertEquals(HResult.toString(expected), HResult.toString(hr));
  }
}
