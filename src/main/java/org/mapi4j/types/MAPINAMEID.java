package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.MNID_ID;
import static org.mapi4j.types.MapiDefs.MNID_STRING;

/**
 * The name of a named property: property set, kind, and number or text. String names compare
 * case-sensitively. A null set or a kind that does not fit is representable, since callers can pass
 * it; the store answers MAPI_E_INVALID_PARAMETER. Source: MAPI "MAPINAMEID".
 *
 * @param lpguid the property set
 * @param ulKind MNID_ID or MNID_STRING
 * @param lID the number of an MNID_ID name, else 0
 * @param lpwstrName the text of an MNID_STRING name, else null
 */
public record MAPINAMEID(Guid lpguid, int ulKind, int lID, String lpwstrName) {
  /** A numbered name. */
  public static MAPINAMEID id(Guid set, int lid) {
    return new MAPINAMEID(set, MNID_ID, lid, null);
  }

  /** A text name. */
  public static MAPINAMEID string(Guid set, String name) {
    return new MAPINAMEID(set, MNID_STRING, 0, name);
  }

  /** True when the set is there and the kind agrees with the value. */
  public boolean isValid() {
    return lpguid != null && (ulKind == MNID_ID || ulKind == MNID_STRING && lpwstrName != null);
  }

  @Override
  public String toString() {
    return "{"
        + lpguid
        + "}:"
        + (ulKind == MNID_STRING ? "\"" + lpwstrName + "\"" : "0x%04X".formatted(lID));
  }
}
