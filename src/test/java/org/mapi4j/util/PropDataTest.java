package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.util.MapiUtil.createIProp;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IPropData;
import org.mapi4j.api.IPropData.PropAccess;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

@DisplayName("CreateIProp and IPropData: UTIL-024 to UTIL-033")
class PropDataTest {
  private static final SPropValue SUBJECT = SPropValue.of(PR_SUBJECT_W, "s");
  private static final SPropValue IMPORTANCE = SPropValue.of(PR_IMPORTANCE, 1);

  private IPropData object;

  @BeforeEach
  void twoCleanProperties() {
    object = createIProp(IID_IMAPIPropData).value();
    assertEquals(MapiResult.ok(List.of()), object.setProps(List.of(SUBJECT, IMPORTANCE)));
    assertEquals(
        S_OK,
        object.hrSetPropAccess(
            tags(PR_SUBJECT_W, PR_IMPORTANCE), List.of(IPROP_CLEAN, IPROP_CLEAN)));
  }

  @Test
  @DisplayName("UTIL-024")
  void createIProp_otherInterface_returnsInterfaceNotSupported() {
    assertEquals(S_OK, createIProp(null).hr());
    assertEquals(MAPI_E_INTERFACE_NOT_SUPPORTED, createIProp(IID_IMessage).hr());
  }

  @Test
  @DisplayName("UTIL-025, UTIL-026")
  void hrAddObjProps_objectTags_areListed() {
    int container = PR_CONTAINER_CONTENTS;
    assertEquals(MapiResult.ok(List.of()), object.hrAddObjProps(tags(container)));
    assertTrue(object.getPropList(0).value().contains(container));
    assertEquals(MAPI_E_INVALID_TYPE, object.hrAddObjProps(tags(container, PR_IMPORTANCE)).hr());
    assertEquals(S_OK, object.hrSetObjAccess(IPROP_READONLY));
    assertEquals(MAPI_E_NO_ACCESS, object.hrAddObjProps(tags(container)).hr());
  }

  @Test
  @DisplayName("UTIL-027")
  void hrSetObjAccess_readOnly_refusesChangesUntilReadWrite() {
    assertEquals(S_OK, object.hrSetObjAccess(IPROP_READONLY));
    assertEquals(MAPI_E_NO_ACCESS, object.setProps(List.of(SUBJECT)).hr());
    assertEquals(MAPI_E_NO_ACCESS, object.deleteProps(tags(PR_SUBJECT_W)).hr());
    assertEquals(S_OK, object.hrSetObjAccess(IPROP_READWRITE));
    assertEquals(S_OK, object.setProps(List.of(SUBJECT)).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, object.hrSetObjAccess(IPROP_READONLY | IPROP_READWRITE));
  }

  @Test
  @DisplayName("UTIL-028, UTIL-030, UTIL-032")
  void hrGetPropAccess_cleanAndModified_answersByPosition() {
    assertEquals(
        S_OK,
        object.hrSetPropAccess(
            tags(PR_IMPORTANCE, PR_SUBJECT_W),
            List.of(IPROP_READONLY | IPROP_CLEAN, IPROP_READWRITE | IPROP_DIRTY)));
    MapiResult<PropAccess> access = object.hrGetPropAccess(tags(PR_SUBJECT_W, PR_IMPORTANCE));
    assertEquals(List.of(IPROP_DIRTY, IPROP_READONLY), access.value().lprgulAccess());
    MapiResult<PropAccess> all = object.hrGetPropAccess(IMAPIProp.ALL_PROPS);
    assertEquals(tags(PR_IMPORTANCE, PR_SUBJECT_W), all.value().lppPropTagArray());
    assertEquals(List.of(IPROP_READONLY, IPROP_DIRTY), all.value().lprgulAccess());
  }

  @Test
  @DisplayName("UTIL-032")
  void hrGetPropAccess_afterSetProps_isDirtyAlone() {
    assertEquals(
        List.of(IPROP_READWRITE),
        object.hrGetPropAccess(tags(PR_SUBJECT_W)).value().lprgulAccess());
    assertEquals(S_OK, object.setProps(List.of(SUBJECT)).hr());
    assertEquals(
        List.of(IPROP_DIRTY), object.hrGetPropAccess(tags(PR_SUBJECT_W)).value().lprgulAccess());
  }

  @Test
  @DisplayName("UTIL-031")
  void hrGetPropAccess_deleted_isZeroWhenAskedForAndListedOtherwise() {
    assertEquals(S_OK, object.deleteProps(tags(PR_SUBJECT_W)).hr());
    PropAccess asked = object.hrGetPropAccess(tags(PR_SUBJECT_W, PR_IMPORTANCE)).value();
    assertEquals(tags(0, PR_IMPORTANCE), asked.lppPropTagArray());
    PropAccess all = object.hrGetPropAccess(IMAPIProp.ALL_PROPS).value();
    assertTrue(all.lppPropTagArray().contains(PR_SUBJECT_W));
    assertFalse(object.getPropList(MAPI_UNICODE).value().contains(PR_SUBJECT_W));
  }

  @Test
  @DisplayName("UTIL-029")
  void hrSetPropAccess_readOnlyObjectOrContradiction_isRefused() {
    assertEquals(
        MAPI_E_INVALID_PARAMETER,
        object.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_READONLY | IPROP_READWRITE)));
    assertEquals(
        MAPI_E_INVALID_PARAMETER,
        object.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_CLEAN | IPROP_DIRTY)));
    assertEquals(MAPI_E_INVALID_PARAMETER, object.hrSetPropAccess(tags(PR_SUBJECT_W), List.of()));
    assertEquals(S_OK, object.hrSetObjAccess(IPROP_READONLY));
    assertEquals(
        MAPI_E_NO_ACCESS, object.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_CLEAN)));
  }

  @Test
  void setProps_readOnlyProperty_isAProblemAndKeepsTheValue() {
    assertEquals(S_OK, object.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_READONLY)));
    SPropValue other = SPropValue.of(PR_SUBJECT_W, "other");
    assertEquals(
        MapiResult.ok(List.of(new SPropProblem(0, PR_SUBJECT_W, MAPI_E_NO_ACCESS))),
        object.setProps(List.of(other)));
    assertEquals(
        List.of(new SPropProblem(0, PR_SUBJECT_W, MAPI_E_NO_ACCESS)),
        object.deleteProps(tags(PR_SUBJECT_W)).value());
    assertEquals(List.of(SUBJECT), object.getProps(tags(PR_SUBJECT_W), 0).value());
  }

  @Test
  void setProps_missingElement_returnsInvalidParameterAndSetsNothing() {
    SPropValue other = SPropValue.of(PR_SUBJECT_W, "other");
    assertEquals(
        MapiResult.error(MAPI_E_INVALID_PARAMETER), object.setProps(Arrays.asList(other, null)));
    assertEquals(
        MapiResult.error(MAPI_E_INVALID_PARAMETER), object.setProps(Arrays.asList(null, other)));
    assertEquals(List.of(SUBJECT), object.getProps(tags(PR_SUBJECT_W), 0).value());
  }

  @Test
  void getProps_otherWidthOrMissing_convertsOrNamesTheError() {
    MapiResult<List<SPropValue>> props = object.getProps(tags(PR_SUBJECT_A, PR_BODY_W), 0);
    assertEquals(MAPI_W_ERRORS_RETURNED, props.hr());
    assertEquals(
        List.of(SPropValue.of(PR_SUBJECT_A, "s"), SPropValue.error(PR_BODY_W, MAPI_E_NOT_FOUND)),
        props.value());
    assertEquals(MAPI_E_INVALID_PARAMETER, object.getProps(tags(), 0).hr());
    assertEquals(MAPI_E_UNKNOWN_FLAGS, object.getProps(IMAPIProp.ALL_PROPS, 1).hr());
  }

  @Test
  void copyTo_withMove_takesWhatIsNotExcluded() {
    IPropData target = createIProp(null).value();
    assertEquals(
        MapiResult.ok(List.of()),
        object.copyTo(List.of(), tags(PR_IMPORTANCE), 0, null, IID_IMAPIProp, target, MAPI_MOVE));
    assertEquals(tags(PR_SUBJECT_W), target.getPropList(MAPI_UNICODE).value());
    assertEquals(tags(PR_IMPORTANCE), object.getPropList(MAPI_UNICODE).value());
    assertEquals(
        MAPI_E_NO_ACCESS, object.copyTo(List.of(), null, 0, null, IID_IMAPIProp, object, 0).hr());
  }

  @Test
  void copyProps_noReplace_leavesWhatTheTargetHas() {
    IPropData target = createIProp(null).value();
    SPropValue theirs = SPropValue.of(PR_SUBJECT_W, "theirs");
    assertEquals(S_OK, target.setProps(List.of(theirs)).hr());
    assertEquals(
        S_OK,
        object
            .copyProps(
                tags(PR_SUBJECT_W, PR_IMPORTANCE), 0, null, IID_IMAPIProp, target, MAPI_NOREPLACE)
            .hr());
    assertEquals(
        List.of(theirs, IMPORTANCE), target.getProps(tags(PR_SUBJECT_W, PR_IMPORTANCE), 0).value());
  }

  @Test
  void saveChanges_nonTransacted_succeeds_andCloseEndsTheObject() {
    assertEquals(S_OK, object.saveChanges(KEEP_OPEN_READWRITE));
    object.close();
    object.close();
    assertEquals(MAPI_E_INVALID_OBJECT, object.getProps(IMAPIProp.ALL_PROPS, 0).hr());
  }
}
