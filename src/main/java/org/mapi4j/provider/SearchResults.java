package org.mapi4j.provider;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiDefs;

/**
 * The messages that a search folder shows, for all tables of a session. Read whole once, then
 * brought forward by the index rows that commits wrote, anybody's, and by the folders that came
 * into the search or left it. The views ask what changed since they looked last. Any thread;
 * guarded by its own lock.
 */
final class SearchResults {
  /** Changes that are kept for views that are behind; who is further behind reads all. */
  static final int JOURNAL_MAX = 20_000;

  private static final AtomicLong VERSIONS = new AtomicLong();

  private static final List<KeyRange> FOLDERS =
      List.of(
          KeyRange.prefix(Bytes.of(Keys.FOLDERS)),
          KeyRange.prefix(Bytes.of(Keys.CHILDREN)),
          KeyRange.prefix(Keys.nameCount()));
  private static final List<KeyRange> MESSAGES = List.of(KeyRange.prefix(Bytes.of(Keys.INDEXES)));

  /** Where a commit may change what a search finds. */
  static final List<KeyRange> RANGES =
      Stream.of(FOLDERS, MESSAGES, List.of(KeyRange.prefix(Bytes.of(Keys.STATUSES))))
          .flatMap(List::stream)
          .toList();

  /** Where a message was found. There are two of each folder at most: many messages share them. */
  private record Place(Bytes folder, boolean unread) {}

  /** A message and the folder it was found in. */
  record Hit(Bytes message, Bytes folder) {}

  /** Messages that a commit changed. */
  private record Step(long version, Collection<Bytes> messages) {}

  private final StoreCore core;
  private final Bytes folder;
  private final RangeStamp folders;
  private final RangeStamp messages;
  private final RangeStamp statuses;
  private final Map<Bytes, Integer> ownStatus = new ConcurrentHashMap<>();

  private final NavigableMap<Bytes, Place> hits = new TreeMap<>();
  private final Map<Bytes, Place[]> places = new HashMap<>();
  private final Deque<Step> journal = new ArrayDeque<>();
  private int journaled;
  private SearchPlan plan;
  private boolean current;
  private long foldersSeen;
  private long messagesSeen;
  private long statusesSeen;
  private int scanned;
  private int unread;
  private long journalFrom;
  private volatile long version = VERSIONS.incrementAndGet();
  private volatile int size;
  private volatile FolderCounts counts;
  private volatile boolean building;

  SearchResults(StoreCore core, Bytes folder) {
    this.core = core;
    this.folder = folder;
    this.folders = new RangeStamp(core.shard(), FOLDERS);
    this.messages = new RangeStamp(core.shard(), MESSAGES);
    this.statuses = new RangeStamp(core.shard(), List.of(Keys.statuses(folder)));
  }

  /** A number that is another one whenever a message came, went or changed; never given again. */
  long version() {
    return version;
  }

  /** True while a thread of this session reads everything. */
  boolean isBuilding() {
    return building;
  }

  /** How many messages there were last. */
  int size() {
    return size;
  }

  /** Brings the messages forward to the present. A fault leaves them to be read anew. */
  synchronized void refresh() {
    long foldersNow = folders.get(0);
    long messagesNow = messages.get(scanned);
    long statusesNow = statuses.get(ownStatus.size());
    boolean sameFolders = foldersNow == foldersSeen;
    if (current && sameFolders && messagesNow == messagesSeen && statusesNow == statusesSeen) {
      return;
    }
    boolean known = current;
    current = false;
    folders.forget();
    Optional<List<List<Bytes>>> touched = messages.take();
    Optional<List<List<Bytes>>> set = statuses.take();
    SearchPlan now = known && sameFolders ? plan : SearchPlan.of(core, folder);
    if (!known || touched.isEmpty() || set.isEmpty() || !now.follows(plan)) {
      readStatuses();
      build(now);
    } else {
      Set<Bytes> moved = new LinkedHashSet<>();
      follow(now, moved);
      note(moved);
      for (List<Bytes> commit : touched.get()) {
        Set<Bytes> changed = new LinkedHashSet<>();
        commit.forEach(key -> judge(now, key, changed));
        note(changed);
      }
      for (List<Bytes> commit : set.get()) {
        note(setStatuses(commit));
      }
      if (!now.signature().equals(plan.signature())) {
        forgetChanges(); // which every row shows
      }
    }
    plan = now;
    foldersSeen = foldersNow;
    messagesSeen = messagesNow;
    statusesSeen = statusesNow;
    size = hits.size();
    counts = new FolderCounts(size, unread, 0);
    current = true;
  }

  private void readStatuses() {
    ownStatus.clear();
    core.eachRow(Keys.statuses(folder), this::readStatus);
  }

  /** One that cannot be read is none. */
  private void readStatus(Row row) {
    Bytes message = Keys.member(row.key());
    try {
      ownStatus.put(message, SearchStatus.of(row));
    } catch (StorageFault.Unreadable unreadable) {
      ownStatus.remove(message);
    }
  }

  /** Messages among those with these keys that are shown. */
  private Set<Bytes> setStatuses(List<Bytes> keys) {
    Set<Bytes> changed = new LinkedHashSet<>();
    for (Bytes key : keys) {
      Bytes message = Keys.member(key);
      core.shard().get(key).ifPresentOrElse(this::readStatus, () -> ownStatus.remove(message));
      if (hits.containsKey(message)) {
        changed.add(message);
      }
    }
    return changed;
  }

  /** PR_MSG_STATUS of a message where it was set in this folder, else null. */
  Integer statusOf(Bytes message) {
    return ownStatus.get(message);
  }

  private void build(SearchPlan now) {
    building = true;
    try {
      hits.clear();
      places.clear();
      unread = 0;
      scanned = 0;
      now.folders().keySet().forEach(one -> scan(now, one, null));
      now.links().forEach(this::find);
    } finally {
      building = false;
    }
    forgetChanges();
  }

  /** Who looked before reads all. */
  private void forgetChanges() {
    version = VERSIONS.incrementAndGet();
    journal.clear();
    journaled = 0;
    journalFrom = version;
  }

  private void scan(SearchPlan now, Bytes searched, Set<Bytes> changed) {
    core.eachRow(
        Keys.indexes(searched, false),
        row -> {
          scanned++;
          Bytes message = Keys.indexed(row.key());
          if (now.shows(ContentsRow.found(core, searched, message, row.value()))) {
            put(message, searched, row);
            if (changed != null) {
              changed.add(message);
            }
          }
        });
  }

  /** A message of a stopped search, wherever it is now. */
  private void find(Bytes message) {
    StoreCore.Versioned<Location> at = core.location(message);
    Bytes home = at == null ? null : at.value().folder();
    if (home != null && core.folderExists(home)) {
      core.shard().get(Keys.index(home, false, message)).ifPresent(row -> put(message, home, row));
    }
  }

  /** Folders that came into the search, left it, or are gone. */
  private void follow(SearchPlan now, Set<Bytes> changed) {
    if (now == plan) {
      return;
    }
    Set<Bytes> left = new HashSet<>(places.keySet());
    left.removeIf(now.isRunning() ? now.folders()::containsKey : core::folderExists);
    if (!left.isEmpty()) {
      List<Bytes> gone = new ArrayList<>();
      hits.forEach(
          (message, place) -> {
            if (left.contains(place.folder())) {
              gone.add(message);
            }
          });
      gone.forEach(message -> take(message, changed));
      places.keySet().removeAll(left);
    }
    for (Bytes searched : now.folders().keySet()) {
      if (!plan.folders().containsKey(searched)) {
        scan(now, searched, changed);
      }
    }
  }

  /** A commit touched a message's row in a folder: it is shown from there now, or no more. */
  private void judge(SearchPlan now, Bytes key, Set<Bytes> changed) {
    Bytes searched = Keys.owner(key);
    Bytes message = Keys.indexed(key);
    boolean associated = !key.equals(Keys.index(searched, false, message));
    if (associated) {
      return;
    }
    Row row =
        now.looksAt(searched, message) && core.folderExists(searched)
            ? core.shard().get(key).orElse(null)
            : null;
    if (row != null && now.shows(ContentsRow.found(core, searched, message, row.value()))) {
      put(message, searched, row);
      changed.add(message);
    } else {
      Place known = hits.get(message);
      if (known != null && known.folder().equals(searched)) {
        take(message, changed);
      }
    }
  }

  private void put(Bytes message, Bytes searched, Row row) {
    boolean isUnread = (IndexRow.flags(row.value()) & MapiDefs.MSGFLAG_READ) == 0;
    Place[] both =
        places.computeIfAbsent(
            searched, id -> new Place[] {new Place(id, false), new Place(id, true)});
    Place before = hits.put(message, both[isUnread ? 1 : 0]);
    unread += (isUnread ? 1 : 0) - (before != null && before.unread() ? 1 : 0);
  }

  private void take(Bytes message, Set<Bytes> changed) {
    Place before = hits.remove(message);
    unread -= before.unread() ? 1 : 0;
    changed.add(message);
  }

  private void note(Set<Bytes> changed) {
    if (changed.isEmpty()) {
      return;
    }
    version = VERSIONS.incrementAndGet();
    journal.add(new Step(version, changed));
    journaled += changed.size();
    while (journaled > JOURNAL_MAX) {
      Step oldest = journal.remove();
      journaled -= oldest.messages().size();
      journalFrom = oldest.version();
    }
  }

  /**
   * Messages that came, went or changed after a version, a list for each commit, in order, each
   * message once, with the last; empty when that is not known any more.
   */
  synchronized Optional<List<List<Bytes>>> changesAfter(long known) {
    if (known < journalFrom) {
      return Optional.empty();
    }
    Deque<List<Bytes>> commits = new ArrayDeque<>();
    Set<Bytes> later = new HashSet<>();
    Iterator<Step> steps = journal.descendingIterator();
    for (Step step = next(steps); step != null && step.version() > known; step = next(steps)) {
      List<Bytes> commit = step.messages().stream().filter(later::add).toList();
      if (!commit.isEmpty()) {
        commits.addFirst(commit);
      }
    }
    return Optional.of(List.copyOf(commits));
  }

  private static Step next(Iterator<Step> steps) {
    return steps.hasNext() ? steps.next() : null;
  }

  /** The folder that a message was found in; null when it is not shown. */
  synchronized Bytes folderOf(Bytes message) {
    Place place = hits.get(message);
    return place == null ? null : place.folder();
  }

  /** The same of several. */
  synchronized List<Bytes> foldersOf(List<Bytes> messages) {
    List<Bytes> places = new ArrayList<>(messages.size());
    messages.forEach(message -> places.add(folderOf(message)));
    return places;
  }

  /** The first messages after one in order of their ids, null for the first of all. */
  synchronized List<Hit> after(Bytes message, int count) {
    List<Hit> some = new ArrayList<>();
    for (Map.Entry<Bytes, Place> entry :
        (message == null ? hits : hits.tailMap(message, false)).entrySet()) {
      if (some.size() >= count) {
        break;
      }
      some.add(new Hit(entry.getKey(), entry.getValue().folder()));
    }
    return some;
  }

  /** The counts as they are now. */
  synchronized FolderCounts counts() {
    refresh();
    return counts;
  }

  /** The counts when somebody looked last; null when nobody did. Waits for nobody. */
  FolderCounts lastCounts() {
    return counts;
  }

  /** Ids of all messages as they are now. */
  synchronized List<Bytes> ids() {
    refresh();
    return List.copyOf(hits.keySet());
  }
}
