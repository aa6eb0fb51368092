package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Contents tables of messages that a check made, and what they show. */
final class TableFixtures {
  /** No store has so many bookmarks in a view as to give this one. */
  static final int NO_BOOKMARK = 0x7FFF_FFF0;

  private TableFixtures() {}

  /** A contents table of the check's folder, sorted by its one column, the subject. */
  @CanIgnoreReturnValue
  static IMAPITable subjects(Context c, String... subjects) throws Exception {
    for (String subject : subjects) {
      add(c, subject);
    }
    return bySubject(c, c.folder());
  }

  /** Another view of a folder, sorted by its one column, the subject. */
  static IMAPITable bySubject(Context c, IMAPIFolder folder) {
    IMAPITable table = open(c, folder);
    c.need(table.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0), "SetColumns");
    c.need(table.sortTable(ascending(PR_SUBJECT_W), 0), "SortTable");
    return table;
  }

  /** A contents table, wide. */
  static IMAPITable open(Context c, IMAPIFolder folder) {
    return c.own(c.need(folder.getContentsTable(MAPI_UNICODE), "GetContentsTable"));
  }

  /** A message of the check's folder, saved and closed. */
  @CanIgnoreReturnValue
  static Bytes add(Context c, String subject, SPropValue... more) throws Exception {
    List<SPropValue> props = new ArrayList<>(List.of(more));
    props.add(SPropValue.of(PR_SUBJECT_W, subject));
    return c.stored(props.toArray(SPropValue[]::new));
  }

  /** Set-up: deletes messages of the check's folder. */
  static void delete(Context c, Bytes... ids) throws Exception {
    c.need(c.folder().deleteMessages(ENTRYLIST.of(ids), 0, null, 0), "DeleteMessages");
  }

  /** The first column of what QueryRows gives. */
  @CanIgnoreReturnValue
  static List<Object> read(Context c, IMAPITable table, int count, int flags) {
    return Fixtures.column(c.ok(table.queryRows(count, flags), "QueryRows(" + count + ")"));
  }

  /** The first column of the row at the cursor, which stays. */
  static Object here(Context c, IMAPITable table) {
    List<Object> one = read(c, table, 1, TBL_NOADVANCE);
    return one.isEmpty() ? "no row" : one.get(0);
  }

  /** The first column of every row, from the beginning. */
  static List<Object> all(Context c, IMAPITable table) {
    toStart(c, table);
    return read(c, table, 1000, 0);
  }

  /** Every row, from the beginning. */
  static SRowSet rows(Context c, IMAPITable table) {
    toStart(c, table);
    return c.need(table.queryRows(1000, 0), "QueryRows");
  }

  /** Set-up: the cursor to the first row. */
  static void toStart(Context c, IMAPITable table) {
    seek(c, table, 0);
  }

  /** Set-up: the cursor to a row. */
  static void seek(Context c, IMAPITable table, int row) {
    c.need(table.seekRow(BOOKMARK_BEGINNING, row), "SeekRow");
  }

  /** A value of a row, which must be there. */
  static Object value(SRow row, int tag) {
    return row.find(tag)
        .map(SPropValue::value)
        .orElseThrow(() -> new CheckFailed("no %08X in the row %s".formatted(tag, row)));
  }

  /** An order by ascending keys. */
  static SSortOrderSet ascending(int... tags) {
    return order(TABLE_SORT_ASCEND, tags);
  }

  /** An order by keys in one direction. */
  static SSortOrderSet order(int direction, int... tags) {
    SSortOrder[] keys = new SSortOrder[tags.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new SSortOrder(tags[i], direction);
    }
    return SSortOrderSet.of(keys);
  }

  /** A property compared with a constant. */
  static SRestriction compare(int tag, int relop, Object value) {
    return new SPropertyRestriction(relop, tag, SPropValue.of(tag, value));
  }

  /** The subject is this text. */
  static SRestriction subjectIs(String text) {
    return compare(PR_SUBJECT_W, RELOP_EQ, text);
  }

  /** The subject contains this text. */
  static SRestriction subjectHas(int level, String text) {
    return new SContentRestriction(level, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, text));
  }
}
