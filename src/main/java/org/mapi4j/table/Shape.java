package org.mapi4j.table;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * What a view makes of its source's rows: expand, then restrict, then sort.
 *
 * @param columns the column set in force
 * @param filter the restriction with wide strings; null for every row
 * @param order the sort order in force; without keys for the source's own
 */
record Shape(SPropTagArray columns, SRestriction filter, SSortOrderSet order) {
  Shape withColumns(SPropTagArray value) {
    return new Shape(value, filter, order);
  }

  Shape withFilter(SRestriction value) {
    return new Shape(columns, value, order);
  }

  Shape withOrder(SSortOrderSet value) {
    return new Shape(columns, filter, value);
  }

  /** The multivalued columns that are shown one value per row. */
  List<Integer> instanceColumns() {
    IntStream keys = order.aSort().stream().mapToInt(SSortOrder::ulPropTag);
    return Instances.columns(IntStream.concat(columns.stream(), keys));
  }

  /** Passes the leaves that a source's row becomes, each with its keys. */
  void leaves(
      ViewContext view,
      TableRow row,
      List<Integer> expanded,
      SortOrder keys,
      Consumer<LeafRow> each) {
    for (LeafRow leaf : Instances.of(view, row, expanded)) {
      if (filter == null || Restrictions.test(filter, leaf)) {
        leaf.place(keys);
        each.accept(leaf);
      }
    }
  }
}
