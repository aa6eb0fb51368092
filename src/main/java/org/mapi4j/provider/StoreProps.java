package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * The computed properties of a store. Source: MAPI "IMsgStore : IMAPIProp", the pages of the
 * properties; ADR 0031.
 */
final class StoreProps {
  /** What every store of this provider has as PR_MDB_PROVIDER. */
  static final Bytes PROVIDER = Guid.parse("6D617069-346A-4D53-8000-6F72676D6170").toBytes();

  static final Computed<StoreCore> HANDLERS =
      new Computed<StoreCore>()
          .add(PR_OBJECT_TYPE, core -> MAPI_STORE)
          .add(PR_ENTRYID, StoreCore::storeEntryId)
          .add(PR_RECORD_KEY, StoreCore::uid)
          .add(PR_STORE_ENTRYID, StoreCore::storeEntryId)
          .add(PR_STORE_RECORD_KEY, StoreCore::uid)
          .add(PR_MDB_PROVIDER, core -> PROVIDER)
          .add(PR_STORE_SUPPORT_MASK, StoreCore::supportMask)
          .add(PR_STORE_UNICODE_MASK, core -> core.supportMask())
          .add(PR_STORE_STATE, StoreProps::state)
          .add(PR_MAPPING_SIGNATURE, StoreCore::mappingSignature)
          .add(
              PR_ACCESS,
              core -> core.writable() ? MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ : MAPI_ACCESS_READ)
          .add(PR_ACCESS_LEVEL, core -> core.writable() ? MAPI_MODIFY : 0)
          .add(PR_VALID_FOLDER_MASK, StoreProps::validFolders, (core, value) -> S_OK)
          .add(
              PR_IPM_SUBTREE_ENTRYID,
              folder(PR_IPM_SUBTREE_ENTRYID),
              setFolder(PR_IPM_SUBTREE_ENTRYID))
          .add(
              PR_IPM_OUTBOX_ENTRYID,
              folder(PR_IPM_OUTBOX_ENTRYID),
              setFolder(PR_IPM_OUTBOX_ENTRYID))
          .add(
              PR_IPM_WASTEBASKET_ENTRYID,
              folder(PR_IPM_WASTEBASKET_ENTRYID),
              setFolder(PR_IPM_WASTEBASKET_ENTRYID))
          .add(
              PR_IPM_SENTMAIL_ENTRYID,
              folder(PR_IPM_SENTMAIL_ENTRYID),
              setFolder(PR_IPM_SENTMAIL_ENTRYID))
          .add(PR_VIEWS_ENTRYID, folder(PR_VIEWS_ENTRYID), setFolder(PR_VIEWS_ENTRYID))
          .add(
              PR_COMMON_VIEWS_ENTRYID,
              folder(PR_COMMON_VIEWS_ENTRYID),
              setFolder(PR_COMMON_VIEWS_ENTRYID))
          .add(PR_FINDER_ENTRYID, folder(PR_FINDER_ENTRYID), setFolder(PR_FINDER_ENTRYID));

  private StoreProps() {}

  /**
   * A special folder's identifier while the folder exists; a session without write access has no
   * Outbox.
   */
  private static Function<StoreCore, Object> folder(int tag) {
    return core -> {
      boolean hidden = tag == PR_IPM_OUTBOX_ENTRYID && !core.writable();
      if (hidden
          || !(core.store().value().props().get(PropTag.id(tag)) instanceof Stored.Whole whole)) {
        return null;
      }
      Bytes entryId = whole.prop().asBytes();
      Optional<EntryId> id = EntryIds.own(core, entryId);
      return id.isPresent() && core.folderExists(id.get().id()) ? entryId : null;
    };
  }

  private static ToIntBiFunction<StoreCore, SPropValue> setFolder(int tag) {
    return (core, value) -> {
      Optional<EntryId> id =
          value.ulPropTag() == tag ? EntryIds.own(core, value.asBytes()) : Optional.empty();
      if (id.isEmpty() || id.get().kind() != EntryId.FOLDER || !core.folderExists(id.get().id())) {
        return MAPI_E_INVALID_ENTRYID;
      }
      return StoreObject.update(
          core, new BlobSpace(core), List.of(new Stored.Whole(value)), List.of());
    };
  }

  private static Object state(StoreCore core) {
    boolean none = core.shard().scan(Keys.searches(), false, 1).isEmpty();
    return none ? 0 : STORE_HAS_SEARCHES;
  }

  private static Object validFolders(StoreCore core) {
    int mask = 0;
    mask |= valid(core, PR_IPM_SUBTREE_ENTRYID, FOLDER_IPM_SUBTREE_VALID);
    mask |= valid(core, PR_IPM_OUTBOX_ENTRYID, FOLDER_IPM_OUTBOX_VALID);
    mask |= valid(core, PR_IPM_WASTEBASKET_ENTRYID, FOLDER_IPM_WASTEBASKET_VALID);
    mask |= valid(core, PR_IPM_SENTMAIL_ENTRYID, FOLDER_IPM_SENTMAIL_VALID);
    mask |= valid(core, PR_VIEWS_ENTRYID, FOLDER_VIEWS_VALID);
    mask |= valid(core, PR_COMMON_VIEWS_ENTRYID, FOLDER_COMMON_VIEWS_VALID);
    mask |= valid(core, PR_FINDER_ENTRYID, FOLDER_FINDER_VALID);
    Bytes root = core.store().value().root();
    return new ReceiveFolders(core).find("IPM", root).folder().equals(root)
        ? mask
        : mask | FOLDER_IPM_INBOX_VALID;
  }

  private static int valid(StoreCore core, int tag, int bit) {
    return folder(tag).apply(core) == null ? 0 : bit;
  }
}
