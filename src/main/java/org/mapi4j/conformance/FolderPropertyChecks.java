package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** Properties of folders. */
final class FolderPropertyChecks {
  private static final int[] COMPUTED = {
    PR_ENTRYID,
    PR_OBJECT_TYPE,
    PR_PARENT_ENTRYID,
    PR_RECORD_KEY,
    PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY
  };

  private FolderPropertyChecks() {}

  static void register(Checks checks) {
    required(checks);
    clients(checks);
    access(checks);
    places(checks);
  }

  /** Refuses to set a property to another value of the same type. */
  static void assertComputed(Context c, IMAPIFolder folder, int tag) {
    SPropValue before = c.get(folder, tag);
    Object other = before.value() instanceof Integer n ? (Object) (n + 1) : Bytes.of(1, 2, 3);
    c.assertProblem(
        0,
        tag,
        MAPI_E_COMPUTED,
        folder.setProps(List.of(new SPropValue(tag, other))),
        "SetProps of a computed property");
    c.assertEqual(before, c.get(folder, tag), "the value afterwards");
  }

  private static void required(Checks checks) {
    checks
        .rows("FOLDER-002")
        .check(
            "every folder has the required properties",
            c -> {
              IMAPIFolder subtree =
                  c.openFolder(c.store(), c.get(c.store(), PR_IPM_SUBTREE_ENTRYID).asBytes());
              for (IMAPIFolder folder : List.of(c.folder(), c.root(), subtree)) {
                for (int tag : COMPUTED) {
                  c.assertTrue(c.get(folder, tag).value() != null, "a value", "none");
                }
                c.assertTrue(
                    !c.get(folder, PR_DISPLAY_NAME_W).asString().isEmpty(), "a name", "none");
                c.assertTrue(
                    List.of(FOLDER_ROOT, FOLDER_GENERIC)
                        .contains(c.get(folder, PR_FOLDER_TYPE).asInt()),
                    "a type",
                    c.get(folder, PR_FOLDER_TYPE));
                c.assertProp(MAPI_FOLDER, folder, PR_OBJECT_TYPE);
                c.assertProp(
                    c.get(c.store(), PR_RECORD_KEY).asBytes(), folder, PR_STORE_RECORD_KEY);
                c.assertProp(c.get(c.store(), PR_ENTRYID).asBytes(), folder, PR_STORE_ENTRYID);
              }
            });
    checks
        .rows("FOLDER-072")
        .check(
            "the name can be written, identifiers cannot",
            c -> {
              IMAPIFolder folder = c.subfolder(c.folder(), "before");
              c.assertNoProblem(
                  folder.setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "after"))),
                  "SetProps(PR_DISPLAY_NAME)");
              c.assertProp("after", c.openFolder(c.other(), c.entryId(folder)), PR_DISPLAY_NAME_W);
              for (int tag : COMPUTED) {
                assertComputed(c, folder, tag);
              }
            });
  }

  private static void clients(Checks checks) {
    checks
        .rows("FOLDER-003")
        .check(
            "changes of properties take effect without SaveChanges",
            c -> {
              IMAPIFolder folder = c.subfolder(c.folder(), "folder");
              IMAPIFolder seen = c.openFolder(c.other(), c.entryId(folder));
              c.assertNoProblem(
                  folder.setProps(List.of(SPropValue.of(PR_COMMENT_W, "at once"))), "SetProps");
              c.assertProp("at once", seen, PR_COMMENT_W);
              c.assertNoProblem(
                  folder.deleteProps(org.mapi4j.types.SPropTagArray.tags(PR_COMMENT_W)),
                  "DeleteProps");
              c.assertPropError(MAPI_E_NOT_FOUND, seen, PR_COMMENT_W);
            });
    checks
        .rows("FOLDER-058")
        .check(
            "PR_STATUS is kept for clients and shown in the hierarchy table",
            c -> {
              IMAPIFolder folder = c.subfolder(c.folder(), "folder");
              int status =
                  FLDSTATUS_DELMARKED | FLDSTATUS_HIDDEN | FLDSTATUS_HIGHLIGHTED | FLDSTATUS_TAGGED;
              c.set(folder, PR_STATUS, status | 0x10000);
              c.assertProp(status | 0x10000, c.openFolder(c.other(), c.entryId(folder)), PR_STATUS);
              IMAPITable table =
                  c.own(c.need(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              for (SRow row : c.rows(table, PR_STATUS)) {
                c.assertEqual(status | 0x10000, row.lpProps().get(0).value(), "the row's status");
              }
              Bytes inside = FolderFixtures.stored(c, folder);
              c.assertEqual(
                  java.util.Set.of(inside), FolderFixtures.messages(c, folder), "its messages");
              c.need(
                  c.folder().deleteFolder(c.entryId(folder), 0, null, DEL_MESSAGES),
                  "DeleteFolder");
            });
    checks
        .rows("FOLDER-065")
        .check(
            "PR_CONTAINER_CLASS is the client's",
            c -> {
              IMAPIFolder folder = c.folder();
              for (String type :
                  List.of(
                      "IPF.Note",
                      "IPF.Appointment",
                      "IPF.Contact",
                      "IPF.Task",
                      "IPF.Journal",
                      "IPF.StickyNote")) {
                c.set(folder, PR_CONTAINER_CLASS_W, type);
                c.assertProp(
                    type, c.openFolder(c.other(), c.entryId(folder)), PR_CONTAINER_CLASS_W);
              }
            });
  }

  private static void access(Checks checks) {
    checks
        .rows("FOLDER-066")
        .check(
            "PR_ACCESS tells what may be done with a folder",
            c -> {
              int all =
                  MAPI_ACCESS_MODIFY
                      | MAPI_ACCESS_READ
                      | MAPI_ACCESS_DELETE
                      | MAPI_ACCESS_CREATE_HIERARCHY
                      | MAPI_ACCESS_CREATE_CONTENTS
                      | MAPI_ACCESS_CREATE_ASSOCIATED;
              IMAPIFolder folder = c.subfolder(c.folder(), "folder");
              boolean associated = c.gives(folder.createMessage(null, MAPI_ASSOCIATED));
              c.assertBits(
                  associated ? all : all & ~MAPI_ACCESS_CREATE_ASSOCIATED,
                  c.get(folder, PR_ACCESS).asInt(),
                  "PR_ACCESS");
              assertComputed(c, folder, PR_ACCESS);
              IMAPIFolder readOnly =
                  (IMAPIFolder)
                      c.own(
                          c.need(
                                  c.session(false).openEntry(c.entryId(folder), null, 0),
                                  "OpenEntry")
                              .lppUnk());
              c.assertBits(
                  MAPI_ACCESS_READ,
                  c.get(readOnly, PR_ACCESS).asInt(),
                  "PR_ACCESS in a session that may not write");
            });
  }

  private static void places(Checks checks) {
    checks
        .rows("FOLDER-060")
        .check(
            "PR_PARENT_ENTRYID of folders and messages; the root is its own parent",
            c -> {
              IMAPIFolder folder = c.subfolder(c.folder(), "folder");
              c.assertProp(c.entryId(c.folder()), folder, PR_PARENT_ENTRYID);
              Bytes message = FolderFixtures.stored(c, folder);
              c.assertProp(c.entryId(folder), c.openOther(message, 0), PR_PARENT_ENTRYID);
              c.assertProp(c.entryId(c.root()), c.root(), PR_PARENT_ENTRYID);
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              FolderFixtures.copy(c, folder, to, MESSAGE_MOVE, message);
              c.assertProp(
                  c.entryId(to), c.openOther(FolderFixtures.only(c, to), 0), PR_PARENT_ENTRYID);
              assertComputed(c, folder, PR_PARENT_ENTRYID);
            });
    checks
        .rows("FOLDER-059")
        .check(
            "each folder has one of the three types, and there is one root",
            c -> {
              c.assertProp(FOLDER_ROOT, c.root(), PR_FOLDER_TYPE);
              c.subfolder(c.subfolder(c.folder(), "one"), "below");
              for (Object type :
                  FolderFixtures.folders(c, c.root(), CONVENIENT_DEPTH, PR_FOLDER_TYPE)) {
                c.assertTrue(
                    List.of(FOLDER_GENERIC, FOLDER_SEARCH).contains(type),
                    "FOLDER_GENERIC or FOLDER_SEARCH below the root",
                    type);
              }
              c.assertHr(
                  MAPI_E_COMPUTED,
                  c.need(
                          c.folder().setProps(List.of(SPropValue.of(PR_FOLDER_TYPE, FOLDER_ROOT))),
                          "SetProps")
                      .get(0)
                      .scode(),
                  "SetProps(PR_FOLDER_TYPE)");
              c.assertProp(FOLDER_GENERIC, c.folder(), PR_FOLDER_TYPE);
            });
  }
}
