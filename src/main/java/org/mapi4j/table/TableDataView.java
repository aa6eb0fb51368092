package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.TABLE_CHANGED;
import static org.mapi4j.types.MapiDefs.TABLE_RELOAD;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.Uncaught;

/** The rows of a {@link TableData} as one view follows them. */
final class TableDataView implements RowSource {
  /** Calls that a view need not have looked at; with more it reads all rows anew. */
  private static final int PENDING_MAX = 1024;

  private final TableDataRows rows;
  private final int type;
  private List<List<Bytes>> pending = new ArrayList<>();
  private boolean anew;
  private boolean reloaded;
  private boolean voided;
  private Listener listener;
  private Runnable atClose = () -> {};

  TableDataView(TableDataRows rows, int type) {
    this.rows = rows;
    this.type = type;
  }

  /** What runs once when the view is released. */
  void atClose(Runnable action) {
    atClose = action;
  }

  /** Notes a change, under the rows' monitor; who is to be told of it, or null. */
  Listener note(TableDataRows.Change change) {
    reloaded |= change.all();
    if (change.isCoarse() || anew || pending.size() >= PENDING_MAX) {
      anew = true;
      pending = new ArrayList<>();
    } else {
      pending.add(change.keys());
    }
    return listener;
  }

  @Override
  public int tableType() {
    return type;
  }

  @Override
  public SPropTagArray allColumns() {
    return rows.allColumns();
  }

  @Override
  public SPropTagArray initialColumns() {
    return rows.initialColumns();
  }

  @Override
  public List<? extends TableRow> rows() {
    synchronized (rows) {
      pending = new ArrayList<>();
      anew = false;
      reloaded = false;
      return rows.all();
    }
  }

  @Override
  public long stamp() {
    return rows.stamp();
  }

  @Override
  public boolean isOrderedByKey() {
    return true;
  }

  @Override
  public Optional<List<List<Bytes>>> changes() {
    synchronized (rows) {
      Optional<List<List<Bytes>>> changed = anew ? Optional.empty() : Optional.of(pending);
      voided = reloaded;
      pending = new ArrayList<>();
      anew = false;
      reloaded = false;
      return changed;
    }
  }

  @Override
  public int coarseEvent() {
    return voided ? TABLE_RELOAD : TABLE_CHANGED;
  }

  @Override
  public TableRow row(Bytes key) {
    return rows.row(key);
  }

  @Override
  public AutoCloseable listen(Listener heard) {
    synchronized (rows) {
      listener = heard;
    }
    return () -> {
      synchronized (rows) {
        listener = null;
      }
    };
  }

  @Override
  public void released() {
    rows.forget(this);
    try {
      atClose.run();
    } catch (RuntimeException | Error thrown) {
      Uncaught.report(thrown); // the program's own: Release does not fail
    }
  }
}
