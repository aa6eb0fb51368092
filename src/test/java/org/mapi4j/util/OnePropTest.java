package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.util.MapiUtil.*;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

@DisplayName("One property: UTIL-005, UTIL-015, UTIL-016, UTIL-017")
class OnePropTest {
  private static final SPropValue SUBJECT = SPropValue.of(PR_SUBJECT_W, "s");

  @Test
  void hrGetOneProp_present_returnsOkWithoutWarning() {
    IMAPIProp object =
        Fakes.of(IMAPIProp.class, "getProps", args -> MapiResult.ok(List.of(SUBJECT)));
    assertEquals(MapiResult.ok(SUBJECT), hrGetOneProp(object, PR_SUBJECT_W));
  }

  @Test
  void hrGetOneProp_missing_returnsNotFound() {
    SPropValue missing = SPropValue.error(PR_SUBJECT_W, MAPI_E_NOT_FOUND);
    IMAPIProp object =
        Fakes.of(
            IMAPIProp.class,
            "getProps",
            args -> MapiResult.of(MAPI_W_ERRORS_RETURNED, List.of(missing)));
    MapiResult<SPropValue> result = hrGetOneProp(object, PR_SUBJECT_W);
    assertEquals(MAPI_E_NOT_FOUND, result.hr());
    assertNull(result.value());
  }

  @Test
  void hrSetOneProp_problem_isAFailure() {
    List<SPropProblem> problems = List.of(new SPropProblem(0, PR_ENTRYID, MAPI_E_COMPUTED));
    IMAPIProp object = Fakes.of(IMAPIProp.class, "setProps", args -> MapiResult.ok(problems));
    assertEquals(MAPI_E_COMPUTED, hrSetOneProp(object, SPropValue.of(PR_ENTRYID, new byte[4])));
  }

  @Test
  void hrSetOneProp_accepted_returnsOk() {
    IMAPIProp object = Fakes.of(IMAPIProp.class, "setProps", args -> MapiResult.ok(List.of()));
    assertEquals(S_OK, hrSetOneProp(object, SUBJECT));
  }

  @Test
  void fPropExists_byIdentifierOrFullTag_asksForTheWidthOfTheTag() {
    IMAPIProp object =
        Fakes.of(
            IMAPIProp.class,
            "getPropList",
            args ->
                MapiResult.ok(
                    SPropTagArray.tags(
                        args[0].equals(MAPI_UNICODE) ? PR_SUBJECT_W : PR_SUBJECT_A,
                        PR_IMPORTANCE)));
    assertTrue(fPropExists(object, PR_SUBJECT_W));
    assertTrue(fPropExists(object, PR_SUBJECT_A));
    assertTrue(fPropExists(object, PropTag.changePropType(PR_IMPORTANCE, PT_UNSPECIFIED)));
    assertFalse(fPropExists(object, PropTag.changePropType(PR_IMPORTANCE, PT_I2)));
    assertFalse(fPropExists(object, PR_BODY_W));
  }

  @Test
  void ppropFindProp_typedTag_matchesTheWholeTag() {
    List<SPropValue> props = List.of(SPropValue.of(PR_IMPORTANCE, 1), SUBJECT);
    assertSame(SUBJECT, ppropFindProp(props, PR_SUBJECT_W));
    assertSame(SUBJECT, lpValFindProp(PR_SUBJECT_W, props));
    assertNull(ppropFindProp(props, PR_SUBJECT_A));
    assertSame(SUBJECT, ppropFindProp(props, PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED)));
    assertNull(lpValFindProp(PR_BODY_W, props));
    assertNull(ppropFindProp(null, PR_BODY_W));
  }

  @Test
  void freeProws_andFreePadrlist_acceptAnySet() {
    assertDoesNotThrow(() -> freeProws(SRowSet.EMPTY));
    assertDoesNotThrow(() -> freeProws(null));
    assertDoesNotThrow(() -> freePadrlist(ADRLIST.of()));
    assertDoesNotThrow(() -> freePadrlist(null));
  }
}
