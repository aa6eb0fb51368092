package org.mapi4j.types;

import java.util.List;
import java.util.Optional;

/** A row of a table: one value per column, in column order. Source: MAPI "SRow". */
public record SRow(List<SPropValue> lpProps) {
  /** Keeps its own copy of the list. */
  public SRow {
    lpProps = List.copyOf(lpProps);
  }

  /** A row of these values. */
  public static SRow of(SPropValue... props) {
    return new SRow(List.of(props));
  }

  /** The value under a tag, types compared unless the tag is PT_UNSPECIFIED. */
  public Optional<SPropValue> find(int tag) {
    for (SPropValue prop : lpProps) {
      if (prop.ulPropTag() == tag
          || PropTag.type(tag) == MapiDefs.PT_UNSPECIFIED
              && prop.id() == PropTag.id(tag)
              && !prop.isError()) {
        return Optional.of(prop);
      }
    }
    return Optional.empty();
  }
}
