package org.mapi4j.types;

import java.util.List;

/**
 * One recipient of an ADRLIST; no property at all for a NULL recipient. Source: MAPI "ADRENTRY".
 */
public record ADRENTRY(List<SPropValue> rgPropVals) {
  /** Keeps its own copy of the list. */
  public ADRENTRY {
    rgPropVals = List.copyOf(rgPropVals);
  }

  /** An entry of these properties. */
  public static ADRENTRY of(SPropValue... props) {
    return new ADRENTRY(List.of(props));
  }
}
