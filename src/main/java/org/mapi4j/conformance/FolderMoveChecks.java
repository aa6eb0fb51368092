package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;

/** CopyFolder. */
final class FolderMoveChecks {
  private FolderMoveChecks() {}

  static void register(Checks checks) {
    moving(checks);
    copying(checks);
    naming(checks);
    refusals(checks);
    partly(checks);
  }

  /** A folder with a message, an associated message, and a subfolder with a message. */
  private static IMAPIFolder source(Context c) throws Exception {
    IMAPIFolder source = c.subfolder(c.folder(), "source");
    c.set(source, PR_COMMENT_W, "comment");
    FolderFixtures.stored(c, source);
    FolderFixtures.associated(c, source);
    FolderFixtures.stored(c, c.subfolder(source, "child"));
    return source;
  }

  private static int copy(Context c, Bytes source, IMAPIFolder to, String name, int flags)
      throws Exception {
    return c.folder().copyFolder(source, null, to, name, 0, null, flags | MAPI_UNICODE);
  }

  private static void moving(Checks checks) {
    checks
        .rows("FOLDER-024", "FOLDER-074")
        .check(
            "FOLDER_MOVE moves the subtree, with COPY_SUBFOLDERS and without",
            c -> {
              for (int flags : List.of(FOLDER_MOVE, FOLDER_MOVE | COPY_SUBFOLDERS)) {
                IMAPIFolder to = c.subfolder(c.folder(), "to " + flags);
                c.ok(copy(c, c.entryId(source(c)), to, null, flags), "CopyFolder(FOLDER_MOVE)");
                IMAPIFolder moved = FolderFixtures.child(c, to, "source");
                c.assertEqual(
                    List.of(1, 1, 1),
                    FolderCopyChecks.counts(c, moved),
                    "subfolders, messages, associated messages");
                c.assertProp(1, FolderFixtures.child(c, moved, "child"), PR_CONTENT_COUNT);
                c.assertProp("comment", moved, PR_COMMENT_W);
                c.assertTrue(
                    !FolderFixtures.names(c, c.folder()).contains("source"),
                    "the source gone",
                    "it is there");
              }
            });
  }

  private static void copying(Checks checks) {
    checks
        .rows("FOLDER-025", "FOLDER-074", "FOLDER-031")
        .check(
            "a copy has messages and associated messages, subfolders with COPY_SUBFOLDERS",
            c -> {
              Bytes source = c.entryId(source(c));
              IMAPIFolder flat = c.subfolder(c.folder(), "flat");
              c.ok(copy(c, source, flat, null, 0), "CopyFolder(0)");
              c.assertEqual(
                  List.of(0, 1, 1),
                  FolderCopyChecks.counts(c, FolderFixtures.child(c, flat, "source")),
                  "subfolders, messages, associated messages");
              IMAPIFolder deep = c.subfolder(c.folder(), "deep");
              c.ok(copy(c, source, deep, null, COPY_SUBFOLDERS), "CopyFolder(COPY_SUBFOLDERS)");
              IMAPIFolder copied = FolderFixtures.child(c, deep, "source");
              c.assertEqual(
                  List.of(1, 1, 1),
                  FolderCopyChecks.counts(c, copied),
                  "subfolders, messages, associated messages");
              c.assertProp(1, FolderFixtures.child(c, copied, "child"), PR_CONTENT_COUNT);
              c.assertProp(c.entryId(deep), copied, PR_PARENT_ENTRYID);
              c.assertEqual(
                  List.of(1, 1, 1),
                  FolderCopyChecks.counts(c, FolderFixtures.child(c, c.folder(), "source")),
                  "the source stays as it was");
            });
  }

  private static void naming(Checks checks) {
    checks
        .rows("FOLDER-026")
        .check(
            "a new name renames, NULL keeps the name",
            c -> {
              Bytes source = c.entryId(source(c));
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              c.ok(copy(c, source, to, "copied", 0), "CopyFolder(name)");
              c.ok(copy(c, source, to, null, 0), "CopyFolder(NULL)");
              c.ok(copy(c, source, to, "moved", FOLDER_MOVE), "CopyFolder(name, FOLDER_MOVE)");
              c.assertEqual(
                  Set.of("copied", "source", "moved"), FolderFixtures.names(c, to), "subfolders");
            });
    checks
        .rows("FOLDER-027")
        .check(
            "a name that is taken is MAPI_E_COLLISION",
            c -> {
              Bytes source = c.entryId(source(c));
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              Bytes there = c.entryId(c.subfolder(to, "source"));
              c.subfolder(to, "other");
              for (int flags : List.of(0, COPY_SUBFOLDERS, FOLDER_MOVE)) {
                c.assertHr(
                    MAPI_E_COLLISION,
                    copy(c, source, to, null, flags),
                    "CopyFolder(" + flags + ")");
                c.assertHr(
                    MAPI_E_COLLISION, copy(c, source, to, "other", flags), "CopyFolder of a name");
              }
              c.assertProp(0, c.openFolder(c.other(), there), PR_CONTENT_COUNT);
              c.assertEqual(
                  List.of(1, 1, 1),
                  FolderCopyChecks.counts(c, FolderFixtures.child(c, c.folder(), "source")),
                  "the source stays as it was");
            });
    checks
        .rows("FOLDER-030")
        .check(
            "MAPI_DECLINE_OK, and a name of 8 bits",
            c -> {
              Bytes source = c.entryId(source(c));
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              int declined = copy(c, source, to, "asked", MAPI_DECLINE_OK);
              c.assertOneOf(declined, "CopyFolder(MAPI_DECLINE_OK)", S_OK, MAPI_E_DECLINE_COPY);
              int narrow = c.folder().copyFolder(source, null, to, "narrow", 0, null, 0);
              if (narrow == MAPI_E_BAD_CHARWIDTH) {
                c.assertTrue(!c.supports(STORE_ANSI_OK), "a name of 8 bits taken", "a refusal");
              } else {
                c.ok(narrow, "CopyFolder(0)");
              }
              c.assertEqual(
                  (declined == S_OK ? 1 : 0) + (narrow == S_OK ? 1 : 0),
                  FolderFixtures.names(c, to).size(),
                  "copies");
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("FOLDER-028")
        .check(
            "into the folder itself or below it: MAPI_E_FOLDER_CYCLE",
            c -> {
              IMAPIFolder source = source(c);
              Bytes id = c.entryId(source);
              IMAPIFolder child = FolderFixtures.child(c, source, "child");
              for (IMAPIFolder inside : List.of(child, c.subfolder(child, "deeper"), source)) {
                for (int flags : List.of(FOLDER_MOVE, COPY_SUBFOLDERS)) {
                  c.assertHr(
                      MAPI_E_FOLDER_CYCLE,
                      copy(c, id, inside, "inside", flags),
                      "CopyFolder(" + flags + ") into the source");
                }
              }
              c.assertProp(c.entryId(c.folder()), source, PR_PARENT_ENTRYID);
              c.assertProp(id, child, PR_PARENT_ENTRYID);
            });
  }

  private static void partly(Checks checks) {
    checks
        .rows("FOLDER-029")
        .check(
            "a folder that is gone, or is no subfolder",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              Bytes gone = c.entryId(c.subfolder(c.folder(), "gone"));
              c.need(c.folder().deleteFolder(gone, 0, null, DELETE_HARD_DELETE), "DeleteFolder");
              Bytes deeper = c.entryId(c.subfolder(c.subfolder(c.folder(), "a"), "deeper"));
              for (int flags : List.of(0, COPY_SUBFOLDERS, FOLDER_MOVE)) {
                FolderFixtures.assertPartial(
                    c, copy(c, gone, to, null, flags), "CopyFolder of one that is gone");
                FolderFixtures.assertPartial(
                    c, copy(c, deeper, to, null, flags), "CopyFolder of another's subfolder");
              }
              c.assertEqual(Set.of(), FolderFixtures.names(c, to), "copies");
            });
  }
}
