package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** CopyTo and CopyProps of folders, and progress. */
final class FolderCopyChecks {
  private FolderCopyChecks() {}

  static void register(Checks checks) {
    excluded(checks);
    included(checks);
    refusals(checks);
    progress(checks);
    dialog(checks);
  }

  /** A folder with a comment, a subfolder, a message and an associated message. */
  private static IMAPIFolder source(Context c) throws Exception {
    IMAPIFolder f = c.subfolder(c.folder(), "source");
    c.set(f, PR_COMMENT_W, "comment");
    c.message(c.subfolder(f, "child"));
    c.message(f);
    IMessage associated = c.own(c.need(f.createMessage(null, MAPI_ASSOCIATED), "CreateMessage"));
    c.set(associated, PR_SUBJECT_W, "associated");
    c.save(associated);
    return f;
  }

  /**
   * An empty folder that has a parent of its own: CopyTo gives it the source's name too, which no
   * sibling may have.
   */
  private static IMAPIFolder target(Context c, String name) throws Exception {
    return c.subfolder(c.subfolder(c.folder(), "parent of " + name), name);
  }

  private static MapiResult<List<SPropProblem>> copyTo(
      IMAPIFolder from, List<Guid> interfaces, SPropTagArray exclude, IMAPIFolder to) {
    return from.copyTo(interfaces, exclude, 0, null, IID_IMAPIFolder, to, 0);
  }

  /** Subfolders, messages and associated messages of a folder. */
  static List<Integer> counts(Context c, IMAPIFolder f) {
    return List.of(
        count(c, c.need(f.getHierarchyTable(0), "GetHierarchyTable")),
        count(c, c.need(f.getContentsTable(0), "GetContentsTable")),
        count(c, c.need(f.getContentsTable(MAPI_ASSOCIATED), "GetContentsTable(ASSOCIATED)")));
  }

  private static int count(Context c, IMAPITable table) {
    return c.need(c.own(table).getRowCount(0), "GetRowCount");
  }

  private static void excluded(Checks checks) {
    checks
        .rows("PROP-092", "PROP-085", "CONT-022")
        .check(
            "CopyTo copies subfolders, messages and associated messages but those excluded",
            c -> {
              IMAPIFolder from = source(c);
              IMAPIFolder all = target(c, "target");
              CopyChecks.assertCopied(c, copyTo(from, List.of(), null, all), "CopyTo");
              c.assertEqual(List.of(1, 1, 1), counts(c, all), "subfolders, messages, associated");
              c.assertProp("comment", all, PR_COMMENT_W);
              IMAPIFolder flat = target(c, "flat");
              CopyChecks.assertCopied(
                  c, copyTo(from, List.of(), tags(PR_CONTAINER_HIERARCHY), flat), "CopyTo(flat)");
              c.assertEqual(List.of(0, 1, 1), counts(c, flat), "without PR_CONTAINER_HIERARCHY");
              IMAPIFolder empty = target(c, "empty");
              CopyChecks.assertCopied(
                  c, copyTo(from, List.of(), tags(PR_CONTAINER_CONTENTS), empty), "CopyTo(empty)");
              c.assertEqual(
                  List.of(1, 0), counts(c, empty).subList(0, 2), "without PR_CONTAINER_CONTENTS");
              IMAPIFolder plain = target(c, "plain");
              CopyChecks.assertCopied(
                  c,
                  copyTo(from, List.of(), tags(PR_FOLDER_ASSOCIATED_CONTENTS), plain),
                  "CopyTo(plain)");
              c.assertEqual(
                  List.of(1, 1, 0), counts(c, plain), "without PR_FOLDER_ASSOCIATED_CONTENTS");
            });
    checks
        .rows("PROP-097")
        .check(
            "excluding IID_IMAPIContainer or IID_IMAPIFolder leaves the generic properties",
            c -> {
              IMAPIFolder from = source(c);
              for (Guid iid : List.of(IID_IMAPIContainer, IID_IMAPIFolder)) {
                IMAPIFolder to = target(c, "without " + iid);
                c.assertHr(
                    S_OK,
                    from.copyTo(List.of(iid), null, 0, null, IID_IMAPIProp, to, 0).hr(),
                    "CopyTo");
                c.assertEqual(List.of(0, 0, 0), counts(c, to), "copied children");
                c.assertProp("comment", to, PR_COMMENT_W);
              }
            });
  }

  private static void included(Checks checks) {
    checks
        .rows("PROP-113", "CONT-022")
        .check(
            "CopyProps copies the kinds of children that are listed",
            c -> {
              IMAPIFolder from = source(c);
              int[] kinds = {
                PR_CONTAINER_HIERARCHY, PR_CONTAINER_CONTENTS, PR_FOLDER_ASSOCIATED_CONTENTS
              };
              for (int i = 0; i < kinds.length; i++) {
                IMAPIFolder to = target(c, "kind " + i);
                c.assertHr(
                    S_OK,
                    from.copyProps(tags(kinds[i]), 0, null, IID_IMAPIFolder, to, 0).hr(),
                    "CopyProps");
                List<Integer> expected = List.of(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0);
                c.assertEqual(expected, counts(c, to), "children");
                c.assertDiffer(
                    SPropValue.of(PR_COMMENT_W, "comment"), c.entry(to, PR_COMMENT_W), "comment");
              }
            });
    checks
        .rows("PROP-168")
        .check(
            "copying a folder is S_OK with everything there, or MAPI_W_PARTIAL_COMPLETION",
            c -> {
              IMAPIFolder from = source(c);
              IMAPIFolder to = target(c, "target");
              int hr = copyTo(from, List.of(), null, to).hr();
              c.assertOneOf(hr, "CopyTo(folder)", S_OK, MAPI_W_PARTIAL_COMPLETION);
              c.assertTrue(
                  hr == MAPI_W_PARTIAL_COMPLETION || counts(c, to).equals(List.of(1, 1, 1)),
                  "every child with S_OK",
                  counts(c, to));
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("PROP-099")
        .check(
            "a folder into a descendant, or itself",
            c -> {
              IMAPIFolder from = source(c);
              IMAPIFolder inside = c.subfolder(from, "inside");
              c.assertHr(
                  MAPI_E_FOLDER_CYCLE, copyTo(from, List.of(), null, inside), "CopyTo(descendant)");
              IMAPIFolder again = c.openFolder(c.store(), c.entryId(from));
              c.assertOneOf(
                  copyTo(from, List.of(), null, again).hr(),
                  "CopyTo(the same folder)",
                  MAPI_E_FOLDER_CYCLE,
                  MAPI_E_NO_ACCESS);
            });
    checks
        .rows("PROP-100")
        .check(
            "a subfolder of the same name in the destination",
            c -> {
              IMAPIFolder from = source(c);
              IMAPIFolder to = target(c, "target");
              c.subfolder(to, "child");
              c.assertHr(MAPI_E_COLLISION, copyTo(from, List.of(), null, to), "CopyTo");
            });
  }

  private static void progress(Checks checks) {
    checks
        .rows("PROP-102", "PROP-169")
        .check(
            "without MAPI_DIALOG nothing is reported, whatever ulUIParam and lpProgress",
            c -> {
              CountingProgress progress = new CountingProgress();
              IMessage from = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              IMessage to = c.newMessage();
              c.assertHr(
                  S_OK,
                  from.copyTo(List.of(), null, 99, progress, IID_IMessage, to, 0).hr(),
                  "CopyTo");
              c.assertNoProblem(
                  from.copyProps(tags(PR_IMPORTANCE), 99, progress, IID_IMessage, to, 0),
                  "CopyProps");
              c.assertHr(
                  S_OK,
                  source(c)
                      .copyTo(
                          List.of(), null, 99, progress, IID_IMAPIFolder, target(c, "target"), 0)
                      .hr(),
                  "CopyTo(folder)");
              c.assertEqual(0, progress.calls(), "calls to the progress object");
            });
    checks
        .rows("PROP-103")
        .check(
            "with MAPI_DIALOG progress goes to lpProgress",
            c -> {
              CountingProgress progress = new CountingProgress();
              c.assertHr(
                  S_OK,
                  source(c)
                      .copyTo(
                          List.of(),
                          null,
                          0,
                          progress,
                          IID_IMAPIFolder,
                          target(c, "target"),
                          MAPI_DIALOG)
                      .hr(),
                  "CopyTo(MAPI_DIALOG)");
              c.assertTrue(progress.progressCalls() > 0, "calls to IMAPIProgress::Progress", 0);
            });
  }

  private static void dialog(Checks checks) {
    checks
        .rows("PROP-103", "PROP-169")
        .check(
            "with MAPI_DIALOG and no lpProgress the copy works; the dialog is the subsystem's",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              IMessage to = c.newMessage();
              c.assertHr(
                  S_OK,
                  from.copyTo(List.of(), null, 0, null, IID_IMessage, to, MAPI_DIALOG).hr(),
                  "CopyTo(MAPI_DIALOG, NULL)");
              c.assertNoProblem(
                  from.copyProps(tags(PR_IMPORTANCE), 0, null, IID_IMessage, to, MAPI_DIALOG),
                  "CopyProps(MAPI_DIALOG, NULL)");
              c.assertProp(2, to, PR_IMPORTANCE);
            });
  }
}
