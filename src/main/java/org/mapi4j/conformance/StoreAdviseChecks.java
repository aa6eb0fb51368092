package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;

/** Advise and Unadvise of a store: sources, masks, connections, when a sink is called. */
final class StoreAdviseChecks {
  /** Every event of objects. */
  static final int OBJECTS =
      fnevObjectCreated
          | fnevObjectDeleted
          | fnevObjectModified
          | fnevObjectMoved
          | fnevObjectCopied;

  private static final int ALL =
      OBJECTS | fnevCriticalError | fnevExtended | fnevNewMail | fnevSearchComplete;

  private StoreAdviseChecks() {}

  static void register(Checks checks) {
    registering(checks);
    sources(checks);
    ending(checks);
    timing(checks);
  }

  private static void registering(Checks checks) {
    checks
        .rows("NOTIF-002", "NOTIF-003", "STORE-042")
        .check(
            "Advise takes every event of the page and gives numbers of its own, not 0",
            c -> {
              Set<Long> numbers = new HashSet<>();
              int sinks = 0;
              for (int bit = 1; bit != 0; bit <<= 1) {
                if ((bit & ALL) != 0) {
                  Heard sink = new Heard();
                  long number = Heard.advise(c, c.store(), null, bit, sink);
                  IMsgStore store = c.store();
                  c.after(() -> c.need(store.unadvise(number), "Unadvise"));
                  numbers.add(number);
                  sinks++;
                }
              }
              c.assertEqual(sinks, numbers.size(), "different connection numbers");
              c.assertTrue(!numbers.contains(0L), "no number 0", numbers);
            });
    checks
        .rows("NOTIF-004", "NOTIF-007")
        .check(
            "STORE_NOTIFY_OK is set exactly where Advise works",
            c -> {
              Heard heard = Heard.of(c, c.store(), null, fnevObjectCreated);
              Bytes made = c.entryId(c.subfolder(c.folder(), "told"));
              c.assertEqual(
                  made, heard.await(fnevObjectCreated, made).lpEntryID(), "the folder told of");
            });
    checks
        .rows("NOTIF-053")
        .check(
            "Nobody registers for fnevStatusObjectModified",
            c -> {
              MapiResult<Long> advised =
                  c.store().advise(null, fnevStatusObjectModified, new Heard());
              c.assertOneOf(
                  advised.hr(),
                  "Advise(fnevStatusObjectModified)",
                  MAPI_E_INVALID_PARAMETER,
                  MAPI_E_NO_SUPPORT);
            });
    checks
        .rows("NOTIF-006")
        .check(
            "Advise and Unadvise of the logon are those of the store",
            c -> {
              ProviderHost work = new ProviderHost(c);
              ProviderHost.Opened opened = work.open(work.provider(), work.host());
              logon(c, opened.logon(), opened.store());
            });
  }

  private static void logon(Context c, IMSLogon logon, IMsgStore store) throws Exception {
    Heard heard = new Heard();
    MapiResult<Long> advised = logon.advise(null, fnevObjectCreated, heard);
    if ((c.get(store, PR_STORE_SUPPORT_MASK).asInt() & STORE_NOTIFY_OK) == 0) {
      c.assertHr(MAPI_E_NO_SUPPORT, advised, "Advise without STORE_NOTIFY_OK");
      c.notApplicable("the store does not notify: STORE_NOTIFY_OK is not set");
    }
    long number = c.ok(advised, "IMSLogon::Advise");
    c.assertDiffer(0L, number, "the connection number");
    Bytes made = c.entryId(c.keptFolder(store));
    c.assertEqual(made, heard.await(fnevObjectCreated, made).lpEntryID(), "the folder told of");
    c.ok(logon.unadvise(number), "IMSLogon::Unadvise");
    heard.awaitRelease();
    c.assertEqual(1, heard.releases(), "releases of the sink");
  }

  private static void sources(Checks checks) {
    checks
        .rows("NOTIF-001", "STORE-042")
        .check(
            "without an identifier a sink hears the whole store, else the object named",
            c -> {
              IMessage one = c.message();
              IMessage two = c.message();
              Bytes first = c.entryId(one);
              Bytes second = c.entryId(two);
              Bytes folder = c.entryId(c.folder());
              Heard all = Heard.of(c, c.store(), null, OBJECTS);
              Heard message = Heard.of(c, c.store(), first, OBJECTS);
              Heard place = Heard.of(c, c.store(), folder, OBJECTS);
              saveAgain(c, one);
              saveAgain(c, two);
              c.set(c.folder(), PR_COMMENT_W, "changed");
              saveAgain(c, one);
              all.await(2, fnevObjectModified, first);
              all.await(1, fnevObjectModified, second);
              all.await(1, fnevObjectModified, folder);
              message.await(2, fnevObjectModified, first);
              place.await(1, fnevObjectModified, folder);
              c.assertEqual(
                  message.about(first), message.events(), "what a sink of one message hears");
              c.assertEqual(place.about(folder), place.events(), "what a sink of one folder hears");
            });
    checks
        .rows("NOTIF-009")
        .check(
            "a sink hears only what its mask names",
            c -> {
              Heard heard = Heard.of(c, c.store(), null, fnevObjectDeleted);
              IMessage message = c.message();
              Bytes id = c.entryId(message);
              saveAgain(c, message);
              message.close();
              delete(c, id);
              heard.await(fnevObjectDeleted, id);
              c.assertTrue(
                  heard.events().stream().allMatch(e -> e.ulEventType() == fnevObjectDeleted),
                  "fnevObjectDeleted alone",
                  heard.events());
            });
  }

  static void saveAgain(Context c, IMessage message) {
    c.set(message, PR_SUBJECT_W, "saved again " + System.nanoTime());
    c.save(message);
  }

  static void delete(Context c, Bytes message) throws Exception {
    c.need(
        c.folder().deleteMessages(org.mapi4j.types.ENTRYLIST.of(message), 0, null, 0),
        "DeleteMessages");
  }

  private static void ending(Checks checks) {
    checks
        .rows("NOTIF-005", "NOTIF-057", "STORE-044", "STORE-045")
        .check(
            "Unadvise releases the sink once, after an OnNotify that is under way",
            c -> {
              CountDownLatch returns = new CountDownLatch(1);
              Heard heard = new Heard(() -> Heard.pass(returns));
              long connection =
                  Heard.advise(c, c.store(), null, fnevObjectCreated | fnevObjectModified, heard);
              c.after(returns::countDown);
              c.message();
              heard.awaitCall();
              c.ok(c.store().unadvise(connection), "Unadvise during OnNotify");
              c.assertEqual(0, heard.releases(), "releases while OnNotify is under way");
              returns.countDown();
              heard.awaitRelease();
              c.message();
              Heard fence = Heard.of(c, c.store(), null, fnevObjectCreated);
              Bytes last = c.stored();
              fence.await(fnevObjectCreated, last);
              c.assertEqual(1, heard.calls(), "calls of OnNotify, none of them after Unadvise");
              c.assertEqual(1, heard.releases(), "releases of the sink");
            });
    checks
        .rows("NOTIF-005", "STORE-045")
        .check(
            "Unadvise from within OnNotify returns, and the sink is released after it",
            c -> {
              IMsgStore store = c.store();
              long[] connection = new long[1];
              int[] hr = {MAPI_E_CALL_FAILED};
              CountDownLatch registered = new CountDownLatch(1);
              Heard heard =
                  new Heard(
                      () -> {
                        Heard.pass(registered);
                        hr[0] = store.unadvise(connection[0]);
                      });
              connection[0] = Heard.advise(c, store, null, fnevObjectCreated, heard);
              registered.countDown();
              c.message();
              heard.awaitRelease();
              c.assertHr(S_OK, hr[0], "Unadvise within OnNotify");
              c.assertEqual(1, heard.releases(), "releases of the sink");
            });
  }

  private static void timing(Checks checks) {
    checks
        .rows("NOTIF-011")
        .check(
            "the call that causes an event does not wait for OnNotify",
            c -> {
              CountDownLatch returned = new CountDownLatch(1);
              AtomicBoolean waited = new AtomicBoolean();
              Heard heard =
                  new Heard(
                      () -> {
                        Heard.pass(returned);
                        waited.set(true);
                      });
              Heard.of(c, c.store(), null, fnevObjectCreated, heard);
              c.after(returned::countDown);
              Bytes id = c.stored();
              c.assertTrue(!waited.get(), "SaveChanges to return first", "OnNotify returned");
              returned.countDown();
              heard.await(fnevObjectCreated, id);
            });
    checks
        .rows("NOTIF-029")
        .check(
            "a message's events come after its SaveChanges, not for changes that are not saved",
            c -> {
              Bytes home = c.entryId(c.folder());
              Heard heard = Heard.of(c, c.store(), null, OBJECTS);
              IMessage never = c.newMessage();
              IMessage message = c.newMessage();
              c.save(message);
              Bytes id = c.entryId(message);
              heard.await(fnevObjectCreated, id);
              c.set(message, PR_SUBJECT_W, "not saved");
              never.close();
              Bytes fence = c.stored();
              heard.await(fnevObjectCreated, fence);
              c.assertEqual(
                  List.of(fnevObjectCreated),
                  heard.about(id).stream().map(OBJECT_NOTIFICATION::ulEventType).toList(),
                  "events of the message");
              c.assertEqual(
                  2L,
                  heard.events().stream()
                      .filter(
                          e ->
                              e.ulEventType() == fnevObjectCreated
                                  && e instanceof OBJECT_NOTIFICATION made
                                  && home.equals(made.lpParentID()))
                      .count(),
                  "messages told of");
            });
    checks
        .rows("NOTIF-012")
        .check(
            "events replay in the order in which they happened",
            c -> {
              Bytes other = c.entryId(c.subfolder(c.folder(), "other"));
              Bytes home = c.entryId(c.folder());
              Heard heard = Heard.of(c, c.store(), null, OBJECTS);
              Bytes id = c.stored();
              for (int i = 0; i < 40; i++) {
                EventWork.copy(c, i % 2 == 0 ? home : other, i % 2 == 0 ? other : home, id, true);
              }
              delete(c, id);
              heard.await(fnevObjectDeleted, id);
              EventWork.replay(c, heard.about(id), home);
            });
  }
}
