package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** Who allocates, and how, what crosses interface pointers. */
final class OutputMemoryChecks {
  private static final int MV_TAG = PropTag.of(0x6601, PT_MV_UNICODE);
  private static final int STATSTG_BYTES = 80;
  private static final int ROW_COUNT = 3;

  private OutputMemoryChecks() {}

  static void register(Checks checks) {
    checks
        .rows("UTIL-006", "MEM-010", "TABLE-059", "TABLE-102")
        .check("each row of a row set is a block of its own", c -> rows(c));
    checks
        .rows("MEM-011", "MEM-007")
        .check("one MAPIFreeBuffer frees what GetProps gave", c -> propertyArray(c));
    checks
        .rows("MEM-007")
        .check("outputs that are no interfaces are blocks of MAPIAllocateBuffer", c -> outputs(c));
    checks
        .rows("MEM-005")
        .check(
            "buffers outlive the logon and are the client's to free",
            c -> {
              NativeClient client = new NativeClient(c);
              long store = client.freshStore();
              long count = client.out();
              long out = client.out();
              client.need(
                  IMAPIProp.class, "GetProps", store, client.tags(PR_ENTRYID), 0, count, out);
              long array = client.pointer(out);
              byte[] before = client.side.read(array, NativeClient.PROP_BYTES);
              c.assertEqual(0, client.release(store), "Release of the store");
              c.assertTrue(client.block(array) != null, "the array to be allocated still", null);
              c.assertTrue(
                  Arrays.equals(before, client.side.read(array, NativeClient.PROP_BYTES)),
                  "the array to be as it was",
                  "other bytes");
              client.free(array);
              c.assertEqual(List.of(), client.ledger().live(), "blocks at the end");
            });
    checks
        .rows("MEM-008")
        .check("an input stays its owner's, and nothing of it is kept", c -> inputs(c));
    checks.rows("MEM-009").check("an in-out buffer is freed when it is replaced", c -> inOut(c));
    checks
        .rows("TABLE-110")
        .check("one MAPIFreeBuffer frees a table's MAPIERROR", c -> tableError(c));
    checks.rows("MEM-012").check("Stat allocates as OLE does", c -> stat(c));
  }

  /** A message of the check's folder in the raw session. */
  private static long message(Context c, NativeClient client, SPropValue... more) throws Exception {
    return client.open(client.store(), c.stored(more));
  }

  private static void rows(Context c) throws Exception {
    for (int i = 0; i < ROW_COUNT; i++) {
      c.stored();
    }
    NativeClient client = new NativeClient(c);
    long folder = client.open(client.store(), c.entryId(c.folder()));
    long out = client.out();
    long table =
        client.owned(
            client.call(IMAPIFolder.class, "GetContentsTable", folder, MAPI_UNICODE, out),
            out,
            "GetContentsTable");
    client.need(IMAPITable.class, "SetColumns", table, client.tags(PR_ENTRYID, PR_SUBJECT_W), 0);
    c.assertEqual(List.of(), client.ledger().live(), "blocks before QueryRows");
    c.ok(client.call(IMAPITable.class, "QueryRows", table, 10, 0, out), "QueryRows");
    long set = client.pointer(out);
    c.assertEqual(ROW_COUNT, client.number(set), "cRows");
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < ROW_COUNT; i++) {
      long row = set + 8 + (long) NativeClient.ROW_BYTES * i;
      long props = client.pointer(row + 8);
      c.assertEqual(2, client.number(row + 4), "cValues of a row");
      assertHead(c, client, props, "lpProps of a row");
      c.assertTrue(!blocks.contains(props), "a block for each row", blocks);
      blocks.add(props);
    }
    assertHead(c, client, set, "the set");
    client.free(blocks.remove(1));
    for (long left : blocks) {
      byte[] bytes = client.side.read(left, NativeClient.PROP_BYTES);
      c.assertEqual(
          PR_ENTRYID, NativeClient.tagOf(bytes), "the first tag of a row beside a freed one");
      client.free(left);
    }
    client.free(set);
    c.assertEqual(List.of(), client.ledger().live(), "blocks after freeing row by row");
    c.ok(client.call(IMAPITable.class, "QueryRows", table, 10, 0, out), "QueryRows at the end");
    c.assertEqual(0, client.number(client.pointer(out)), "cRows of an empty set");
    c.assertEqual(1, client.ledger().live().size(), "blocks of an empty set");
    client.free(client.pointer(out));
  }

  private static void tableError(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long folder = client.open(client.store(), c.entryId(c.folder()));
    long out = client.out();
    long table =
        client.owned(
            client.call(IMAPIFolder.class, "GetContentsTable", folder, MAPI_UNICODE, out),
            out,
            "GetContentsTable");
    int hr = client.call(IMAPITable.class, "QueryRows", table, 0, 0, out);
    c.assertHr(MAPI_E_INVALID_PARAMETER, hr, "QueryRows of no rows");
    c.assertEqual(List.of(), client.ledger().live(), "blocks after a failure");
    c.ok(client.call(IMAPITable.class, "GetLastError", table, hr, MAPI_UNICODE, out), "GetLast…");
    long error = client.pointer(out);
    if (error == 0) {
      c.notApplicable("the table has no MAPIERROR to give");
    }
    client.free(error);
    c.assertEqual(List.of(), client.ledger().live(), "blocks after one MAPIFreeBuffer");
  }

  private static void assertHead(Context c, NativeClient client, long address, String what) {
    NativeSide.Block block = client.block(address);
    c.assertTrue(
        block != null && block.isHead(), what + " to be a block of MAPIAllocateBuffer", block);
  }

  private static void propertyArray(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long message =
        message(
            c,
            client,
            SPropValue.of(MV_TAG, List.of("one", "two")),
            SPropValue.of(PR_SEARCH_KEY, Bytes.of(7, 7, 7)));
    long count = client.out();
    long out = client.out();
    c.ok(
        client.call(
            IMAPIProp.class,
            "GetProps",
            message,
            client.tags(
                PR_SUBJECT_W,
                PropTag.changePropType(PR_SUBJECT_W, PT_STRING8),
                MV_TAG,
                PR_ENTRYID,
                PR_MESSAGE_SIZE),
            MAPI_UNICODE,
            count,
            out),
        "GetProps");
    long array = client.pointer(out);
    c.assertEqual(5, client.number(count), "cValues");
    assertHead(c, client, array, "the array");
    List<NativeClient.RawProp> props = client.props(array, 5);
    c.assertEqual("subject", client.wideAt(props.get(0).union()), "PR_SUBJECT_W");
    c.assertEqual("subject", client.narrowAt(props.get(1).union()), "PR_SUBJECT_A");
    c.assertEqual(2, props.get(2).number(), "strings of the multivalued property");
    c.assertEqual(
        "two", client.wideAt(client.pointer(props.get(2).second() + 8)), "its second string");
    for (NativeSide.Block block : client.ledger().live()) {
      c.assertEqual(array, block.head(), "the chain of each block of the array");
    }
    client.free(array);
    c.assertEqual(List.of(), client.ledger().live(), "blocks after one MAPIFreeBuffer");
  }

  private static void outputs(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long message = message(c, client);
    long store = client.store();
    long out = client.out();
    long count = client.out();
    client.need(IMAPIProp.class, "GetPropList", message, MAPI_UNICODE, out);
    freed(c, client, out, "GetPropList");
    client.need(
        IMAPIProp.class, "DeleteProps", message, client.tags(PR_ENTRYID, PR_SUBJECT_W), out);
    freed(c, client, out, "the problems of DeleteProps");
    long text = client.out();
    client.need(
        IMsgStore.class,
        "GetReceiveFolder",
        store,
        client.wide("IPM.Note"),
        MAPI_UNICODE,
        count,
        out,
        text);
    freed(c, client, out, "the identifier of GetReceiveFolder");
    freed(c, client, text, "the class of GetReceiveFolder");
    int hr = client.call(IMAPIProp.class, "SaveChanges", message, 0x4000_0000);
    c.assertHr(MAPI_E_UNKNOWN_FLAGS, hr, "SaveChanges with unknown flags");
    client.need(IMAPIProp.class, "GetLastError", message, hr, MAPI_UNICODE, out);
    if (client.pointer(out) != 0) {
      freed(c, client, out, "the MAPIERROR of GetLastError");
    }
    long names = client.out();
    long tags = client.put(new byte[8]);
    client.need(IMAPIProp.class, "GetNamesFromIDs", message, tags, 0, 0, count, names);
    freed(c, client, tags, "the tags of GetNamesFromIDs");
    if (client.number(count) > 0) {
      freed(c, client, names, "the names of GetNamesFromIDs");
    }
    c.assertEqual(List.of(), client.ledger().live(), "blocks at the end");
  }

  /** Asserts that an output is a head, and that freeing it leaves none of its chain. */
  private static void freed(Context c, NativeClient client, long out, String what) {
    long address = client.pointer(out);
    assertHead(c, client, address, what);
    client.free(address);
    c.assertTrue(
        client.ledger().live().stream().noneMatch(block -> block.head() == address),
        what + " to be gone with one MAPIFreeBuffer",
        client.ledger().live());
  }

  private static void inputs(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Bytes id = c.stored();
    long message = client.open(client.store(), id);
    long block = allocated(c, client, 256);
    byte[] text = "kept\0".getBytes(StandardCharsets.UTF_16LE);
    client.side.write(block + NativeClient.PROP_BYTES, text);
    client.side.write(
        block, NativeClient.propBytes(PR_SUBJECT_W, block + NativeClient.PROP_BYTES, 0));
    byte[] before = client.side.read(block, 256);
    client.need(IMAPIProp.class, "SetProps", message, 1, block, 0);
    c.assertTrue(
        client.block(block) != null, "the input to be allocated still", client.ledger().live());
    c.assertTrue(
        Arrays.equals(before, client.side.read(block, 256)), "the input as it was", "changed");
    client.side.write(block, new byte[256]);
    client.free(block);
    c.ok(client.call(IMAPIProp.class, "SaveChanges", message, KEEP_OPEN_READWRITE), "SaveChanges");
    c.assertProp("kept", c.openOther(id, 0), PR_SUBJECT_W);
  }

  private static long allocated(Context c, NativeClient client, int size) {
    long out = client.out();
    c.need(
        (int) client.side.callFunction(client.ledger().allocateBuffer(), size, out),
        "MAPIAllocateBuffer");
    long block = client.pointer(out);
    client.side.write(block, new byte[size]);
    return block;
  }

  private static void inOut(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long store = client.store();
    long given = allocated(c, client, 64);
    // Never a name: below the named range.
    client.side.write(given, NativeClient.tagBytes(PR_SUBJECT_W));
    long tags = client.out();
    client.side.write(tags, NativeClient.word(given));
    long count = client.out();
    long names = client.out();
    int hr = client.call(IMAPIProp.class, "GetNamesFromIDs", store, tags, 0, 0, count, names);
    c.assertOneOf(hr, "GetNamesFromIDs", S_OK, MAPI_W_ERRORS_RETURNED);
    long now = client.pointer(tags);
    assertHead(c, client, now, "the final buffer");
    if (now != given) {
      c.assertTrue(client.block(given) == null, "the replaced buffer to be freed", given);
    }
    client.free(now);
    if (client.pointer(names) != 0) {
      client.free(client.pointer(names));
    }
    c.assertEqual(List.of(), client.ledger().live(), "blocks at the end");
  }

  private static void stat(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long message = message(c, client);
    long out = client.out();
    long stream =
        client.owned(
            client.call(
                IMAPIProp.class,
                "OpenProperty",
                message,
                PR_BODY_W,
                client.guid(MapiGuid.IID_IStream),
                0,
                0,
                out),
            out,
            "OpenProperty");
    long stat = client.memory(STATSTG_BYTES);
    c.ok(client.call(IStream.class, "Stat", stream, stat, 0), "Stat");
    c.assertEqual(8, client.number(stat + 16), "cbSize of a body of four units");
    c.assertEqual(List.of(), client.ledger().live(), "blocks of MAPIAllocateBuffer");
    client.side.taskFree(client.pointer(stat));
  }
}
