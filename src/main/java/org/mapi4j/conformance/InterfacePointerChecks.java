package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.RawObjects.RawObject;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;

/** QueryInterface, AddRef, Release and threads, on interface pointers. */
final class InterfacePointerChecks {
  private static final int THREADS = 4;
  private static final int COUNTS = 1500;
  private static final int CALLS = 40;
  private static final Guid NO_INTERFACE = Guid.parse("7A0C1D52-33F1-4E0B-9C55-0D4B1E2A6F01");

  private InterfacePointerChecks() {}

  static void register(Checks checks) {
    checks
        .rows("COM-001")
        .check("QueryInterface of an unknown IID is E_NOINTERFACE with NULL", c -> refused(c));
    checks
        .rows("COM-002")
        .check(
            "QueryInterface without a place for the pointer is E_INVALIDARG",
            c -> {
              NativeClient client = new NativeClient(c);
              for (Map.Entry<String, RawObject> each : RawObjects.open(c, client).entrySet()) {
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    client.query(each.getValue().pointer(), MapiGuid.IID_IUnknown, 0),
                    "QueryInterface(NULL) of the " + each.getKey());
              }
            });
    checks
        .rows("COM-003")
        .check(
            "a successful QueryInterface adds one reference",
            c -> {
              NativeClient client = new NativeClient(c);
              long ppv = client.out();
              for (Map.Entry<String, RawObject> each : RawObjects.open(c, client).entrySet()) {
                long object = each.getValue().pointer();
                int before = client.addRef(object);
                c.ok(client.query(object, each.getValue().iid(), ppv), "QueryInterface");
                c.assertEqual(before + 2, client.addRef(object), "AddRef of the " + each.getKey());
                client.release(object);
                client.release(client.pointer(ppv));
                c.assertEqual(before - 1, client.release(object), "Release of it");
              }
            });
    checks
        .rows("COM-004")
        .check("an object has one IUnknown, whichever interface is asked", c -> identity(c));
    checks
        .rows("COM-005")
        .check("counts are exact over threads and the object ends once", c -> counting(c));
    checks
        .rows("COM-006")
        .check("interface outputs carry one reference of the caller's", c -> oneReference(c));
    checks
        .rows("COM-007")
        .check("outputs of failures are NULL or unchanged", c -> failureOutputs(c));
    checks.rows("COM-013").check("objects may be called from any thread at once", c -> threads(c));
    checks
        .rows("COM-017")
        .check("objects of an ended logon fail, but for Release", c -> afterLogoff(c));
  }

  private static void refused(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    for (Map.Entry<String, RawObject> each : RawObjects.open(c, client).entrySet()) {
      for (Guid iid : List.of(NO_INTERFACE, each.getValue().foreign())) {
        long ppv = client.out();
        c.assertHr(
            MAPI_E_INTERFACE_NOT_SUPPORTED,
            client.query(each.getValue().pointer(), iid, ppv),
            "QueryInterface of the " + each.getKey());
        c.assertEqual(0L, client.pointer(ppv), "*ppv");
      }
    }
  }

  private static void identity(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    for (Map.Entry<String, RawObject> each : RawObjects.open(c, client).entrySet()) {
      long object = each.getValue().pointer();
      long unknown = queried(c, client, object, MapiGuid.IID_IUnknown);
      long typed = queried(c, client, object, each.getValue().iid());
      c.assertEqual(
          unknown,
          queried(c, client, typed, MapiGuid.IID_IUnknown),
          "IUnknown of " + each.getKey());
      c.assertEqual(
          unknown, queried(c, client, unknown, MapiGuid.IID_IUnknown), "IUnknown of IUnknown");
      long again = queried(c, client, unknown, each.getValue().iid());
      c.assertEqual(typed, again, "the interface by way of IUnknown");
      if (IMAPIProp.class.isAssignableFrom(each.getValue().type())) {
        long prop = queried(c, client, object, MapiGuid.IID_IMAPIProp);
        c.assertEqual(
            unknown, queried(c, client, prop, MapiGuid.IID_IUnknown), "IUnknown of IMAPIProp");
      }
    }
  }

  /** A pointer whose reference goes back at once: the object itself is held. */
  private static long queried(Context c, NativeClient client, long object, Guid iid) {
    long ppv = client.out();
    c.ok(client.query(object, iid, ppv), "QueryInterface");
    long found = client.pointer(ppv);
    client.release(found);
    return found;
  }

  private static void counting(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long store = client.store();
    long live = client.side.liveObjects();
    long out = client.out();
    c.need(
        client.call(IMsgStore.class, "OpenEntry", store, 0, 0, 0, MAPI_MODIFY, 0, out),
        "OpenEntry");
    long folder = client.pointer(out);
    c.assertEqual(live + 1, client.side.liveObjects(), "held objects with the folder");
    Threads.run(
        THREADS,
        index -> {
          for (int i = 0; i < COUNTS; i++) {
            client.addRef(folder);
            if (client.release(folder) < 1) {
              throw new CheckFailed("Release: expected a reference to be left");
            }
          }
        });
    c.assertEqual(2, client.addRef(folder), "AddRef after the threads");
    c.assertEqual(1, client.release(folder), "Release");
    c.assertEqual(live + 1, client.side.liveObjects(), "held objects before the last Release");
    c.assertEqual(0, client.release(folder), "the last Release");
    c.assertEqual(live, client.side.liveObjects(), "held objects after it");
  }

  private static void oneReference(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Map<String, RawObject> objects = RawObjects.open(c, client);
    long store = objects.get("store").pointer();
    long folder = objects.get("folder").pointer();
    long message = objects.get("message").pointer();
    long out = client.out();
    client.need(IMsgStore.class, "OpenEntry", store, 0, 0, 0, 0, client.out(), out);
    assertOne(c, client, out, "OpenEntry");
    client.need(IMAPIFolder.class, "CreateMessage", folder, 0, 0, out);
    assertOne(c, client, out, "CreateMessage");
    client.need(IMAPIFolder.class, "GetHierarchyTable", folder, 0, out);
    assertOne(c, client, out, "GetHierarchyTable");
    client.need(IMessage.class, "GetRecipientTable", message, 0, out);
    assertOne(c, client, out, "GetRecipientTable");
    client.need(IMessage.class, "CreateAttach", message, 0, 0, client.out(), out);
    assertOne(c, client, out, "CreateAttach");
    long iid = client.guid(MapiGuid.IID_IStream);
    client.need(IMAPIProp.class, "OpenProperty", message, PR_BODY_W, iid, 0, 0, out);
    assertOne(c, client, out, "OpenProperty");
    client.need(IMsgStore.class, "GetReceiveFolderTable", store, MAPI_UNICODE, out);
    assertOne(c, client, out, "GetReceiveFolderTable");
  }

  private static void assertOne(Context c, NativeClient client, long out, String call) {
    long object = client.pointer(out);
    c.assertTrue(object != 0 && object != NativeClient.GARBAGE, call + " to give an object", out);
    c.assertEqual(2, client.addRef(object), "AddRef of what %s gave".formatted(call));
    c.assertEqual(1, client.release(object), "Release");
    c.assertEqual(0, client.release(object), "the caller's Release");
  }

  private static void failureOutputs(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Map<String, RawObject> objects = RawObjects.open(c, client);
    long store = objects.get("store").pointer();
    long folder = objects.get("folder").pointer();
    long message = objects.get("message").pointer();
    int unknown = 0x4000_0000;
    long bad = client.put(new byte[24]);
    List<FailingCall> calls = new ArrayList<>();
    calls.add(out -> client.call(IMsgStore.class, "OpenEntry", store, 24, bad, 0, 0, 0, out));
    calls.add(
        out -> client.call(IMAPIProp.class, "GetProps", message, 0, unknown, client.out(), out));
    calls.add(out -> client.call(IMAPIProp.class, "GetPropList", message, unknown, out));
    calls.add(out -> client.call(IMessage.class, "OpenAttach", message, 99, 0, 0, out));
    calls.add(out -> client.call(IMessage.class, "GetRecipientTable", message, unknown, out));
    calls.add(out -> client.call(IMAPIFolder.class, "CreateMessage", folder, 0, unknown, out));
    calls.add(out -> client.call(IMAPIFolder.class, "GetContentsTable", folder, unknown, out));
    calls.add(out -> client.call(IMAPIProp.class, "GetLastError", message, S_OK, unknown, out));
    calls.add(
        out ->
            client.call(
                IMAPIProp.class,
                "OpenProperty",
                message,
                PR_SUBJECT_W,
                client.guid(NO_INTERFACE),
                0,
                0,
                out));
    for (int i = 0; i < calls.size(); i++) {
      long out = client.out();
      int hr = calls.get(i).call(out);
      c.assertTrue(
          HResult.failed(hr), "failing call %d to fail".formatted(i), HResult.toString(hr));
      long left = client.pointer(out);
      c.assertTrue(
          left == 0 || left == NativeClient.GARBAGE,
          "the output of failing call %d to be NULL or as before".formatted(i),
          Long.toHexString(left));
    }
    c.assertEqual(List.of(), client.ledger().live(), "blocks of failed calls");
  }

  @FunctionalInterface
  private interface FailingCall {
    int call(long out);
  }

  private static void threads(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Bytes id = c.stored();
    long store = client.store();
    long message = client.open(store, id);
    long tags = client.tags(PR_SUBJECT_W, PR_ENTRYID, PR_MESSAGE_CLASS_W);
    long entryId = client.put(id);
    long[] outs = new long[THREADS];
    for (int i = 0; i < THREADS; i++) {
      outs[i] = client.memory(16);
    }
    Threads.run(
        THREADS,
        index -> {
          long count = outs[index];
          long out = count + 8;
          for (int i = 0; i < CALLS; i++) {
            c.need(
                client.call(IMAPIProp.class, "GetProps", message, tags, 0, count, out), "GetProps");
            long array = client.pointer(out);
            if (!client.wideAt(client.props(array, 1).get(0).union()).equals("subject")) {
              throw new CheckFailed("GetProps on thread %d: another subject".formatted(index));
            }
            client.free(array);
            c.need(
                client.call(
                    IMsgStore.class, "OpenEntry", store, id.size(), entryId, 0, 0, count, out),
                "OpenEntry");
            if (client.release(client.pointer(out)) != 0) {
              throw new CheckFailed("Release on thread %d: references left".formatted(index));
            }
          }
        });
    c.assertEqual(List.of(), client.ledger().live(), "blocks after %d threads".formatted(THREADS));
  }

  private static void afterLogoff(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Bytes id = c.stored();
    long store = client.freshStore();
    long out = client.out();
    long folder = child(client, store, null, out);
    long message = child(client, store, id, out);
    c.assertEqual(0, client.release(store), "the last Release of the store");
    for (long object : new long[] {folder, message}) {
      long tags = client.tags(PR_ENTRYID);
      int hr = client.call(IMAPIProp.class, "GetProps", object, tags, 0, client.out(), out);
      c.assertTrue(HResult.failed(hr), "GetProps after the logon to fail", HResult.toString(hr));
      c.assertEqual(0, client.release(object), "Release after the logon");
    }
  }

  private static long child(NativeClient client, long store, Bytes id, long out) {
    client.need(
        IMsgStore.class,
        "OpenEntry",
        store,
        id == null ? 0 : id.size(),
        client.put(id),
        0,
        0,
        client.out(),
        out);
    return client.pointer(out);
  }
}
