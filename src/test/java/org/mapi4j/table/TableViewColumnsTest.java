package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.String8;

class TableViewColumnsTest {
  private static final int NUMBERS = PropTag.of(0x6123, PT_MV_LONG);
  private static final int WORDS = PropTag.of(0x6124, PT_MV_UNICODE);

  private final ListSource source = new ListSource();

  private List<SPropValue> firstRow(TableOptions options, int... columns) {
    TableView view = TableView.open(source, options);
    assertHr(S_OK, view.setColumns(tags(columns), TBL_BATCH));
    return ok(view.queryRows(1, 0)).get(0).lpProps();
  }

  @Test
  void queryRows_columns_comeInTheOrderAsked() {
    source.add("s").with(PR_IMPORTANCE, 1);
    assertEquals(
        List.of(
            SPropValue.of(PR_IMPORTANCE, 1),
            SPropValue.of(PR_SUBJECT_W, "s"),
            SPropValue.of(PR_IMPORTANCE, 1)),
        firstRow(WIDE, PR_IMPORTANCE, PR_SUBJECT_W, PR_IMPORTANCE));
  }

  @Test
  void queryRows_missingOrOtherType_isNotFoundUnderTheSameIdentifier() {
    source.add("s").with(PR_IMPORTANCE, 1);
    int wrong = PropTag.changePropType(PR_IMPORTANCE, PT_BINARY);
    assertEquals(
        List.of(
            SPropValue.error(PR_BODY_W, MAPI_E_NOT_FOUND),
            SPropValue.error(wrong, MAPI_E_NOT_FOUND)),
        firstRow(WIDE, PR_BODY_W, wrong));
  }

  @Test
  void queryRows_nullPlaceholder_staysOne() {
    source.add("s");
    assertEquals(
        List.of(SPropValue.none(), SPropValue.of(PR_SUBJECT_W, "s"), SPropValue.none()),
        firstRow(WIDE, PR_NULL, PR_SUBJECT_W, PR_NULL));
  }

  @Test
  void queryRows_valueOverTheLimit_isNotCut() {
    source.add("s").with(PR_SEARCH_KEY, new byte[1001]).with(PR_RECORD_KEY, new byte[1000]);
    List<SPropValue> row = firstRow(WIDE, PR_SEARCH_KEY, PR_RECORD_KEY);
    assertEquals(SPropValue.error(PR_SEARCH_KEY, MAPI_E_NOT_ENOUGH_MEMORY), row.get(0));
    assertEquals(1000, row.get(1).asBytes().size());
  }

  @Test
  void queryRows_stringWidths_convertBothWaysByTheCodePage() {
    String8 narrow = new String8(Bytes.of('B', 0xF6, 0x80));
    source.add("Tür €").with(PR_BODY_A, narrow);
    assertEquals(
        List.of(
            SPropValue.of(PR_SUBJECT_A, String8.encode("Tür €", WESTERN).orElseThrow()),
            SPropValue.of(PR_BODY_W, "Bö€"),
            SPropValue.of(PR_BODY_A, narrow)),
        firstRow(WIDE, PR_SUBJECT_A, PR_BODY_W, PR_BODY_A));
    source.rows.clear();
    source.add("日本");
    assertEquals(
        List.of(SPropValue.error(PR_SUBJECT_A, MAPI_E_BAD_CHARWIDTH)),
        firstRow(WIDE, PR_SUBJECT_A));
  }

  @Test
  void queryRows_unspecifiedType_getsTheOwnTypeInTheTablesWidth() {
    source.add("s").with(PR_IMPORTANCE, 1);
    int subject = PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED);
    int importance = PropTag.changePropType(PR_IMPORTANCE, PT_UNSPECIFIED);
    assertEquals(
        List.of(SPropValue.of(PR_SUBJECT_A, "s"), SPropValue.of(PR_IMPORTANCE, 1)),
        firstRow(NARROW, subject, importance));
    assertEquals(List.of(SPropValue.of(PR_SUBJECT_W, "s")), firstRow(WIDE, subject));
  }

  @Test
  void queryColumns_beforeAndAfterSetColumns_givesTheColumnsInForce() {
    TableView view = TableView.open(source, NARROW);
    assertEquals(tags(PR_INSTANCE_KEY, PR_SUBJECT_A), ok(view.queryColumns(0)));
    assertEquals(
        tags(PR_INSTANCE_KEY, PR_SUBJECT_A, PR_IMPORTANCE, PR_BODY_A),
        ok(view.queryColumns(TBL_ALL_COLUMNS)));
    SPropTagArray columns = tags(PR_SUBJECT_W, PR_NULL, PR_SUBJECT_A);
    assertHr(S_OK, view.setColumns(columns, 0));
    assertEquals(columns, ok(view.queryColumns(0)));
  }

  @Test
  void setColumns_malformed_isRefusedAndTheColumnsStay() {
    TableView view = TableView.open(source, WIDE);
    assertHr(MAPI_E_INVALID_PARAMETER, view.setColumns(null, 0));
    assertHr(MAPI_E_INVALID_PARAMETER, view.setColumns(SPropTagArray.EMPTY, 0));
    assertHr(
        MAPI_E_INVALID_PARAMETER,
        view.setColumns(tags(PropTag.changePropType(PR_SUBJECT_W, PT_ERROR)), 0));
    assertHr(
        MAPI_E_TOO_COMPLEX,
        view.setColumns(
            SPropTagArray.of(Collections.nCopies(TableView.COLUMNS_MAX + 1, PR_SUBJECT_W)), 0));
    assertEquals(TBLSTAT_SETCOL_ERROR, ok(view.getStatus()).lpulTableStatus());
    assertEquals(tags(PR_INSTANCE_KEY, PR_SUBJECT_W), ok(view.queryColumns(0)));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W), TBL_ASYNC | TBL_BATCH));
    assertEquals(TBLSTAT_COMPLETE, ok(view.waitForCompletion(0, -1)));
    assertEquals(new IMAPITable.Status(TBLSTAT_COMPLETE, TBLTYPE_DYNAMIC), ok(view.getStatus()));
  }

  @Test
  void instanceKeys_ofTwoViews_areSixteenBytesAndAllDifferent() {
    source.add("a").with(NUMBERS, List.of(1, 2));
    source.add("b");
    Set<Bytes> keys = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      TableView view = TableView.open(source, WIDE);
      assertHr(S_OK, view.setColumns(tags(PR_INSTANCE_KEY, NUMBERS | MVI_FLAG), 0));
      for (SRow row : ok(view.queryRows(10, 0))) {
        Bytes key = row.lpProps().get(0).asBytes();
        assertEquals(16, key.size());
        assertTrue(keys.add(key));
      }
    }
    assertEquals(6, keys.size());
  }

  @Test
  void instanceKey_rowsComeAndGo_staysTheRows() {
    source.add("a");
    source.add("b");
    TableView view = TableView.open(source, WIDE);
    Bytes key = ok(view.queryRows(2, 0)).get(1).lpProps().get(0).asBytes();
    source.remove("a");
    assertEquals(key, ok(view.queryRows(-1, 0)).get(0).lpProps().get(0).asBytes());
  }

  @Test
  void multivalue_withoutInstances_showsAllValuesInOneRow() {
    source.add("a").with(NUMBERS, List.of(1, 2));
    assertEquals(List.of(SPropValue.of(NUMBERS, List.of(1, 2))), firstRow(WIDE, NUMBERS));
  }

  @Test
  void multivalue_withInstances_showsOneRowForEachCombination() {
    source.add("a").with(NUMBERS, List.of(1, 2)).with(WORDS, List.of("x", "y", "z"));
    source.add("b").with(WORDS, List.of("w"));
    source.add("c");
    TableView view = TableView.open(source, NARROW);
    int narrowWords = PropTag.changePropType(WORDS, PT_MV_STRING8 | MV_INSTANCE);
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, NUMBERS | MVI_FLAG, narrowWords), 0));
    assertEquals("a a a a a a b c", all(view));
    assertEquals(8, ok(view.getRowCount(0)));
    ok(view.seekRow(BOOKMARK_BEGINNING, 5));
    assertEquals(
        List.of(
            SRow.of(
                SPropValue.of(PR_SUBJECT_W, "a"),
                SPropValue.of(PropTag.changePropType(NUMBERS, PT_LONG), 2),
                SPropValue.of(PropTag.changePropType(WORDS, PT_STRING8), "z")),
            SRow.of(
                SPropValue.of(PR_SUBJECT_W, "b"),
                SPropValue.error(NUMBERS, MAPI_E_NOT_FOUND),
                SPropValue.of(PropTag.changePropType(WORDS, PT_STRING8), "w"))),
        ok(view.queryRows(2, 0)).aRow());
  }

  @Test
  void multivalue_instancesMakeTheRowsGrow_bookmarksAreDiscardedAndTheCursorStays() {
    source.add("a").with(NUMBERS, List.of(1, 2));
    source.add("b").with(NUMBERS, List.of(3, 4));
    TableView view = open(source);
    assertEquals("a", read(view, 1));
    int bookmark = ok(view.createBookmark());
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, PR_BODY_W), 0));
    assertEquals(0, ok(view.seekRow(bookmark, 0)));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, NUMBERS | MVI_FLAG), 0));
    assertHr(MAPI_E_INVALID_BOOKMARK, view.seekRow(bookmark, 0).hr());
    assertEquals("b", read(view, 1));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W), 0));
    assertEquals("b", read(view, 1));
  }

  @Test
  void multivalue_tooManyInstances_isOneRowOrTooComplex() {
    List<Integer> many = Collections.nCopies(Instances.ROW_INSTANCES_MAX + 1, 7);
    source.add("a").with(NUMBERS, many);
    assertEquals(
        List.of(
            SPropValue.of(PR_SUBJECT_W, "a"), SPropValue.error(NUMBERS, MAPI_E_NOT_ENOUGH_MEMORY)),
        firstRow(WIDE, PR_SUBJECT_W, NUMBERS | MVI_FLAG));
    TableView view = TableView.open(source, WIDE);
    int[] columns = new int[Instances.INSTANCE_COLUMNS_MAX + 1];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = PropTag.of(0x6200 + i, PT_MV_LONG | MV_INSTANCE);
    }
    assertHr(MAPI_E_TOO_COMPLEX, view.setColumns(tags(columns), 0));
  }

  @Test
  void flags_unknown_areRefusedByEveryCallThatHasThem() {
    TableView view = TableView.open(source, WIDE);
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.setColumns(tags(PR_SUBJECT_W), 4));
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.restrict(null, 4));
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.sortTable(by(), 4));
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.queryColumns(2).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.queryRows(1, 2).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.findRow(subject(RELOP_EQ, ""), BOOKMARK_BEGINNING, 2));
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.getRowCount(1).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.waitForCompletion(1, 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.getLastError(0, 1).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.expandRow(Bytes.EMPTY, 0, 1).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.collapseRow(Bytes.EMPTY, 1).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.getCollapseState(1, Bytes.EMPTY).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, view.setCollapseState(1, Bytes.EMPTY).hr());
  }

  @Test
  void flags_unknownToALenientView_areIgnored() {
    source.add("a");
    TableView view = TableView.open(source, WIDE.withLenientFlags(true));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W), 64));
    assertEquals(tags(PR_SUBJECT_W), ok(view.queryColumns(64)));
    assertEquals("a", read(view, 1, 64));
    assertEquals("", read(view, 1, 64));
  }

  @Test
  void source_throwsWhatItDoesNotName_isThrownOn() {
    TableView view = TableView.open(source, WIDE);
    source.rows.add(null);
    source.changed();
    assertThrows(NullPointerException.class, () -> view.getRowCount(0).hr());
  }

  @Test
  void whatIsNotOffered_isNotSupported() {
    TableView view = TableView.open(source, WIDE);
    assertHr(MAPI_E_NO_SUPPORT, view.advise(fnevTableModified, null).hr());
    assertHr(MAPI_E_NOT_FOUND, view.unadvise(1));
    assertHr(MAPI_E_NO_SUPPORT, view.expandRow(Bytes.EMPTY, 0, 0).hr());
    assertHr(MAPI_E_NO_SUPPORT, view.collapseRow(Bytes.EMPTY, 0).hr());
    assertHr(MAPI_E_NO_SUPPORT, view.getCollapseState(0, Bytes.EMPTY).hr());
    assertHr(MAPI_E_NO_SUPPORT, view.setCollapseState(0, Bytes.EMPTY).hr());
    assertHr(MAPI_E_UNABLE_TO_ABORT, view.abort());
    assertEquals(TBLSTAT_COMPLETE, ok(view.waitForCompletion(0, -1)));
  }

  @Test
  void queryInterface_ofATable_isTheTable() {
    TableView view = TableView.open(source, WIDE);
    assertSame(view, ok(view.queryInterface(IID_IMAPITable)));
    assertSame(view, ok(view.queryInterface(IID_IUnknown)));
    assertHr(MAPI_E_INTERFACE_NOT_SUPPORTED, view.queryInterface(IID_IMessage).hr());
  }

  @Test
  void getLastError_afterAFailure_namesCallAndCode() {
    TableView view = TableView.open(source, WIDE);
    assertNull(ok(view.getLastError(MAPI_E_TOO_COMPLEX, 0)));
    assertHr(MAPI_E_INVALID_PARAMETER, view.queryRows(0, 0).hr());
    String text = ok(view.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE)).lpszError();
    assertEquals("IMAPITable::QueryRows: MAPI_E_INVALID_PARAMETER (0x80070057)", text);
    assertNull(ok(view.getLastError(MAPI_E_TOO_COMPLEX, 0)));
  }

  @Test
  void close_afterwards_everyCallAnswersInvalidObject() {
    source.add("a");
    TableView view = TableView.open(source, WIDE);
    view.close();
    view.close();
    assertHr(MAPI_E_INVALID_OBJECT, view.queryRows(1, 0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, view.queryRows(1, 64).hr());
    assertHr(MAPI_E_INVALID_OBJECT, view.getStatus().hr());
    assertHr(MAPI_E_INVALID_OBJECT, view.getLastError(0, 0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, view.restrict(null, 0));
    assertHr(MAPI_E_INVALID_OBJECT, view.freeBookmark(BOOKMARK_END));
    assertHr(MAPI_E_INVALID_OBJECT, view.queryInterface(IID_IMAPITable).hr());
  }

  @Test
  void source_gone_everyCallAnswersItsState() {
    TableView view = TableView.open(source, WIDE);
    source.state = MAPI_E_INVALID_OBJECT;
    assertHr(MAPI_E_INVALID_OBJECT, view.queryColumns(0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, view.seekRowApprox(0, 1));
  }

  @Test
  void source_fails_theCallAnswersItsCodeAndTheViewRecovers() {
    source.add("a");
    TableView view = open(source);
    source.failure = MAPI_E_CALL_FAILED;
    assertHr(MAPI_E_CALL_FAILED, view.queryRows(1, 0).hr());
    assertHr(MAPI_E_CALL_FAILED, view.setColumns(tags(PR_SUBJECT_W, NUMBERS | MVI_FLAG), 0));
    source.failure = S_OK;
    assertEquals(tags(PR_SUBJECT_W), ok(view.queryColumns(0)));
    assertEquals("a", read(view, 1));
  }

  @Test
  void options_malformed_areNotBuilt() {
    assertNotEquals(WIDE, NARROW);
    assertFalse(WIDE.withRestrictable(false).restrictable());
    assertThrows(IllegalArgumentException.class, () -> TableOptions.of(true, WESTERN, 0));
  }

  @Test
  void expansion_toMoreRowsThanAViewHas_isTooComplexAndChangesNothing() {
    List<Integer> numbers = IntStream.range(0, 60).boxed().toList();
    List<String> words = numbers.stream().map(String::valueOf).toList();
    for (int i = 0; i < 200; i++) {
      source.add("s" + i).with(NUMBERS, numbers).with(WORDS, words);
    }
    TableView view = open(source);
    int[] both = {NUMBERS | MVI_FLAG, WORDS | MVI_FLAG};
    assertHr(MAPI_E_TOO_COMPLEX, view.setColumns(tags(both), 0));
    assertEquals(200, ok(view.getRowCount(0)));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, both[0]), 0));
    assertEquals(12_000, ok(view.getRowCount(0)));
    assertHr(MAPI_E_TOO_COMPLEX, view.sortTable(by(both[1], TABLE_SORT_ASCEND), TBL_ASYNC));
    assertEquals(12_000, ok(view.getRowCount(0)));
    assertHr(S_OK, view.restrict(subject(RELOP_EQ, "s1"), 0));
    assertHr(S_OK, view.sortTable(by(both[1], TABLE_SORT_ASCEND), 0));
    assertEquals(3_600, ok(view.getRowCount(0)));
    assertHr(MAPI_E_TOO_COMPLEX, view.restrict(null, 0));
    assertEquals(3_600, ok(view.getRowCount(0)));
  }
}
