package org.mapi4j.types;

import java.util.Iterator;
import java.util.List;

/** Rows of a table. Source: MAPI "SRowSet". */
public record SRowSet(List<SRow> aRow) implements Iterable<SRow> {
  /** No row. */
  public static final SRowSet EMPTY = new SRowSet(List.of());

  /** Keeps its own copy of the list. */
  public SRowSet {
    aRow = List.copyOf(aRow);
  }

  /** cRows. */
  public int size() {
    return aRow.size();
  }

  /** The row at an index. */
  public SRow get(int index) {
    return aRow.get(index);
  }

  @Override
  public Iterator<SRow> iterator() {
    return aRow.iterator();
  }
}
