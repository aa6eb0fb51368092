package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.MAPI_E_TOO_COMPLEX;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;

/**
 * The rows that a view shows, in order. Asked for before each call that needs them; places move
 * along.
 */
abstract class ShownRows {
  /** A way to the rows of a view. */
  interface Kind {
    ShownRows rows(ViewContext view, RowSource source, Shape shape);
  }

  final ViewContext view;
  final RowSource source;
  final Places places = new Places();
  final Outline outline = new Outline();
  private Shape shape;
  private List<ViewRow> shown = List.of();
  private Consumer<List<RowEvent>> follower;
  private boolean known;

  ShownRows(ViewContext view, RowSource source, Shape shape) {
    this.view = view;
    this.source = source;
    this.shape = shape;
  }

  final Shape shape() {
    return shape;
  }

  /** The rows as they are now. */
  abstract List<ViewRow> present();

  /** From the rows as they are now on, tells what becomes of them, each time they are asked for. */
  final void follow(Consumer<List<RowEvent>> to) {
    follower = to;
    known = false;
    try {
      var unused = present();
    } catch (RuntimeException unreadable) {
      follower = null;
      throw unreadable;
    }
    known = true;
  }

  final void unfollow() {
    follower = null;
  }

  final boolean isFollowed() {
    return follower != null;
  }

  /** True where what becomes of the rows that are shown is to be told. */
  final boolean isKnown() {
    return isFollowed() && known;
  }

  /**
   * The rows are the present ones.
   *
   * @param events what became of those before; empty when they were not known
   */
  final void arrived(List<RowEvent> events) {
    known = true;
    if (isFollowed() && !events.isEmpty()) {
      follower.accept(events);
    }
  }

  /** As the source has it; also for rows that are too many. */
  final int codeOf(RuntimeException thrown) {
    return thrown instanceof Instances.TooMany ? MAPI_E_TOO_COMPLEX : source.codeOf(thrown);
  }

  /** What became of rows; that they changed, where that cannot be read any more. */
  final List<RowEvent> derive(Supplier<List<RowEvent>> events) {
    try {
      return events.get();
    } catch (RuntimeException unreadable) {
      if (codeOf(unreadable) >= 0) {
        throw unreadable;
      }
      return RowEvent.CHANGED;
    }
  }

  /** The same; more than so many of the first need not be there. */
  List<ViewRow> present(int count) {
    assert count >= 0;
    return present();
  }

  /** Index of the first row that meets a restriction, from one on or backward before it; or -1. */
  int find(SRestriction restriction, int from, boolean backward) {
    IntStream order =
        backward
            ? IntStream.iterate(from - 1, i -> i >= 0, i -> i - 1)
            : IntStream.range(from, shown.size());
    return order.filter(i -> meets(restriction, shown.get(i))).findFirst().orElse(-1);
  }

  private boolean meets(SRestriction restriction, ViewRow row) {
    boolean met = Restrictions.test(restriction, row);
    wasRead(row);
    return met;
  }

  /** Rows are about to be read. */
  void reading(int count) {
    assert count >= 0;
  }

  /** Looks at the source again before the next answer, whatever it says. */
  abstract void forget();

  /** What is visible, after categories were opened or closed, of the same leaves. */
  abstract List<ViewRow> visible();

  /** Another restriction or order: bookmarks are gone, the cursor at the first row. */
  final void reshape(Shape next) {
    shape = next;
    shown = List.of();
    known = false;
    forget();
    outline.reset(next.order().cExpanded());
    places.reset();
  }

  /** As before an operation that is undone; sinks must be told to read again. */
  final void goBack(Shape before) {
    if (before.order().equals(shape.order())
        && Objects.equals(before.filter(), shape.filter())
        && before.instanceColumns().equals(shape.instanceColumns())) {
      setColumns(before);
    } else {
      reshape(before);
    }
  }

  /** Other columns that make the same rows. */
  final void setColumns(Shape next) {
    shape = next;
  }

  /** Other columns that make other rows: places stay, unless the rows became more. */
  final void expand(Shape next) {
    int before = present().size();
    Shape old = shape;
    boolean toldBefore = known;
    shape = next;
    known = false;
    forget();
    try {
      if (present().size() > before) {
        places.freeAll();
      }
    } catch (RuntimeException | Error unreadable) {
      shape = old;
      known = toldBefore;
      forget();
      throw unreadable;
    }
  }

  /** The rows that were shown last. */
  final List<ViewRow> shown() {
    return shown;
  }

  /** Other rows: each place moves to where its row is now. */
  final void show(List<ViewRow> next) {
    places.follow(shown, next);
    shown = next;
  }

  /** The same, places having moved already. */
  final void showInPlace(List<ViewRow> next) {
    shown = next;
  }

  /** Opens or closes the category with a heading that is shown. */
  final void toggle(int heading) {
    outline.toggle((HeadingRow) shown.get(heading));
    show(visible());
  }

  /** Opens and closes categories as they were kept, and gives what is visible then. */
  final List<ViewRow> restore(Set<Bytes> toggled) {
    List<ViewRow> before = present();
    outline.restore(toggled);
    shown = visible();
    places.follow(before, shown);
    return shown;
  }

  /** What QueryRows gives of a row. */
  static SRow cells(ViewRow row, SPropTagArray columns) {
    SPropValue[] cells = new SPropValue[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.cell(columns.get(i));
    }
    return SRow.of(cells);
  }

  /** The cells of some of the rows that were shown last. */
  List<SRow> cells(int from, int to) {
    List<SRow> read = new ArrayList<>(to - from);
    for (ViewRow row : shown.subList(from, to)) {
      read.add(cells(row, shape.columns()));
      wasRead(row);
    }
    return read;
  }

  /** What QueryRows gives of some of the rows that were shown last. */
  final SRowSet read(int from, int to) {
    int end = Math.max(from, to);
    reading(end - from);
    return new SRowSet(cells(from, end));
  }

  /** A row's cells were read. */
  void wasRead(ViewRow row) {}

  /** No row is needed any more. */
  final void close() {
    shown = List.of();
    places.reset();
    drop();
  }

  /** Lets go of what is kept. */
  abstract void drop();

  /** What leaves in order show. */
  final List<ViewRow> visible(List<LeafRow> leaves, SortOrder order) {
    return order.levels() == 0
        ? Collections.unmodifiableList(leaves)
        : outline.rows(view, leaves, order);
  }
}
