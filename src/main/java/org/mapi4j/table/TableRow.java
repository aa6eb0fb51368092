package org.mapi4j.table;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.RowView;

/** A row of a source. */
public interface TableRow extends RowView {
  /**
   * Identifies the row within its source for as long as it is there; a view derives its
   * PR_INSTANCE_KEY from it, so {@link #get} need not answer that property.
   */
  Bytes instanceKey();

  /** Gives up the values that the row can read again when it is asked: many rows are kept. */
  default void forget() {}
}
