package org.mapi4j.bench;

import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.TABLE_ROW_ADDED;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;

/** A sink of a view that notes when it hears of rows that came. */
final class RowSink implements IMAPIAdviseSink {
  private static final int PATIENCE_SECONDS = 60;

  private final LinkedBlockingQueue<Long> added = new LinkedBlockingQueue<>();

  /** System.nanoTime() of the next TABLE_ROW_ADDED. */
  long awaitAdded() throws InterruptedException {
    Long time = added.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (time == null) {
      throw new IllegalStateException("no TABLE_ROW_ADDED in %d s".formatted(PATIENCE_SECONDS));
    }
    return time;
  }

  @Override
  public int onNotify(List<NOTIFICATION> lpNotifications) {
    long now = System.nanoTime();
    for (NOTIFICATION event : lpNotifications) {
      if (event instanceof TABLE_NOTIFICATION table && table.ulTableEvent() == TABLE_ROW_ADDED) {
        added.add(now);
      }
    }
    return S_OK;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public void close() {}
}
