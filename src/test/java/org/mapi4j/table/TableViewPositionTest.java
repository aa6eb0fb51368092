package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

class TableViewPositionTest {
  private final ListSource source = ListSource.subjects("a", "b", "c", "d", "e");
  private final TableView view = Views.open(source);

  @Test
  void queryRows_positiveCount_readsOnAndLeavesTheCursorBehind() {
    assertEquals("a b", read(view, 2));
    assertEquals("c d", read(view, 2));
    assertEquals("e", read(view, 2));
    assertEquals("", read(view, 2));
  }

  @Test
  void queryRows_negativeCount_stepsBackAndReadsForward() {
    assertEquals(3, ok(view.seekRow(BOOKMARK_BEGINNING, 3)));
    assertEquals("b c", read(view, -2));
    assertEquals("d", read(view, 1, TBL_NOADVANCE));
    assertEquals("a b c", read(view, -100));
    assertEquals(-3, ok(view.seekRow(BOOKMARK_CURRENT, -3)));
    assertEquals("", read(view, -1));
    assertEquals("", read(view, Integer.MIN_VALUE));
  }

  @Test
  void queryRows_noAdvance_leavesTheCursorOnTheFirstRowReturned() {
    assertEquals("a b", read(view, 2, TBL_NOADVANCE));
    assertEquals("a b", read(view, 2));
    assertEquals("a b", read(view, -2, TBL_NOADVANCE));
    assertEquals("a", read(view, 1));
  }

  @Test
  void queryRows_countZero_isAnInvalidParameter() {
    assertHr(MAPI_E_INVALID_PARAMETER, view.queryRows(0, 0).hr());
  }

  @Test
  void seekRow_pastAnEnd_stopsThereAndTellsHowFarItWent() {
    assertEquals(5, ok(view.seekRow(BOOKMARK_BEGINNING, 100)));
    assertEquals("", read(view, 1));
    assertEquals(-1, ok(view.seekRow(BOOKMARK_END, -1)));
    assertEquals("e", read(view, 1, TBL_NOADVANCE));
    assertEquals(-4, ok(view.seekRow(BOOKMARK_CURRENT, Integer.MIN_VALUE)));
    assertEquals("a", read(view, 1, TBL_NOADVANCE));
    assertEquals(5, ok(view.seekRow(BOOKMARK_CURRENT, Integer.MAX_VALUE)));
  }

  @Test
  void seekRow_unknownBookmark_isInvalid() {
    assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(77, 0).hr());
    assertHr(MAPI_E_INVALID_BOOKMARK, view.findRow(subject(RELOP_EQ, "a"), -1, 0));
  }

  @Test
  void seekRowApprox_fractions_areAbsolute() {
    assertHr(S_OK, view.seekRowApprox(1, 2));
    assertEquals("c", read(view, 1));
    assertHr(S_OK, view.seekRowApprox(50, 100));
    assertEquals("c", read(view, 1));
    assertHr(S_OK, view.seekRowApprox(7, 7));
    assertEquals("", read(view, 1));
    assertHr(S_OK, view.seekRowApprox(0, 0));
    assertEquals("a", read(view, 1));
    assertHr(S_OK, view.seekRowApprox(0xFFFFFFFE, 0xFFFFFFFF));
    assertEquals("e", read(view, 1));
    assertHr(MAPI_E_INVALID_PARAMETER, view.seekRowApprox(1, 0));
  }

  @Test
  void queryPosition_anywhere_tellsTheNextRow() {
    assertEquals(new IMAPITable.Position(0, 0, 5), ok(view.queryPosition()));
    assertEquals("a b", read(view, 2));
    assertEquals(new IMAPITable.Position(2, 2, 5), ok(view.queryPosition()));
    TableView empty = Views.open(new ListSource());
    assertEquals(new IMAPITable.Position(0, 0, 1), ok(empty.queryPosition()));
  }

  @Test
  void findRow_forward_includesTheOrigin() {
    assertHr(S_OK, view.findRow(subject(RELOP_EQ, "c"), BOOKMARK_BEGINNING, 0));
    assertHr(S_OK, view.findRow(subject(RELOP_GE, "c"), BOOKMARK_CURRENT, 0));
    assertEquals("c", read(view, 1));
  }

  @Test
  void findRow_backward_excludesTheOrigin() {
    assertEquals(2, ok(view.seekRow(BOOKMARK_BEGINNING, 2)));
    assertHr(S_OK, view.findRow(subject(RELOP_LE, "c"), BOOKMARK_CURRENT, DIR_BACKWARD));
    assertEquals("b", read(view, 1));
    assertHr(S_OK, view.findRow(subject(RELOP_GE, "a"), BOOKMARK_END, DIR_BACKWARD));
    assertEquals("e", read(view, 1));
    assertHr(
        MAPI_E_NOT_FOUND, view.findRow(subject(RELOP_GE, "a"), BOOKMARK_BEGINNING, DIR_BACKWARD));
  }

  @Test
  void findRow_notFound_leavesTheCursor() {
    assertEquals("a", read(view, 1));
    assertHr(MAPI_E_NOT_FOUND, view.findRow(subject(RELOP_EQ, "x"), BOOKMARK_BEGINNING, 0));
    assertEquals("b", read(view, 1));
  }

  @Test
  void findRow_byInstanceKey_landsOnTheRow() {
    assertHr(S_OK, view.setColumns(SPropTagArray.tags(PR_SUBJECT_W, PR_INSTANCE_KEY), 0));
    SPropValue key = keyOf(3);
    assertHr(
        S_OK,
        view.findRow(
            new SPropertyRestriction(RELOP_EQ, PR_INSTANCE_KEY, key), BOOKMARK_BEGINNING, 0));
    assertEquals("d", read(view, 1));
  }

  private SPropValue keyOf(int row) {
    assertEquals(row, ok(view.seekRow(BOOKMARK_BEGINNING, row)));
    return ok(view.queryRows(1, 0)).get(0).lpProps().get(1);
  }

  @Test
  void findRow_prefixByGreaterOrEqual_landsOnTheFirstRowWithIt() {
    ListSource names = ListSource.subjects("Beta", "alpha", "Alpine", "gamma", "almond");
    TableView sorted = Views.open(names);
    assertHr(S_OK, sorted.sortTable(by(PR_SUBJECT_W, TABLE_SORT_ASCEND), 0));
    assertHr(S_OK, sorted.findRow(subject(RELOP_GE, "alp"), BOOKMARK_BEGINNING, 0));
    assertEquals("alpha Alpine Beta gamma", read(sorted, 9));
    assertHr(S_OK, sorted.sortTable(by(PR_SUBJECT_W, TABLE_SORT_DESCEND), 0));
    assertHr(S_OK, sorted.findRow(subject(RELOP_GE, "alp"), BOOKMARK_END, DIR_BACKWARD));
    assertEquals("alpha almond", read(sorted, 9));
  }

  @Test
  void cursor_rowsComeAndGo_staysOnItsRow() {
    assertEquals("a b", read(view, 2));
    source.insert(0).with(PR_SUBJECT_W, "0");
    source.remove("a");
    source.remove("b");
    assertEquals("c", read(view, 1, TBL_NOADVANCE));
    assertEquals("0", read(view, -9));
  }

  @Test
  void cursor_rowGone_standsAtTheNextAndSaysSoOnce() {
    assertEquals("a b", read(view, 2));
    source.remove("c");
    source.remove("d");
    assertHr(MAPI_W_POSITION_CHANGED, view.seekRow(BOOKMARK_CURRENT, 0).hr());
    assertHr(S_OK, view.seekRow(BOOKMARK_CURRENT, 0).hr());
    assertEquals("e", read(view, 1));
  }

  @Test
  void cursor_neverMoved_readsRowsThatCameBeforeTheFirst() {
    source.insert(0).with(PR_SUBJECT_W, "0");
    assertEquals("0 a", read(view, 2));
  }

  @Test
  void cursor_emptyTableGetsRows_readsThem() {
    ListSource none = new ListSource();
    TableView empty = Views.open(none);
    assertEquals("", read(empty, 5));
    none.add("late");
    assertEquals("late", read(empty, 5));
  }

  @Test
  void cursor_atTheEnd_staysAtTheEnd() {
    assertEquals(0, ok(view.seekRow(BOOKMARK_END, 0)));
    source.add("f");
    assertEquals("", read(view, 1));
    assertEquals("f", read(view, -1));
  }

  @Test
  void cursor_twoViews_areIndependent() {
    TableView other = Views.open(source);
    assertEquals("a b c", read(view, 3));
    assertEquals("a", read(other, 1));
  }

  @Test
  void bookmark_rowsComeBefore_staysOnItsRow() {
    assertEquals("a b", read(view, 2));
    int c = ok(view.createBookmark());
    assertNotEquals(BOOKMARK_END, c);
    source.insert(0).with(PR_SUBJECT_W, "0");
    source.remove("a");
    assertEquals(0, ok(view.seekRow(c, 0)));
    assertEquals("c", read(view, 1));
    assertEquals(-1, ok(view.seekRow(c, -1)));
    assertEquals("b", read(view, 1));
  }

  @Test
  void bookmark_rowGone_movesToTheNextAndSaysSoOnce() {
    assertEquals(2, ok(view.seekRow(BOOKMARK_BEGINNING, 2)));
    int c = ok(view.createBookmark());
    source.remove("c");
    assertEquals(4, ok(view.getRowCount(0)));
    assertHr(MAPI_W_POSITION_CHANGED, view.findRow(subject(RELOP_GE, "a"), c, 0));
    assertEquals("d", read(view, 1));
    assertHr(S_OK, view.seekRow(c, 0).hr());
  }

  @Test
  void bookmark_freed_isInvalidAndPredefinedOnesStay() {
    int a = ok(view.createBookmark());
    assertHr(S_OK, view.freeBookmark(a));
    assertHr(MAPI_E_INVALID_BOOKMARK, view.freeBookmark(a));
    assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(a, 0).hr());
    for (int predefined = BOOKMARK_BEGINNING; predefined <= BOOKMARK_END; predefined++) {
      assertHr(S_OK, view.freeBookmark(predefined));
      assertHr(S_OK, view.seekRow(predefined, 0).hr());
    }
  }

  @Test
  void createBookmark_tooMany_isRefusedUntilOneIsFreed() {
    int first = ok(view.createBookmark());
    for (int i = 1; i < Places.BOOKMARKS_MAX; i++) {
      assertHr(S_OK, view.createBookmark().hr());
    }
    assertHr(MAPI_E_UNABLE_TO_COMPLETE, view.createBookmark().hr());
    assertHr(S_OK, view.freeBookmark(first));
    assertNotEquals(first, ok(view.createBookmark()));
  }

  @Test
  void createBookmark_notBookmarkable_isNotSupported() {
    TableView table = TableView.open(source, WIDE.withBookmarkable(false));
    assertHr(MAPI_E_NO_SUPPORT, table.createBookmark().hr());
  }

  @Test
  void restrictAndSort_always_discardBookmarksAndRewind() {
    int kept = ok(view.createBookmark());
    assertEquals("a b", read(view, 2));
    assertHr(S_OK, view.restrict(subject(RELOP_GE, "b"), 0));
    assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(kept, 0).hr());
    assertEquals("b", read(view, 1));
    kept = ok(view.createBookmark());
    assertHr(S_OK, view.sortTable(by(PR_SUBJECT_W, TABLE_SORT_DESCEND), TBL_BATCH));
    assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(kept, 0).hr());
    assertEquals("e d", read(view, 2));
  }
}
