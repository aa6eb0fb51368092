package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;

/** DeleteFolder. */
final class FolderDeleteChecks {
  private FolderDeleteChecks() {}

  static void register(Checks checks) {
    refusals(checks);
    deleting(checks);
    partly(checks);
  }

  private static int delete(Context c, Bytes folder, int flags) throws Exception {
    return c.folder().deleteFolder(folder, 0, null, flags);
  }

  private static void refusals(Checks checks) {
    checks
        .rows("FOLDER-032")
        .check(
            "what it holds must be named by flags: MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES",
            c -> {
              IMAPIFolder parent = c.subfolder(c.folder(), "parent");
              Bytes child = c.entryId(c.subfolder(parent, "child"));
              IMAPIFolder full = c.subfolder(c.folder(), "full");
              Bytes message = FolderFixtures.stored(c, full);
              for (int flags : List.of(0, DEL_MESSAGES, DELETE_HARD_DELETE)) {
                c.assertHr(
                    MAPI_E_HAS_FOLDERS,
                    delete(c, c.entryId(parent), flags),
                    "DeleteFolder(" + flags + ") of a parent");
              }
              for (int flags : List.of(0, DEL_FOLDERS, DELETE_HARD_DELETE)) {
                c.assertHr(
                    MAPI_E_HAS_MESSAGES,
                    delete(c, c.entryId(full), flags),
                    "DeleteFolder(" + flags + ") of one with a message");
              }
              c.assertEqual(
                  Set.of("parent", "full"), FolderFixtures.names(c, c.folder()), "subfolders");
              c.assertEqual(
                  Set.of(child), FolderFixtures.folders(c, parent, 0, PR_ENTRYID), "the subfolder");
              c.assertEqual(Set.of(message), FolderFixtures.messages(c, full), "the message");
            });
  }

  private static void deleting(Checks checks) {
    checks
        .rows("FOLDER-033")
        .check(
            "flags 0 deletes an empty folder, both flags a whole subtree",
            c -> {
              Bytes empty = c.entryId(c.subfolder(c.folder(), "empty"));
              c.ok(delete(c, empty, 0), "DeleteFolder(0)");
              IMAPIFolder top = c.subfolder(c.folder(), "top");
              IMAPIFolder child = c.subfolder(top, "child");
              Bytes deepest = c.entryId(c.subfolder(child, "deepest"));
              Bytes above = FolderFixtures.stored(c, top);
              Bytes below = FolderFixtures.stored(c, child);
              c.ok(delete(c, c.entryId(top), DEL_FOLDERS | DEL_MESSAGES), "DeleteFolder");
              c.assertEqual(Set.of(), FolderFixtures.names(c, c.folder()), "subfolders left");
              for (Bytes id : List.of(empty, deepest, above, below)) {
                c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(id, null, 0), "OpenEntry");
              }
              c.assertTrue(
                  child.getProps(org.mapi4j.types.SPropTagArray.tags(PR_SUBFOLDERS), 0).hr() != S_OK
                      || child.createMessage(null, 0).failed(),
                  "a handle on a folder that is gone to say so",
                  "success");
            });
    checks
        .rows("FOLDER-035")
        .check(
            "DELETE_HARD_DELETE leaves nothing to show or open",
            c -> {
              IMAPIFolder top = c.subfolder(c.folder(), "top");
              Bytes id = c.entryId(top);
              Bytes message = FolderFixtures.stored(c, top);
              c.ok(
                  delete(c, id, DEL_FOLDERS | DEL_MESSAGES | DELETE_HARD_DELETE),
                  "DeleteFolder(DELETE_HARD_DELETE)");
              for (int flags : List.of(0, SHOW_SOFT_DELETES)) {
                c.assertEqual(
                    Set.of(),
                    FolderFixtures.folders(c, c.folder(), flags, PR_ENTRYID),
                    "rows of the hierarchy table");
                for (Bytes one : List.of(id, message)) {
                  c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(one, null, flags), "OpenEntry");
                }
              }
            });
  }

  private static void partly(Checks checks) {
    checks
        .rows("FOLDER-034")
        .check(
            "a folder that is gone, or is no subfolder; a message that is open",
            c -> {
              Bytes gone = c.entryId(c.subfolder(c.folder(), "gone"));
              c.need(delete(c, gone, DELETE_HARD_DELETE), "DeleteFolder");
              FolderFixtures.assertPartial(
                  c, delete(c, gone, DEL_FOLDERS | DEL_MESSAGES), "DeleteFolder of one gone");
              IMAPIFolder top = c.subfolder(c.folder(), "top");
              IMAPIFolder child = c.subfolder(top, "child");
              FolderFixtures.assertPartial(
                  c,
                  delete(c, c.entryId(child), DEL_FOLDERS | DEL_MESSAGES),
                  "DeleteFolder of another's subfolder");
              c.assertEqual(Set.of("child"), FolderFixtures.names(c, top), "subfolders");
              Bytes closed = FolderFixtures.stored(c, top);
              c.message(child);
              int hr = delete(c, c.entryId(top), DEL_FOLDERS | DEL_MESSAGES);
              c.assertOneOf(hr, "DeleteFolder", S_OK, MAPI_W_PARTIAL_COMPLETION, MAPI_E_NOT_FOUND);
              c.assertEqual(
                  hr == S_OK,
                  !FolderFixtures.names(c, c.folder()).contains("top"),
                  "S_OK exactly when all is gone");
              c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(closed, null, 0), "OpenEntry");
            });
  }
}
