package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropValue;

/** Advise and Unadvise of tables, and the events of rows. */
final class RowEventChecks {
  private RowEventChecks() {}

  static void register(Checks checks) {
    registering(checks);
    ending(checks);
    timing(checks);
    added(checks);
    modified(checks);
    deleted(checks);
    others(checks);
  }

  private static void registering(Checks checks) {
    checks
        .rows("TABLE-004")
        .check(
            "a table's sink registers for fnevTableModified, and for nothing else",
            c -> {
              RowsHeard view = RowsHeard.of(c);
              for (int mask :
                  new int[] {0, fnevObjectModified, fnevNewMail, fnevTableModified | fnevNewMail}) {
                MapiResult<Long> advised = view.table.advise(mask, new Heard());
                c.assertOneOf(
                    advised.hr(),
                    "Advise(0x%X)".formatted(mask),
                    MAPI_E_INVALID_PARAMETER,
                    MAPI_E_NO_SUPPORT);
              }
              TableFixtures.add(c, "told");
              TABLE_NOTIFICATION event = view.awaitAny("an event", e -> true);
              c.assertBits(fnevTableModified, event.ulEventType(), "ulEventType");
            });
    checks
        .rows("TABLE-005", "NOTIF-052")
        .check(
            "Advise of every kind of table tells of changes or is MAPI_E_NO_SUPPORT",
            c -> everyKind(c));
    checks
        .rows("TABLE-006")
        .check(
            "Advise gives a number other than 0 and keeps the sink until Unadvise",
            c -> {
              IMAPITable table = RowsHeard.view(c, c.folder());
              Heard first = new Heard();
              Heard second = new Heard();
              long one = RowsHeard.advise(c, table, first);
              long two = RowsHeard.advise(c, table, second);
              c.assertDiffer(0L, one, "the connection number");
              c.assertDiffer(one, two, "the number of another connection");
              TableFixtures.add(c, "told");
              first.await("an event", e -> true);
              second.await("an event", e -> true);
              c.assertEqual(0, first.releases() + second.releases(), "releases of the sinks");
              c.ok(table.unadvise(one), "Unadvise");
              c.ok(table.unadvise(two), "Unadvise");
              first.awaitRelease();
              second.awaitRelease();
              c.assertEqual(2, first.releases() + second.releases(), "releases of the sinks");
            });
  }

  private static void everyKind(Context c) throws Exception {
    IMessage message = c.newMessage();
    List<IMAPITable> tables = new ArrayList<>();
    tables.add(c.need(c.folder().getContentsTable(0), "GetContentsTable"));
    tables.add(c.need(c.folder().getContentsTable(MAPI_ASSOCIATED), "GetContentsTable"));
    tables.add(c.need(c.folder().getHierarchyTable(0), "GetHierarchyTable"));
    tables.add(c.need(message.getRecipientTable(0), "GetRecipientTable"));
    tables.add(c.need(message.getAttachmentTable(0), "GetAttachmentTable"));
    List<RowsHeard> heard = new ArrayList<>();
    for (IMAPITable table : tables) {
      c.own(table);
      if (table.advise(fnevTableModified, new Heard()).hr() != MAPI_E_NO_SUPPORT) {
        heard.add(RowsHeard.of(c, table, new Heard()));
      }
    }
    if (c.supports(STORE_NOTIFY_OK)) {
      List<IMAPITable> following = heard.stream().map(one -> one.table).toList();
      for (int i = 0; i < 3; i++) {
        c.assertTrue(
            following.contains(tables.get(i)),
            "the tables of a folder to follow it: STORE_NOTIFY_OK",
            "MAPI_E_NO_SUPPORT");
      }
    }
    TableFixtures.add(c, "message");
    c.subfolder(c.folder(), "folder");
    associated(c);
    c.need(
        message.modifyRecipients(MODRECIP_ADD, RecipientChecks.list("recipient")),
        "ModifyRecipients");
    Fixtures.attach(c, message, "attachment");
    c.assertTrue(heard.size() <= tables.size(), "tables that notify", heard.size());
    for (RowsHeard one : heard) {
      TABLE_NOTIFICATION event = one.awaitAny("a row that came", e -> true);
      c.assertTrue(
          event.ulTableEvent() == TABLE_ROW_ADDED || RowsHeard.isCoarse(event),
          "TABLE_ROW_ADDED or a coarse event",
          event);
    }
  }

  private static void associated(Context c) throws Exception {
    MapiResult<IMessage> made = c.folder().createMessage(null, MAPI_ASSOCIATED);
    if (made.succeeded()) {
      c.save(c.own(made.value()));
    }
  }

  private static void ending(Checks checks) {
    checks
        .rows("TABLE-007")
        .check(
            "Unadvise of a table releases the sink once, after an OnNotify that is under way",
            c -> {
              CountDownLatch returns = new CountDownLatch(1);
              Heard heard = new Heard(() -> Heard.pass(returns));
              IMAPITable table = RowsHeard.view(c, c.folder());
              long connection = RowsHeard.advise(c, table, heard);
              c.after(returns::countDown);
              TableFixtures.add(c, "a");
              heard.awaitCall();
              c.ok(table.unadvise(connection), "Unadvise during OnNotify");
              c.assertEqual(0, heard.releases(), "releases while OnNotify is under way");
              returns.countDown();
              heard.awaitRelease();
              RowsHeard fence = RowsHeard.of(c, table, new Heard());
              TableFixtures.add(c, "b");
              fence.awaitAny("an event", e -> true);
              c.assertEqual(1, heard.calls(), "calls of OnNotify, none of them after Unadvise");
              c.assertEqual(1, heard.releases(), "releases of the sink");
            });
  }

  private static void timing(Checks checks) {
    checks
        .rows("NOTIF-011")
        .check(
            "the call that changes a row does not wait for the OnNotify of a table's sink",
            c -> {
              CountDownLatch returned = new CountDownLatch(1);
              AtomicBoolean waited = new AtomicBoolean();
              Heard heard =
                  new Heard(
                      () -> {
                        Heard.pass(returned);
                        waited.set(true);
                      });
              RowsHeard view = RowsHeard.of(c, RowsHeard.view(c, c.folder()), heard);
              c.after(returned::countDown);
              TableFixtures.add(c, "a");
              c.assertTrue(!waited.get(), "SaveChanges to return first", "OnNotify returned");
              returned.countDown();
              view.await(TABLE_ROW_ADDED, "a");
            });
  }

  private static void added(Checks checks) {
    checks
        .rows("NOTIF-030", "NOTIF-032")
        .check(
            "a row that came is told after SaveChanges, with its values and the row before it",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "c");
              IMessage never = c.newMessage();
              c.set(never, PR_SUBJECT_W, "never saved");
              IMessage message = c.newMessage(SPropValue.of(PR_IMPORTANCE, IMPORTANCE_HIGH));
              c.set(message, PR_SUBJECT_W, "b");
              c.save(message);
              TABLE_NOTIFICATION event = view.await(TABLE_ROW_ADDED, "b");
              c.assertBits(fnevTableModified, event.ulEventType(), "ulEventType");
              c.assertEqual(key(view.key("b")), event.propIndex(), "propIndex");
              c.assertEqual(key(view.key("a")), event.propPrior(), "propPrior");
              c.assertEqual(
                  List.of(
                      SPropValue.of(PR_SUBJECT_W, "b"),
                      key(view.key("b")),
                      SPropValue.of(PR_IMPORTANCE, IMPORTANCE_HIGH)),
                  event.row().lpProps(),
                  "row");
              c.assertEqual(1, view.events().size(), "events: none of what was not saved");
            });
    checks
        .rows("NOTIF-031")
        .check(
            "propPrior of a row that is the first now has the tag PR_NULL",
            c -> {
              RowsHeard view = RowsHeard.of(c, "m");
              TableFixtures.add(c, "a");
              first(c, view.await(TABLE_ROW_ADDED, "a"));
              Bytes last = TableFixtures.add(c, "z");
              view.await(TABLE_ROW_ADDED, "z");
              rename(c, c.open(last, MAPI_MODIFY), "A0");
              rename(c, c.open(last, MAPI_MODIFY), " first");
              first(c, view.await(TABLE_ROW_MODIFIED, " first"));
            });
  }

  private static void first(Context c, TABLE_NOTIFICATION event) {
    c.assertTrue(event.propPrior() != null, "propPrior", event);
    c.assertEqual(PR_NULL, event.propPrior().ulPropTag(), "propPrior.ulPropTag");
  }

  static SPropValue key(Bytes key) {
    return SPropValue.of(PR_INSTANCE_KEY, key);
  }

  static void rename(Context c, IMessage message, String subject) {
    c.set(message, PR_SUBJECT_W, subject);
    c.save(message);
  }

  private static void modified(Checks checks) {
    checks
        .rows("NOTIF-030", "NOTIF-033")
        .check(
            "a row that changed is told after SaveChanges, with its new values and place",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "c");
              Bytes id = TableFixtures.add(c, "b");
              view.await(TABLE_ROW_ADDED, "b");
              IMessage message = c.open(id, MAPI_MODIFY);
              c.set(message, PR_SUBJECT_W, "d");
              c.set(message, PR_IMPORTANCE, IMPORTANCE_LOW);
              c.save(message);
              TABLE_NOTIFICATION event = view.await(TABLE_ROW_MODIFIED, e -> true);
              c.assertEqual(key(view.key("d")), event.propIndex(), "propIndex");
              c.assertEqual(key(view.key("c")), event.propPrior(), "propPrior");
              c.assertEqual(
                  List.of(
                      SPropValue.of(PR_SUBJECT_W, "d"),
                      key(view.key("d")),
                      SPropValue.of(PR_IMPORTANCE, IMPORTANCE_LOW)),
                  event.row().lpProps(),
                  "row");
            });
    checks
        .rows("NOTIF-033")
        .check(
            "rows that one call changes are told in the order of the view, or one after the other",
            c -> {
              List<Bytes> ids = new ArrayList<>();
              for (String subject : List.of("c", "a", "d", "b")) {
                ids.add(TableFixtures.add(c, subject));
              }
              RowsHeard view = RowsHeard.of(c);
              c.ok(
                  c.folder().setReadFlags(ENTRYLIST.of(ids.toArray(Bytes[]::new)), 0, null, 0),
                  "SetReadFlags");
              view.await(TABLE_ROW_MODIFIED, "a");
              for (String subject : List.of("b", "c", "d")) {
                view.await(TABLE_ROW_MODIFIED, subject);
              }
              List<Object> told = view.events().stream().map(RowsHeard::subject).toList();
              c.assertTrue(
                  told.equals(List.of("a", "b", "c", "d"))
                      || told.equals(List.of("c", "a", "d", "b")),
                  "the order of the view, or that of the list which SetReadFlags was given",
                  told);
            });
  }

  private static void deleted(Checks checks) {
    checks
        .rows("NOTIF-034", "NOTIF-039")
        .check(
            "a row that went is told by its key, without a row before it and without values",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "c");
              Bytes id = TableFixtures.add(c, "b");
              view.await(TABLE_ROW_ADDED, "b");
              Bytes key = view.key("b");
              TableFixtures.delete(c, id);
              TABLE_NOTIFICATION event = view.await(TABLE_ROW_DELETED, e -> true);
              c.assertEqual(key(key), event.propIndex(), "propIndex");
              c.assertTrue(
                  event.propPrior() == null || event.propPrior().ulPropTag() == PR_NULL,
                  "propPrior with the tag PR_NULL",
                  event.propPrior());
              c.assertTrue(
                  event.row() == null || event.row().lpProps().isEmpty(),
                  "row without values",
                  event.row());
              c.assertEqual(
                  List.of("a", "c"), TableFixtures.all(c, view.table), "rows of the view then");
            });
  }

  private static void others(Checks checks) {
    checks
        .rows("NOTIF-032", "NOTIF-033", "NOTIF-034")
        .check(
            "what another session saves is told in the order of its saves",
            c -> {
              RowsHeard view = RowsHeard.of(c, "m");
              Bytes folder = c.entryId(c.folder());
              List<String> expected = new ArrayList<>();
              List<String> came = List.of("z", "a", "y", "b", "x", "c");
              for (String subject : came) {
                IMessage message = c.newMessage(c.openFolder(c.other(), folder));
                rename(c, message, subject);
                expected.add(subject);
              }
              for (String subject : came) {
                view.await(TABLE_ROW_ADDED, subject);
              }
              c.assertEqual(
                  expected,
                  view.events().stream().map(RowsHeard::subject).toList(),
                  "rows in the order in which they were told");
            });
  }
}
