package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.options.StoreLimits;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Fate;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stages;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.WrappedStoreEntryID;

/**
 * What every object of one session on one store shares: the shard, the options, the caches, ids,
 * time, and the one way to commit.
 */
final class StoreCore {
  /** The name that clients know the provider by: PR_STORE_ENTRYID is wrapped with it. */
  static final String PROVIDER_DLL = "mapi4j.dll";

  private static final int CACHED_MESSAGES = 4096;
  private static final int CACHED_LOCATIONS = 16_384;
  private static final int FIRST_PAGE = 64;
  private static final int PAGE_MAX = 512;
  private static final long CACHED_BYTES = 16 << 20;

  private final Shard shard;
  private final StoreOptions options;
  private final FreshIds ids;
  private final Bytes uid;
  private final Runnable sweep;
  private final long session;
  private volatile long syncedTo;
  private volatile Bytes storeEntryId;
  private final RowCache<StoredMessage> messages;
  private final RowCache<Versioned<Location>> locations;
  private final RowCache<Versioned<FolderRow>> folders;
  private final RowCache<Versioned<StoreInit.StoreRow>> stores;
  private final NamedProperties names;
  private final TableCache tables;
  private final TableFeed tableFeed;
  private final SearchCache searches;
  private final ContentsSorts sorts;
  private final Set<Bytes> staged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable whenClosed = () -> {};
  private volatile IMAPISupport host;

  /** A decoded row with its version. */
  record Versioned<T>(T value, long version) {}

  /**
   * A message's row: its version, its image, and every blob it keeps alive, that of a large image
   * included.
   *
   * @param born the location that the message was born with; null in rows of layout 1
   */
  record StoredMessage(long version, Location born, MessageImage image, List<BlobRef> blobs) {
    static StoredMessage of(long version, Location born, MessageImage image, BlobRef imageBlob) {
      List<BlobRef> blobs = image.blobs();
      if (imageBlob != null) {
        blobs.add(imageBlob);
      }
      return new StoredMessage(version, born, image, List.copyOf(blobs));
    }
  }

  /**
   * @param sweep asks for a sweep, at once or later; must not block
   */
  StoreCore(Shard shard, StoreOptions options, Bytes uid, Runnable sweep) {
    this.sweep = sweep;
    this.shard = shard;
    this.options = options;
    this.ids = new FreshIds(options.clock(), options.chance());
    this.uid = uid;
    this.storeEntryId =
        WrappedStoreEntryID.wrap(0, PROVIDER_DLL, entryId(EntryId.STORE, uid)).value();
    this.session = shard.newSession();
    this.syncedTo = shard.seq();
    this.names = new NamedProperties(this);
    this.tables = new TableCache(options.tableCacheBytes());
    this.tableFeed = new TableFeed(shard);
    this.searches = new SearchCache(this);
    this.sorts = new ContentsSorts(this);
    this.messages = new RowCache<>(shard, CACHED_MESSAGES, CACHED_BYTES, this::decodeMessage);
    this.folders =
        new RowCache<>(
            shard,
            CACHED_LOCATIONS,
            CACHED_BYTES / 2,
            row -> new Versioned<>(FolderRow.decode(row.value()), row.version()));
    this.stores =
        new RowCache<>(
            shard,
            1,
            CACHED_BYTES / 2,
            row -> new Versioned<>(StoreInit.StoreRow.decode(row.value()), row.version()));
    this.locations =
        new RowCache<>(
            shard,
            CACHED_LOCATIONS,
            CACHED_BYTES / 2,
            row -> new Versioned<>(Location.decode(row.value()), row.version()),
            key -> born(Keys.owner(key)));
  }

  Shard shard() {
    return shard;
  }

  StoreOptions options() {
    return options;
  }

  StoreLimits limits() {
    return options.limits();
  }

  /** This session's number among the shard's. */
  long session() {
    return session;
  }

  /** UID of the store: its record key, and the provider part of every entry identifier. */
  Bytes uid() {
    return uid;
  }

  /** Columns of tables that were opened. */
  TableCache tables() {
    return tables;
  }

  /** Tells tables that have sinks of commits. */
  TableFeed tableFeed() {
    return tableFeed;
  }

  /** What search folders show. */
  SearchCache searches() {
    return searches;
  }

  /** Orders that folders' contents tables begin with. */
  ContentsSorts sorts() {
    return sorts;
  }

  /** The named-property map of the store. */
  NamedProperties names() {
    return names;
  }

  boolean writable() {
    return options.writable();
  }

  boolean outlookProfile() {
    return options.profile() == StoreProfile.OUTLOOK;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** The host's support object; null for a session without a host. */
  IMAPISupport host() {
    return host;
  }

  /** The session was logged on to by a host. */
  void host(IMAPISupport support) {
    host = support;
  }

  /** Calls something once, when the session has ended. */
  void whenClosed(Runnable action) {
    whenClosed = action;
  }

  /**
   * Ends the session and its leases; every object of it then answers MAPI_E_INVALID_OBJECT. What
   * they staged and did not save goes, also of those that nobody releases.
   */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        staged.forEach(this::removeStaged);
      } finally {
        try {
          shard.endSession(session);
        } finally {
          sweep.run();
          whenClosed.run();
        }
      }
    }
  }

  private void removeStaged(Bytes blob) {
    Sweeper.removeStaged(shard, blob);
    staged.remove(blob);
  }

  /** A blob of this session's is about to have chunks in the store. */
  void staged(Bytes blob) {
    staged.add(blob);
  }

  /** It was saved or removed. */
  void unstaged(Bytes blob) {
    staged.remove(blob);
  }

  /**
   * True when a flags parameter has a bit that no page gives the method. The Outlook profile
   * ignores such bits.
   */
  boolean unknownFlags(int flags, int known) {
    return (flags & ~known) != 0 && !outlookProfile();
  }

  FILETIME now() {
    return FILETIME.of(options.clock().instant());
  }

  /** A fresh id of 16 bytes. */
  Bytes newId() {
    return ids.next();
  }

  /** PR_STORE_ENTRYID, as clients see it. */
  Bytes storeEntryId() {
    return storeEntryId;
  }

  /** Takes what the host's WrapStoreEntryID made of the store's identifier. */
  void storeEntryId(Bytes wrapped) {
    storeEntryId = wrapped;
  }

  /** PR_STORE_SUPPORT_MASK of this session. */
  int supportMask() {
    return SupportMask.of(options);
  }

  /** PR_MAPPING_SIGNATURE of everything in the store. */
  Bytes mappingSignature() {
    return names.signature();
  }

  Bytes entryId(int kind, Bytes id) {
    return new EntryId(uid, kind, id).toBytes();
  }

  /** The stored message, present now; null when there is none. */
  StoredMessage message(Bytes id) {
    while (true) {
      long before = shard.stamp(Keys.message(id));
      try {
        return messages.get(Keys.message(id));
      } catch (StorageFault.Damaged damaged) {
        // A large image may have been replaced and swept between its row and its chunks.
        if (shard.stamp(Keys.message(id)) == before) {
          throw damaged;
        }
      }
    }
  }

  /**
   * Where the message is now; null when there is none. Its version is {@link Batch#ABSENT} while
   * the message is where it was born and has no row for its location.
   */
  Versioned<Location> location(Bytes id) {
    return locations.get(Keys.location(id));
  }

  /** The same, with a look at the message itself, which is asked for next. */
  Versioned<Location> locationBeforeMessage(Bytes id) {
    return locations.getWith(Keys.location(id), messages, Keys.message(id), MessageCodec::isWhole);
  }

  /** The stamp of a message's row, for {@link #wrote}. */
  long messageStamp(Bytes id) {
    return shard.stamp(Keys.message(id));
  }

  /**
   * A commit wrote a message again: its row need not be read back. Whoever writes or deletes such a
   * row expects its version.
   *
   * @param before the stamp before the commit
   */
  void wrote(long before, Row message) {
    if (MessageCodec.isWhole(message)) {
      messages.wrote(before, message);
    }
  }

  /**
   * Never changes while the message is there and has no other location, so that it may be cached by
   * the stamp of the location's key: who deletes the message deletes that key too.
   */
  private Versioned<Location> born(Bytes id) {
    StoredMessage stored = message(id);
    return stored == null || stored.born() == null
        ? null
        : new Versioned<>(stored.born(), Batch.ABSENT);
  }

  /** The folder, present now; null when there is none. */
  Versioned<FolderRow> folder(Bytes id) {
    return folders.get(Keys.folder(id));
  }

  /** The store's own row. */
  Versioned<StoreInit.StoreRow> store() {
    return stores.get(Keys.store());
  }

  /** True while the folder exists and is a search folder. */
  boolean isSearch(Bytes id) {
    Versioned<FolderRow> row = folder(id);
    return row != null && row.value().isSearch();
  }

  /** How many messages a folder has, or a search folder shows. */
  FolderCounts counts(Bytes folder) {
    if (isSearch(folder)) {
      return searches.of(folder).counts();
    }
    return FolderCounts.of(shard.scan(Keys.counters(folder), false, FolderCounts.KINDS));
  }

  /** True while the folder exists. */
  boolean folderExists(Bytes id) {
    return folders.get(Keys.folder(id)) != null;
  }

  /** Something may have become garbage. */
  void sweepSoon() {
    sweep.run();
  }

  private StoredMessage decodeMessage(Row row) {
    RowReader in = new RowReader(row.value());
    return MessageCodec.decodeRow(in, row.version(), blob -> Blobs.readAll(shard, blob));
  }

  /** All rows of a range, read in pages. Only for ranges that are small or kept whole. */
  List<Row> scanAll(KeyRange range) {
    List<Row> all = new ArrayList<>();
    eachRow(range, all::add);
    return all;
  }

  /** Every row of a range, two pages of them in memory at a time. */
  void eachRow(KeyRange range, Consumer<Row> action) {
    eachRow(shard, range, action);
  }

  /** Every row of a range of any shard. A page is read while the one before is acted upon. */
  static void eachRow(Shard shard, KeyRange range, Consumer<Row> action) {
    List<Row> page = shard.scan(range, false, FIRST_PAGE);
    for (int rows = FIRST_PAGE; page.size() == rows; ) {
      KeyRange rest = range.startingAfter(page.get(rows - 1).key());
      rows = Math.min(2 * rows, PAGE_MAX);
      Supplier<List<Row>> next = shard.scanAhead(rest, rows);
      page.forEach(action);
      page = next.get();
    }
    page.forEach(action);
  }

  /**
   * Commits and waits for the true outcome, whatever happens to the calling thread: its interrupt
   * flag stays set. A commit whose outcome the engine does not know is looked up by its token; only
   * when that fails too, or the engine may have forgotten the token, does {@link
   * StorageFault.OutcomeUnknown} reach the caller.
   */
  Outcome commit(Batch.Builder builder) {
    return commit(builder, newToken());
  }

  /** What a commit that is about to be given can be looked up by. */
  CommitToken newToken() {
    return new CommitToken(newId(), shard.seq());
  }

  /** The same under a token of the caller's, who can look it up after a fault. */
  Outcome commit(Batch.Builder builder, CommitToken token) {
    builder.durability(
        options.asynchronousCommits() ? Batch.Durability.ASYNC : Batch.Durability.SYNC);
    return commitUnder(token, builder);
  }

  /** Commits to the disk, also where the session's other commits do not wait for it. */
  Outcome commitDurably(Batch.Builder builder) {
    return commitUnder(newToken(), builder.durability(Batch.Durability.SYNC));
  }

  private Outcome commitUnder(CommitToken token, Batch.Builder builder) {
    builder.token(token.value());
    try {
      Outcome outcome = Stages.await(shard.commit(builder.build()));
      BlobSpace.expectKept(outcome);
      return outcome;
    } catch (StorageFault.OutcomeUnknown unknown) {
      Fate fate = fate(token, unknown);
      if (fate instanceof Fate.Stands stands) {
        return new Outcome.Committed(stands.seq());
      }
      if (fate == Fate.Numberless.UNKNOWN) {
        throw unknown;
      }
      throw new StorageFault("the commit did not happen: " + unknown.getMessage(), unknown);
    }
  }

  private Fate fate(CommitToken token, StorageFault.OutcomeUnknown unknown) {
    try {
      return token.fate(shard);
    } catch (StorageFault notNow) {
      unknown.addSuppressed(notNow);
      return Fate.Numberless.UNKNOWN;
    }
  }

  /**
   * Returns when every commit before is durable. That some were lost is thrown once: what follows
   * may be durable again.
   */
  void sync() {
    long upTo = shard.seq();
    try {
      Stages.settle(shard.sync(syncedTo));
      syncedTo = upTo;
    } catch (StorageFault.Lost told) {
      syncedTo = shard.seq();
      throw told;
    }
  }

  /** Commits without waiting for the disk: for rows that a later commit makes count. */
  Outcome commitStaged(Batch.Builder builder) {
    builder.token(newId()).durability(Batch.Durability.ASYNC);
    Outcome outcome = Stages.await(shard.commit(builder.build()));
    if (isClosed()) {
      staged.forEach(this::removeStaged); // the session ended meanwhile and may have missed it
    }
    return outcome;
  }
}
