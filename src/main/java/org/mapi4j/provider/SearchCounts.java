package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_CONTENT_COUNT;
import static org.mapi4j.types.MapiTags.PR_CONTENT_UNREAD;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mapi4j.advise.SinkThreads;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.Uncaught;

/**
 * Tells that the counts of search folders are others: no commit writes them. After a commit that
 * may have changed what a search finds, one of the threads for looks brings forward the searches
 * that the session knows, and those whose own sinks wait for it. Any thread. Source: ADR 0082.
 */
final class SearchCounts {
  private final StoreCore core;
  private final Supplier<Set<Bytes>> followed;
  private final Consumer<StoreEvents.Event> tell;
  private final Map<Bytes, FolderCounts> told = new HashMap<>();
  private boolean scheduled;

  /**
   * @param followed folders with sinks of their own
   * @param tell offers an event to the session's sinks
   */
  SearchCounts(StoreCore core, Supplier<Set<Bytes>> followed, Consumer<StoreEvents.Event> tell) {
    this.core = core;
    this.followed = followed;
    this.tell = tell;
  }

  /** A sink of a folder's own begins to listen: it hears what comes after the present counts. */
  void follow(Bytes folder) {
    if (core.isSearch(folder)) {
      try {
        FolderCounts now = core.searches().of(folder).counts();
        synchronized (this) {
          told.putIfAbsent(folder, now);
        }
      } catch (StorageFault.Unreadable unreadable) {
        return; // its own calls say so
      }
    }
  }

  /** Nobody listens any more. */
  synchronized void forget() {
    told.clear();
  }

  /** A commit, after what it wrote was told. Returns at once. */
  void committed(Change change) {
    if (RangeStamp.isTouched(SearchResults.RANGES, change)) {
      schedule();
    }
  }

  private synchronized void schedule() {
    if (!scheduled) {
      scheduled = true;
      try {
        SinkThreads.look(this::look);
      } catch (RuntimeException | Error noThread) {
        scheduled = false; // the next commit has them looked at
        Uncaught.report(noThread);
      }
    }
  }

  private void look() {
    synchronized (this) {
      scheduled = false; // what changes from here on is looked at again
    }
    Set<Bytes> folders = new LinkedHashSet<>(core.searches().known());
    folders.addAll(followed.get());
    for (Bytes folder : folders) {
      try {
        if (core.isClosed()) {
          return;
        }
        if (core.isSearch(folder)) {
          core.searches().of(folder).refresh();
          tell(folder, false);
        }
      } catch (StorageFault unreadable) {
        continue; // whoever looks into that folder is told; the others go on
      }
    }
  }

  /**
   * A search is done: its counts are told before that is, where they are known here. Waits for
   * nobody.
   */
  void searchComplete(Bytes folder) {
    try {
      tell(folder, true);
    } catch (StorageFault unreadable) {
      return; // the next look tells
    }
  }

  /**
   * @param isNew what was found before the search is not known, but may be another number
   */
  private void tell(Bytes folder, boolean isNew) {
    FolderCounts now = core.searches().lastCounts(folder);
    StoreCore.Versioned<FolderRow> row = core.folder(folder);
    if (now == null || row == null) {
      return;
    }
    FolderCounts before;
    synchronized (this) {
      before = told.put(folder, now);
    }
    if (before == null && !isNew) {
      return;
    }
    List<Integer> tags = new ArrayList<>();
    if (before == null || before.messages() != now.messages()) {
      tags.add(PR_CONTENT_COUNT);
    }
    if (before == null || before.unread() != now.unread()) {
      tags.add(PR_CONTENT_UNREAD);
    }
    if (!tags.isEmpty()) {
      tell.accept(event(folder, row.value().parent(), tags));
    }
  }

  private StoreEvents.Event event(Bytes folder, Bytes parent, List<Integer> tags) {
    Bytes entryId = core.entryId(EntryId.FOLDER, folder);
    return new StoreEvents.Event(
        new OBJECT_NOTIFICATION(
            fnevObjectModified,
            entryId,
            MAPI_FOLDER,
            core.entryId(EntryId.FOLDER, parent),
            null,
            null,
            SPropTagArray.of(tags)),
        List.of(entryId));
  }

  /** The search folder that an event says is done. */
  static Optional<Bytes> completed(StoreCore core, StoreEvents.Event event) {
    return event.notification() instanceof OBJECT_NOTIFICATION object
            && object.ulEventType() == fnevSearchComplete
        ? EntryIds.own(core, object.lpEntryID()).map(EntryId::id)
        : Optional.empty();
  }
}
