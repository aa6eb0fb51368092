package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.Optional;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

/** Entry identifiers that clients hand in, and OpenEntry of store and folders. */
final class EntryIds {
  private static final int OPEN_FLAGS =
      MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MAPI_NO_CACHE | SHOW_SOFT_DELETES;

  private EntryIds() {}

  /** The identifier, when it is one of this store. */
  static Optional<EntryId> own(StoreCore core, Bytes entryId) {
    if (entryId == null) {
      return Optional.empty();
    }
    Optional<EntryId> plain = EntryId.parse(entryId);
    if (plain.isEmpty()) {
      plain = StoreId.parse(entryId).map(id -> new EntryId(id.uid(), EntryId.STORE, id.uid()));
    }
    return plain.filter(id -> id.provider().equals(core.uid()));
  }

  /** OpenEntry; without an identifier the root, the top of the hierarchy. */
  static MapiResult<OpenedEntry> open(StoreCore core, Bytes entryId, Guid iid, int flags) {
    if (core.unknownFlags(flags, OPEN_FLAGS)) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    if (entryId == null || entryId.isEmpty()) {
      return openFolder(core, core.store().value().root(), iid, flags);
    }
    Optional<EntryId> id = own(core, entryId);
    if (id.isEmpty() || id.get().kind() == EntryId.STORE) {
      return MapiResult.error(MAPI_E_UNKNOWN_ENTRYID);
    }
    if (id.get().kind() == EntryId.FOLDER) {
      return openFolder(core, id.get().id(), iid, flags);
    }
    MapiResult<MessageObject> message = MessageOpening.open(core, id.get().id(), flags);
    if (message.failed()) {
      return MapiResult.error(message.hr());
    }
    if (message.value().refuses(iid)) {
      message.value().close();
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    return MapiResult.ok(new OpenedEntry(MAPI_MESSAGE, message.value()));
  }

  private static MapiResult<OpenedEntry> openFolder(StoreCore core, Bytes id, Guid iid, int flags) {
    if (!core.folderExists(id)) {
      return MapiResult.error(MAPI_E_NOT_FOUND);
    }
    boolean best = (flags & MAPI_BEST_ACCESS) != 0;
    boolean write = best || (flags & MAPI_MODIFY) != 0;
    if (write && !core.writable() && !best) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    FolderObject folder = new FolderObject(core, id, write && core.writable());
    return folder.refuses(iid)
        ? MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED)
        : MapiResult.ok(new OpenedEntry(MAPI_FOLDER, folder));
  }
}
