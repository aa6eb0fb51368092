package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** CreateMessage and CreateFolder. */
final class FolderCreateChecks {
  private FolderCreateChecks() {}

  static void register(Checks checks) {
    messages(checks);
    types(checks);
    names(checks);
    collisions(checks);
    widths(checks);
    interfaces(checks);
  }

  private static void messages(Checks checks) {
    checks
        .rows("FOLDER-004", "FOLDER-071")
        .check(
            "a new message is in the contents table from its first SaveChanges on",
            c -> {
              MapiResult<IMessage> created = c.folder().createMessage(null, 0);
              IMessage message = c.own(c.ok(created, "CreateMessage(NULL)"));
              c.assertTrue(
                  message.queryInterface(MapiGuid.IID_IMessage).succeeded(),
                  "an object that is IMessage",
                  message);
              c.set(message, PR_SUBJECT_W, "new");
              c.assertEqual(
                  Set.of(), FolderFixtures.messages(c, c.folder()), "rows before SaveChanges");
              c.save(message);
              c.assertEqual(
                  Set.of(c.entryId(message)),
                  FolderFixtures.messages(c, c.folder()),
                  "rows after SaveChanges");
              c.assertEqual(List.of("new"), FolderFixtures.subjects(c, c.folder()), "subjects");
            });
    checks
        .rows("FOLDER-005", "CONT-002")
        .check(
            "an associated message is in the associated table alone",
            c -> {
              Bytes plain = c.stored();
              Bytes associated = FolderFixtures.associated(c, c.folder());
              c.assertBits(
                  MSGFLAG_ASSOCIATED,
                  Fixtures.flags(c, c.openOther(associated, 0)) & MSGFLAG_ASSOCIATED,
                  "MSGFLAG_ASSOCIATED");
              c.assertBits(
                  0,
                  Fixtures.flags(c, c.openOther(plain, 0)) & MSGFLAG_ASSOCIATED,
                  "MSGFLAG_ASSOCIATED of a standard message");
              c.assertEqual(
                  Set.of(associated),
                  FolderFixtures.messages(c, c.folder(), MAPI_ASSOCIATED),
                  "rows of GetContentsTable(MAPI_ASSOCIATED)");
              c.assertEqual(
                  Set.of(plain), FolderFixtures.messages(c, c.folder()), "rows of flags 0");
            });
    checks
        .rows("FOLDER-006")
        .check(
            "MAPI_DEFERRED_ERRORS and ITEMPROC_FORCE are accepted",
            c -> {
              IMessage message =
                  c.own(
                      c.ok(
                          c.folder().createMessage(null, MAPI_DEFERRED_ERRORS | ITEMPROC_FORCE),
                          "CreateMessage"));
              c.set(message, PR_SUBJECT_W, "deferred");
              c.save(message);
              c.own(
                  c.ok(
                      c.folder()
                          .createFolder(
                              FOLDER_GENERIC,
                              "deferred",
                              null,
                              null,
                              MAPI_UNICODE | MAPI_DEFERRED_ERRORS),
                      "CreateFolder"));
              c.assertEqual(
                  List.of("deferred"), FolderFixtures.subjects(c, c.folder()), "messages");
              c.assertEqual(Set.of("deferred"), FolderFixtures.names(c, c.folder()), "subfolders");
            });
  }

  private static void types(Checks checks) {
    checks
        .rows("FOLDER-019")
        .check(
            "CreateFolder makes generic and search folders",
            c -> {
              c.assertProp(FOLDER_GENERIC, c.subfolder(c.folder(), "generic"), PR_FOLDER_TYPE);
              MapiResult<IMAPIFolder> search =
                  c.folder().createFolder(FOLDER_SEARCH, "search", null, null, MAPI_UNICODE);
              if (c.supports(STORE_SEARCH_OK)) {
                c.assertProp(FOLDER_SEARCH, c.own(c.ok(search, "CreateFolder")), PR_FOLDER_TYPE);
              } else {
                c.assertHr(MAPI_E_NO_SUPPORT, search, "CreateFolder(FOLDER_SEARCH)");
              }
              c.assertTrue(
                  c.folder().createFolder(FOLDER_ROOT, "root", null, null, MAPI_UNICODE).failed(),
                  "CreateFolder(FOLDER_ROOT) to fail",
                  "success");
            });
    checks
        .rows("FOLDER-023", "FOLDER-064")
        .check(
            "a new subfolder is a row of the parent's table, and PR_SUBFOLDERS",
            c -> {
              IMAPIFolder parent = c.folder();
              c.assertProp(false, parent, PR_SUBFOLDERS);
              Bytes one = c.entryId(c.subfolder(parent, "one"));
              c.assertProp(true, parent, PR_SUBFOLDERS);
              Bytes two = c.entryId(c.subfolder(parent, "two"));
              c.assertEqual(
                  Set.of(one, two),
                  FolderFixtures.folders(c, parent, 0, PR_ENTRYID),
                  "rows of the hierarchy table");
              c.need(parent.deleteFolder(one, 0, null, 0), "DeleteFolder");
              c.assertProp(true, c.openFolder(c.other(), c.entryId(parent)), PR_SUBFOLDERS);
              c.need(parent.deleteFolder(two, 0, null, 0), "DeleteFolder");
              c.assertProp(false, parent, PR_SUBFOLDERS);
              c.assertProp(false, c.openFolder(c.other(), c.entryId(parent)), PR_SUBFOLDERS);
            });
  }

  private static void names(Checks checks) {
    checks
        .rows("FOLDER-020")
        .check(
            "name and comment become properties; without a comment there is none",
            c -> {
              IMAPIFolder told =
                  c.own(
                      c.ok(
                          c.folder()
                              .createFolder(FOLDER_GENERIC, "told", "why", null, MAPI_UNICODE),
                          "CreateFolder"));
              c.assertProp("told", told, PR_DISPLAY_NAME_W);
              c.assertProp("why", told, PR_COMMENT_W);
              IMAPIFolder plain = c.subfolder(c.folder(), "plain");
              c.assertProp("plain", plain, PR_DISPLAY_NAME_W);
              c.assertPropError(MAPI_E_NOT_FOUND, plain, PR_COMMENT_W);
            });
    checks
        .rows("FOLDER-067")
        .check(
            "siblings never share a name, after a rename neither",
            c -> {
              c.subfolder(c.folder(), "taken");
              IMAPIFolder other = c.subfolder(c.folder(), "free");
              c.assertProblem(
                  0,
                  PR_DISPLAY_NAME_W,
                  MAPI_E_COLLISION,
                  other.setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "taken"))),
                  "SetProps(PR_DISPLAY_NAME)");
              c.assertProp("free", other, PR_DISPLAY_NAME_W);
              c.subfolder(c.subfolder(c.folder(), "elsewhere"), "taken");
              c.assertEqual(
                  Set.of("taken", "free", "elsewhere"),
                  FolderFixtures.names(c, c.folder()),
                  "subfolders");
            });
  }

  private static void collisions(Checks checks) {
    checks
        .rows("FOLDER-021")
        .check(
            "a sibling's name is MAPI_E_COLLISION, or that folder with OPEN_IF_EXISTS",
            c -> {
              Bytes first = c.entryId(c.subfolder(c.folder(), "name"));
              c.assertHr(
                  MAPI_E_COLLISION,
                  c.folder().createFolder(FOLDER_GENERIC, "name", null, null, MAPI_UNICODE),
                  "CreateFolder of a name that is taken");
              IMAPIFolder opened =
                  c.own(
                      c.ok(
                          c.folder()
                              .createFolder(
                                  FOLDER_GENERIC,
                                  "name",
                                  null,
                                  null,
                                  MAPI_UNICODE | OPEN_IF_EXISTS),
                          "CreateFolder(OPEN_IF_EXISTS)"));
              c.assertProp(first, opened, PR_ENTRYID);
              IMAPIFolder fresh =
                  c.own(
                      c.ok(
                          c.folder()
                              .createFolder(
                                  FOLDER_GENERIC,
                                  "free",
                                  null,
                                  null,
                                  MAPI_UNICODE | OPEN_IF_EXISTS),
                          "CreateFolder(OPEN_IF_EXISTS) of a free name"));
              c.assertDiffer(first, c.entryId(fresh), "the new folder's identifier");
              c.assertEqual(
                  Set.of("name", "free"), FolderFixtures.names(c, c.folder()), "subfolders");
            });
  }

  private static void widths(Checks checks) {
    checks
        .rows("FOLDER-022")
        .check(
            "MAPI_UNICODE keeps every character of name and comment; a width not known is refused",
            c -> {
              String name = "\u0416\u4e2d";
              MapiResult<IMAPIFolder> wide =
                  c.folder().createFolder(FOLDER_GENERIC, name, name, null, MAPI_UNICODE);
              if (c.supports(STORE_UNICODE_OK)) {
                IMAPIFolder folder = c.own(c.ok(wide, "CreateFolder(MAPI_UNICODE)"));
                c.assertProp(name, folder, PR_DISPLAY_NAME_W);
                c.assertProp(name, folder, PR_COMMENT_W);
              } else {
                c.assertHr(MAPI_E_BAD_CHARWIDTH, wide, "CreateFolder(MAPI_UNICODE)");
              }
              MapiResult<IMAPIFolder> narrow =
                  c.folder().createFolder(FOLDER_GENERIC, "narrow", "told", null, 0);
              if (narrow.hr() == MAPI_E_BAD_CHARWIDTH) {
                c.assertTrue(!c.supports(STORE_ANSI_OK), "a name of 8 bits taken", narrow);
              } else {
                IMAPIFolder folder = c.own(c.ok(narrow, "CreateFolder(0)"));
                c.assertProp("narrow", folder, PR_DISPLAY_NAME_W);
                c.assertProp("told", folder, PR_COMMENT_W);
              }
            });
  }

  private static void interfaces(Checks checks) {
    checks
        .rows("FOLDER-073")
        .check(
            "NULL and the four interfaces of a folder are taken, others refused",
            c -> {
              IMAPIFolder target = c.subfolder(c.folder(), "target");
              Bytes source = c.entryId(c.subfolder(c.folder(), "source"));
              Guid[] known = {
                null,
                MapiGuid.IID_IUnknown,
                MapiGuid.IID_IMAPIProp,
                MapiGuid.IID_IMAPIContainer,
                MapiGuid.IID_IMAPIFolder
              };
              for (int i = 0; i < known.length; i++) {
                IMAPIFolder made =
                    c.own(
                        c.ok(
                            c.folder()
                                .createFolder(
                                    FOLDER_GENERIC, "made " + i, null, known[i], MAPI_UNICODE),
                            "CreateFolder(" + known[i] + ")"));
                c.assertProp("made " + i, made, PR_DISPLAY_NAME_W);
                c.ok(
                    c.folder()
                        .copyFolder(source, known[i], target, "copy " + i, 0, null, MAPI_UNICODE),
                    "CopyFolder(" + known[i] + ")");
              }
              c.assertEqual(
                  known.length, FolderFixtures.names(c, target).size(), "copies of the folder");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.folder()
                      .createFolder(
                          FOLDER_GENERIC, "x", null, MapiGuid.IID_IMAPITable, MAPI_UNICODE),
                  "CreateFolder(IID_IMAPITable)");
            });
  }
}
