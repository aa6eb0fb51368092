package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.CountingProgress.Step;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** What long operations tell a progress object. */
final class ProgressChecks {
  private ProgressChecks() {}

  static void register(Checks checks) {
    calls(checks);
    values(checks);
    limits(checks);
    canceling(checks);
    dialogs(checks);
  }

  /** A long operation. */
  @FunctionalInterface
  private interface Operation {
    int run(IMAPIProgress progress, boolean dialog) throws Exception;
  }

  @CanIgnoreReturnValue
  private static ENTRYLIST messages(Context c, IMAPIFolder in, int count) {
    List<Bytes> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(FolderFixtures.stored(c, in));
    }
    return new ENTRYLIST(ids);
  }

  /** A subfolder with messages and a subfolder. */
  private static Bytes tree(Context c, String name) throws Exception {
    IMAPIFolder tree = c.subfolder(c.folder(), name);
    messages(c, tree, 2);
    messages(c, c.subfolder(tree, "below"), 1);
    return c.entryId(tree);
  }

  /** Every long operation of the page, each on objects of its own. */
  private static Map<String, Operation> operations(Context c) throws Exception {
    Map<String, Operation> all = new LinkedHashMap<>();
    IMAPIFolder from = c.subfolder(c.folder(), "from");
    IMAPIFolder to = c.subfolder(c.folder(), "to");
    ENTRYLIST list = messages(c, from, 3);
    all.put(
        "CopyMessages",
        (p, dialog) -> from.copyMessages(list, null, to, 7, p, dialog ? MESSAGE_DIALOG : 0));
    all.put(
        "SetReadFlags", (p, dialog) -> from.setReadFlags(list, 7, p, dialog ? MESSAGE_DIALOG : 0));
    all.put(
        "DeleteMessages",
        (p, dialog) ->
            from.deleteMessages(messages(c, from, 2), 7, p, dialog ? MESSAGE_DIALOG : 0));
    all.put(
        "CopyFolder",
        (p, dialog) ->
            c.folder()
                .copyFolder(
                    tree(c, "copied " + dialog),
                    null,
                    to,
                    null,
                    7,
                    p,
                    MAPI_UNICODE | COPY_SUBFOLDERS | (dialog ? FOLDER_DIALOG : 0)));
    all.put(
        "DeleteFolder",
        (p, dialog) ->
            c.folder()
                .deleteFolder(
                    tree(c, "deleted"),
                    7,
                    p,
                    DEL_FOLDERS | DEL_MESSAGES | (dialog ? FOLDER_DIALOG : 0)));
    all.put(
        "EmptyFolder",
        (p, dialog) ->
            c.openFolder(c.store(), tree(c, "emptied " + dialog))
                .emptyFolder(7, p, dialog ? FOLDER_DIALOG : 0));
    all.put(
        "CopyTo",
        (p, dialog) ->
            c.openFolder(c.store(), tree(c, "source " + dialog))
                .copyTo(
                    List.of(),
                    null,
                    7,
                    p,
                    MapiGuid.IID_IMAPIFolder,
                    c.subfolder(to, "target " + dialog),
                    dialog ? MAPI_DIALOG : 0)
                .hr());
    all.put(
        "CopyProps",
        (p, dialog) ->
            from.copyProps(
                    SPropTagArray.tags(PR_CONTAINER_CONTENTS),
                    7,
                    p,
                    MapiGuid.IID_IMAPIFolder,
                    c.subfolder(to, "contents " + dialog),
                    dialog ? MAPI_DIALOG : 0)
                .hr());
    all.put(
        "DeleteAttach",
        (p, dialog) -> {
          IMessage message = c.newMessage();
          int number = Fixtures.attach(c, message, "a.txt");
          return message.deleteAttach(number, 7, p, dialog ? ATTACH_DIALOG : 0);
        });
    return all;
  }

  private static void calls(Checks checks) {
    checks
        .rows("PROG-006", "PROG-007", "PROG-008")
        .check(
            "with a dialog flag each long operation tells lpProgress, GetFlags first",
            c -> {
              for (Map.Entry<String, Operation> each : operations(c).entrySet()) {
                CountingProgress progress = new CountingProgress();
                c.ok(each.getValue().run(progress, true), each.getKey());
                c.assertEqual("GetFlags", progress.firstCall(), "first call of " + each.getKey());
                c.assertTrue(
                    progress.progressCalls() > 0, "calls of Progress in " + each.getKey(), 0);
              }
            });
    checks
        .rows("PROG-009")
        .check(
            "without a dialog flag lpProgress is ignored",
            c -> {
              for (Map.Entry<String, Operation> each : operations(c).entrySet()) {
                CountingProgress progress = new CountingProgress();
                c.ok(each.getValue().run(progress, false), each.getKey());
                c.assertEqual(0, progress.calls(), "calls of progress in " + each.getKey());
              }
            });
  }

  private static void values(Checks checks) {
    checks
        .rows("PROG-005", "PROG-002", "PROG-003")
        .check(
            "values rise to the upper limit, which comes with the last item alone",
            c -> {
              for (Map.Entry<String, Operation> each : operations(c).entrySet()) {
                CountingProgress progress = new CountingProgress();
                c.ok(each.getValue().run(progress, true), each.getKey());
                assertRises(c, each.getKey(), progress.steps(), 1, 1000);
                int last = 0;
                for (Step step : progress.steps()) {
                  c.assertTrue(
                      step.ulCount() >= last && step.ulCount() <= step.ulTotal(),
                      "counts that rise to the total in " + each.getKey(),
                      progress.steps());
                  last = step.ulCount();
                }
                c.assertTrue(last > 0, "counts at the top level", progress.steps());
              }
            });
    checks
        .rows("PROG-010")
        .check(
            "item i of n is Progress(i * 1000 / n, i, n)",
            c -> {
              int n = 3;
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              ENTRYLIST list = messages(c, c.folder(), n);
              List<Step> expected = new ArrayList<>();
              for (int i = 1; i <= n; i++) {
                expected.add(new Step(i * 1000 / n, i, n));
              }
              CountingProgress copied = new CountingProgress();
              c.ok(
                  c.folder().copyMessages(list, null, to, 0, copied, MESSAGE_DIALOG),
                  "CopyMessages");
              c.assertEqual(expected, copied.steps(), "steps of CopyMessages");
              CountingProgress read = new CountingProgress();
              c.ok(c.folder().setReadFlags(list, 0, read, MESSAGE_DIALOG), "SetReadFlags");
              c.assertEqual(expected, read.steps(), "steps of SetReadFlags");
              CountingProgress deleted = new CountingProgress();
              c.ok(c.folder().deleteMessages(list, 0, deleted, MESSAGE_DIALOG), "DeleteMessages");
              c.assertEqual(expected, deleted.steps(), "steps of DeleteMessages");
            });
  }

  private static void assertRises(Context c, String what, List<Step> steps, int min, int max) {
    int last = min;
    for (int i = 0; i < steps.size(); i++) {
      int value = steps.get(i).ulValue();
      c.assertTrue(value >= last && value <= max, "rising values in " + what, steps);
      c.assertEqual(
          i == steps.size() - 1, value == max, "the upper limit with the last of " + steps);
      last = value;
    }
  }

  private static void limits(Checks checks) {
    checks
        .rows("PROG-004", "PROG-010")
        .check(
            "below the top level values keep to the limits and there are no counts",
            c -> {
              for (Map.Entry<String, Operation> each : operations(c).entrySet()) {
                CountingProgress progress = new CountingProgress();
                c.need(progress.setLimits(200, 400, 0), "SetLimits");
                c.ok(each.getValue().run(progress, true), each.getKey());
                assertRises(c, each.getKey(), progress.steps(), 200, 400);
                for (Step step : progress.steps()) {
                  c.assertEqual(0, step.ulCount() | step.ulTotal(), "counts in " + each.getKey());
                }
              }
            });
    checks
        .rows("PROG-011")
        .check(
            "progress of subobjects is told on their part of the scale, or not at all",
            c -> {
              CountingProgress progress = new CountingProgress();
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              c.ok(
                  c.folder()
                      .copyFolder(
                          tree(c, "source"),
                          null,
                          to,
                          null,
                          0,
                          progress,
                          MAPI_UNICODE | COPY_SUBFOLDERS | FOLDER_DIALOG),
                  "CopyFolder");
              assertRises(c, "CopyFolder", progress.steps(), 1, 1000);
              c.assertEqual(
                  MAPI_TOP_LEVEL, c.need(progress.getFlags(), "GetFlags"), "flags afterwards");
            });
  }

  private static void canceling(Checks checks) {
    checks
        .rows("PROG-005")
        .check(
            "MAPI_E_USER_CANCEL ends the operation; what was done stays",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              ENTRYLIST list = messages(c, c.folder(), 3);
              c.assertOneOf(
                  c.folder()
                      .copyMessages(
                          list, null, to, 0, new CountingProgress().cancelingAt(1), MESSAGE_DIALOG),
                  "CopyMessages",
                  MAPI_W_PARTIAL_COMPLETION,
                  MAPI_E_USER_CANCEL);
              c.assertProp(1, to, PR_CONTENT_COUNT);
              Bytes tree = tree(c, "source");
              c.assertOneOf(
                  c.folder()
                      .copyFolder(
                          tree,
                          null,
                          to,
                          null,
                          0,
                          new CountingProgress().cancelingAt(2),
                          MAPI_UNICODE | COPY_SUBFOLDERS | FOLDER_DIALOG),
                  "CopyFolder",
                  MAPI_W_PARTIAL_COMPLETION,
                  MAPI_E_USER_CANCEL);
              IMAPIFolder copy = FolderFixtures.child(c, to, "source");
              c.assertTrue(
                  FolderFixtures.messages(c, copy).size() + FolderFixtures.names(c, copy).size()
                      < 3,
                  "less than all copied",
                  "all");
              c.assertOneOf(
                  c.openFolder(c.store(), tree)
                      .emptyFolder(0, new CountingProgress().cancelingAt(1), FOLDER_DIALOG),
                  "EmptyFolder",
                  MAPI_W_PARTIAL_COMPLETION,
                  MAPI_E_USER_CANCEL);
              c.assertProp(1, c.openFolder(c.store(), tree), PR_CONTENT_COUNT);
            });
  }

  private static void dialogs(Checks checks) {
    checks
        .rows("PROG-007")
        .check(
            "with a dialog flag and no lpProgress the host's dialog is asked for",
            c -> {
              ProviderHost work = new ProviderHost(c);
              MapiHost host = work.host();
              IMsgStore store = work.open(work.provider(), host).store();
              IMAPIFolder from = c.keptFolder(store);
              IMAPIFolder to = c.keptFolder(store);
              ENTRYLIST list = messages(c, from, 2);
              c.ok(
                  from.copyMessages(list, null, to, 0, new CountingProgress(), MESSAGE_DIALOG),
                  "CopyMessages with lpProgress");
              c.ok(from.copyMessages(list, null, to, 0, null, 0), "CopyMessages without dialog");
              c.assertEqual(0L, host.count("DoProgressDialog"), "dialogs");
              c.ok(from.copyMessages(list, null, to, 0, null, MESSAGE_DIALOG), "CopyMessages");
              c.assertEqual(1L, host.count("DoProgressDialog"), "dialogs of CopyMessages");
              c.ok(from.emptyFolder(0, null, FOLDER_DIALOG), "EmptyFolder");
              c.assertEqual(2L, host.count("DoProgressDialog"), "dialogs of EmptyFolder");
              IMessage message = c.message(from, SPropValue.of(PR_IMPORTANCE, 2));
              c.assertNoProblem(
                  message.copyProps(
                      SPropTagArray.tags(PR_IMPORTANCE),
                      0,
                      null,
                      MapiGuid.IID_IMessage,
                      c.newMessage(to),
                      MAPI_DIALOG),
                  "CopyProps");
              c.assertEqual(3L, host.count("DoProgressDialog"), "dialogs of CopyProps");
            });
  }
}
