package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRow;

/** A view sorted by subject, a sink of it, and what the sink heard. */
final class RowsHeard {
  /** The columns of the view: PR_SUBJECT_W, PR_INSTANCE_KEY, PR_IMPORTANCE. */
  static final SPropTagArray COLUMNS =
      SPropTagArray.tags(PR_SUBJECT_W, PR_INSTANCE_KEY, PR_IMPORTANCE);

  private static final String COARSE = "the table tells that it changed, not which row";

  private final Context c;
  final IMAPITable table;
  final Heard heard;

  private RowsHeard(Context c, IMAPITable table, Heard heard) {
    this.c = c;
    this.table = table;
    this.heard = heard;
  }

  /** A view of the check's folder with messages of these subjects. */
  static RowsHeard of(Context c, String... subjects) throws Exception {
    for (String subject : subjects) {
      TableFixtures.add(c, subject);
    }
    return of(c, view(c, c.folder()), new Heard());
  }

  /** Another view of a folder. */
  static IMAPITable view(Context c, IMAPIFolder folder) {
    IMAPITable table = TableFixtures.bySubject(c, folder);
    c.need(table.setColumns(COLUMNS, 0), "SetColumns");
    return table;
  }

  /** Registers a sink with a view until the end of the check. */
  static RowsHeard of(Context c, IMAPITable table, Heard sink) {
    long connection = advise(c, table, sink);
    c.after(() -> c.need(table.unadvise(connection), "Unadvise"));
    return new RowsHeard(c, table, sink);
  }

  /** Registers a sink that the check unregisters itself; its connection number. */
  static long advise(Context c, IMAPITable table, Heard sink) {
    MapiResult<Long> advised = table.advise(fnevTableModified, sink);
    if (advised.hr() == MAPI_E_NO_SUPPORT) {
      c.assertHr(MAPI_E_NO_SUPPORT, advised, "Advise");
      c.notApplicable("the table does not notify: Advise is MAPI_E_NO_SUPPORT");
    }
    return c.ok(advised, "IMAPITable::Advise");
  }

  /** Waits for an event about a row; ends the check where the table tells coarsely. */
  @CanIgnoreReturnValue
  TABLE_NOTIFICATION await(int event, Predicate<TABLE_NOTIFICATION> wanted) throws Exception {
    TABLE_NOTIFICATION found =
        awaitAny(
            "an event of type " + event,
            e -> isCoarse(e) || e.ulTableEvent() == event && wanted.test(e));
    if (isCoarse(found)) {
      c.assertTrue(found.row() == null || found.row().lpProps().isEmpty(), "no row", found);
      c.notApplicable(COARSE);
    }
    return found;
  }

  /** The same about the row with a subject. */
  @CanIgnoreReturnValue
  TABLE_NOTIFICATION await(int event, String subject) throws Exception {
    return await(event, e -> subject.equals(subject(e)));
  }

  /** Waits for any event like this. */
  @CanIgnoreReturnValue
  TABLE_NOTIFICATION awaitAny(String what, Predicate<TABLE_NOTIFICATION> wanted) throws Exception {
    return (TABLE_NOTIFICATION)
        heard.await(what, e -> e instanceof TABLE_NOTIFICATION table && wanted.test(table));
  }

  static boolean isCoarse(TABLE_NOTIFICATION event) {
    return event.ulTableEvent() == TABLE_CHANGED || event.ulTableEvent() == TABLE_RELOAD;
  }

  /** What PR_SUBJECT_W of an event's row is; null without a row. */
  static Object subject(TABLE_NOTIFICATION event) {
    SRow row = event.row();
    return row == null || row.lpProps().isEmpty()
        ? null
        : row.find(PR_SUBJECT_W).map(p -> p.value()).orElse(null);
  }

  /** What was heard so far. */
  List<TABLE_NOTIFICATION> events() {
    List<TABLE_NOTIFICATION> all = new ArrayList<>();
    heard.events().forEach(e -> all.add((TABLE_NOTIFICATION) e));
    return all;
  }

  /** PR_INSTANCE_KEY of the view's row with a subject. */
  Bytes key(String subject) {
    return TableFixtures.rows(c, table).aRow().stream()
        .filter(row -> subject.equals(TableFixtures.value(row, PR_SUBJECT_W)))
        .map(row -> (Bytes) TableFixtures.value(row, PR_INSTANCE_KEY))
        .findFirst()
        .orElseThrow(() -> new CheckFailed("no row " + subject));
  }
}
