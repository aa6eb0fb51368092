package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

/**
 * A store's identifier and an object's identifier in one: what HrComposeEID joins and
 * HrDecomposeEID splits. Layout, kept for ever since users store it: 4 flag bytes (0), the 16-byte
 * UID below, version (1), 3 bytes of 0, the length of the store's part (4 bytes, little-endian),
 * the store's part, the object's part. Sources: MAPI "HrComposeEID", "HrDecomposeEID".
 *
 * @param storeEID the store's part; null when the identifier is not a compound one
 * @param msgEID the object's identifier
 */
public record CompoundEID(Bytes storeEID, Bytes msgEID) {
  private static final Bytes UID = Guid.parse("5B3F1A60-9C0E-4D57-8E1B-6D4A9F2C7E31").toBytes();
  private static final Bytes HEADER = Bytes.of(0, 0, 0, 0).concat(UID).concat(Bytes.of(1, 0, 0, 0));
  private static final int STORE_LENGTH_AT = HEADER.size();
  private static final int STORE_AT = STORE_LENGTH_AT + Integer.BYTES;

  /** Joins; without a store key the result is the object's identifier itself. */
  static MapiResult<Bytes> compose(Bytes storeKey, Bytes msgEID) {
    if (msgEID == null || msgEID.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (storeKey == null || storeKey.isEmpty()) {
      return MapiResult.ok(msgEID);
    }
    byte[] length = new byte[Integer.BYTES];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putInt(storeKey.size());
    return MapiResult.ok(HEADER.concat(Bytes.wrap(length)).concat(storeKey).concat(msgEID));
  }

  /** Splits; an identifier of another kind is the object's part alone. */
  static MapiResult<CompoundEID> decompose(Bytes eid) {
    if (eid == null || eid.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (!eid.startsWith(HEADER)) {
      return MapiResult.ok(new CompoundEID(null, eid));
    }
    if (eid.size() <= STORE_AT) {
      return MapiResult.error(MAPI_E_INVALID_ENTRYID);
    }
    int cb =
        ByteBuffer.wrap(eid.sharedArray()).order(ByteOrder.LITTLE_ENDIAN).getInt(STORE_LENGTH_AT);
    if (cb <= 0 || cb >= eid.size() - STORE_AT) {
      return MapiResult.error(MAPI_E_INVALID_ENTRYID);
    }
    Bytes store = eid.slice(STORE_AT, STORE_AT + cb);
    return MapiResult.ok(new CompoundEID(store, eid.slice(STORE_AT + cb, eid.size())));
  }
}
