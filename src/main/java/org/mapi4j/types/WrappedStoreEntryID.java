package org.mapi4j.types;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A store's identifier as clients see it: the provider's own one with the name of the provider's
 * DLL. Layout: 4 flag bytes (0), the 16-byte UID below, version (0), flag (0), the name in ASCII
 * with its NUL, zeros up to a multiple of 4, the provider's identifier. Sources: MAPI
 * "WrapStoreEntryID"; [MS-OXCDATA] 2.2.4.3.
 *
 * @param szDLLName name of the provider's DLL
 * @param origEntry the identifier that the provider understands
 */
public record WrappedStoreEntryID(String szDLLName, Bytes origEntry) {
  private static final Bytes UID = Guid.parse("10BBA138-E505-1A10-A1BB-08002B2A56C2").toBytes();
  private static final Bytes HEADER = Bytes.of(0, 0, 0, 0).concat(UID).concat(Bytes.of(0, 0));
  private static final int ALIGNMENT = 4;

  /** The parts of a wrapped identifier; empty for one of another kind. */
  public static Optional<WrappedStoreEntryID> parse(Bytes wrapped) {
    if (!wrapped.startsWith(HEADER)) {
      return Optional.empty();
    }
    int end = HEADER.size();
    while (end < wrapped.size() && wrapped.get(end) != 0) {
      end++;
    }
    int orig = aligned(end + 1);
    if (end == HEADER.size() || orig >= wrapped.size()) {
      return Optional.empty();
    }
    String name = new String8(wrapped.slice(HEADER.size(), end)).toString();
    return Optional.of(new WrappedStoreEntryID(name, wrapped.slice(orig, wrapped.size())));
  }

  /**
   * WrapStoreEntryID. MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER without a name or an
   * identifier, MAPI_E_BAD_CHARWIDTH for a name outside ASCII.
   */
  public static MapiResult<Bytes> wrap(int ulFlags, String szDLLName, Bytes origEntry) {
    if ((ulFlags & ~MAPI_UNICODE) != 0) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    boolean named = szDLLName != null && !szDLLName.isEmpty() && szDLLName.indexOf(0) < 0;
    if (!named || origEntry == null || origEntry.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    Optional<String8> name = String8.encode(szDLLName, StandardCharsets.US_ASCII);
    if (name.isEmpty()) {
      return MapiResult.error(MAPI_E_BAD_CHARWIDTH);
    }
    Bytes head = HEADER.concat(name.get().bytes());
    Bytes padding = Bytes.wrap(new byte[aligned(head.size() + 1) - head.size()]);
    return MapiResult.ok(head.concat(padding).concat(origEntry));
  }

  private static int aligned(int offset) {
    return offset + ALIGNMENT - 1 & -ALIGNMENT;
  }
}
