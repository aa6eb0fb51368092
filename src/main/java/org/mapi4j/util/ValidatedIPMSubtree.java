package org.mapi4j.util;

import java.util.List;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.SPropValue;

/**
 * Outputs of HrValidateIPMSubtree. Source: MAPI "HrValidateIPMSubtree".
 *
 * @param lppProps PR_VALID_FOLDER_MASK, and the identifier of each folder that was looked at under
 *     the store's property for it; the Inbox under PROP_TAG(PT_BINARY, PROP_ID_NULL)
 * @param lppMapiError what the store says of a failure; null when there is none
 */
public record ValidatedIPMSubtree(List<SPropValue> lppProps, MAPIERROR lppMapiError) {
  /** Keeps its own copy of the list. */
  public ValidatedIPMSubtree {
    lppProps = List.copyOf(lppProps);
  }
}
