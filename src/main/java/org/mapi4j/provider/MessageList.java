package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.spi.KeyRange;
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
  private final StoreCore core;
  private final Bytes folder;
  private final IMAPIProgress progress;
  private Set<Bytes> found;

  /**
   * @param progress told of every message; null for nobody
   */
  MessageList(StoreCore core, Bytes folder, IMAPIProgress progress) {
    this.core = core;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * A message that is in the folder, or shown there.
   *
   * @param folder where it is
   */
  record Member(Bytes folder, Bytes id) {}

  /** What is done to a message; a code. */
  interface Action extends ToIntFunction<Member> {}

  /** What a search folder shows, as it was when this was first asked; null for other folders. */
  private Set<Bytes> found() {
    if (found == null && core.isSearch(folder)) {
      found = new TreeSet<>(core.searches().of(folder).ids());
    }
    return found;
  }

  /** Every message of the folder, by entry identifier. */
  ENTRYLIST all(boolean associated) {
    List<Bytes> ids = new ArrayList<>();
    if (found() != null && !associated) {
      found().forEach(id -> ids.add(core.entryId(EntryId.MESSAGE, id)));
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
    boolean here =
        location != null
            && (found() == null
                ? location.value().folder().equals(folder)
                : found().contains(message));
    return here
        ? MapiResult.ok(new Member(location.value().folder(), message))
        : MapiResult.error(MAPI_E_NOT_FOUND);
  }

  int each(ENTRYLIST list, Action action) {
    int done = 0;
    int failed = 0;
    ProgressSteps steps = new ProgressSteps(progress, list.size());
    for (Bytes entryId : list.lpbin()) {
      MapiResult<Member> member = member(entryId);
      failed += member.failed() || action.applyAsInt(member.value()) < 0 ? 1 : 0;
      done++;
      if (steps.canceledAfter(done)) {
        return MAPI_W_PARTIAL_COMPLETION;
      }
    }
    return failed == 0 ? S_OK : MAPI_W_PARTIAL_COMPLETION;
  }

  /** EmptyFolder of a search folder: the messages that it shows, where they are. */
  private int emptySearch() {
    return each(
        all(false),
        one -> MessageRows.delete(core, one.folder(), one.id(), MessageRows.Except.of(core)));
  }

  /** EmptyFolder: messages and subfolders, a step of progress for each kind and subfolder. */
  int empty(boolean associatedToo) {
    if (found() != null) {
      return emptySearch();
    }
    FolderTree tree = new FolderTree(core);
    List<Bytes> children = tree.children(folder);
    ProgressSteps steps = new ProgressSteps(progress, 1 + children.size());
    boolean whole = deleteAll(Keys.indexes(folder, false));
    if (associatedToo) {
      whole &= deleteAll(Keys.indexes(folder, true));
    }
    for (int i = 0; i < children.size(); i++) {
      if (steps.canceledAfter(1 + i)) {
        return MAPI_W_PARTIAL_COMPLETION;
      }
      int hr = tree.delete(folder, children.get(i), DEL_FOLDERS | DEL_MESSAGES);
      whole &= hr == S_OK || hr == MAPI_E_NOT_FOUND;
    }
    boolean late = steps.canceledAfter(1 + children.size());
    return whole && !late ? S_OK : MAPI_W_PARTIAL_COMPLETION;
  }

  private boolean deleteAll(KeyRange range) {
    boolean[] whole = {true};
    core.eachRow(
        range,
        row -> {
          Bytes message = Keys.indexed(row.key());
          int hr = MessageRows.delete(core, folder, message, MessageRows.Except.of(core));
          whole[0] &= hr == S_OK || hr == MAPI_E_NOT_FOUND;
        });
    return whole[0];
  }
}
