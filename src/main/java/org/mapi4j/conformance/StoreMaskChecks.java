package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.String8;

/** PR_STORE_SUPPORT_MASK tells the truth, one check for each bit. */
final class StoreMaskChecks {
  private static final int STORE_LOCALSTORE = 0x80000;
  private static final int NUMBERS = PropTag.of(0x6851, PT_LONG | MV_FLAG);

  private StoreMaskChecks() {}

  /** A sink that hears nothing. */
  private record Sink() implements IMAPIAdviseSink {
    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }

  static void register(Checks checks) {
    writing(checks);
    texts(checks);
    multivalues(checks);
    tables(checks);
    unbuilt(checks);
  }

  private static void writing(Checks checks) {
    checks
        .rows("STORE-015")
        .check(
            "STORE_CREATE_OK, STORE_MODIFY_OK and STORE_ATTACH_OK",
            c -> {
              IMessage message = c.message();
              c.assertTrue(c.supports(STORE_CREATE_OK), "STORE_CREATE_OK", "a message created");
              c.set(message, PR_SUBJECT_W, "again");
              c.ok(message.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertTrue(c.supports(STORE_MODIFY_OK), "STORE_MODIFY_OK", "a message modified");
              c.assertEqual(
                  c.supports(STORE_ATTACH_OK),
                  c.gives(message.createAttach(null, 0).map(IMessage.CreatedAttach::lppAttach)),
                  "CreateAttach beside STORE_ATTACH_OK");
            });
    checks
        .rows("STORE-016", "STORE-064")
        .check(
            "Entry identifiers of deleted messages are not given again",
            c -> {
              Bytes first = c.stored();
              c.need(c.folder().deleteMessages(ENTRYLIST.of(first), 0, null, 0), "DeleteMessages");
              for (int i = 0; i < 20; i++) {
                c.assertDiffer(first, c.stored(), "the entry identifier of a new message");
              }
              c.assertHr(MAPI_E_NOT_FOUND, c.store().openEntry(first, null, 0), "OpenEntry");
            });
    checks
        .rows("STORE-079")
        .check(
            "STORE_LOCALSTORE is reserved",
            c -> c.assertTrue(!c.supports(STORE_LOCALSTORE), "a clear bit", "STORE_LOCALSTORE"));
  }

  private static void texts(Checks checks) {
    checks
        .rows("STORE-015", "STORE-017")
        .check(
            "STORE_UNICODE_OK keeps every character, STORE_ANSI_OK reads and writes PT_STRING8",
            c -> {
              String text = "\u0416\u4e2d\ud83d\ude00 \u00df";
              IMessage message = c.message(SPropValue.of(PR_BODY_W, text));
              if (c.supports(STORE_UNICODE_OK)) {
                c.assertProp(text, c.openOther(c.entryId(message), 0), PR_BODY_W);
              }
              if (c.supports(STORE_ANSI_OK)) {
                c.set(message, PR_SUBJECT_A, String8.ascii("narrow"));
                c.save(message);
                c.assertProp(
                    String8.ascii("narrow"),
                    c.openIn(c.session(false), c.entryId(message), 0),
                    PR_SUBJECT_A);
              }
              c.assertTrue(
                  c.supports(STORE_UNICODE_OK) || c.supports(STORE_ANSI_OK),
                  "one of STORE_UNICODE_OK and STORE_ANSI_OK",
                  "neither");
            });
    checks
        .rows("STORE-015")
        .check(
            "STORE_HTML_OK keeps an HTML body",
            c -> {
              Bytes html = Bytes.copyOf(new byte[] {'<', 'p', '>', (byte) 0xE9});
              IMessage message = c.message(SPropValue.of(PR_HTML, html));
              c.assertProp(html, c.openOther(c.entryId(message), 0), PR_HTML);
            });
    checks
        .rows("STORE-015")
        .check(
            "STORE_RTF_OK makes the body from the RTF; without it the two stay apart",
            c -> {
              // "{\\rtf1 words}" uncompressed: size, raw size, MELA, no checksum.
              Bytes rtf =
                  Bytes.fromHex("190000000D0000004D454C41000000007B5C7274663120776F7264737D");
              IMessage message = c.message();
              c.set(message, PR_RTF_COMPRESSED, rtf);
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              c.assertProp(rtf, stored, PR_RTF_COMPRESSED);
              String body = c.get(stored, PR_BODY_W).asString();
              c.assertTrue(
                  c.supports(STORE_RTF_OK) ? body.startsWith("words") : body.equals("body"),
                  "the body that STORE_RTF_OK promises",
                  body);
            });
  }

  private static void multivalues(Checks checks) {
    checks
        .rows("STORE-015", "STORE-019", "STORE-071")
        .check(
            "STORE_MV_PROPS_OK keeps the order of values and instantiates them in tables",
            c -> {
              IMessage message = c.message(SPropValue.of(NUMBERS, List.of(3, 1, 2, 1)));
              c.assertProp(List.of(3, 1, 2, 1), c.openOther(c.entryId(message), 0), NUMBERS);
              IMAPITable table = c.own(c.need(c.folder().getContentsTable(0), "GetContentsTable"));
              if (c.supports(STORE_MV_PROPS_OK)) {
                List<Object> values =
                    Fixtures.column(c.rows(table, NUMBERS | MVI_FLAG)).stream().sorted().toList();
                c.assertEqual(List.of(1, 1, 2, 3), values, "instances of the column");
              } else {
                c.assertEqual(
                    1, c.need(table.queryRows(10, 0), "QueryRows").size(), "rows of one message");
              }
            });
  }

  private static void tables(Checks checks) {
    checks
        .rows("STORE-015")
        .check(
            "STORE_SORT_OK and STORE_RESTRICTION_OK",
            c -> {
              c.message(SPropValue.of(PR_SUBJECT_W, "b"));
              c.message(SPropValue.of(PR_SUBJECT_W, "a"));
              IMAPITable table =
                  c.own(c.need(c.folder().getContentsTable(MAPI_UNICODE), "GetContentsTable"));
              int sorted =
                  table.sortTable(
                      SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)), 0);
              if (c.supports(STORE_SORT_OK)) {
                c.ok(sorted, "SortTable");
                c.assertEqual(
                    List.of("a", "b"), Fixtures.column(c.rows(table, PR_SUBJECT_W)), "rows sorted");
              } else {
                c.assertOneOf(sorted, "SortTable", MAPI_E_NO_SUPPORT, MAPI_E_TOO_COMPLEX);
              }
              int restricted =
                  table.restrict(
                      new SPropertyRestriction(
                          RELOP_EQ, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "b")),
                      0);
              if (c.supports(STORE_RESTRICTION_OK)) {
                c.ok(restricted, "Restrict");
                c.assertEqual(
                    List.of("b"), Fixtures.column(c.rows(table, PR_SUBJECT_W)), "rows restricted");
              } else {
                c.assertOneOf(restricted, "Restrict", MAPI_E_NO_SUPPORT, MAPI_E_TOO_COMPLEX);
              }
            });
    checks
        .rows("STORE-015")
        .check(
            "STORE_CATEGORIZE_OK",
            c -> {
              c.message(SPropValue.of(PR_SUBJECT_W, "a"));
              IMAPITable table =
                  c.own(c.need(c.folder().getContentsTable(MAPI_UNICODE), "GetContentsTable"));
              int hr =
                  table.sortTable(
                      new SSortOrderSet(
                          List.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)), 1, 1),
                      0);
              if (c.supports(STORE_CATEGORIZE_OK)) {
                c.ok(hr, "SortTable with a category");
                c.assertEqual(2, c.need(table.getRowCount(0), "GetRowCount"), "rows");
              } else {
                c.assertOneOf(
                    hr, "SortTable with a category", MAPI_E_NO_SUPPORT, MAPI_E_TOO_COMPLEX);
              }
            });
  }

  private static void unbuilt(Checks checks) {
    checks
        .rows("STORE-015", "STORE-043")
        .check(
            "STORE_NOTIFY_OK, or Advise is MAPI_E_NO_SUPPORT",
            c -> {
              MapiResult<Long> advised =
                  c.store().advise(null, fnevObjectCreated | fnevObjectModified, new Sink());
              if (c.supports(STORE_NOTIFY_OK)) {
                c.ok(c.store().unadvise(c.ok(advised, "Advise")), "Unadvise");
              } else {
                c.assertHr(MAPI_E_NO_SUPPORT, advised, "Advise");
              }
            });
    checks
        .rows("STORE-015")
        .check(
            "STORE_SEARCH_OK, STORE_SUBMIT_OK and STORE_OLE_OK, or their refusals",
            c -> {
              MapiResult<?> search =
                  c.folder().createFolder(FOLDER_SEARCH, "search", null, null, MAPI_UNICODE);
              if (c.supports(STORE_SEARCH_OK)) {
                c.assertHr(S_OK, search, "CreateFolder(FOLDER_SEARCH)");
                c.own((IUnknown) search.value());
              } else {
                c.assertHr(MAPI_E_NO_SUPPORT, search, "CreateFolder(FOLDER_SEARCH)");
              }
              IMessage message = c.message();
              int submitted = message.submitMessage(0);
              c.assertHr(
                  c.supports(STORE_SUBMIT_OK) ? MAPI_E_NO_RECIPIENTS : MAPI_E_NO_SUPPORT,
                  submitted,
                  "SubmitMessage without recipients");
              if (!c.supports(STORE_OLE_OK)) {
                IMessage holder = c.newMessage();
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    Fixtures.newAttach(c, holder, SPropValue.of(PR_ATTACH_METHOD, ATTACH_OLE))
                        .lppAttach()
                        .openProperty(
                            PR_ATTACH_DATA_OBJ,
                            MapiGuid.IID_IStorage,
                            0,
                            MAPI_CREATE | MAPI_MODIFY),
                    "OpenProperty(PR_ATTACH_DATA_OBJ, IID_IStorage)");
              }
            });
  }
}
