package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.mapi4j.types.Bytes;

/**
 * The cursor and the bookmarks of a view. Each stays on its row when others come and go; when its
 * own row goes, it stands at the next one that is still there and remembers that it moved.
 */
final class Places {
  /** Bookmarks at one time; more are MAPI_E_UNABLE_TO_COMPLETE. */
  static final int BOOKMARKS_MAX = 1000;

  /** Where a place is: before every row, on a row, after every row. */
  private enum Kind {
    START,
    ROW,
    END
  }

  /** A place. The index is that of the rows last followed to. */
  static final class Place {
    private Kind kind;
    private Bytes identity;
    private int index;
    private boolean moved;

    private Place(Kind kind, Bytes identity, int index) {
      this.kind = kind;
      this.identity = identity;
      this.index = index;
    }

    /** Index of the row at this place; the number of rows at the end. */
    int index() {
      return index;
    }

    /** True when the place moved since it was last used; using it ends that. */
    boolean takeMoved() {
      boolean was = moved;
      moved = false;
      return was;
    }
  }

  private final Map<Integer, Place> bookmarks = new HashMap<>();
  private int lastBookmark = BOOKMARK_END;
  private Place cursor = start();

  Place cursor() {
    return cursor;
  }

  /** The place a bookmark names, predefined ones included; null for an unknown one. */
  Place find(int bookmark, List<ViewRow> rows) {
    return switch (bookmark) {
      case BOOKMARK_BEGINNING -> start();
      case BOOKMARK_CURRENT -> cursor;
      case BOOKMARK_END -> at(rows.size(), rows);
      default -> bookmarks.get(bookmark);
    };
  }

  /** The cursor to the beginning, before rows that come later too; bookmarks are gone. */
  void reset() {
    bookmarks.clear();
    cursor = start();
  }

  void cursorToStart() {
    cursor = start();
  }

  void cursorTo(int index, List<ViewRow> rows) {
    cursor = at(index, rows);
  }

  /** A bookmark on the cursor's row; 0 when there are too many. */
  int mark(List<ViewRow> rows) {
    return mark(cursor.index, rows);
  }

  /** A bookmark on a row; 0 when there are too many. */
  int mark(int index, List<ViewRow> rows) {
    if (bookmarks.size() >= BOOKMARKS_MAX) {
      return 0;
    }
    bookmarks.put(++lastBookmark, at(index, rows));
    return lastBookmark;
  }

  /** False for a bookmark that this view did not give or that is gone. */
  boolean free(int bookmark) {
    return bookmarks.remove(bookmark) != null;
  }

  void freeAll() {
    bookmarks.clear();
  }

  /**
   * Before rows come and go: notes for each place the row that it will stand on, which is its own
   * or the next one that stays.
   */
  void leave(List<ViewRow> rows, Predicate<ViewRow> stays) {
    all().forEach(place -> leave(place, rows, stays));
  }

  private static void leave(Place place, List<ViewRow> rows, Predicate<ViewRow> stays) {
    if (place.kind == Kind.ROW) {
      int i = place.index;
      while (i < rows.size() && !stays.test(rows.get(i))) {
        i++;
      }
      place.moved |= i != place.index;
      place.identity = i < rows.size() ? rows.get(i).identity() : null;
    }
  }

  /** After rows came and went: each place is on the row that was noted. */
  void arrive(List<ViewRow> rows, ToIntFunction<Bytes> indexOf) {
    all()
        .forEach(
            place -> {
              if (place.kind == Kind.ROW) {
                settle(
                    place,
                    place.identity == null ? rows.size() : indexOf.applyAsInt(place.identity),
                    rows);
              } else if (place.kind == Kind.END) {
                settle(place, rows.size(), rows);
              }
            });
  }

  /**
   * Moves every place, where the rows as they are can be searched.
   *
   * @param indexOf index of a row by its identity, or -1
   * @param beyond where a place goes when neither its row nor one behind it is there any more
   */
  void follow(List<ViewRow> before, List<ViewRow> after, ToIntFunction<Bytes> indexOf, int beyond) {
    all().forEach(place -> follow(place, before, after, indexOf, beyond));
  }

  private static void follow(
      Place place,
      List<ViewRow> before,
      List<ViewRow> after,
      ToIntFunction<Bytes> indexOf,
      int beyond) {
    if (place.kind == Kind.ROW) {
      int found = indexOf.applyAsInt(place.identity);
      place.moved |= found < 0;
      for (int i = place.index; found < 0 && i < before.size(); i++) {
        found = indexOf.applyAsInt(before.get(i).identity());
      }
      settle(place, found < 0 ? beyond : found, after);
    } else if (place.kind == Kind.END) {
      settle(place, after.size(), after);
    }
  }

  private Stream<Place> all() {
    return Stream.concat(Stream.of(cursor), bookmarks.values().stream());
  }

  private static void settle(Place place, int index, List<ViewRow> rows) {
    Place now = at(index, rows);
    place.kind = now.kind;
    place.identity = now.identity;
    place.index = now.index;
  }

  /** Moves every place from the rows as they were to the rows as they are. */
  void follow(List<ViewRow> before, List<ViewRow> after) {
    Map<Bytes, Integer> indexes = new HashMap<>();
    all().filter(place -> place.kind == Kind.ROW).forEach(p -> indexes.put(p.identity, null));
    if (!indexes.isEmpty() && !fill(indexes, after)) {
      for (int i = 0; i < after.size(); i++) {
        indexes.put(after.get(i).identity(), i);
      }
    }
    all().forEach(place -> follow(place, before, after, indexes));
  }

  /** Finds the rows asked for, mostly all of them; false when one is gone. */
  private static boolean fill(Map<Bytes, Integer> indexes, List<ViewRow> rows) {
    int left = indexes.size();
    for (int i = 0; i < rows.size() && left > 0; i++) {
      Bytes identity = rows.get(i).identity();
      if (indexes.containsKey(identity)) {
        indexes.put(identity, i);
        left--;
      }
    }
    return left == 0;
  }

  private static void follow(
      Place place, List<ViewRow> before, List<ViewRow> after, Map<Bytes, Integer> indexes) {
    if (place.kind == Kind.ROW) {
      Integer found = indexes.get(place.identity);
      place.moved |= found == null;
      for (int i = place.index; found == null && i < before.size(); i++) {
        found = indexes.get(before.get(i).identity());
        found = found != null ? found : indexes.get(before.get(i).origin());
      }
      settle(place, found == null ? after.size() : found, after);
    } else if (place.kind == Kind.END) {
      settle(place, after.size(), after);
    }
  }

  private static Place start() {
    return new Place(Kind.START, null, 0);
  }

  private static Place at(int index, List<ViewRow> rows) {
    if (rows.isEmpty()) {
      return start();
    }
    return index >= rows.size()
        ? new Place(Kind.END, null, rows.size())
        : new Place(Kind.ROW, rows.get(index).identity(), index);
  }
}
