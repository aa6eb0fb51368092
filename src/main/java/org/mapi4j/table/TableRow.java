package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_UNSPECIFIED;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/** A row of a source. */
public interface TableRow extends RowView {
  /**
   * Identifies the row within its source for as long as it is there; a view derives its
   * PR_INSTANCE_KEY from it, so {@link #get} need not answer that property.
   */
  Bytes instanceKey();

  /**
   * Passes what {@link #get} answers for some identifiers, each listed once, when their type is
   * PT_UNSPECIFIED; nothing for an absent one. In any order.
   */
  default void values(int[] propIds, Values into) {
    for (int i = 0; i < propIds.length; i++) {
      SPropValue value = get(PropTag.of(propIds[i], PT_UNSPECIFIED));
      if (value != null) {
        into.value(i, value);
      }
    }
  }

  /** PR_DEPTH of the row's own, which a view without categories shows; null for 0. */
  default SPropValue depth() {
    return null;
  }

  /** Gives up the values that the row can read again when it is asked: many rows are kept. */
  default void forget() {}
}
