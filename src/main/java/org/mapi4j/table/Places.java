package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    if (bookmarks.size() >= BOOKMARKS_MAX) {
      return 0;
    }
    bookmarks.put(++lastBookmark, at(cursor.index, rows));
    return lastBookmark;
  }

  /** False for a bookmark that this view did not give or that is gone. */
  boolean free(int bookmark) {
    return bookmarks.remove(bookmark) != null;
  }

  void freeAll() {
    bookmarks.clear();
  }

  /** Moves every place from the rows as they were to the rows as they are. */
  void follow(List<ViewRow> before, List<ViewRow> after) {
    Map<Bytes, Integer> indexes = new HashMap<>();
    if (cursor.kind == Kind.ROW || !bookmarks.isEmpty()) {
      for (int i = 0; i < after.size(); i++) {
        indexes.put(after.get(i).identity(), i);
      }
    }
    follow(cursor, before, after, indexes);
    bookmarks.values().forEach(place -> follow(place, before, after, indexes));
  }

  private static void follow(
      Place place, List<ViewRow> before, List<ViewRow> after, Map<Bytes, Integer> indexes) {
    if (place.kind == Kind.ROW) {
      Integer found = indexes.get(place.identity);
      place.moved |= found == null;
      for (int i = place.index; found == null && i < before.size(); i++) {
        found = indexes.get(before.get(i).identity());
        // A row that is no longer expanded, or is now, is still the same row.
        found = found != null ? found : indexes.get(before.get(i).base().instanceKey());
      }
      place.index = found == null ? after.size() : found;
    } else if (place.kind == Kind.END) {
      place.index = after.size();
    }
    Place now = at(place.index, after);
    place.kind = place.kind == Kind.START ? Kind.START : now.kind;
    place.identity = now.identity;
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
