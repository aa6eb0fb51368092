package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;

/**
 * Properties in memory, not transacted, with access and change flags for each. Source: MAPI
 * "IPropData : IMAPIProp".
 */
public interface IPropData extends IMAPIProp {
  /**
   * Outputs of {@link #hrGetPropAccess}: the tags, in-out, and the IPROP_ flags of each in the same
   * order.
   */
  record PropAccess(SPropTagArray lppPropTagArray, List<Integer> lprgulAccess) {
    /** Keeps its own copy of the list. */
    public PropAccess {
      lprgulAccess = List.copyOf(lprgulAccess);
    }
  }

  /**
   * Sets the access of the object. Flags: IPROP_READONLY, IPROP_READWRITE. Source: MAPI
   * "IPropData::HrSetObjAccess".
   */
  int hrSetObjAccess(int ulAccess);

  /**
   * Sets access and change flags of properties. MAPI_E_NO_ACCESS on a read-only object,
   * MAPI_E_INVALID_PARAMETER for flags that exclude each other. Source: MAPI
   * "IPropData::HrSetPropAccess".
   *
   * @param rgulAccess one value per tag: IPROP_READONLY or IPROP_READWRITE, IPROP_CLEAN or
   *     IPROP_DIRTY
   */
  int hrSetPropAccess(SPropTagArray lpPropTagArray, List<Integer> rgulAccess);

  /**
   * Access and change flags of properties. A deleted property that was asked for has tag 0. Source:
   * MAPI "IPropData::HrGetPropAccess".
   *
   * @param lppPropTagArray the properties, or {@link IMAPIProp#ALL_PROPS}
   */
  MapiResult<PropAccess> hrGetPropAccess(SPropTagArray lppPropTagArray);

  /**
   * Adds PT_OBJECT properties to the object's list. MAPI_E_INVALID_TYPE for another type,
   * MAPI_E_NO_ACCESS, MAPI_W_PARTIAL_COMPLETION with the problems. Source: MAPI
   * "IPropData::HrAddObjProps".
   */
  MapiResult<List<SPropProblem>> hrAddObjProps(SPropTagArray lppPropTagArray);
}
