package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * Expansion of multivalued columns: a row with M values in one such column and N in another becomes
 * M*N rows. A row without a value stays one row. Source: MAPI "Working with Multivalued Columns".
 */
final class Instances {
  /** Expanded columns of one view; more are MAPI_E_TOO_COMPLEX. */
  static final int INSTANCE_COLUMNS_MAX = 4;

  /**
   * Instances of one row. A row that would have more stays one row, and those cells are
   * PT_ERROR/MAPI_E_NOT_ENOUGH_MEMORY.
   */
  static final int ROW_INSTANCES_MAX = 4096;

  /** Rows that expansion adds to those of a source, in one view; more are MAPI_E_TOO_COMPLEX. */
  static final int ADDED_ROWS_MAX = 500_000;

  /** Expansion would add more rows than {@link #ADDED_ROWS_MAX}. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super("expanded columns add more than " + ADDED_ROWS_MAX + " rows");
    }
  }

  private Instances() {}

  /** The expanded columns among column and sort tags, each identifier once. */
  static List<Integer> columns(IntStream tags) {
    Set<Integer> seen = new java.util.HashSet<>();
    return tags.filter(ViewRow::isInstance)
        .filter(tag -> seen.add(PropTag.id(tag)))
        .boxed()
        .toList();
  }

  /** The rows of a view that a source's row becomes. */
  static List<LeafRow> of(ViewContext view, TableRow row, List<Integer> columns) {
    List<Map<Integer, SPropValue>> instances = List.of(Map.of());
    for (int column : columns) {
      List<SPropValue> values = values(row, column);
      if ((long) instances.size() * Math.max(1, values.size()) > ROW_INSTANCES_MAX) {
        instances = List.of(tooMany(columns));
        break;
      }
      instances = product(instances, column, values);
    }
    List<LeafRow> rows = new ArrayList<>(instances.size());
    for (int i = 0; i < instances.size(); i++) {
      rows.add(new LeafRow(view, row, identity(row, i), instances.get(i)));
    }
    return rows;
  }

  private static List<SPropValue> values(TableRow row, int column) {
    SPropValue value = row.get(column & ~MV_INSTANCE);
    if (value == null || !(value.value() instanceof List<?> list)) {
      return List.of();
    }
    int tag = PropTag.changePropType(value.ulPropTag(), value.type() & ~MVI_FLAG);
    List<SPropValue> singles = new ArrayList<>(list.size());
    list.forEach(one -> singles.add(new SPropValue(tag, one)));
    return singles;
  }

  private static List<Map<Integer, SPropValue>> product(
      List<Map<Integer, SPropValue>> instances, int column, List<SPropValue> values) {
    if (values.isEmpty()) {
      return instances;
    }
    List<Map<Integer, SPropValue>> product = new ArrayList<>(instances.size() * values.size());
    for (Map<Integer, SPropValue> instance : instances) {
      for (SPropValue value : values) {
        Map<Integer, SPropValue> one = new HashMap<>(instance);
        one.put(PropTag.id(column), value);
        product.add(one);
      }
    }
    return product;
  }

  private static Map<Integer, SPropValue> tooMany(List<Integer> columns) {
    Map<Integer, SPropValue> instance = new HashMap<>();
    for (int column : columns) {
      instance.put(PropTag.id(column), SPropValue.error(column, MAPI_E_NOT_ENOUGH_MEMORY));
    }
    return instance;
  }

  private static Bytes identity(TableRow row, int index) {
    return index == 0
        ? row.instanceKey()
        : row.instanceKey().concat(Bytes.wrap(ByteBuffer.allocate(4).putInt(index).array()));
  }
}
