package org.mapi4j.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_IMPORTANCE;
import static org.mapi4j.types.MapiTags.PR_INSTANCE_KEY;
import static org.mapi4j.types.MapiTags.PR_NULL;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The kit against tables that tell their sinks wrongly of rows. */
class RowEventFaultsTest {
  private static final long PATIENCE_MILLIS = 200;

  private static final SPropValue NONE = new SPropValue(PR_NULL, null);

  private long patience;

  /** A fault of one sink: what it is told of what there is to tell. */
  private interface Fault {
    List<NOTIFICATION> told(List<NOTIFICATION> events);
  }

  @BeforeEach
  void waitLess() {
    patience = Heard.setPatience(PATIENCE_MILLIS);
  }

  @AfterEach
  void waitAsBefore() {
    patience = Heard.setPatience(patience);
  }

  @TestFactory
  Stream<DynamicTest> run_onTablesThatTellWrongly_failsTheirRows() {
    return Stream.of(
        fault("new rows are not told", without(TABLE_ROW_ADDED), "NOTIF-032"),
        fault("changed rows are not told", without(TABLE_ROW_MODIFIED), "NOTIF-033"),
        fault("deleted rows are not told", without(TABLE_ROW_DELETED), "NOTIF-034"),
        fault("events come twice", events -> twice(events), "NOTIF-030", "NOTIF-032"),
        fault(
            "every row is the one before itself",
            each(e -> with(e, e.propIndex(), e.propIndex(), e.row())),
            "NOTIF-030",
            "NOTIF-031"),
        fault(
            "every row is told as the first",
            each(e -> with(e, e.propIndex(), NONE, e.row())),
            "NOTIF-030",
            "NOTIF-033"),
        fault(
            "the first row has no row before it, and no tag",
            each(
                e ->
                    with(
                        e,
                        e.propIndex(),
                        NONE.equals(e.propPrior()) ? null : e.propPrior(),
                        e.row())),
            "NOTIF-031"),
        fault(
            "the key is another one",
            each(
                e -> with(e, new SPropValue(PR_INSTANCE_KEY, Bytes.of(1)), e.propPrior(), e.row())),
            "NOTIF-030",
            "NOTIF-034"),
        fault(
            "the row has its columns in another order",
            each(e -> with(e, e.propIndex(), e.propPrior(), reversed(e.row()))),
            "NOTIF-030",
            "NOTIF-032"),
        fault(
            "a deleted row has values",
            each(
                e ->
                    e.row() != null
                        ? e
                        : with(e, e.propIndex(), null, SRow.of(SPropValue.of(PR_IMPORTANCE, 1)))),
            "NOTIF-034",
            "NOTIF-039"),
        dynamicTest(
            "events change places",
            () -> assertFound("places", sinks(Swapping::new), "NOTIF-032", "NOTIF-033")),
        dynamicTest(
            "sinks are told within SaveChanges",
            () -> assertFound("within", within(), "NOTIF-011")));
  }

  private static DynamicTest fault(String name, Fault fault, String... rows) {
    return dynamicTest(name, () -> assertFound(name, sinks(() -> fault), rows));
  }

  private static void assertFound(String name, AlteredStore.Alteration altered, String... rows) {
    FaultRuns.assertFound(name, altered, List.of(rows));
  }

  private static Fault without(int event) {
    return events ->
        events.stream()
            .filter(e -> !(e instanceof TABLE_NOTIFICATION t && t.ulTableEvent() == event))
            .toList();
  }

  private static List<NOTIFICATION> twice(List<NOTIFICATION> events) {
    return events.stream().flatMap(event -> Stream.of(event, event)).toList();
  }

  /** Each event of a row. */
  private static Fault each(UnaryOperator<TABLE_NOTIFICATION> change) {
    return events ->
        events.stream()
            .map(
                e ->
                    e instanceof TABLE_NOTIFICATION t && t.propIndex() != null
                        ? change.apply(t)
                        : e)
            .toList();
  }

  private static TABLE_NOTIFICATION with(
      TABLE_NOTIFICATION event, SPropValue index, SPropValue prior, SRow row) {
    return new TABLE_NOTIFICATION(event.ulTableEvent(), event.hResult(), index, prior, row);
  }

  private static SRow reversed(SRow row) {
    if (row == null) {
      return null;
    }
    List<SPropValue> props = new ArrayList<>(row.lpProps());
    Collections.reverse(props);
    return new SRow(props);
  }

  /** Tells the second of two events first. */
  private static final class Swapping implements Fault {
    private final Queue<NOTIFICATION> held = new ArrayDeque<>();

    @Override
    public List<NOTIFICATION> told(List<NOTIFICATION> events) {
      List<NOTIFICATION> told = new ArrayList<>();
      for (NOTIFICATION event : events) {
        if (held.isEmpty()) {
          held.add(event);
        } else {
          told.add(event);
          told.add(held.remove());
        }
      }
      return told;
    }
  }

  private interface Faults {
    Fault next();
  }

  /** Tables whose sinks are told otherwise. */
  private static AlteredStore.Alteration sinks(Faults faults) {
    return (target, method, args) -> {
      if (isTableAdvise(target, method) && args[1] instanceof IMAPIAdviseSink sink) {
        Fault fault = faults.next();
        args[1] =
            new Between(
                sink,
                events -> {
                  List<NOTIFICATION> told = fault.told(events);
                  if (!told.isEmpty()) {
                    var unused = sink.onNotify(told);
                  }
                });
      }
      return AlteredStore.original(target, method, args);
    };
  }

  private static boolean isTableAdvise(Object target, Method method) {
    return target instanceof IMAPITable && method.getName().equals("advise");
  }

  /** Tables whose sinks are told by the thread that saves, before it returns. */
  private static AlteredStore.Alteration within() {
    BlockingQueue<Runnable> pending = new LinkedBlockingQueue<>();
    return (target, method, args) -> {
      if (isTableAdvise(target, method) && args[1] instanceof IMAPIAdviseSink sink) {
        args[1] =
            new Between(
                sink,
                events ->
                    pending.add(
                        () -> {
                          var unused = sink.onNotify(events);
                        }));
      }
      Object result = AlteredStore.original(target, method, args);
      if (method.getName().equals("saveChanges")) {
        Runnable told = pending.poll(100, TimeUnit.MILLISECONDS);
        if (told != null) {
          told.run();
        }
      }
      return result;
    };
  }

  /** What a table tells, on its way to a sink. */
  private record Between(IMAPIAdviseSink sink, Way way) implements IMAPIAdviseSink {
    interface Way {
      void pass(List<NOTIFICATION> events);
    }

    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      way.pass(lpNotifications);
      return 0;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return sink.queryInterface(riid);
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
