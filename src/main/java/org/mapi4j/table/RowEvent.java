package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import org.mapi4j.types.Bytes;

/**
 * What became of a row that is or was in a view. Told one after the other, each is true of what the
 * ones before have left.
 *
 * @param event TABLE_ROW_ADDED, TABLE_ROW_MODIFIED or TABLE_ROW_DELETED; TABLE_CHANGED or
 *     TABLE_RELOAD, without a row, for changes that are too many or not known
 * @param identity of the row, null with TABLE_CHANGED
 * @param row as it is now; null for one that went
 * @param prior identity of the row before it; null for the first, and for one that went
 */
record RowEvent(int event, Bytes identity, ViewRow row, Bytes prior) {
  /** Changes that are told row by row; more are one TABLE_CHANGED. */
  static final int ROWS_MAX = 128;

  /** Rows changed, which ones is not told. */
  static final List<RowEvent> CHANGED = coarse(TABLE_CHANGED);

  /** Something without a row. */
  static List<RowEvent> coarse(int event) {
    return List.of(new RowEvent(event, null, null, null));
  }

  static RowEvent deleted(Bytes identity) {
    return new RowEvent(TABLE_ROW_DELETED, identity, null, null);
  }

  /**
   * A row that is there now.
   *
   * @param wasThere whether it was before
   */
  static RowEvent put(boolean wasThere, ViewRow row, Bytes prior) {
    return new RowEvent(
        wasThere ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED, row.identity(), row, prior);
  }
}
