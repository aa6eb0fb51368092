package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;

/** Advise through interface pointers, and the helper functions for notifications. */
final class NativeNotifyChecks {
  private static final int NOTIFICATION_BYTES = 88;

  /** Offset of lpEntryID in a NOTIFICATION of an object. */
  private static final int ENTRY_ID = 16;

  private NativeNotifyChecks() {}

  static void register(Checks checks) {
    checks
        .rows("NOTIF-008")
        .check(
            "IMAPIAdviseSink has the one slot OnNotify after IUnknown",
            c -> {
              NativeClient client = new NativeClient(c);
              SinkChecks.Sink sink = new SinkChecks.Sink();
              long pointer = client.own(client.side.export(sink, IMAPIAdviseSink.class));
              c.assertEqual(
                  3, NativeClient.slot(IMAPIAdviseSink.class, "OnNotify"), "slot of OnNotify");
              c.assertEqual(4, Vtables.of(IMAPIAdviseSink.class).size(), "slots");
              int answer =
                  client.call(IMAPIAdviseSink.class, "OnNotify", pointer, 1, extended(client));
              c.assertBits(SinkChecks.ANSWER, answer, "the ULONG that OnNotify returned");
            });
    checks
        .rows("NOTIF-010", "NOTIF-005", "STORE-052")
        .check("a store owns what it tells, and counts the sink's references", c -> owned(c));
    checks
        .rows("TABLE-118")
        .check("connection numbers have the width of a pointer", c -> connections(c));
    helpers(checks);
    copies(checks);
  }

  private static void connections(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Heard.of(c, c.store(), null, fnevObjectCreated); // not applicable without STORE_NOTIFY_OK
    long sink = client.own(client.side.export(new Heard(), IMAPIAdviseSink.class));
    connection(c, client, IMsgStore.class, client.store(), 0, 0, fnevObjectCreated, sink);
    long folder = client.open(client.store(), c.entryId(c.folder()));
    long out = client.out();
    int hr = client.call(IMAPIFolder.class, "GetContentsTable", folder, 0, out);
    long table = client.owned(hr, out, "GetContentsTable");
    connection(c, client, IMAPITable.class, table, fnevTableModified, sink);
  }

  /** The number fills eight octets and no more, and Unadvise looks at all of it. */
  private static void connection(
      Context c,
      NativeClient client,
      Class<? extends IUnknown> type,
      long object,
      long... arguments) {
    String name = type.getSimpleName();
    long number = client.memory(16);
    client.side.write(number, NativeClient.word(NativeClient.GARBAGE));
    client.side.write(number + 8, NativeClient.word(NativeClient.GARBAGE));
    long[] words = Arrays.copyOf(arguments, arguments.length + 1);
    words[arguments.length] = number;
    c.ok(client.call(type, "Advise", object, words), name + "::Advise");
    long given = client.pointer(number);
    c.assertDiffer(0L, given, "the number");
    c.assertDiffer(NativeClient.GARBAGE >>> 32, given >>> 32, "its upper half");
    c.assertEqual(NativeClient.GARBAGE, client.pointer(number + 8), "what lies behind it");
    c.assertTrue(
        client.call(type, "Unadvise", object, given ^ 1L << 32) < 0,
        name + "::Unadvise of a number that differs in its upper half to fail",
        "success");
    c.ok(client.call(type, "Unadvise", object, given), name + "::Unadvise");
  }

  private static long extended(NativeClient client) {
    return client.put(
        ByteBuffer.allocate(NOTIFICATION_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(fnevExtended)
            .putInt(8, 5)
            .array());
  }

  private static void owned(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Heard heard = new Heard();
    Heard.of(c, c.store(), null, fnevObjectCreated); // not applicable without STORE_NOTIFY_OK
    long sink = client.side.export(heard, IMAPIAdviseSink.class);
    long connection = client.out();
    int blocks = client.ledger().live().size();
    c.ok(
        client.call(
            IMsgStore.class,
            "Advise",
            client.store(),
            0,
            0,
            fnevObjectCreated | fnevObjectModified,
            sink,
            connection),
        "Advise");
    client.release(sink);
    c.assertEqual(0, heard.releases(), "the store's reference after that of the client went");
    Bytes id = c.stored();
    heard.await(fnevObjectCreated, id);
    c.ok(
        client.call(IMsgStore.class, "Unadvise", client.store(), client.pointer(connection)),
        "Unadvise");
    heard.awaitRelease();
    c.assertEqual(1, heard.releases(), "releases of the sink");
    c.assertEqual(blocks, client.ledger().live().size(), "blocks that the store left behind");
  }

  private static void helpers(Checks checks) {
    checks
        .rows("NOTIF-044")
        .check(
            "a sink of HrAllocAdviseSink calls its function with its context",
            c -> {
              NativeClient client = new NativeClient(c);
              long out = client.out();
              int hr = (int) client.side.callFunction(client.ledger().allocateBuffer(), 16, out);
              c.need(hr, "MAPIAllocateBuffer");
              long context = client.pointer(out);
              long sinkOut = client.out();
              c.ok(
                  client.callExport(
                      "HrAllocAdviseSink", client.ledger().freeBuffer(), context, sinkOut),
                  "HrAllocAdviseSink");
              long sink = client.own(client.pointer(sinkOut));
              c.assertTrue(client.block(context) != null, "the context untouched", "freed");
              c.ok(
                  client.call(IMAPIAdviseSink.class, "OnNotify", sink, 1, extended(client)),
                  "OnNotify");
              c.assertTrue(
                  client.block(context) == null,
                  "the function called with the context, which it frees",
                  "a block that is still there");
            });
    checks
        .rows("NOTIF-043", "NOTIF-045")
        .check(
            "HrDispatchNotifications runs what waits for the thread of HrThisThreadAdviseSink",
            c -> {
              NativeClient client = new NativeClient(c);
              SinkChecks.Sink sink = new SinkChecks.Sink();
              long inner = client.own(client.side.export(sink, IMAPIAdviseSink.class));
              long out = client.out();
              c.ok(client.callExport("HrThisThreadAdviseSink", inner, out), "HrThisThread…");
              long wrapper = client.own(client.pointer(out));
              long event = extended(client);
              Threads.run(
                  1,
                  i ->
                      c.ok(
                          client.call(IMAPIAdviseSink.class, "OnNotify", wrapper, 1, event),
                          "OnNotify"));
              c.assertEqual(List.of(), sink.threads, "deliveries on the notifying thread");
              c.ok(client.callExport("HrDispatchNotifications", 0), "HrDispatchNotifications(0)");
              c.assertEqual(
                  List.of(Thread.currentThread()), sink.threads, "deliveries when it returned");
            });
  }

  /** Two events of objects with identifiers and a list of tags. */
  private static long events(NativeClient client, Bytes id) {
    long address = client.memory(2 * NOTIFICATION_BYTES);
    for (int i = 0; i < 2; i++) {
      byte[] bytes =
          ByteBuffer.allocate(NOTIFICATION_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(0, fnevObjectModified)
              .putInt(8, id.size())
              .putLong(ENTRY_ID, client.put(id))
              .putInt(24, MAPI_MESSAGE)
              .putLong(72, client.tags(PR_SUBJECT_W, PR_BODY_W))
              .array();
      client.side.write(address + (long) i * NOTIFICATION_BYTES, bytes);
    }
    return address;
  }

  private static void copies(Checks checks) {
    checks
        .rows("NOTIF-049", "NOTIF-050")
        .check(
            "ScCountNotifications and ScCopyNotifications",
            c -> {
              NativeClient client = new NativeClient(c);
              Bytes id = Bytes.fromHex("00112233445566778899AABBCCDDEEFF0011");
              long events = events(client, id);
              long size = client.out();
              c.ok(client.callExport("ScCountNotifications", 2, events, size), "ScCount…");
              c.ok(client.callExport("ScCountNotifications", 2, events, 0), "ScCount… with NULL");
              int bytes = client.number(size);
              c.assertTrue(
                  bytes >= 2 * (NOTIFICATION_BYTES + id.size() + 12), "all the bytes", bytes);
              long copy = client.memory(bytes);
              long copied = client.out();
              c.ok(client.callExport("ScCopyNotifications", 2, events, copy, copied), "ScCopy…");
              c.assertEqual(bytes, client.number(copied), "bytes that were copied");
              within(c, client, copy, copy, bytes, id);
              long untouched = client.memory(bytes);
              c.ok(
                  client.callExport("ScCopyNotifications", 2, events, untouched, 0),
                  "ScCopy… with NULL");
              c.assertEqual(0, client.number(untouched), "what is copied without a size");
              long bad = client.memory(NOTIFICATION_BYTES);
              client.side.write(bad, new byte[] {0, 0, 0, 0x7F});
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  client.callExport("ScCountNotifications", 1, bad, size),
                  "ScCountNotifications of no event");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  client.callExport("ScCopyNotifications", 1, bad, copy, copied),
                  "ScCopyNotifications of no event");
            });
    checks
        .rows("NOTIF-051")
        .check("ScRelocNotifications moves every pointer from one base to another", c -> moved(c));
  }

  private static void moved(Context c) {
    NativeClient client = new NativeClient(c);
    Bytes id = Bytes.fromHex("00112233445566778899AABBCCDDEEFF0011");
    long size = client.out();
    long events = events(client, id);
    c.need(client.callExport("ScCountNotifications", 2, events, size), "ScCountNotifications");
    int bytes = client.number(size);
    long copy = client.memory(bytes);
    c.need(client.callExport("ScCopyNotifications", 2, events, copy, size), "ScCopyNotifications");
    long other = client.put(client.side.read(copy, bytes));
    long count = client.out();
    c.ok(client.callExport("ScRelocNotifications", 2, other, copy, other, count), "ScReloc…");
    c.assertEqual(bytes, client.number(count), "bytes of the block");
    client.side.write(copy, new byte[bytes]);
    within(c, client, other, other, bytes, id);
    c.ok(client.callExport("ScRelocNotifications", 2, other, other, 0, 0), "ScReloc… to base 0");
    c.assertTrue(
        client.pointer(other + ENTRY_ID) < bytes,
        "an offset for lpEntryID",
        client.pointer(other + ENTRY_ID));
    c.ok(client.callExport("ScRelocNotifications", 2, other, 0, other, 0), "ScReloc… and back");
    within(c, client, other, other, bytes, id);
    long bad = client.memory(NOTIFICATION_BYTES);
    client.side.write(bad, new byte[] {0, 0, 0, 0x7F});
    c.assertHr(
        MAPI_E_INVALID_PARAMETER,
        client.callExport("ScRelocNotifications", 1, bad, bad, other, count),
        "ScRelocNotifications of no event");
  }

  /** Every pointer of the copy points into a block. */
  private static void within(
      Context c, NativeClient client, long events, long block, int bytes, Bytes id) {
    for (int i = 0; i < 2; i++) {
      long event = events + (long) i * NOTIFICATION_BYTES;
      long entryId = client.pointer(event + ENTRY_ID);
      long tags = client.pointer(event + 72);
      c.assertTrue(
          entryId > block && entryId + id.size() <= block + bytes, "lpEntryID inside", entryId);
      c.assertTrue(tags > block && tags + 12 <= block + bytes, "lpPropTagArray inside", tags);
      c.assertEqual(id, Bytes.wrap(client.side.read(entryId, id.size())), "the identifier's bytes");
      c.assertEqual(PR_SUBJECT_W, client.number(tags + 4), "the first tag");
    }
  }
}
