package org.mapi4j.types;

import java.util.List;

/**
 * A sort order: keys, how many of the first are categories, how many of those start expanded.
 * Source: MAPI "SSortOrderSet".
 */
public record SSortOrderSet(List<SSortOrder> aSort, int cCategories, int cExpanded) {
  /** Keeps its own copy of the list. */
  public SSortOrderSet {
    aSort = List.copyOf(aSort);
  }

  /** Keys without categories. */
  public static SSortOrderSet of(SSortOrder... keys) {
    return new SSortOrderSet(List.of(keys), 0, 0);
  }
}
