package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** EmptyFolder. */
final class FolderEmptyChecks {
  private FolderEmptyChecks() {}

  static void register(Checks checks) {
    checks
        .rows("FOLDER-036")
        .check(
            "EmptyFolder deletes messages and subfolders and keeps the folder",
            c -> {
              IMAPIFolder folder = c.folder();
              c.set(folder, PR_COMMENT_W, "kept");
              Bytes message = c.stored();
              IMAPIFolder child = c.subfolder(folder, "child");
              Bytes below = FolderFixtures.stored(c, child);
              Bytes deepest = c.entryId(c.subfolder(child, "deepest"));
              c.ok(folder.emptyFolder(0, null, 0), "EmptyFolder");
              c.assertEqual(Set.of(), FolderFixtures.names(c, folder), "subfolders");
              c.assertEqual(Set.of(), FolderFixtures.messages(c, folder), "messages");
              for (Bytes id : List.of(message, below, deepest)) {
                c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(id, null, 0), "OpenEntry");
              }
              c.assertProp("kept", c.openFolder(c.other(), c.entryId(folder)), PR_COMMENT_W);
              c.assertProp(0, folder, PR_CONTENT_COUNT);
              c.assertProp(false, folder, PR_SUBFOLDERS);
              c.ok(folder.emptyFolder(0, null, 0), "EmptyFolder of an empty folder");
            });
    checks
        .rows("FOLDER-038")
        .check(
            "DEL_ASSOCIATED clears the associated messages too",
            c -> {
              FolderFixtures.associated(c, c.folder());
              c.stored();
              IMAPIFolder child = c.subfolder(c.folder(), "child");
              FolderFixtures.associated(c, child);
              c.ok(c.folder().emptyFolder(0, null, DEL_ASSOCIATED), "EmptyFolder(DEL_ASSOCIATED)");
              c.assertEqual(
                  List.of(0, 0, 0),
                  FolderCopyChecks.counts(c, c.folder()),
                  "subfolders, messages, associated messages");
              c.assertProp(0, c.folder(), PR_ASSOC_CONTENT_COUNT);
            });
    checks
        .rows("FOLDER-039")
        .check(
            "DELETE_HARD_DELETE leaves nothing to show or open",
            c -> {
              Bytes id = c.stored();
              c.subfolder(c.folder(), "child");
              c.ok(
                  c.folder().emptyFolder(0, null, DELETE_HARD_DELETE),
                  "EmptyFolder(DELETE_HARD_DELETE)");
              FolderMessageChecks.assertGone(c, c.folder(), id);
              c.assertEqual(
                  Set.of(),
                  FolderFixtures.folders(c, c.folder(), SHOW_SOFT_DELETES, PR_ENTRYID),
                  "rows of the hierarchy table");
            });
    checks
        .rows("FOLDER-040")
        .check(
            "what stays behind is MAPI_W_PARTIAL_COMPLETION, and the rest goes",
            c -> {
              Bytes open = c.entryId(c.message(SPropValue.of(PR_SUBJECT_W, "open")));
              c.stored();
              c.subfolder(c.folder(), "child");
              int hr = c.folder().emptyFolder(0, null, 0);
              boolean stayed = FolderFixtures.messages(c, c.folder()).contains(open);
              c.assertHr(stayed ? MAPI_W_PARTIAL_COMPLETION : S_OK, hr, "EmptyFolder");
              c.assertEqual(
                  stayed ? List.of("open") : List.of(),
                  FolderFixtures.subjects(c, c.folder()),
                  "messages left");
              c.assertEqual(Set.of(), FolderFixtures.names(c, c.folder()), "subfolders left");
            });
  }
}
