package org.mapi4j.provider;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.WrappedStoreEntryID;

/**
 * The identifier of a store that logons take and profiles keep: the store's UID and, in version 2,
 * where it lies. Two of them name one store exactly when their UIDs are equal. Layout:
 * src/docs/formats/entry-id.md.
 *
 * @param path the store's directory; null in version 1
 */
record StoreId(Bytes uid, String path) {
  private static final int VERSION_AT = 20;
  private static final int LOCATED = 2;
  private static final int LENGTH_AT = EntryId.SIZE;
  private static final int PATH_AT = LENGTH_AT + 2;
  private static final int PATH_BYTES_MAX = 0xFFFF;

  /** Reads either version, and either as a client sees it; empty for any other identifier. */
  static Optional<StoreId> parse(Bytes entryId) {
    if (entryId == null) {
      return Optional.empty();
    }
    Bytes own =
        WrappedStoreEntryID.parse(entryId).map(WrappedStoreEntryID::origEntry).orElse(entryId);
    Optional<EntryId> bare = EntryId.parse(own).filter(id -> id.kind() == EntryId.STORE);
    return bare.isPresent() ? Optional.of(new StoreId(bare.get().provider(), null)) : located(own);
  }

  private static Optional<StoreId> located(Bytes own) {
    if (own.size() <= PATH_AT || own.get(VERSION_AT) != LOCATED) {
      return Optional.empty();
    }
    byte[] head = own.slice(0, EntryId.SIZE).toArray();
    head[VERSION_AT] = 1;
    Optional<EntryId> id =
        EntryId.parse(Bytes.wrap(head)).filter(found -> found.kind() == EntryId.STORE);
    int length = (own.get(LENGTH_AT) & 0xFF) | (own.get(LENGTH_AT + 1) & 0xFF) << 8;
    if (id.isEmpty() || length == 0 || own.size() < PATH_AT + length) {
      return Optional.empty();
    }
    byte[] path = own.slice(PATH_AT, PATH_AT + length).toArray();
    return Optional.of(new StoreId(id.get().provider(), new String(path, StandardCharsets.UTF_8)));
  }

  /** The identifier; version 1 without a path, or with one too long to be kept. */
  Bytes toBytes() {
    byte[] head = new EntryId(uid, EntryId.STORE, uid).toBytes().toArray();
    byte[] text = path == null ? new byte[0] : path.getBytes(StandardCharsets.UTF_8);
    if (text.length == 0 || text.length > PATH_BYTES_MAX) {
      return Bytes.wrap(head);
    }
    head[VERSION_AT] = LOCATED;
    return Bytes.wrap(head)
        .concat(Bytes.of(text.length & 0xFF, text.length >>> 8))
        .concat(Bytes.wrap(text));
  }
}
