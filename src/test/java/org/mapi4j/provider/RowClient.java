package org.mapi4j.provider;

import static org.mapi4j.provider.TestStore.ok;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SRow;

/**
 * A client that reads a view once and then knows its rows from row notifications alone. The first
 * column of the view is PR_INSTANCE_KEY.
 */
final class RowClient implements IMAPIAdviseSink {
  /** A row as it was told last. */
  private record Known(Bytes key, SRow row) {}

  private final IMAPITable table;
  private final List<Known> rows = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<TABLE_NOTIFICATION> heard = new ArrayList<>();
  private long connection;
  private boolean lost;
  private int releases;
  int rowEvents;
  int coarseEvents;

  /** Registers, then reads. No row changes meanwhile. */
  RowClient(IMAPITable table) {
    this.table = table;
    begin();
  }

  private void begin() {
    connection = ok(table.advise(fnevTableModified, this));
    read();
  }

  /** Reads the view anew, at a quiet point. */
  void read() {
    List<Known> now = new ArrayList<>();
    for (SRow row : read(table)) {
      now.add(new Known(row.lpProps().get(0).asBytes(), row));
    }
    synchronized (this) {
      rows.clear();
      rows.addAll(now);
      lost = false;
    }
  }

  /** Every row of a view; its cursor is at the first then. */
  static List<SRow> read(IMAPITable table) {
    ok(table.seekRow(BOOKMARK_BEGINNING, 0));
    List<SRow> all = ok(table.queryRows(100_000, 0)).aRow();
    ok(table.seekRow(BOOKMARK_BEGINNING, 0));
    return all;
  }

  /** Forgets everything and begins again, where a coarse event said so. */
  @CanIgnoreReturnValue
  boolean beginAgain() {
    synchronized (this) {
      if (!lost) {
        return false;
      }
    }
    pause();
    goOn();
    return true;
  }

  /** Hears nothing any more: what was queued is dropped, what is under way has been heard. */
  void pause() {
    end();
  }

  /** Registers again, then reads. */
  void goOn() {
    begin();
  }

  void end() {
    TestStore.assertHr(S_OK, table.unadvise(connection));
  }

  @Override
  public synchronized int onNotify(List<NOTIFICATION> lpNotifications) {
    for (NOTIFICATION event : lpNotifications) {
      if (event instanceof TABLE_NOTIFICATION change) {
        heard.add(change);
        take(change);
      } else {
        wrong.add("no event of a table: " + event);
      }
    }
    notifyAll();
    return S_OK;
  }

  private void take(TABLE_NOTIFICATION event) {
    switch (event.ulTableEvent()) {
      case TABLE_ROW_ADDED, TABLE_ROW_MODIFIED, TABLE_ROW_DELETED -> {
        rowEvents++;
        if (!lost) {
          takeRow(event);
        }
      }
      case TABLE_SORT_DONE, TABLE_RESTRICT_DONE, TABLE_SETCOL_DONE -> {}
      default -> {
        coarseEvents++;
        lost = true;
      }
    }
  }

  private void takeRow(TABLE_NOTIFICATION event) {
    Bytes key = event.propIndex().asBytes();
    int at = indexOf(key);
    boolean isAdded = event.ulTableEvent() == TABLE_ROW_ADDED;
    if (isAdded != at < 0) {
      wrong.add("row %s is at %d before %s".formatted(key, at, event));
    }
    if (at >= 0) {
      rows.remove(at);
    }
    if (event.ulTableEvent() == TABLE_ROW_DELETED) {
      return;
    }
    int prior =
        event.propPrior().ulPropTag() == PR_NULL ? -1 : indexOf(event.propPrior().asBytes());
    if (prior < 0 && event.propPrior().ulPropTag() != PR_NULL) {
      wrong.add("no row before " + event);
    }
    rows.add(prior + 1, new Known(key, event.row()));
  }

  private int indexOf(Bytes key) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** The rows as they were told. */
  synchronized List<SRow> rows() {
    return rows.stream().map(Known::row).toList();
  }

  synchronized List<TABLE_NOTIFICATION> heard() {
    return List.copyOf(heard);
  }

  synchronized int releases() {
    return releases;
  }

  synchronized boolean isLost() {
    return lost;
  }

  /** What no client expects. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Waits, 20 seconds at most; false when it did not come true. */
  @CanIgnoreReturnValue
  synchronized boolean until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    boolean held = holds.getAsBoolean();
    while (!held && System.nanoTime() < deadline) {
      try {
        wait(50);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
      held = holds.getAsBoolean();
    }
    return held;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public synchronized void close() {
    releases++;
    notifyAll();
  }
}
