package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;

/** Helper functions that allocate or count, as the native library exports them. */
final class NativeHelperChecks {
  private static final Bytes DATA = Bytes.of(1, 2, 3, 250);
  private static final int MALLOC_ALLOC = 3;
  private static final int MALLOC_FREE = 5;
  private static final int NO_TYPE = 0x0077;

  private NativeHelperChecks() {}

  static void register(Checks checks) {
    checks
        .rows("UTIL-022")
        .check("ScDupPropset makes one block of the given allocator", c -> duplicate(c));
    checks
        .rows("UTIL-023")
        .check("PropCopyMore links what a value points to to the given block", c -> copyMore(c));
    checks
        .rows("UTIL-064")
        .check(
            "UlAddRef and UlRelease return the counts, and NULL is harmless",
            c -> {
              NativeClient client = new NativeClient(c);
              long store = client.store();
              int before = client.addRef(store);
              c.assertEqual(before + 1, client.callExport("UlAddRef", store), "UlAddRef");
              c.assertEqual(before, client.callExport("UlRelease", store), "UlRelease");
              c.assertEqual(before - 1, client.release(store), "Release after it");
              c.assertEqual(0, client.callExport("UlRelease", 0), "UlRelease(NULL)");
            });
    checks
        .rows("UTIL-070")
        .check("HrSzFromEntryID and HrEntryIDFromSz allocate their results", c -> entryIdText(c));
    checks
        .rows("UTIL-071")
        .check("MAPIGetDefaultMalloc gives an IMalloc that allocates", c -> defaultMalloc(c));
  }

  private static void duplicate(Context c) {
    NativeClient client = new NativeClient(c);
    long props = client.memory(3 * NativeClient.PROP_BYTES);
    write(client, props, 0, PR_SUBJECT_W, client.wide("text"), 0);
    write(client, props, 1, PR_ENTRYID, DATA.size(), client.put(DATA));
    write(client, props, 2, PR_IMPORTANCE, 2, 0);
    long out = client.out();
    c.ok(
        client.callExport("ScDupPropset", 3, props, client.ledger().allocateBuffer(), out),
        "ScDupPropset");
    long copy = client.pointer(out);
    c.assertEqual(1, client.ledger().live().size(), "blocks of the copy");
    c.assertTrue(client.block(copy) != null, "the copy to be that block", client.ledger().live());
    client.side.write(props, new byte[3 * NativeClient.PROP_BYTES]);
    List<NativeClient.RawProp> copied = client.props(copy, 3);
    c.assertEqual("text", client.wideAt(copied.get(0).union()), "the string of the copy");
    c.assertEqual(
        DATA,
        Bytes.wrap(client.side.read(copied.get(1).second(), copied.get(1).number())),
        "the binary of the copy");
    c.assertEqual(2, copied.get(2).number(), "the number of the copy");
    client.free(copy);
    c.assertEqual(List.of(), client.ledger().live(), "blocks after one MAPIFreeBuffer");
  }

  private static void write(
      NativeClient client, long props, int index, int tag, long union, long second) {
    client.side.write(
        props + (long) index * NativeClient.PROP_BYTES, NativeClient.propBytes(tag, union, second));
  }

  private static void copyMore(Context c) {
    NativeClient client = new NativeClient(c);
    long out = client.out();
    c.need(
        (int) client.side.callFunction(client.ledger().allocateBuffer(), 64, out),
        "MAPIAllocateBuffer");
    long head = client.pointer(out);
    long source = client.put(NativeClient.propBytes(PR_ENTRYID, DATA.size(), client.put(DATA)));
    long target = client.memory(NativeClient.PROP_BYTES);
    c.ok(copyMore(client, target, source, head), "PropCopyMore");
    NativeClient.RawProp copy = client.props(target, 1).get(0);
    c.assertEqual(PR_ENTRYID, copy.tag(), "the tag of the copy");
    c.assertEqual(
        DATA, Bytes.wrap(client.side.read(copy.second(), copy.number())), "the copied binary");
    NativeSide.Block block = client.block(copy.second());
    c.assertTrue(block != null && block.head() == head, "a block linked to the given one", block);
    long unknown = client.put(NativeClient.propBytes(PropTag.of(0x6600, NO_TYPE), 1, 2));
    c.assertHr(
        MAPI_E_NO_SUPPORT, copyMore(client, target, unknown, head), "PropCopyMore(unknown type)");
    client.free(head);
    c.assertEqual(List.of(), client.ledger().live(), "blocks after one MAPIFreeBuffer");
  }

  private static int copyMore(NativeClient client, long target, long source, long head) {
    return client.callExport("PropCopyMore", target, source, client.ledger().allocateMore(), head);
  }

  private static void entryIdText(Context c) {
    NativeClient client = new NativeClient(c);
    long out = client.out();
    c.ok(
        client.callExport("HrSzFromEntryID", DATA.size(), client.put(DATA), out),
        "HrSzFromEntryID");
    long text = client.pointer(out);
    long count = client.out();
    c.ok(client.callExport("HrEntryIDFromSz", text, count, out), "HrEntryIDFromSz");
    long id = client.pointer(out);
    c.assertEqual(
        DATA, Bytes.wrap(client.side.read(id, client.number(count))), "the identifier again");
    c.ok(client.callExport("MAPIFreeBuffer", text), "MAPIFreeBuffer of the text");
    c.ok(client.callExport("MAPIFreeBuffer", id), "MAPIFreeBuffer of the identifier");
  }

  private static void defaultMalloc(Context c) {
    NativeClient client = new NativeClient(c);
    long malloc = client.side.callFunction(client.function("MAPIGetDefaultMalloc"));
    c.assertDiffer(0L, malloc, "MAPIGetDefaultMalloc");
    client.own(malloc);
    long out = client.out();
    c.ok(client.query(malloc, MapiGuid.IID_IUnknown, out), "QueryInterface(IID_IUnknown)");
    client.release(client.pointer(out));
    long block = pointerResult(client, malloc, MALLOC_ALLOC, ROOM);
    c.assertDiffer(0L, block, "IMalloc::Alloc");
    client.side.write(block, new byte[ROOM]);
    client.side.callFunction(slotAddress(client, malloc, MALLOC_FREE), malloc, block);
  }

  private static final int ROOM = 4096;

  private static long slotAddress(NativeClient client, long object, int slot) {
    return client.pointer(client.pointer(object) + 8L * slot);
  }

  /** A slot whose result is a pointer. */
  private static long pointerResult(NativeClient client, long object, int slot, long argument) {
    return client.side.callFunction(slotAddress(client, object, slot), object, argument);
  }
}
