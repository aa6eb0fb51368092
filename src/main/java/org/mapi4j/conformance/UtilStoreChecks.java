package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.WrappedStoreEntryID;
import org.mapi4j.util.FTG;
import org.mapi4j.util.MapiUtil;
import org.mapi4j.util.ValidatedIPMSubtree;

/** Helper functions for stores, tables, paths and idle time. */
final class UtilStoreChecks {
  private static final int INBOX = PropTag.of(PROP_ID_NULL, PT_BINARY);
  private static final int UNDEFINED_BIT = 0x00400000;
  private static final int MINIMUM =
      FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_WASTEBASKET_VALID | FOLDER_FINDER_VALID;
  private static final int FULL =
      MINIMUM
          | FOLDER_IPM_INBOX_VALID
          | FOLDER_IPM_OUTBOX_VALID
          | FOLDER_IPM_SENTMAIL_VALID
          | FOLDER_VIEWS_VALID
          | FOLDER_COMMON_VIEWS_VALID;
  private static final int[] FULL_TAGS = {
    PR_IPM_SUBTREE_ENTRYID,
    PR_IPM_WASTEBASKET_ENTRYID,
    PR_FINDER_ENTRYID,
    PR_IPM_OUTBOX_ENTRYID,
    PR_IPM_SENTMAIL_ENTRYID,
    PR_VIEWS_ENTRYID,
    PR_COMMON_VIEWS_ENTRYID
  };

  private UtilStoreChecks() {}

  static void register(Checks checks) {
    wrapping(checks);
    subtree(checks);
    subtreeOutputs(checks);
    tables(checks);
    initialisation(checks);
    idle(checks);
    refusals(checks);
  }

  private static void wrapping(Checks checks) {
    checks
        .rows("UTIL-034", "UTIL-035")
        .check(
            "WrapStoreEntryID joins provider DLL and private identifier; clients see it so",
            c -> {
              Bytes own = Bytes.of(0, 0, 0, 0, 1, 2, 3);
              Bytes wrapped =
                  c.ok(MapiUtil.wrapStoreEntryID(0, "provider.dll", own), "WrapStoreEntryID");
              WrappedStoreEntryID parts = WrappedStoreEntryID.parse(wrapped).orElse(null);
              c.assertEqual(new WrappedStoreEntryID("provider.dll", own), parts, "parts");
              WrappedStoreEntryID store =
                  WrappedStoreEntryID.parse(c.entryId(c.store())).orElse(null);
              c.assertTrue(
                  store != null, "a wrapped PR_ENTRYID of the store", c.entryId(c.store()));
              c.assertEqual(
                  c.entryId(c.store()),
                  c.ok(
                      MapiUtil.wrapStoreEntryID(0, store.szDLLName(), store.origEntry()),
                      "WrapStoreEntryID"),
                  "PR_ENTRYID unwrapped and wrapped again");
            });
  }

  private static void subtree(Checks checks) {
    checks
        .rows("UTIL-044", "UTIL-045")
        .check(
            "HrValidateIPMSubtree: the folders are in their places, and the store names them",
            c -> {
              ValidatedIPMSubtree made =
                  c.ok(
                      MapiUtil.hrValidateIPMSubtree(c.store(), MAPI_FULL_IPM_TREE),
                      "HrValidateIPMSubtree");
              c.assertEqual(
                  FULL, c.get(c.store(), PR_VALID_FOLDER_MASK).asInt() & FULL, "the store's mask");
              SPropValue mask = MapiUtil.ppropFindProp(made.lppProps(), PR_VALID_FOLDER_MASK);
              c.assertEqual(FULL, mask == null ? 0 : mask.asInt() & FULL, "the mask returned");
              for (int tag : FULL_TAGS) {
                SPropValue named = c.entry(c.store(), tag);
                c.assertEqual(named, MapiUtil.ppropFindProp(made.lppProps(), tag), "lppProps");
              }
              SPropValue inbox = MapiUtil.ppropFindProp(made.lppProps(), INBOX);
              c.assertTrue(inbox != null, "the Inbox under PROP_ID_NULL", made.lppProps());
              Bytes ipm = c.get(c.store(), PR_IPM_SUBTREE_ENTRYID).asBytes();
              assertParent(c, ipm, c.entryId(c.root()));
              assertParent(c, c.get(c.store(), PR_FINDER_ENTRYID).asBytes(), c.entryId(c.root()));
              assertParent(c, c.get(c.store(), PR_IPM_WASTEBASKET_ENTRYID).asBytes(), ipm);
              assertParent(c, inbox.asBytes(), ipm);
            });
    checks
        .rows("UTIL-046")
        .check(
            "MAPI_FORCE_CREATE opens the folders though PR_VALID_FOLDER_MASK calls them valid",
            c -> {
              ValidatedIPMSubtree first =
                  c.ok(
                      MapiUtil.hrValidateIPMSubtree(
                          c.store(), MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE),
                      "HrValidateIPMSubtree(MAPI_FORCE_CREATE)");
              for (SPropValue prop : first.lppProps()) {
                if (prop.type() == PT_BINARY) {
                  c.own(c.ok(c.store().openEntry(prop.asBytes(), null, 0), "OpenEntry").lppUnk());
                }
              }
              c.assertEqual(
                  first.lppProps(),
                  c.ok(
                          MapiUtil.hrValidateIPMSubtree(
                              c.store(), MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE),
                          "HrValidateIPMSubtree(MAPI_FORCE_CREATE)")
                      .lppProps(),
                  "folders of a second call");
            });
  }

  private static void subtreeOutputs(Checks checks) {
    checks
        .rows("UTIL-047")
        .check(
            "lppProps may be NULL, Java form: left unread; *lppMapiError is NULL without an error",
            c -> {
              ValidatedIPMSubtree made =
                  c.ok(MapiUtil.hrValidateIPMSubtree(c.store(), 0), "HrValidateIPMSubtree(0)");
              c.assertEqual(null, made.lppMapiError(), "*lppMapiError");
              c.assertEqual(
                  MINIMUM,
                  c.get(c.store(), PR_VALID_FOLDER_MASK).asInt() & MINIMUM,
                  "the store's mask");
            });
  }

  private static void assertParent(Context c, Bytes folder, Bytes parent) throws Exception {
    IMAPIFolder opened = c.openFolder(c.store(), folder);
    c.assertEqual(
        true,
        c.ok(
            c.store().compareEntryIDs(c.get(opened, PR_PARENT_ENTRYID).asBytes(), parent, 0),
            "CompareEntryIDs"),
        "parent of " + c.get(opened, PR_DISPLAY_NAME_W).value());
  }

  private static void tables(Checks checks) {
    checks
        .rows("UTIL-048", "TABLE-117")
        .check(
            "HrQueryAllRows: what a row lacks is PT_ERROR/MAPI_E_NOT_FOUND, as QueryRows has it",
            c -> {
              c.message();
              SPropTagArray columns = SPropTagArray.tags(PR_SUBJECT_W, PR_HTML);
              SRowSet rows =
                  c.ok(
                      MapiUtil.hrQueryAllRows(
                          c.own(c.need(c.folder().getContentsTable(0), "GetContentsTable")),
                          columns,
                          null,
                          null,
                          0),
                      "HrQueryAllRows");
              c.assertEqual(
                  List.of(
                      SRow.of(
                          SPropValue.of(PR_SUBJECT_W, "subject"),
                          SPropValue.error(PR_HTML, MAPI_E_NOT_FOUND))),
                  rows.aRow(),
                  "rows");
            });
  }

  private static void initialisation(Checks checks) {
    checks
        .rows("UTIL-072")
        .check(
            "ScInitMapiUtil(0) and DeinitMapiUtil: the functions work without MAPIInitialize",
            c -> {
              c.ok(MapiUtil.scInitMapiUtil(0), "ScInitMapiUtil(0)");
              c.assertEqual("0A", MapiUtil.hexFromBin(Bytes.of(10)), "HexFromBin");
              MapiUtil.deinitMapiUtil();
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS, MapiUtil.scInitMapiUtil(1), "ScInitMapiUtil(reserved)");
            });
  }

  private static void idle(Checks checks) {
    checks
        .rows("UTIL-074")
        .check(
            "MAPIInitIdle is 0 and counted; routines run until they are deregistered",
            c -> {
              c.assertEqual(0, MapiUtil.mapiInitIdle(null), "MAPIInitIdle");
              try {
                CountDownLatch ran = new CountDownLatch(2);
                AtomicInteger disabled = new AtomicInteger();
                FTG running =
                    MapiUtil.ftgRegisterIdleRoutine(
                        parameter -> {
                          ran.countDown();
                          return false;
                        },
                        null,
                        1,
                        1,
                        FIROINTERVAL);
                FTG sleeping =
                    MapiUtil.ftgRegisterIdleRoutine(
                        parameter -> {
                          disabled.incrementAndGet();
                          return false;
                        },
                        null,
                        1,
                        1,
                        FIROINTERVAL | FIRODISABLED);
                c.assertTrue(running != null && sleeping != null, "registrations", running);
                c.assertEqual(true, ran.await(30, TimeUnit.SECONDS), "the routine ran twice");
                c.assertEqual(0, disabled.get(), "calls of the disabled routine");
                MapiUtil.deregisterIdleRoutine(running);
                MapiUtil.deregisterIdleRoutine(sleeping);
                c.assertEqual(
                    null,
                    MapiUtil.ftgRegisterIdleRoutine(null, null, 1, 1, FIROINTERVAL),
                    "registration without a routine");
              } finally {
                MapiUtil.mapiDeInitIdle();
              }
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("UTIL-053", "UTIL-054")
        .notApplicable(
            "BuildDisplayTable reads the dialog resources of a Windows module and is not offered",
            c ->
                c.assertTrue(
                    Arrays.stream(MapiUtil.class.getMethods())
                        .noneMatch(
                            method -> method.getName().equalsIgnoreCase("BuildDisplayTable")),
                    "no function of that name",
                    "one"));
    checks
        .rows("UTIL-075")
        .check(
            "ScLocalPathFromUNC and ScUNCFromLocalPath",
            c -> {
              c.assertHr(S_FALSE, MapiUtil.scLocalPathFromUNC("C:\\a", 260).hr(), "local");
              c.assertHr(
                  S_FALSE, MapiUtil.scUNCFromLocalPath("\\\\srv\\share\\a", 260).hr(), "UNC");
              c.assertHr(
                  MAPI_E_TOO_BIG, MapiUtil.scLocalPathFromUNC("C:\\a", 2).hr(), "small buffer");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  MapiUtil.scLocalPathFromUNC("\\\\no-such-server\\share\\a", 260),
                  "ScLocalPathFromUNC");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  MapiUtil.scUNCFromLocalPath("no path", 260),
                  "ScUNCFromLocalPath");
            });
    checks
        .rows("UTIL-076")
        .check(
            "ScMAPIXFromSMAPI: an unusable handle, undefined flags, another interface",
            c -> {
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  MapiUtil.scMAPIXFromSMAPI(0, 0, null),
                  "ScMAPIXFromSMAPI(handle 0)");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS,
                  MapiUtil.scMAPIXFromSMAPI(0, UNDEFINED_BIT, null),
                  "ScMAPIXFromSMAPI(flags)");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  MapiUtil.scMAPIXFromSMAPI(0, 0, MapiGuid.IID_IMessage),
                  "ScMAPIXFromSMAPI(IID_IMessage)");
            });
  }
}
