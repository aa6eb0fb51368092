package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;

/** fnevNewMail, fnevCriticalError and fnevExtended. */
final class MailEventChecks {
  /** More events than a store keeps for a sink that hears none of them. */
  private static final int FLOOD = 6000;

  private MailEventChecks() {}

  static void register(Checks checks) {
    checks
        .rows("NOTIF-018", "NOTIF-054", "NOTIF-021", "RECV-023")
        .check(
            "NotifyNewMail is fnevNewMail to the store's sinks, of every session",
            c -> {
              Bytes folder = c.entryId(c.folder());
              IMessage message = c.message();
              NEWMAIL_NOTIFICATION mail =
                  new NEWMAIL_NOTIFICATION(
                      c.entryId(message),
                      folder,
                      MAPI_UNICODE,
                      "IPM.Note",
                      c.get(message, PR_MESSAGE_FLAGS).asInt());
              Heard own = Heard.of(c, c.store(), null, fnevNewMail);
              Heard others = Heard.of(c, c.other(), null, fnevNewMail);
              Heard deaf = Heard.of(c, c.store(), null, fnevObjectCreated);
              int told = c.store().notifyNewMail(mail);
              if (told == MAPI_E_NO_SUPPORT) {
                c.assertHr(MAPI_E_NO_SUPPORT, told, "NotifyNewMail");
                c.notApplicable("the spooler does not deliver into this store");
              }
              c.ok(told, "NotifyNewMail");
              c.assertEqual(
                  mail, own.await("fnevNewMail", e -> true), "what the store's own sink hears");
              c.assertEqual(
                  mail, others.await("fnevNewMail", e -> true), "what another session's hears");
              Bytes fence = c.stored();
              deaf.await(fnevObjectCreated, fence);
              c.assertTrue(
                  deaf.events().stream().allMatch(e -> e.ulEventType() == fnevObjectCreated),
                  "fnevObjectCreated alone",
                  deaf.events());
            });
    checks
        .rows("NOTIF-019")
        .check(
            "a sink that hears nothing for long is told of a loss, or loses none", c -> flood(c));
    checks
        .rows("NOTIF-020")
        .notApplicable(
            "an extended event is a provider's own, and none is known of this one",
            c -> {
              Heard heard = Heard.of(c, c.store(), null, fnevExtended);
              Heard fence = Heard.of(c, c.store(), null, fnevObjectCreated);
              Bytes id = c.stored();
              fence.await(fnevObjectCreated, id);
              c.assertEqual(List.of(), heard.events(), "events of a sink for fnevExtended");
            });
  }

  private static void flood(Context c) throws Exception {
    IMessage message = c.message();
    Bytes id = c.entryId(message);
    CountDownLatch goOn = new CountDownLatch(1);
    c.after(goOn::countDown);
    Heard heard =
        new Heard(
            () -> {
              try {
                if (!goOn.await(10 * Heard.patienceMillis(), TimeUnit.MILLISECONDS)) {
                  throw new IllegalStateException("the check did not go on");
                }
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });
    Heard.of(c, c.store(), null, fnevObjectModified | fnevObjectDeleted | fnevCriticalError, heard);
    Heard quick = Heard.of(c, c.store(), null, fnevObjectModified | fnevObjectDeleted);
    for (int i = 0; i < FLOOD; i++) {
      c.need(
          c.folder().setMessageStatus(id, i % 2 == 0 ? MSGSTATUS_HIGHLIGHTED : 0, 1).hr(),
          "SetMessageStatus");
    }
    message.close();
    quick.await(FLOOD, fnevObjectModified, id);
    goOn.countDown();
    heard.await(
        "the last event, or fnevCriticalError",
        e -> e.ulEventType() == fnevCriticalError || heard.about(id).size() >= FLOOD);
    int errors = 0;
    for (NOTIFICATION event : heard.events()) {
      if (event instanceof ERROR_NOTIFICATION error) {
        errors++;
        c.assertTrue(error.scode() < 0, "a failure as scode", error);
        c.assertTrue(
            error.lpMAPIError() != null && !error.lpMAPIError().lpszError().isEmpty(),
            "a MAPIERROR with a text",
            error);
      }
    }
    c.assertTrue(
        errors == 1 || heard.about(id).size() == FLOOD,
        "every event, or one fnevCriticalError",
        heard.events().size());
    StoreAdviseChecks.delete(c, id);
    heard.await(fnevObjectDeleted, id);
  }
}
