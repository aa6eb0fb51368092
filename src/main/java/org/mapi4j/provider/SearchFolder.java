package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMAPIContainer.SearchCriteria;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.Restrictions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;

/**
 * SetSearchCriteria and GetSearchCriteria: the criteria of a search folder and the states of its
 * search. One object per call. Source: MAPI "IMAPIContainer::SetSearchCriteria",
 * "IMAPIContainer::GetSearchCriteria", "MAPI Search Folders"; ADR 0082.
 */
final class SearchFolder {
  /** Asks Exchange not to use its index; here there is none. */
  static final int NON_CONTENT_INDEXED_SEARCH = 0x0002_0000;

  private static final int FLAGS =
      STOP_SEARCH
          | RESTART_SEARCH
          | RECURSIVE_SEARCH
          | SHALLOW_SEARCH
          | FOREGROUND_SEARCH
          | BACKGROUND_SEARCH
          | NON_CONTENT_INDEXED_SEARCH;

  private final StoreCore core;
  private final Bytes id;
  private final BlobSpace blobs;

  SearchFolder(StoreCore core, Bytes id) {
    this.core = core;
    this.id = id;
    this.blobs = new BlobSpace(core);
  }

  /**
   * S_OK for flags of SetSearchCriteria; MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER for two
   * that exclude each other.
   */
  static int checkFlags(StoreCore core, int flags) {
    if (core.unknownFlags(flags, FLAGS)) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    boolean excluded =
        both(flags, STOP_SEARCH | RESTART_SEARCH)
            || both(flags, RECURSIVE_SEARCH | SHALLOW_SEARCH)
            || both(flags, FOREGROUND_SEARCH | BACKGROUND_SEARCH);
    return excluded ? MAPI_E_INVALID_PARAMETER : S_OK;
  }

  private static boolean both(int flags, int pair) {
    return (flags & pair) == pair;
  }

  /**
   * Sets what is given and keeps the rest, then searches. MAPI_E_NOT_INITIALIZED when there is
   * nothing to keep.
   */
  int set(SRestriction restriction, ENTRYLIST list, int flags) {
    try {
      MapiResult<Bytes> bytes = encode(restriction);
      MapiResult<List<Bytes>> folders = folders(list);
      if (bytes.failed() || folders.failed()) {
        return bytes.failed() ? bytes.hr() : folders.hr();
      }
      while (true) {
        StoreCore.Versioned<FolderRow> row = core.folder(id);
        if (row == null) {
          return MAPI_E_OBJECT_DELETED;
        }
        boolean isNew = restriction != null && list != null;
        StoredSearch before = row.value().search();
        if (before == null && !isNew) {
          return MAPI_E_NOT_INITIALIZED;
        }
        before = before == null ? null : isNew ? legible(before) : before.readable();
        StoredSearch after =
            new StoredSearch(
                state(before, flags),
                list == null ? before.folders() : folders.value(),
                restriction == null ? before.restriction() : bytes.value(),
                null);
        boolean searches =
            after.isRunning() && ((flags & RESTART_SEARCH) != 0 || !after.findsAs(before));
        StoredSearch next =
            searches
                ? after.withLinks(before == null ? null : before.links())
                : after.isRunning() ? after : stopped(before, after);
        if (commit(row, next)) {
          return searches ? search(row.value().search(), next) : S_OK;
        }
      }
    } finally {
      blobs.discard();
    }
  }

  /** Criteria that cannot be read are none where all of them are given anew. */
  private static StoredSearch legible(StoredSearch before) {
    try {
      StoredSearch search = before.readable();
      var read = RestrictionCodec.decode(search.restriction());
      assert read != null;
      return search;
    } catch (StorageFault.Unreadable unreadable) {
      return null;
    }
  }

  /** Kept wide: what narrow text means, only the session that gave it knows. */
  private MapiResult<Bytes> encode(SRestriction restriction) {
    if (restriction == null) {
      return MapiResult.of(S_OK, Bytes.EMPTY);
    }
    int checked = Restrictions.check(restriction);
    if (checked != S_OK) {
      return MapiResult.error(checked);
    }
    return RestrictionWidths.of(restriction, true, core.options().codePage())
        .flatMap(wide -> RestrictionCodec.encode(wide, StoredSearch.RESTRICTION_BYTES_MAX))
        .map(MapiResult::ok)
        .orElseGet(() -> MapiResult.error(MAPI_E_TOO_COMPLEX));
  }

  /** Ids of folders that are there and can be searched. */
  private MapiResult<List<Bytes>> folders(ENTRYLIST list) {
    List<Bytes> ids = new ArrayList<>();
    if (list == null) {
      return MapiResult.ok(ids);
    }
    if (list.size() == 0) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (list.size() > StoredSearch.FOLDERS_MAX) {
      return MapiResult.error(MAPI_E_TOO_COMPLEX);
    }
    for (Bytes entryId : list.lpbin()) {
      Optional<EntryId> own = EntryIds.own(core, entryId);
      if (own.isEmpty() || own.get().kind() != EntryId.FOLDER) {
        return MapiResult.error(own.isEmpty() ? MAPI_E_UNKNOWN_ENTRYID : MAPI_E_INVALID_ENTRYID);
      }
      StoreCore.Versioned<FolderRow> row = core.folder(own.get().id());
      if (row == null || row.value().isSearch()) {
        return MapiResult.error(row == null ? MAPI_E_NOT_FOUND : MAPI_E_TOO_COMPLEX);
      }
      ids.add(own.get().id());
    }
    return MapiResult.ok(ids);
  }

  /** A search that was never stopped runs; one that was, not before RESTART_SEARCH. */
  private static int state(StoredSearch before, int flags) {
    int state = before == null ? SEARCH_RUNNING : before.state();
    state = changed(state, SEARCH_RUNNING, flags, RESTART_SEARCH, STOP_SEARCH);
    state = changed(state, SEARCH_RECURSIVE, flags, RECURSIVE_SEARCH, SHALLOW_SEARCH);
    return changed(state, SEARCH_FOREGROUND, flags, FOREGROUND_SEARCH, BACKGROUND_SEARCH);
  }

  private static int changed(int state, int bit, int flags, int sets, int clears) {
    return (flags & sets) != 0 ? state | bit : (flags & clears) != 0 ? state & ~bit : state;
  }

  /** What is shown when the search stops stays, also under new criteria. */
  private StoredSearch stopped(StoredSearch before, StoredSearch after) {
    if (before == null || !before.isRunning()) {
      return after.withLinks(before == null ? null : before.links());
    }
    ByteArrayOutputStream ids = new ByteArrayOutputStream();
    core.searches().of(id).ids().forEach(message -> ids.writeBytes(message.toArray()));
    SPropValue links = new SPropValue(StoredSearch.LINKS, Bytes.wrap(ids.toByteArray()));
    return ids.size() == 0
        ? after
        : after.withLinks(LargeValues.keep(links, blobs, core.limits().inlineBytesMax()));
  }

  /** Puts other criteria in the place of some, unless others have done so. */
  private void replace(StoredSearch present, StoredSearch other) {
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    while (row != null && present.equals(row.value().search()) && !commit(row, other)) {
      row = core.folder(id);
    }
  }

  private boolean commit(StoreCore.Versioned<FolderRow> before, StoredSearch after) {
    FolderRow row = before.value().withSearch(after);
    if (row.equals(before.value())) {
      return true;
    }
    boolean runs = after != null && after.isRunning();
    Batch.Builder batch = Batch.builder().expect(Keys.folder(id), before.version());
    batch.put(Keys.folder(id), before.version() + 1, row.encode());
    if (runs) {
      batch.put(Keys.search(id), 1, Bytes.EMPTY);
    } else {
      batch.delete(Keys.search(id));
    }
    List<BlobRef> kept = row.blobs();
    before.value().blobs().stream()
        .filter(blob -> !kept.contains(blob))
        .forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
    blobs.prepare(kept);
    blobs.takeUp(kept, batch);
    if (!(core.commit(batch) instanceof Outcome.Committed)) {
      return false;
    }
    blobs.takenUp(kept);
    return true;
  }

  /**
   * Control comes back when everything is found; then all who asked for it are told. When it cannot
   * be found, the criteria are those before.
   */
  private int search(StoredSearch before, StoredSearch begun) {
    try {
      core.searches().of(id).refresh();
    } catch (StorageFault fault) {
      try {
        replace(begun, before);
      } catch (StorageFault another) {
        fault.addSuppressed(another);
      }
      throw fault;
    }
    if (begun.links() != null) { // which a search that was stopped showed until now
      replace(begun, begun.withLinks(null));
    }
    Batch.Builder batch = Batch.builder();
    ChangeMarks.searchComplete(batch, id);
    return core.commitStaged(batch) instanceof Outcome.Committed ? S_OK : MAPI_E_CALL_FAILED;
  }

  /** The criteria with strings in one width. MAPI_E_NOT_INITIALIZED, MAPI_E_BAD_CHARWIDTH. */
  MapiResult<SearchCriteria> get(boolean unicode) {
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    if (row == null) {
      return MapiResult.error(MAPI_E_OBJECT_DELETED);
    }
    if (row.value().search() == null) {
      return MapiResult.error(MAPI_E_NOT_INITIALIZED);
    }
    StoredSearch search = row.value().search().readable();
    Optional<SRestriction> restriction =
        RestrictionWidths.of(
            RestrictionCodec.decode(search.restriction()), unicode, core.options().codePage());
    if (restriction.isEmpty()) {
      return MapiResult.error(MAPI_E_BAD_CHARWIDTH);
    }
    ENTRYLIST list =
        new ENTRYLIST(
            search.folders().stream().map(one -> core.entryId(EntryId.FOLDER, one)).toList());
    boolean building = search.isRunning() && core.searches().isBuilding(id);
    return MapiResult.ok(
        new SearchCriteria(
            restriction.get(), list, building ? search.state() | SEARCH_REBUILD : search.state()));
  }
}
