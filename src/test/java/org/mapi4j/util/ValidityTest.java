package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.util.MapiUtil.*;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

@DisplayName("Validity and names: UTIL-038 to UTIL-042, UTIL-073, PROP-117, PROP-118, PROP-123")
class ValidityTest {
  private static final int BAD_TYPE = PropTag.of(0x6801, 0x77);
  private static final SPropValue BAD = SPropValue.of(BAD_TYPE, 0L);
  private static final SPropValue SUBJECT = SPropValue.of(PR_SUBJECT_W, "s");

  @Test
  @DisplayName("UTIL-039")
  void fBadPropTag_unknownTypeOrMapisOwnIdWithAnotherType_isTrue() {
    assertTrue(fBadPropTag(BAD_TYPE));
    assertTrue(fBadPropTag(PropTag.changePropType(PR_SUBJECT_W, PT_LONG)));
    for (int good :
        new int[] {
          PR_SUBJECT_W,
          PR_SUBJECT_A,
          PR_HTML,
          PR_NULL,
          PropTag.changePropType(PR_SUBJECT_W, PT_ERROR),
          PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED),
          PropTag.of(0x8001, PT_LONG),
          PropTag.of(0x6801, PT_CLSID)
        }) {
      assertFalse(fBadPropTag(good), () -> PropTag.toString(good));
    }
  }

  @Test
  @DisplayName("UTIL-040")
  void fBadProp_badTagOrEmptyMultivalue_isTrue() {
    assertTrue(fBadProp(null));
    assertTrue(fBadProp(BAD));
    assertTrue(fBadProp(SPropValue.of(PropTag.of(0x6801, MV_FLAG | PT_LONG), List.of())));
    assertFalse(fBadProp(SUBJECT));
    assertFalse(fBadProp(SPropValue.of(PR_HASATTACH, true)));
    assertFalse(fBadProp(SPropValue.of(PR_ENTRYID, Bytes.EMPTY)));
  }

  @Test
  @DisplayName("UTIL-041")
  void fBadColumnSet_errorColumn_isBadAndNullColumnGood() {
    assertTrue(fBadColumnSet(null));
    assertTrue(fBadColumnSet(tags(PropTag.changePropType(PR_SUBJECT_W, PT_ERROR))));
    assertTrue(fBadColumnSet(tags(PR_SUBJECT_W, BAD_TYPE)));
    assertFalse(fBadColumnSet(tags(PR_NULL, PR_SUBJECT_W)));
    assertFalse(fBadColumnSet(tags(PropTag.of(0x8001, MVI_FLAG | PT_UNICODE))));
  }

  @Test
  @DisplayName("UTIL-042: rows")
  void fBadRowSet_nullOrBadProperty_isTrue() {
    assertTrue(fBadRowSet(null));
    assertTrue(fBadRow(SRow.of(SUBJECT, BAD)));
    assertTrue(fBadRowSet(new SRowSet(List.of(SRow.of(SUBJECT), SRow.of(BAD)))));
    assertFalse(fBadRow(SRow.of(SUBJECT)));
    assertFalse(fBadRowSet(new SRowSet(List.of(SRow.of(SUBJECT)))));
  }

  @Test
  @DisplayName("UTIL-042: restrictions")
  void fBadRestriction_badOneInside_isTrue() {
    SRestriction good = new SContentRestriction(FL_PREFIX, PR_SUBJECT_W, SUBJECT);
    SRestriction bad = new SExistRestriction(BAD_TYPE);
    assertFalse(fBadRestriction(good));
    assertFalse(fBadRestriction(new SAndRestriction(List.of(good, new SNotRestriction(good)))));
    assertFalse(fBadRestriction(new SSubRestriction(PR_MESSAGE_RECIPIENTS, good)));
    assertTrue(fBadRestriction(null));
    assertTrue(fBadRestriction(bad));
    assertTrue(fBadRestriction(new SAndRestriction(List.of(good, new SNotRestriction(bad)))));
    assertTrue(fBadRestriction(new SSubRestriction(PR_SUBJECT_W, good)));
    assertTrue(fBadRestriction(new SNotRestriction(null)));
    assertTrue(fBadRestriction(new SPropertyRestriction(99, PR_SUBJECT_W, SUBJECT)));
    assertTrue(fBadRestriction(new SPropertyRestriction(RELOP_EQ, PR_IMPORTANCE, SUBJECT)));
    assertTrue(fBadRestriction(new SBitMaskRestriction(BMR_EQZ, PR_SUBJECT_W, 1)));
    assertFalse(fBadRestriction(new SBitMaskRestriction(BMR_NEZ, PR_MESSAGE_FLAGS, 1)));
  }

  @Test
  @DisplayName("UTIL-042: depth")
  void fBadRestriction_nestedWithoutEnd_isBadAndDoesNotOverflow() {
    SRestriction deep = new SExistRestriction(PR_SUBJECT_W);
    for (int i = 0; i < 100_000; i++) {
      deep = new SNotRestriction(deep);
    }
    assertTrue(fBadRestriction(deep));
  }

  @Test
  @DisplayName("UTIL-042: entry lists, names, sort orders")
  void fBad_malformedInput_isTrueAndValidInputFalse() {
    assertTrue(fBadEntryList(null));
    assertTrue(fBadEntryList(ENTRYLIST.of(Bytes.of(1, 2, 3))));
    assertFalse(fBadEntryList(ENTRYLIST.of(Bytes.wrap(new byte[20]))));
    assertTrue(fBadRglpNameID(Arrays.asList((MAPINAMEID) null)));
    assertTrue(fBadRglpNameID(List.of(MAPINAMEID.id(null, 1))));
    assertFalse(fBadRglpNameID(List.of(MAPINAMEID.id(MapiGuid.PS_PUBLIC_STRINGS, 1))));
    SSortOrder key = new SSortOrder(PR_SUBJECT_W, TABLE_SORT_DESCEND);
    assertFalse(fBadSortOrderSet(SSortOrderSet.of(key)));
    assertTrue(fBadSortOrderSet(null));
    assertTrue(fBadSortOrderSet(new SSortOrderSet(List.of(key), 2, 0)));
    assertTrue(fBadSortOrderSet(new SSortOrderSet(List.of(key), 1, 2)));
    assertTrue(fBadSortOrderSet(SSortOrderSet.of(new SSortOrder(BAD_TYPE, 0))));
    assertTrue(fBadSortOrderSet(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, 64))));
  }

  @Test
  @DisplayName("UTIL-073")
  void fBadRglpszW_nullString_isTrue() {
    assertTrue(fBadRglpszW(Arrays.asList("a", null)));
    assertTrue(fBadRglpszW(null));
    assertFalse(fBadRglpszW(List.of("a", "")));
  }

  @Test
  @DisplayName("UTIL-038")
  void fEqualNames_setKindAndValue_decide() {
    MAPINAMEID name = MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "Keywords");
    assertTrue(fEqualNames(name, MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "Keywords")));
    assertFalse(fEqualNames(name, MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "keywords")));
    assertFalse(fEqualNames(name, MAPINAMEID.string(MapiGuid.PS_MAPI, "Keywords")));
    assertFalse(fEqualNames(name, MAPINAMEID.id(MapiGuid.PS_PUBLIC_STRINGS, 0)));
    MAPINAMEID odd = new MAPINAMEID(MapiGuid.PS_MAPI, MNID_ID, 7, "left over");
    assertTrue(fEqualNames(odd, MAPINAMEID.id(MapiGuid.PS_MAPI, 7)));
  }

  @Test
  @DisplayName("PROP-123")
  void fIsTransmittable_rangesOfThePage_areNot() {
    for (int id : new int[] {0x0E00, 0x0FFF, 0x6000, 0x67FF, 0x7C00, 0x7FFF, 0xFFFF}) {
      assertFalse(fIsTransmittable(PropTag.of(id, PT_LONG)), () -> "0x%04X".formatted(id));
    }
    for (int id : new int[] {0x0001, 0x0DFF, 0x1000, 0x5FFF, 0x6800, 0x7BFF, 0x8000, 0xFFFE}) {
      assertTrue(fIsTransmittable(PropTag.of(id, PT_LONG)), () -> "0x%04X".formatted(id));
    }
  }

  @Test
  @DisplayName("PROP-117, PROP-118")
  void propTag_macros_composeAndSplit() {
    assertEquals(0x0037001F, PropTag.of(0x0037, PT_UNICODE));
    assertEquals(0xFFFF, PropTag.id(PropTag.of(PROP_ID_INVALID, PT_LONG)));
    assertEquals(PT_UNICODE, PropTag.type(PR_SUBJECT_W));
    assertEquals(PR_SUBJECT_A, PropTag.changePropType(PR_SUBJECT_W, PT_STRING8));
    assertEquals(1, PR_NULL);
    assertFalse(PropTag.isNamed(PropTag.of(PROP_ID_INVALID, PT_LONG)));
  }
}
