package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SCountRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSizeRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.String8;

class RestrictionsTest {
  private static final int NUMBERS = PropTag.of(0x6123, PT_MV_LONG);
  private static final int NUMBER = PropTag.of(0x6123, PT_LONG);
  private static final int OTHERS = PropTag.of(0x6125, PT_MV_LONG);

  private final ListSource source = new ListSource();
  private TableView view;

  @BeforeEach
  void fill() {
    source.add("one").with(PR_IMPORTANCE, 1).with(PR_PRIORITY, 1);
    source.add("two").with(PR_IMPORTANCE, 2).with(PR_PRIORITY, 1);
    source.add("Three").with(PR_IMPORTANCE, 3).with(PR_PRIORITY, 4);
    source.add("none");
    view = TableView.open(source, WIDE.withSubobjects(true));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W), 0));
  }

  private void assertShows(String subjects, SRestriction restriction) {
    assertHr(S_OK, view.restrict(restriction, 0));
    assertEquals(subjects, all(view));
  }

  private void assertRefused(int code, SRestriction restriction) {
    assertHr(code, Restrictions.check(restriction));
    assertHr(code, view.restrict(restriction, TBL_BATCH));
    assertHr(code, view.findRow(restriction, BOOKMARK_BEGINNING, 0));
  }

  private static SRestriction importance(int relop, int value) {
    return new SPropertyRestriction(relop, PR_IMPORTANCE, SPropValue.of(PR_IMPORTANCE, value));
  }

  private static SRestriction content(int level, String text) {
    return new SContentRestriction(level, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, text));
  }

  @Test
  void property_everyOperator_comparesValueWithConstant() {
    assertShows("one", importance(RELOP_LT, 2));
    assertShows("one two", importance(RELOP_LE, 2));
    assertShows("Three", importance(RELOP_GT, 2));
    assertShows("two Three", importance(RELOP_GE, 2));
    assertShows("two", importance(RELOP_EQ, 2));
    assertShows("one Three", importance(RELOP_NE, 2));
  }

  @Test
  void property_absent_failsAndItsNegationHolds() {
    assertShows("one Three", importance(RELOP_NE, 2));
    assertShows("one Three none", new SNotRestriction(importance(RELOP_EQ, 2)));
    assertShows(
        "one Three",
        new SAndRestriction(
            List.of(
                new SExistRestriction(PR_IMPORTANCE),
                new SNotRestriction(importance(RELOP_EQ, 2)))));
  }

  @Test
  void property_messageClass_ignoresCase() {
    source.add("note").with(PR_MESSAGE_CLASS_W, "IPM.Note");
    SPropValue upper = SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.NOTE");
    assertShows("note", new SPropertyRestriction(RELOP_EQ, PR_MESSAGE_CLASS_W, upper));
    assertShows(
        "note",
        new SContentRestriction(
            FL_PREFIX, PR_MESSAGE_CLASS_W, SPropValue.of(PR_MESSAGE_CLASS_W, "ipm")));
    assertShows("", subject(RELOP_EQ, "ONE"));
  }

  @Test
  void property_narrowConstant_matchesWideValuesByTheCodePage() {
    source.add("Größe");
    SPropValue narrow =
        new SPropValue(PR_SUBJECT_A, String8.encode("Größe", WESTERN).orElseThrow());
    assertShows("Größe", new SPropertyRestriction(RELOP_EQ, PR_SUBJECT_A, narrow));
    SPropValue prefix = new SPropValue(PR_SUBJECT_A, String8.encode("GRÖ", WESTERN).orElseThrow());
    assertShows("Größe", new SContentRestriction(FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_A, prefix));
  }

  @Test
  void property_multivalue_oneElementSuffices() {
    source.add("m").with(NUMBERS, List.of(3, 5));
    SPropValue five = SPropValue.of(NUMBER, 5);
    assertShows("m", new SPropertyRestriction(RELOP_EQ, NUMBERS, five));
    assertShows("m", new SPropertyRestriction(RELOP_NE, NUMBERS, five));
    assertShows("m", new SPropertyRestriction(RELOP_EQ, NUMBERS | MVI_FLAG, five));
    assertShows("", new SPropertyRestriction(RELOP_GT, NUMBERS, five));
    assertHr(S_OK, view.restrict(null, 0));
    assertEquals(5, ok(view.getRowCount(0)));
  }

  @Test
  void property_expandedColumn_testsTheRowsOwnValue() {
    source.add("m").with(NUMBERS, List.of(3, 5, 7));
    assertHr(S_OK, view.setColumns(tags(PR_SUBJECT_W, NUMBERS | MVI_FLAG), 0));
    SPropValue five = SPropValue.of(NUMBER, 5);
    assertShows("m m", new SPropertyRestriction(RELOP_GE, NUMBERS | MVI_FLAG, five));
    assertShows("m m m", new SPropertyRestriction(RELOP_GE, NUMBERS, five));
    assertShows("m m m", new SExistRestriction(NUMBERS | MVI_FLAG));
  }

  @Test
  void content_levels_matchTheWholeStartOrAnywhere() {
    assertShows("one", content(FL_FULLSTRING, "one"));
    assertShows("", content(FL_FULLSTRING, "on"));
    assertShows("two", content(FL_PREFIX, "t"));
    assertShows("two Three", content(FL_PREFIX | FL_IGNORECASE, "t"));
    assertShows("one none", content(FL_SUBSTRING, "ne"));
    assertShows("Three", content(FL_SUBSTRING | FL_LOOSE, "HRÉ"));
  }

  @Test
  void content_binary_ignoresTheUpperLevel() {
    source.add("b").with(PR_SEARCH_KEY, Bytes.of('A', 'b', 'c'));
    SPropValue lower = new SPropValue(PR_SEARCH_KEY, Bytes.of('a'));
    assertShows("", new SContentRestriction(FL_PREFIX | FL_LOOSE, PR_SEARCH_KEY, lower));
    SPropValue middle = new SPropValue(PR_SEARCH_KEY, Bytes.of('b'));
    assertShows("b", new SContentRestriction(FL_SUBSTRING, PR_SEARCH_KEY, middle));
  }

  @Test
  void content_otherIdentifierInTheConstant_doesNotCount() {
    SPropValue body = SPropValue.of(PR_BODY_W, "two");
    assertShows("two", new SContentRestriction(FL_FULLSTRING, PR_SUBJECT_W, body));
  }

  @Test
  void compareProps_twoColumns_compareWithinTheRow() {
    assertShows("one", new SComparePropsRestriction(RELOP_EQ, PR_IMPORTANCE, PR_PRIORITY));
    assertShows("two", new SComparePropsRestriction(RELOP_GT, PR_IMPORTANCE, PR_PRIORITY));
    source.add("t").with(NUMBERS, List.of(1, 2)).with(OTHERS, List.of(1, 2, 3));
    assertShows("t", new SComparePropsRestriction(RELOP_LT, NUMBERS, OTHERS));
  }

  @Test
  void bitMask_zeroOrNot_masksALong() {
    assertShows("two", new SBitMaskRestriction(BMR_EQZ, PR_IMPORTANCE, 1));
    assertShows("one Three", new SBitMaskRestriction(BMR_NEZ, PR_IMPORTANCE, 1));
  }

  @Test
  void size_ofAValue_comparesItsBytes() {
    source.add("b").with(PR_SEARCH_KEY, new byte[10]);
    assertShows("b", new SSizeRestriction(RELOP_EQ, PR_SEARCH_KEY, 10));
    assertShows("", new SSizeRestriction(RELOP_GT, PR_SEARCH_KEY, 10));
    assertShows("b", new SSizeRestriction(RELOP_LT, PR_SEARCH_KEY, 0xFFFFFFFF));
    assertShows("Three", new SSizeRestriction(RELOP_EQ, PR_SUBJECT_W, 12));
  }

  @Test
  void exist_property_holdsWhereItIs() {
    assertShows("one two Three", new SExistRestriction(PR_IMPORTANCE));
    assertShows("none", new SNotRestriction(new SExistRestriction(PR_IMPORTANCE)));
    source.add("big").with(SPropValue.error(PR_BODY_W, MAPI_E_NOT_ENOUGH_MEMORY));
    assertShows("big", new SExistRestriction(PR_BODY_W));
  }

  @Test
  void andOr_withoutChildren_areTrueAndFalse() {
    assertShows("one two Three none", new SAndRestriction(List.of()));
    assertShows("", new SOrRestriction(List.of()));
    assertShows(
        "one Three",
        new SOrRestriction(List.of(importance(RELOP_EQ, 3), subject(RELOP_EQ, "one"))));
  }

  @Test
  void sub_recipients_oneSuffices() {
    ListSource.Row message = source.add("mail");
    ListSource.Row recipient = new ListSource.Row(1).with(PR_DISPLAY_NAME_W, "Ann");
    message.children.put(PR_MESSAGE_RECIPIENTS, List.of(new ListSource.Row(2), recipient));
    SRestriction ann =
        new SPropertyRestriction(
            RELOP_EQ, PR_DISPLAY_NAME_W, SPropValue.of(PR_DISPLAY_NAME_W, "Ann"));
    assertShows("mail", new SSubRestriction(PR_MESSAGE_RECIPIENTS, ann));
    assertShows("", new SSubRestriction(PR_MESSAGE_ATTACHMENTS, ann));
  }

  @Test
  void sub_whereRowsHaveNoSubobjects_isTooComplex() {
    SRestriction sub = new SSubRestriction(PR_MESSAGE_RECIPIENTS, importance(RELOP_EQ, 1));
    TableView plain = TableView.open(source, WIDE);
    assertHr(MAPI_E_TOO_COMPLEX, plain.restrict(sub, 0));
    assertRefused(MAPI_E_TOO_COMPLEX, new SSubRestriction(PR_MESSAGE_RECIPIENTS, sub));
    assertRefused(MAPI_E_TOO_COMPLEX, new SSubRestriction(PR_SUBJECT_W, importance(RELOP_EQ, 1)));
  }

  @Test
  void comment_properties_doNotCountAndTheInnerRestrictionDoes() {
    List<SPropValue> remark = List.of(SPropValue.of(PR_SUBJECT_W, "never"));
    assertShows("two", new SCommentRestriction(remark, importance(RELOP_EQ, 2)));
    assertShows("one two Three none", new SCommentRestriction(remark, null));
    assertShows("two", new SAnnotationRestriction(remark, importance(RELOP_EQ, 2)));
    assertShows("one two Three none", new SAnnotationRestriction(remark, null));
  }

  @Test
  void restrict_again_replacesAndNullRemoves() {
    assertShows("one", importance(RELOP_EQ, 1));
    assertShows("two", importance(RELOP_EQ, 2));
    assertShows("one two Three none", null);
  }

  @Test
  void restrict_tooComplex_isRefusedAndTheFilterStays() {
    assertHr(S_OK, view.restrict(importance(RELOP_EQ, 1), 0));
    SPropValue one = SPropValue.of(PR_IMPORTANCE, 1);
    SPropValue text = SPropValue.of(PR_SUBJECT_W, "x");
    assertRefused(MAPI_E_TOO_COMPLEX, importance(RELOP_RE, 1));
    assertRefused(MAPI_E_TOO_COMPLEX, importance(RELOP_MEMBER_OF_DL, 1));
    assertRefused(MAPI_E_TOO_COMPLEX, new SPropertyRestriction(RELOP_EQ, PR_SUBJECT_A, text));
    assertRefused(MAPI_E_TOO_COMPLEX, new SPropertyRestriction(RELOP_EQ, PR_SUBJECT_W, one));
    assertRefused(
        MAPI_E_TOO_COMPLEX,
        new SPropertyRestriction(RELOP_EQ, NUMBERS, SPropValue.of(NUMBERS, List.of(1))));
    assertRefused(MAPI_E_TOO_COMPLEX, content(3, "x"));
    assertRefused(MAPI_E_TOO_COMPLEX, new SContentRestriction(FL_PREFIX, PR_IMPORTANCE, one));
    assertRefused(
        MAPI_E_TOO_COMPLEX, new SComparePropsRestriction(RELOP_EQ, PR_SUBJECT_W, PR_IMPORTANCE));
    assertRefused(MAPI_E_TOO_COMPLEX, new SBitMaskRestriction(BMR_EQZ, PR_SUBJECT_W, 1));
    assertRefused(MAPI_E_TOO_COMPLEX, new SExistRestriction(PR_MESSAGE_RECIPIENTS));
    assertRefused(MAPI_E_TOO_COMPLEX, new SCountRestriction(1, importance(RELOP_EQ, 1)));
    assertEquals(TBLSTAT_RESTRICT_ERROR, ok(view.getStatus()).lpulTableStatus());
    assertEquals("one", all(view));
  }

  @Test
  void restrict_malformed_isAnInvalidParameter() {
    assertRefused(MAPI_E_INVALID_PARAMETER, new SNotRestriction(null));
    assertRefused(MAPI_E_INVALID_PARAMETER, importance(77, 1));
    assertRefused(
        MAPI_E_INVALID_PARAMETER, new SPropertyRestriction(RELOP_EQ, PR_IMPORTANCE, null));
    assertRefused(MAPI_E_INVALID_PARAMETER, new SContentRestriction(0, PR_SUBJECT_W, null));
    assertRefused(MAPI_E_INVALID_PARAMETER, new SBitMaskRestriction(2, PR_IMPORTANCE, 1));
    assertRefused(MAPI_E_INVALID_PARAMETER, new SSizeRestriction(-1, PR_IMPORTANCE, 1));
    assertHr(MAPI_E_INVALID_PARAMETER, view.findRow(null, BOOKMARK_BEGINNING, 0));
  }

  @Test
  void restrict_bombs_areTooComplex() {
    SRestriction deep = importance(RELOP_EQ, 1);
    for (int i = 1; i < Restrictions.RESTRICTION_DEPTH_MAX; i++) {
      deep = new SNotRestriction(deep);
    }
    assertHr(S_OK, view.restrict(deep, 0));
    for (int i = 0; i < 100_000; i++) {
      deep = new SNotRestriction(deep);
    }
    assertRefused(MAPI_E_TOO_COMPLEX, deep);
    SRestriction one = importance(RELOP_EQ, 1);
    int most = Restrictions.RESTRICTION_NODES_MAX - 1;
    assertHr(S_OK, view.restrict(new SOrRestriction(Collections.nCopies(most, one)), 0));
    assertRefused(MAPI_E_TOO_COMPLEX, new SOrRestriction(Collections.nCopies(most + 1, one)));
    String text = "x".repeat(Restrictions.RESTRICTION_BYTES_MAX / 4);
    assertHr(S_OK, view.restrict(content(FL_SUBSTRING, text), 0));
    SRestriction half = content(FL_SUBSTRING, text);
    assertRefused(MAPI_E_TOO_COMPLEX, new SOrRestriction(List.of(half, half)));
  }

  @Test
  void bombs_depthWidthAndHugeValues_areRefusedWithinMilliseconds() {
    SRestriction one = importance(RELOP_EQ, 1);
    SRestriction deep = one;
    for (int i = 0; i < 1_000_000; i++) {
      deep = new SNotRestriction(deep);
    }
    List<Integer> numbers = Collections.nCopies(1_000_000, 1);
    List<SRestriction> bombs =
        List.of(
            deep,
            new SOrRestriction(Collections.nCopies(1_000_000, one)),
            new SAndRestriction(
                Collections.nCopies(2000, new SOrRestriction(Collections.nCopies(2000, one)))),
            new SPropertyRestriction(RELOP_EQ, NUMBERS, SPropValue.of(NUMBERS, numbers)),
            content(FL_SUBSTRING | FL_LOOSE, "x".repeat(50_000_000)));
    for (SRestriction bomb : bombs) {
      assertRefusedFast(() -> view.restrict(bomb, 0));
      assertRefusedFast(() -> view.findRow(bomb, BOOKMARK_BEGINNING, 0));
    }
    SSortOrder key = new SSortOrder(PR_IMPORTANCE, TABLE_SORT_ASCEND);
    SSortOrderSet wide = new SSortOrderSet(Collections.nCopies(1_000_000, key), 0, 0);
    assertRefusedFast(() -> view.sortTable(wide, 0));
    SPropTagArray many = SPropTagArray.of(Collections.nCopies(1_000_000, NUMBERS | MV_INSTANCE));
    assertRefusedFast(() -> view.setColumns(many, 0));
    assertEquals("one two Three none", all(view));
  }

  /** The fastest of some calls, since the machine may be busy. */
  private static void assertRefusedFast(IntSupplier call) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = System.nanoTime();
      int hr = call.getAsInt();
      fastest = Math.min(fastest, System.nanoTime() - before);
      assertHr(MAPI_E_TOO_COMPLEX, hr);
    }
    assertTrue(fastest < 5_000_000, fastest + " ns");
  }

  @Test
  void restrict_notRestrictable_isNotSupported() {
    TableView table = TableView.open(source, WIDE.withRestrictable(false));
    assertHr(MAPI_E_NO_SUPPORT, table.restrict(importance(RELOP_EQ, 1), 0));
    assertHr(MAPI_E_NO_SUPPORT, table.restrict(null, 0));
    assertHr(MAPI_E_NO_SUPPORT, table.findRow(importance(RELOP_EQ, 1), BOOKMARK_BEGINNING, 0));
  }

  @Test
  void rows_changeSoThatTheyMatch_appear() {
    assertShows("one", importance(RELOP_EQ, 1));
    source.rows.get(3).with(PR_IMPORTANCE, 1);
    source.changed();
    assertEquals("one none", all(view));
  }

  @Test
  void findRow_restriction_leavesTheViewsFilter() {
    assertHr(S_OK, view.findRow(importance(RELOP_EQ, 3), BOOKMARK_BEGINNING, 0));
    assertEquals(4, ok(view.getRowCount(0)));
    assertHr(S_OK, view.restrict(importance(RELOP_LE, 2), 0));
    assertHr(MAPI_E_NOT_FOUND, view.findRow(importance(RELOP_EQ, 3), BOOKMARK_BEGINNING, 0));
    assertEquals(2, ok(view.getRowCount(0)));
  }

  @Test
  void check_remarksAsLargeAsNoConstantMayBe_isTooComplex() {
    SPropValue large = SPropValue.of(PR_BODY_W, "x".repeat(Restrictions.RESTRICTION_BYTES_MAX / 2));
    List<SPropValue> small = List.of(SPropValue.of(PR_BODY_W, "x"), new SPropValue(PR_NULL, null));
    SRestriction exists = new SExistRestriction(PR_SUBJECT_W);
    assertHr(S_OK, Restrictions.check(new SCommentRestriction(small, exists)));
    assertHr(S_OK, Restrictions.check(new SAnnotationRestriction(small, null)));
    for (List<SPropValue> much :
        List.of(List.of(large), Collections.nCopies(1_000_000, small.get(0)))) {
      assertHr(MAPI_E_TOO_COMPLEX, Restrictions.check(new SCommentRestriction(much, exists)));
      assertHr(MAPI_E_TOO_COMPLEX, Restrictions.check(new SAnnotationRestriction(much, null)));
    }
  }
}
