package org.mapi4j.types;

import java.util.List;

/** A list of entry identifiers; the layout is SBinaryArray's. Source: MAPI "ENTRYLIST". */
public record ENTRYLIST(List<Bytes> lpbin) {
  /** Keeps its own copy of the list. */
  public ENTRYLIST {
    lpbin = List.copyOf(lpbin);
  }

  /** A list of these identifiers. */
  public static ENTRYLIST of(Bytes... entryIds) {
    return new ENTRYLIST(List.of(entryIds));
  }

  /** cValues. */
  public int size() {
    return lpbin.size();
  }
}
