package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/** OpenEntry of a folder. */
final class ContainerOpenChecks {
  private ContainerOpenChecks() {}

  static void register(Checks checks) {
    kinds(checks);
    access(checks);
    missing(checks);
    deferred(checks);
  }

  private static IMAPIProp open(Context c, IMAPIFolder folder, Bytes id, Guid iid, int flags) {
    return (IMAPIProp) c.own(c.ok(folder.openEntry(id, iid, flags), "OpenEntry").lppUnk());
  }

  private static void kinds(Checks checks) {
    checks
        .rows("CONT-011")
        .check(
            "without an identifier the top of the hierarchy is opened",
            c -> {
              IMAPIFolder deep = c.subfolder(c.folder(), "deep");
              for (IMAPIFolder folder : List.of(deep, c.root())) {
                OpenedEntry opened = c.ok(folder.openEntry(null, null, 0), "OpenEntry(NULL)");
                c.own(opened.lppUnk());
                c.assertEqual(MAPI_FOLDER, opened.lpulObjType(), "the object's type");
                c.assertProp(c.entryId(c.root()), (IMAPIProp) opened.lppUnk(), PR_ENTRYID);
              }
            });
    checks
        .rows("CONT-012")
        .check(
            "without an interface a folder is IMAPIFolder and a message IMessage",
            c -> {
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.subfolder(c.folder(), "child"));
              for (Bytes id : List.of(message, folder)) {
                OpenedEntry opened = c.ok(c.folder().openEntry(id, null, 0), "OpenEntry(NULL)");
                c.own(opened.lppUnk());
                boolean isFolder = id.equals(folder);
                c.assertEqual(
                    isFolder ? MAPI_FOLDER : MAPI_MESSAGE, opened.lpulObjType(), "its type");
                c.assertTrue(
                    isFolder
                        ? opened.lppUnk() instanceof IMAPIFolder
                        : opened.lppUnk() instanceof IMessage,
                    "the standard interface",
                    opened);
                Guid other = isFolder ? MapiGuid.IID_IMessage : MapiGuid.IID_IMAPIFolder;
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    c.folder().openEntry(id, other, 0),
                    "OpenEntry of another interface");
                c.assertProp(id, open(c, c.folder(), id, MapiGuid.IID_IMAPIProp, 0), PR_ENTRYID);
              }
            });
    checks
        .rows("CONT-019")
        .check(
            "identifiers of the container's tables open its objects",
            c -> {
              c.stored();
              FolderFixtures.associated(c, c.folder());
              c.subfolder(c.folder(), "child");
              List<Object> ids = new ArrayList<>(FolderFixtures.messages(c, c.folder()));
              ids.addAll(FolderFixtures.messages(c, c.folder(), MAPI_ASSOCIATED));
              ids.addAll(FolderFixtures.folders(c, c.folder(), 0, PR_ENTRYID));
              c.assertEqual(3, ids.size(), "rows of the three tables");
              for (Object id : ids) {
                c.assertTrue(
                    c.gives(c.folder().openEntry((Bytes) id, null, 0).map(OpenedEntry::lppUnk)),
                    "OpenEntry of a row to succeed",
                    id);
              }
            });
  }

  private static void access(Checks checks) {
    checks
        .rows("CONT-013", "CONT-014")
        .check(
            "objects are opened read-only, with MAPI_MODIFY or MAPI_BEST_ACCESS read/write",
            c -> {
              for (Bytes id : List.of(c.stored(), c.entryId(c.subfolder(c.folder(), "child")))) {
                c.assertProp(0, open(c, c.folder(), id, null, 0), PR_ACCESS_LEVEL);
                c.assertProp(
                    MAPI_MODIFY, open(c, c.folder(), id, null, MAPI_MODIFY), PR_ACCESS_LEVEL);
                c.assertProp(
                    MAPI_MODIFY, open(c, c.folder(), id, null, MAPI_BEST_ACCESS), PR_ACCESS_LEVEL);
                Fixtures.assertReadOnly(
                    c,
                    open(c, c.folder(), id, null, 0),
                    org.mapi4j.types.SPropValue.of(PR_COMMENT_W, "written"));
              }
            });
    checks
        .rows("CONT-014", "CONT-015")
        .check(
            "where writing is not allowed MAPI_MODIFY fails and MAPI_BEST_ACCESS does not",
            c -> {
              List<Bytes> ids = List.of(c.stored(), c.entryId(c.subfolder(c.folder(), "child")));
              IMAPIFolder folder =
                  (IMAPIFolder)
                      c.own(
                          c.need(
                                  c.session(false).openEntry(c.entryId(c.folder()), null, 0),
                                  "OpenEntry")
                              .lppUnk());
              for (Bytes id : ids) {
                c.assertHr(
                    MAPI_E_NO_ACCESS,
                    folder.openEntry(id, null, MAPI_MODIFY),
                    "OpenEntry(MAPI_MODIFY)");
                c.assertProp(0, open(c, folder, id, null, MAPI_BEST_ACCESS), PR_ACCESS_LEVEL);
              }
            });
  }

  private static void missing(Checks checks) {
    checks
        .rows("CONT-016")
        .check(
            "a well formed identifier of nothing is MAPI_E_NOT_FOUND",
            c -> {
              Bytes message = FolderFixtures.gone(c, c.folder());
              Bytes folder = c.entryId(c.subfolder(c.folder(), "gone"));
              c.need(c.folder().deleteFolder(folder, 0, null, DELETE_HARD_DELETE), "DeleteFolder");
              for (Bytes id : List.of(message, folder)) {
                c.assertHr(MAPI_E_NOT_FOUND, c.folder().openEntry(id, null, 0), "OpenEntry");
              }
            });
    checks
        .rows("CONT-017")
        .check(
            "an identifier of a format that nobody knows is MAPI_E_UNKNOWN_ENTRYID",
            c -> {
              for (Bytes id :
                  List.of(
                      Bytes.of(0, 0, 0, 0, 1, 2, 3),
                      Bytes.wrap(new byte[64]),
                      c.entryId(c.folder()).slice(0, 20))) {
                c.assertHr(MAPI_E_UNKNOWN_ENTRYID, c.folder().openEntry(id, null, 0), "OpenEntry");
              }
            });
  }

  private static void deferred(Checks checks) {
    checks
        .rows("CONT-006")
        .check(
            "with MAPI_DEFERRED_ERRORS a failure comes at once or with the first call",
            c -> {
              Bytes message = FolderFixtures.gone(c, c.folder());
              MapiResult<OpenedEntry> opened =
                  c.folder().openEntry(message, null, MAPI_DEFERRED_ERRORS);
              int hr = opened.hr();
              if (opened.succeeded()) {
                IMAPIProp object = (IMAPIProp) c.own(opened.value().lppUnk());
                hr = object.getProps(SPropTagArray.tags(PR_SUBJECT_W), 0).hr();
              }
              c.assertHr(MAPI_E_NOT_FOUND, hr, "OpenEntry, or GetProps after it");
              c.stored();
              c.subfolder(c.folder(), "child");
              for (MapiResult<IMAPITable> table :
                  List.of(
                      c.folder().getContentsTable(MAPI_DEFERRED_ERRORS | MAPI_UNICODE),
                      c.folder().getHierarchyTable(MAPI_DEFERRED_ERRORS | MAPI_UNICODE))) {
                c.assertEqual(
                    1, c.rows(c.own(c.ok(table, "the table")), PR_ENTRYID).aRow().size(), "rows");
              }
            });
  }
}
