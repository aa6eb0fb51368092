package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

/** The root folder, and folders outside the IPM subtree. */
final class RootFolderChecks {
  private RootFolderChecks() {}

  static void register(Checks checks) {
    checks
        .rows("FOLDER-068")
        .check(
            "the root is not moved, copied, renamed or deleted",
            c -> {
              IMAPIFolder root = c.root();
              Bytes id = c.entryId(root);
              String name = c.get(root, PR_DISPLAY_NAME_W).asString();
              c.assertProp(FOLDER_ROOT, root, PR_FOLDER_TYPE);
              for (int flags : List.of(0, FOLDER_MOVE, COPY_SUBFOLDERS)) {
                FolderFixtures.assertRefused(
                    c,
                    root.copyFolder(id, null, c.folder(), "copy", 0, null, flags | MAPI_UNICODE),
                    "CopyFolder of the root");
              }
              FolderFixtures.assertRefused(
                  c,
                  root.deleteFolder(id, 0, null, DEL_FOLDERS | DEL_MESSAGES),
                  "DeleteFolder of the root");
              MapiResult<List<SPropProblem>> renamed =
                  root.setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "another")));
              c.assertTrue(
                  renamed.failed() || renamed.value().size() == 1,
                  "a rename of the root to be refused",
                  renamed);
              c.assertProp(name, c.openFolder(c.other(), id), PR_DISPLAY_NAME_W);
              c.assertEqual(0, FolderFixtures.names(c, c.folder()).size(), "copies of the root");
            });
    checks
        .rows("FOLDER-076")
        .check(
            "the root holds messages and subfolders",
            c -> {
              IMAPIFolder root = c.root();
              Bytes message = FolderFixtures.stored(c, root);
              c.after(
                  () ->
                      c.need(
                          root.deleteMessages(ENTRYLIST.of(message), 0, null, DELETE_HARD_DELETE),
                          "DeleteMessages"));
              Bytes folder = hidden(c, root);
              c.assertTrue(
                  FolderFixtures.messages(c, root).contains(message), "the message", "no row");
              c.assertProp(c.entryId(root), c.openOther(message, 0), PR_PARENT_ENTRYID);
              c.assertProp(c.entryId(root), c.openFolder(c.other(), folder), PR_PARENT_ENTRYID);
            });
    checks
        .rows("FOLDER-077")
        .check(
            "folders and messages outside the IPM subtree are made, changed and deleted",
            c -> {
              IMAPIFolder root = c.root();
              Bytes id = hidden(c, root);
              IMAPIFolder hidden = c.openFolder(c.store(), id);
              c.set(hidden, PR_COMMENT_W, "changed");
              c.assertProp("changed", c.openFolder(c.other(), id), PR_COMMENT_W);
              Bytes message = FolderFixtures.stored(c, hidden);
              var open = c.open(message, MAPI_MODIFY);
              c.set(open, PR_SUBJECT_W, "changed");
              c.save(open);
              open.close();
              c.assertEqual(List.of("changed"), FolderFixtures.subjects(c, hidden), "subjects");
              c.ok(
                  hidden.deleteMessages(ENTRYLIST.of(message), 0, null, 0),
                  "DeleteMessages outside the IPM subtree");
              c.assertProp(0, hidden, PR_CONTENT_COUNT);
              c.ok(root.deleteFolder(id, 0, null, 0), "DeleteFolder outside the IPM subtree");
              c.assertHr(MAPI_E_NOT_FOUND, c.store().openEntry(id, null, 0), "OpenEntry");
            });
  }

  /** A folder in the root that is gone after the check. */
  private static Bytes hidden(Context c, IMAPIFolder root) {
    IMAPIFolder made =
        c.own(
            c.ok(
                root.createFolder(
                    FOLDER_GENERIC, "hidden " + System.nanoTime(), null, null, MAPI_UNICODE),
                "CreateFolder in the root"));
    Bytes id = c.entryId(made);
    c.after(
        () -> {
          int hr = root.deleteFolder(id, 0, null, DEL_FOLDERS | DEL_MESSAGES);
          if (hr != S_OK && hr != MAPI_E_NOT_FOUND) {
            c.need(hr, "DeleteFolder");
          }
        });
    return id;
  }
}
