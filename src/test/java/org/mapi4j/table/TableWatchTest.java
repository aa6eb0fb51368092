package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Sinks of a view whose source, or machine, fails. */
@Timeout(60)
class TableWatchTest {
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Row(int number, boolean unreadable) implements TableRow {
    @Override
    public Bytes instanceKey() {
      return Bytes.of(number);
    }

    @Override
    public SPropValue get(int propTag) {
      if (unreadable) {
        throw new Unreadable();
      }
      return SPropValue.of(PR_SUBJECT_W, "s" + number);
    }

    @Override
    public Iterable<? extends RowView> subobjects(int propTag) {
      return List.of();
    }
  }

  private static final class Source implements RowSource {
    final List<Row> rows = new CopyOnWriteArrayList<>();
    final AtomicInteger releases = new AtomicInteger();
    volatile Listener listener;
    volatile boolean endFails;

    @Override
    public SPropTagArray allColumns() {
      return initialColumns();
    }

    @Override
    public SPropTagArray initialColumns() {
      return SPropTagArray.tags(PR_SUBJECT_W);
    }

    @Override
    public List<? extends TableRow> rows() {
      return List.copyOf(rows);
    }

    @Override
    public long stamp() {
      return rows.size();
    }

    @Override
    public AutoCloseable listen(Listener heard) {
      listener = heard;
      return () -> {
        if (endFails) {
          throw new IllegalStateException("injected");
        }
      };
    }

    @Override
    public void released() {
      releases.incrementAndGet();
    }

    @Override
    public int codeOf(RuntimeException thrown) {
      return thrown instanceof Unreadable ? MAPI_E_DISK_ERROR : S_OK;
    }
  }

  private record Sink(LinkedBlockingQueue<NOTIFICATION> heard, AtomicInteger releases)
      implements IMAPIAdviseSink {
    Sink() {
      this(new LinkedBlockingQueue<>(), new AtomicInteger());
    }

    TABLE_NOTIFICATION next() throws InterruptedException {
      return (TABLE_NOTIFICATION) heard.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      heard.addAll(lpNotifications);
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {
      releases.incrementAndGet();
    }
  }

  @Test
  void rowThatCannotBeRead_isTableError_thenTableChangedForTheRest() throws Exception {
    Source source = new Source();
    TableView view = TableView.open(source, WIDE);
    Sink sink = new Sink();
    ok(view.advise(fnevTableModified, sink));
    source.rows.addAll(List.of(new Row(1, false), new Row(2, true), new Row(3, false)));
    source.listener.changed();
    assertEquals(TABLE_ROW_ADDED, sink.next().ulTableEvent());
    TABLE_NOTIFICATION error = sink.next();
    assertEquals(TABLE_ERROR, error.ulTableEvent());
    assertHr(MAPI_E_DISK_ERROR, error.hResult());
    assertEquals(TABLE_CHANGED, sink.next().ulTableEvent());
    source.rows.remove(1);
    source.listener.changed();
    assertEquals(TABLE_ROW_DELETED, sink.next().ulTableEvent());
    view.close();
  }

  @Test
  void close_sourceThatFails_releasesSinksAndSourceOnce() {
    Source source = new Source();
    TableView view = TableView.open(source, WIDE);
    List<Sink> sinks = List.of(new Sink(), new Sink());
    sinks.forEach(sink -> ok(view.advise(fnevTableModified, sink)));
    source.endFails = true;
    assertThrows(IllegalStateException.class, view::close);
    view.close();
    assertTrue(sinks.stream().allMatch(sink -> sink.releases.get() == 1));
    assertEquals(1, source.releases.get());
  }

  @Test
  void changed_withoutAThread_isReported_andTheNextChangeLooks() {
    List<Throwable> reported = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    TableWatch watch =
        new TableWatch(
            new Source(),
            null,
            looks::incrementAndGet,
            work -> {
              if (asked.incrementAndGet() == 1) {
                throw new OutOfMemoryError("no thread");
              }
              work.run();
            });
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      watch.changed();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertEquals(1, reported.size());
    assertEquals(0, looks.get());
    watch.changed();
    assertEquals(1, looks.get());
  }
}
