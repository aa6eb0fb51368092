package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.MV_FLAG;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mapi4j.api.ITableData.QueriedRow;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * The rows of a {@link TableData} in the order of insertion, known by their index columns, and the
 * views that are told of changes. Serialised; views are told with no lock held.
 */
final class TableDataRows {
  /** Changed rows of one call that views are told of one by one. Source: "HrModifyRows". */
  static final int TOLD_MAX = 8;

  /**
   * Bytes of a row's key; where it would be longer, since thousands of rows were put in to and fro
   * at one place, all rows get new ones, and views read them anew.
   */
  static final int KEY_BYTES_MAX = 1024;

  private final List<DataRow> ordered = new ArrayList<>();
  private final Map<SPropValue, DataRow> byIndex = new HashMap<>();
  private final Map<Bytes, DataRow> byKey = new HashMap<>();
  private final Map<Integer, Integer> initial = new LinkedHashMap<>();
  private final Map<Integer, Integer> columns = new LinkedHashMap<>();
  private final List<TableDataView> views = new ArrayList<>();
  private long stamp;

  /**
   * What a call changed.
   *
   * @param keys of the rows, each once
   * @param all true when every row went
   */
  record Change(List<Bytes> keys, boolean all) {
    boolean isCoarse() {
      return all || keys.size() > TOLD_MAX;
    }
  }

  TableDataRows(SPropTagArray first) {
    first.stream().forEach(this::offer);
  }

  private void offer(int tag) {
    int id = PropTag.id(tag);
    int wide = Widths.wide(tag);
    if (columns.putIfAbsent(id, wide) == null && (PropTag.type(tag) & MV_FLAG) == 0) {
      initial.put(id, wide);
    }
  }

  TableDataView view(int type) {
    TableDataView view = new TableDataView(this, type);
    synchronized (this) {
      views.add(view);
    }
    return view;
  }

  synchronized void forget(TableDataView view) {
    views.remove(view);
  }

  synchronized SPropTagArray allColumns() {
    return SPropTagArray.of(List.copyOf(columns.values()));
  }

  synchronized SPropTagArray initialColumns() {
    return SPropTagArray.of(List.copyOf(initial.values()));
  }

  synchronized List<DataRow> all() {
    return List.copyOf(ordered);
  }

  synchronized DataRow row(Bytes key) {
    return byKey.get(key);
  }

  synchronized long stamp() {
    return stamp;
  }

  synchronized SRow at(int number) {
    return number >= 0 && number < ordered.size() ? ordered.get(number).row() : null;
  }

  synchronized QueriedRow find(SPropValue index) {
    DataRow row = byIndex.get(index);
    return row == null ? null : new QueriedRow(row.row(), number(row));
  }

  private int number(DataRow row) {
    return Collections.binarySearch(ordered, row, Comparator.comparing(DataRow::instanceKey));
  }

  /**
   * Replaces rows or appends them; MAPI_E_TOO_COMPLEX, and nothing changes, for too many columns.
   */
  int put(List<SPropValue> indexes, List<SRow> rows) {
    Set<Bytes> keys = new LinkedHashSet<>();
    List<RowSource.Listener> listeners;
    synchronized (this) {
      if (!fit(rows)) {
        return MAPI_E_TOO_COMPLEX;
      }
      for (int i = 0; i < rows.size(); i++) {
        DataRow old = byIndex.get(indexes.get(i));
        int at = old == null ? ordered.size() : number(old);
        Bytes key = old == null ? keyAt(at) : old.instanceKey();
        place(at, old != null, new DataRow(key, indexes.get(i), rows.get(i)));
        keys.add(key);
      }
      listeners = note(new Change(List.copyOf(keys), false));
    }
    tell(listeners);
    return S_OK;
  }

  /** Inserts a row before a number. */
  int insert(int number, SPropValue index, SRow row) {
    List<RowSource.Listener> listeners;
    synchronized (this) {
      if (number < 0 || number > ordered.size() || byIndex.containsKey(index)) {
        return MAPI_E_INVALID_PARAMETER;
      }
      if (!fit(List.of(row))) {
        return MAPI_E_TOO_COMPLEX;
      }
      Bytes key = keyAt(number);
      boolean tooLong = key.size() > KEY_BYTES_MAX;
      if (tooLong) {
        renumber();
        key = keyAt(number);
      }
      place(number, false, new DataRow(key, index, row));
      listeners = note(tooLong ? new Change(List.of(), true) : new Change(List.of(key), false));
    }
    tell(listeners);
    return S_OK;
  }

  private Bytes keyAt(int number) {
    return BetweenKeys.between(
        number == 0 ? null : ordered.get(number - 1).instanceKey(),
        number == ordered.size() ? null : ordered.get(number).instanceKey());
  }

  private void renumber() {
    List<DataRow> rows = List.copyOf(ordered);
    ordered.clear();
    byKey.clear();
    for (DataRow row : rows) {
      DataRow renumbered = new DataRow(keyAt(ordered.size()), row.index(), row.row());
      ordered.add(renumbered);
      byIndex.put(row.index(), renumbered);
      byKey.put(renumbered.instanceKey(), renumbered);
    }
  }

  private void place(int at, boolean replaces, DataRow row) {
    if (replaces) {
      ordered.set(at, row);
    } else {
      ordered.add(at, row);
    }
    byIndex.put(row.index(), row);
    byKey.put(row.instanceKey(), row);
    row.row().lpProps().stream().filter(p -> !p.isError()).forEach(p -> offer(p.ulPropTag()));
  }

  private boolean fit(List<SRow> rows) {
    long more =
        rows.stream()
            .flatMap(row -> row.lpProps().stream())
            .mapToInt(SPropValue::id)
            .distinct()
            .filter(id -> !columns.containsKey(id))
            .count();
    return columns.size() + more <= TableView.COLUMNS_MAX;
  }

  /** Removes the rows of these index columns that there are; how many. */
  int delete(List<SPropValue> indexes) {
    List<Bytes> keys = new ArrayList<>();
    List<RowSource.Listener> listeners;
    synchronized (this) {
      for (SPropValue index : indexes) {
        DataRow row = byIndex.remove(index);
        if (row != null) {
          byKey.remove(row.instanceKey());
          keys.add(row.instanceKey());
          if (indexes.size() <= TOLD_MAX) {
            ordered.remove(number(row));
          }
        }
      }
      if (indexes.size() > TOLD_MAX) {
        ordered.removeIf(row -> !byKey.containsKey(row.instanceKey()));
      }
      listeners = keys.isEmpty() ? List.of() : note(new Change(keys, false));
    }
    tell(listeners);
    return keys.size();
  }

  int deleteAll() {
    int count;
    List<RowSource.Listener> listeners;
    synchronized (this) {
      count = ordered.size();
      ordered.clear();
      byIndex.clear();
      byKey.clear();
      listeners = note(new Change(List.of(), true));
    }
    tell(listeners);
    return count;
  }

  /** Has views show the row again; false where there is none. */
  boolean touch(SPropValue index) {
    List<RowSource.Listener> listeners;
    synchronized (this) {
      DataRow row = byIndex.get(index);
      if (row == null) {
        return false;
      }
      listeners = note(new Change(List.of(row.instanceKey()), false));
    }
    tell(listeners);
    return true;
  }

  private List<RowSource.Listener> note(Change change) {
    stamp++;
    return views.stream().map(view -> view.note(change)).filter(Objects::nonNull).toList();
  }

  private static void tell(List<RowSource.Listener> listeners) {
    listeners.forEach(RowSource.Listener::changed);
  }
}
