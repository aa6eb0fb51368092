package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.fnevExtended;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;

/** Advise sinks across interface pointers. */
final class SinkChecks {
  private static final int NOTIFICATION_BYTES = 88;

  /** A ULONG that would be a failure if it were an HRESULT. */
  static final int ANSWER = 0x8000_0007;

  private SinkChecks() {}

  static void register(Checks checks) {
    checks
        .rows("COM-011")
        .check(
            "OnNotify takes events on any thread and returns a ULONG",
            c -> {
              NativeClient client = new NativeClient(c);
              Sink sink = new Sink();
              long pointer = client.own(client.side.export(sink, IMAPIAdviseSink.class));
              long event = event(client);
              c.assertEqual(ANSWER, notify(client, pointer, event), "OnNotify on this thread");
              Threads.run(
                  1,
                  index -> {
                    if (notify(client, pointer, event) != ANSWER) {
                      throw new CheckFailed("OnNotify on another thread: another result");
                    }
                  });
              c.assertEqual(2, sink.threads.size(), "events that arrived");
              c.assertEqual(Thread.currentThread(), sink.threads.get(0), "thread of the first");
              c.assertDiffer(Thread.currentThread(), sink.threads.get(1), "thread of the second");
            });
    checks
        .rows("COM-012")
        .check("a sink of HrThisThreadAdviseSink hears events on its own thread", c -> wrapped(c));
  }

  private static int notify(NativeClient client, long sink, long event) {
    return client.call(IMAPIAdviseSink.class, "OnNotify", sink, 1, event);
  }

  /** An extended event without data. */
  private static long event(NativeClient client) {
    ByteBuffer event =
        ByteBuffer.allocate(NOTIFICATION_BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(fnevExtended);
    return client.put(event.putInt(8, 5).array());
  }

  private static void wrapped(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Sink sink = new Sink();
    long inner = client.own(client.side.export(sink, IMAPIAdviseSink.class));
    long out = client.out();
    c.ok(client.callExport("HrThisThreadAdviseSink", inner, out), "HrThisThreadAdviseSink");
    long wrapper = client.own(client.pointer(out));
    long event = event(client);
    Threads.run(1, index -> c.need(notify(client, wrapper, event), "OnNotify of the wrapper"));
    c.assertEqual(List.of(), sink.threads, "deliveries on the notifying thread");
    c.need(client.callExport("HrDispatchNotifications", 0), "HrDispatchNotifications");
    c.assertEqual(
        List.of(Thread.currentThread()), sink.threads, "deliveries on the wrapper's thread");
  }

  /** Notes the threads it is called on. */
  static final class Sink implements IMAPIAdviseSink {
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      threads.add(Thread.currentThread());
      return ANSWER;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return riid.equals(MapiGuid.IID_IUnknown) || riid.equals(MapiGuid.IID_IMAPIAdviseSink)
          ? MapiResult.ok(this)
          : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }
}
