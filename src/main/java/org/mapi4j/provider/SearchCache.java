package org.mapi4j.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.types.Bytes;

/**
 * The search folders that a session looked into. When they show too many messages together those
 * that were looked into longest ago are forgotten; open tables keep theirs.
 */
final class SearchCache {
  /** Search folders that one session remembers. */
  static final int FOLDERS_MAX = 1000;

  /** Messages of all of them together: some 100 bytes of heap each. */
  static final int MESSAGES_MAX = 2_000_000;

  private final StoreCore core;
  private final Map<Bytes, SearchResults> folders = new LinkedHashMap<>(16, 0.75f, true);

  SearchCache(StoreCore core) {
    this.core = core;
  }

  /** What a search folder shows; read when it is asked for. */
  SearchResults of(Bytes folder) {
    synchronized (folders) {
      SearchResults results = folders.computeIfAbsent(folder, id -> new SearchResults(core, id));
      long messages = folders.values().stream().mapToLong(SearchResults::size).sum();
      var oldest = folders.entrySet().iterator();
      while (oldest.hasNext() && (messages > MESSAGES_MAX || folders.size() > FOLDERS_MAX)) {
        SearchResults next = oldest.next().getValue();
        if (next == results) {
          break;
        }
        messages -= next.size();
        oldest.remove();
      }
      return results;
    }
  }

  /** The search folders that are remembered. */
  List<Bytes> known() {
    synchronized (folders) {
      return List.copyOf(folders.keySet());
    }
  }

  /** The counts of one when it was looked into last; null where it is not remembered. */
  FolderCounts lastCounts(Bytes folder) {
    synchronized (folders) {
      SearchResults results = folders.get(folder);
      return results == null ? null : results.lastCounts();
    }
  }

  /** True while a thread of this session makes a folder's search. */
  boolean isBuilding(Bytes folder) {
    synchronized (folders) {
      SearchResults results = folders.get(folder);
      return results != null && results.isBuilding();
    }
  }
}
