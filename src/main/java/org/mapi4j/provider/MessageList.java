package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiResult;

/**
 * Calls on many messages of one folder, or of those that a search folder shows, which are in other
 * folders: each by itself, MAPI_W_PARTIAL_COMPLETION when one could not be done, progress and
 * cancel between them.
 */
final class MessageList {
  private static final int PAGE = 250;

  private final StoreCore core;
  private final Bytes folder;
  private final IMAPIProgress progress;

  /** Of the messages of a list those that the search folder showed at first; null for others. */
  private Set<Bytes> found;

  private boolean binToo;

  /**
   * @param progress told of every message; null for nobody
   */
  MessageList(StoreCore core, Bytes folder, IMAPIProgress progress) {
    this.core = core;
    this.folder = folder;
    this.progress = progress;
  }

  /** The folder's deleted messages that are kept count as well. */
  MessageList withBin() {
    binToo = true;
    return this;
  }

  /**
   * A message that is in the folder, or shown there.
   *
   * @param folder where it is: the folder, its bin, or any other for a search folder
   */
  record Member(Bytes folder, Bytes id) {}

  /** What is done to a message; a code. */
  interface Action extends ToIntFunction<Member> {}

  /** What a search folder shows now. */
  private SearchResults shown() {
    SearchResults results = core.searches().of(folder);
    results.refresh();
    return results;
  }

  /** Every message of the folder, by entry identifier. */
  ENTRYLIST all(boolean associated) {
    List<Bytes> ids = new ArrayList<>();
    if (core.isSearch(folder) && !associated) {
      shown().ids().forEach(id -> ids.add(core.entryId(EntryId.MESSAGE, id)));
      return new ENTRYLIST(ids);
    }
    core.eachRow(
        Keys.indexes(folder, associated),
        row -> ids.add(core.entryId(EntryId.MESSAGE, Keys.indexed(row.key()))));
    return new ENTRYLIST(ids);
  }

  /** A message of this folder by its entry identifier. */
  MapiResult<Member> member(Bytes entryId) {
    Optional<EntryId> id = EntryIds.own(core, entryId);
    if (id.isEmpty() || id.get().kind() != EntryId.MESSAGE) {
      return MapiResult.error(entryId == null ? MAPI_E_INVALID_PARAMETER : MAPI_E_UNKNOWN_ENTRYID);
    }
    Bytes message = id.get().id();
    StoreCore.Versioned<Location> location = core.location(message);
    Bytes at = location == null ? null : location.value().folder();
    return at != null && isHere(at, message)
        ? MapiResult.ok(new Member(at, message))
        : MapiResult.error(MAPI_E_NOT_FOUND);
  }

  private boolean isHere(Bytes at, Bytes message) {
    if (found == null && !core.isSearch(folder)) {
      return at.equals(folder) || binToo && at.equals(SoftDeletes.bin(folder));
    }
    boolean isShown = found == null ? shown().folderOf(message) != null : found.contains(message);
    return isShown && core.folderExists(at);
  }

  int each(ENTRYLIST list, Action action) {
    return each(list, new ProgressSteps(progress, list.size()), action);
  }

  /** The same as a part of a call. */
  int each(ENTRYLIST list, ProgressSteps steps, Action action) {
    found = core.isSearch(folder) ? found(list) : null;
    int failed = 0;
    for (Bytes entryId : list.lpbin()) {
      MapiResult<Member> member = member(entryId);
      failed += member.failed() || action.applyAsInt(member.value()) < 0 ? 1 : 0;
      if (steps.did()) {
        return MAPI_W_PARTIAL_COMPLETION;
      }
    }
    return failed == 0 ? S_OK : MAPI_W_PARTIAL_COMPLETION;
  }

  private Set<Bytes> found(ENTRYLIST list) {
    SearchResults results = shown();
    Set<Bytes> some = new HashSet<>();
    for (Bytes entryId : list.lpbin()) {
      EntryIds.own(core, entryId)
          .map(EntryId::id)
          .filter(id -> results.folderOf(id) != null)
          .ifPresent(some::add);
    }
    return some;
  }

  /** EmptyFolder: messages and subfolders, a step of progress for each. */
  int empty(boolean associatedToo, boolean hard) {
    if (core.isSearch(folder)) {
      return each(all(false), one -> delete(core, one, hard));
    }
    FolderTree tree = new FolderTree(core);
    List<Bytes> children = tree.children(folder);
    FolderCounts counts = core.counts(folder);
    ProgressSteps steps =
        ProgressSteps.estimated(
            progress,
            counts.messages() + (associatedToo ? counts.associated() : 0) + children.size());
    boolean whole = deleteAll(folder, associatedToo, hard, steps);
    if (hard && !steps.isCanceled()) {
      whole &= deleteAll(SoftDeletes.bin(folder), associatedToo, true, steps);
    }
    for (Bytes child : children) {
      if (steps.isCanceled()) {
        return MAPI_W_PARTIAL_COMPLETION;
      }
      int hr = tree.delete(folder, child, DEL_FOLDERS | DEL_MESSAGES, null);
      whole &= hr == S_OK || hr == MAPI_E_NOT_FOUND;
      whole &= !steps.did();
    }
    steps.finish();
    return whole && !steps.isCanceled() ? S_OK : MAPI_W_PARTIAL_COMPLETION;
  }

  private boolean deleteAll(Bytes from, boolean associatedToo, boolean hard, ProgressSteps steps) {
    boolean whole = true;
    for (boolean associated : associatedToo ? new boolean[] {false, true} : new boolean[1]) {
      KeyRange rest = Keys.indexes(from, associated);
      boolean more = true;
      while (more) {
        List<Row> page = core.shard().scan(rest, false, PAGE);
        for (Row row : page) {
          int hr = delete(core, new Member(from, Keys.indexed(row.key())), hard);
          whole &= hr == S_OK || hr == MAPI_E_NOT_FOUND;
          if (steps.did()) {
            return false;
          }
          rest = rest.startingAfter(row.key());
        }
        more = page.size() == PAGE;
      }
    }
    return whole;
  }

  /** Deletes a message where it is, for good or as the store's options have it. */
  static int delete(StoreCore core, Member member, boolean hard) {
    MessageRows.Except except = MessageRows.Except.of(core);
    return hard
        ? MessageRows.delete(core, member.folder(), member.id(), except)
        : SoftDeletes.delete(core, member.folder(), member.id(), except);
  }
}
