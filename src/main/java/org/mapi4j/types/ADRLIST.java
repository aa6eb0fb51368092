package org.mapi4j.types;

import java.util.List;

/**
 * A list of recipients. Same layout as SRowSet, so the rows of a recipient table pass as one.
 * Source: MAPI "ADRLIST".
 */
public record ADRLIST(List<ADRENTRY> aEntries) {
  /** Keeps its own copy of the list. */
  public ADRLIST {
    aEntries = List.copyOf(aEntries);
  }

  /** A list of these entries. */
  public static ADRLIST of(ADRENTRY... entries) {
    return new ADRLIST(List.of(entries));
  }

  /** The rows of a recipient table as the list they are in C. */
  public static ADRLIST of(SRowSet rows) {
    return new ADRLIST(rows.aRow().stream().map(row -> new ADRENTRY(row.lpProps())).toList());
  }

  /** cEntries. */
  public int size() {
    return aEntries.size();
  }
}
