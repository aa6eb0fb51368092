package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

class TableViewSortTest {
  private static final int NUMBERS = PropTag.of(0x6123, PT_MV_LONG);

  private final ListSource source = new ListSource();

  @Test
  void sortTable_severalKeys_decideInTheirOrder() {
    source.add("b").with(PR_IMPORTANCE, 1);
    source.add("a").with(PR_IMPORTANCE, 1);
    source.add("c").with(PR_IMPORTANCE, 2);
    TableView view = open(source);
    assertHr(
        S_OK,
        view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_DESCEND, PR_SUBJECT_W, TABLE_SORT_ASCEND), 0));
    assertEquals("c a b", all(view));
  }

  @Test
  void sortTable_missingKeys_areLastInBothDirections() {
    source.add("none");
    source.add("two").with(PR_IMPORTANCE, 2);
    source.add("one").with(PR_IMPORTANCE, 1);
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_ASCEND), TBL_ASYNC));
    assertEquals("one two none", all(view));
    assertHr(S_OK, view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_DESCEND), 0));
    assertEquals("two one none", all(view));
  }

  @Test
  void sortTable_equalKeys_keepTheNaturalOrder() {
    for (String subject : List.of("q", "w", "e", "r", "t")) {
      source.add(subject).with(PR_IMPORTANCE, 1);
    }
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_DESCEND), 0));
    assertEquals("q w e r t", all(view));
  }

  @Test
  void sortTable_narrowKey_ordersAsTheWideOne() {
    source.add("Zebra");
    source.add("äpfel");
    source.add("birne");
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(PR_SUBJECT_A, TABLE_SORT_ASCEND), 0));
    String narrow = all(view);
    assertHr(S_OK, view.sortTable(by(PR_SUBJECT_W, TABLE_SORT_ASCEND), 0));
    assertEquals(all(view), narrow);
    assertEquals("äpfel birne Zebra", narrow);
  }

  @Test
  void sortTable_messageClasses_areEqualWhateverTheirCase() {
    source.add("1").with(PR_MESSAGE_CLASS_W, "IPM.note");
    source.add("2").with(PR_MESSAGE_CLASS_W, "IPM.Note");
    source.add("3").with(PR_MESSAGE_CLASS_W, "IPM");
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(PR_MESSAGE_CLASS_W, TABLE_SORT_ASCEND), 0));
    assertEquals("3 1 2", all(view));
  }

  @Test
  void sortTable_multivalue_isATupleWithMissingElementsLast() {
    source.add("1").with(NUMBERS, List.of(1));
    source.add("13").with(NUMBERS, List.of(1, 3));
    source.add("12").with(NUMBERS, List.of(1, 2));
    source.add("none");
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(NUMBERS, TABLE_SORT_ASCEND), 0));
    assertEquals("12 13 1 none", all(view));
    assertHr(S_OK, view.sortTable(by(NUMBERS, TABLE_SORT_DESCEND), 0));
    assertEquals("13 12 1 none", all(view));
  }

  @Test
  void sortTable_instanceKey_sortsOneRowPerValue() {
    source.add("x").with(NUMBERS, List.of(3, 1));
    source.add("y").with(NUMBERS, List.of(2));
    source.add("z");
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(NUMBERS | MVI_FLAG, TABLE_SORT_ASCEND), 0));
    assertEquals("x y x z", all(view));
  }

  @Test
  void sortTable_whatItCannotDo_isRefusedAndTheOrderStays() {
    source.add("b");
    source.add("a");
    TableView view = open(source);
    SSortOrderSet good = by(PR_SUBJECT_W, TABLE_SORT_ASCEND);
    assertHr(S_OK, view.sortTable(good, 0));
    SSortOrder key = good.aSort().get(0);
    SSortOrder unread = new SSortOrder(PR_CONTENT_UNREAD, TABLE_SORT_ASCEND);
    assertHr(MAPI_E_NO_SUPPORT, view.sortTable(new SSortOrderSet(List.of(key), 1, 0), 0));
    assertHr(MAPI_E_INVALID_PARAMETER, view.sortTable(new SSortOrderSet(List.of(unread), 1, 0), 0));
    assertHr(MAPI_E_INVALID_PARAMETER, view.sortTable(new SSortOrderSet(List.of(key), 2, 0), 0));
    assertHr(MAPI_E_INVALID_PARAMETER, view.sortTable(new SSortOrderSet(List.of(key), 0, 1), 0));
    assertHr(MAPI_E_INVALID_PARAMETER, view.sortTable(null, 0));
    assertHr(MAPI_E_TOO_COMPLEX, view.sortTable(by(PR_SUBJECT_W, TABLE_SORT_COMBINE), 0));
    assertHr(MAPI_E_TOO_COMPLEX, view.sortTable(by(PR_SUBJECT_W, 77), 0));
    assertHr(MAPI_E_TOO_COMPLEX, view.sortTable(by(PR_MESSAGE_RECIPIENTS, 0), 0));
    assertHr(MAPI_E_TOO_COMPLEX, view.sortTable(by(PropTag.of(0x6001, 0x77), 0), 0));
    assertHr(
        MAPI_E_TOO_COMPLEX,
        view.sortTable(
            new SSortOrderSet(Collections.nCopies(SortOrder.SORT_KEYS_MAX + 1, key), 0, 0), 0));
    assertEquals(TBLSTAT_SORT_ERROR, ok(view.getStatus()).lpulTableStatus());
    assertEquals(good, ok(view.querySortOrder()));
    assertEquals("a b", all(view));
  }

  @Test
  void sortTable_noKeys_restoresTheDefaultOrder() {
    source.add("b").with(PR_IMPORTANCE, 2);
    source.add("a").with(PR_IMPORTANCE, 1);
    SSortOrderSet standard = by(PR_IMPORTANCE, TABLE_SORT_ASCEND);
    TableView view = TableView.open(source, WIDE.withDefaultSort(standard));
    assertEquals(standard, ok(view.querySortOrder()));
    assertHr(S_OK, view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_DESCEND), 0));
    assertHr(S_OK, view.sortTable(by(), 0));
    assertEquals(standard, ok(view.querySortOrder()));
    TableView plain = TableView.open(source, WIDE);
    assertEquals(0, ok(plain.querySortOrder()).aSort().size());
  }

  @Test
  void cursor_itsRowMovesInTheOrder_staysOnIt() {
    ListSource.Row first = source.add("a").with(PR_IMPORTANCE, 1);
    source.add("b").with(PR_IMPORTANCE, 2);
    source.add("c").with(PR_IMPORTANCE, 3);
    TableView view = open(source);
    assertHr(S_OK, view.sortTable(by(PR_IMPORTANCE, TABLE_SORT_ASCEND), 0));
    assertHr(S_OK, view.findRow(subject(RELOP_EQ, "a"), BOOKMARK_BEGINNING, 0));
    first.with(PR_IMPORTANCE, 9);
    source.changed();
    assertEquals("b c", read(view, -5));
    assertEquals("a", read(view, 5));
  }
}
