package org.mapi4j.engine.je;

import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.DiskLimitException;
import com.sleepycat.je.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.ChangeFeed;
import org.mapi4j.spi.LeaseTable;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.SpinFuture;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * The one thread that writes. It takes all that is queued, up to a bound, as one group: one
 * transaction, one sync of the log. Alone, a commit waits for nobody.
 */
final class Writer {
  private static final int GROUP_BATCHES_MAX = 256;
  private static final int GROUP_OPS_MAX = 20_000;
  private static final int TRIM_RECORDS_MAX = 1_000;
  private static final long SPIN_NANOS = 1_000_000;
  private static final int TRIES = 2;
  private static final long COMPANY_NANOS_MAX = 500_000;

  /** More than any store has lost at once: a number so far beyond the log's is no number. */
  private static final long LOST_MAX = 1L << 40;

  private final Path directory;
  private final LiveStore live;
  private final LeaseTable leases;
  private final Stamps stamps;
  private final BatchLimits limits;
  private final Durability asynchronous;
  private final ChangeFeed feed;
  private final Consumer<CommitStep> watcher;
  private final Mailbox<Request> mailbox = new Mailbox<>(SPIN_NANOS);
  private final KnownRows known = new KnownRows();
  private final RecentCommits recent;
  private final SyncTime syncTime = new SyncTime();
  private final long kept;

  /** For when an Error leaves no room for a fault that says more. */
  private final StorageFault.OutcomeUnknown unknown;

  private int company;
  private long syncNanos;
  private volatile long seq;
  private volatile long lostUpTo;
  private long firstRecord;
  private JeStore latest;
  private Bytes attempted;
  private Request held;
  private volatile boolean closing;
  private volatile boolean ended;

  /** A commit, or without a batch a sync of what was committed after a number. */
  private static final class Request {
    final Batch batch;
    final long since;
    final SpinFuture<Outcome> outcome;
    Outcome pending;

    Request(Batch batch, long since, SyncTime syncTime) {
      this.batch = batch;
      this.since = since;
      this.outcome = new SpinFuture<>(() -> wantsDisk() ? syncTime.asleepNanos() : 0);
    }

    boolean wantsDisk() {
      return batch == null || batch.durability() == Batch.Durability.SYNC;
    }
  }

  Writer(
      Path directory,
      LiveStore live,
      LeaseTable leases,
      Stamps stamps,
      JeOptions options,
      ChangeFeed feed,
      Consumer<CommitStep> watcher) {
    this.directory = directory;
    this.live = live;
    this.leases = leases;
    this.stamps = stamps;
    this.limits = options.limits();
    this.asynchronous =
        options.outliving() ? Durability.COMMIT_WRITE_NO_SYNC : Durability.COMMIT_NO_SYNC;
    this.feed = feed;
    this.watcher = watcher;
    this.kept = Math.max(limits.changesKept(), limits.tokensKept());
    this.recent = new RecentCommits(stamps, limits.changesKept());
    this.unknown = new StorageFault.OutcomeUnknown("%s: an error".formatted(directory), null);
    this.latest = live.current();
    long onDisk = latest.lastSeq();
    begin(onDisk, stamps.seq());
    this.firstRecord = latest.firstRecord(onDisk);
  }

  /**
   * Begins after the log. Where the owner before had made more visible, in stamps that outlive
   * their process, asynchronous commits are gone: their numbers stay used, so that nobody who saw
   * them takes others for them, and whoever made them learns it from a sync.
   */
  private void begin(long onDisk, long seen) {
    boolean lost = seen > onDisk && seen - onDisk < LOST_MAX;
    lostUpTo = lost ? seen : 0;
    reached(lost ? seen : onDisk);
  }

  private void reached(long number) {
    seq = number;
    stamps.seq(number);
  }

  /** The last commit that reads can see. */
  long seq() {
    return seq;
  }

  /** What was committed a moment ago. */
  RecentCommits recent() {
    return recent;
  }

  /** Queues a batch. */
  CompletionStage<Outcome> commit(Batch batch) {
    return submit(new Request(batch, 0, syncTime));
  }

  /** Queues a sync of all commits before; it fails when some after a number were lost. */
  CompletionStage<Void> sync(long since) {
    return submit(new Request(null, since, syncTime)).thenApply(outcome -> null);
  }

  private SpinFuture<Outcome> submit(Request request) {
    if (closing) {
      request.outcome.completeExceptionally(closedFault());
    } else {
      mailbox.add(request);
      if (ended) {
        refuseQueued();
      }
    }
    return request.outcome;
  }

  private static StorageFault closedFault() {
    return new StorageFault.Closed("the store was closed", null);
  }

  private void refuseQueued() {
    for (Request left = mailbox.poll(); left != null; left = mailbox.poll()) {
      left.outcome.completeExceptionally(closedFault());
    }
  }

  /** No more commits; {@link #run} returns after those queued. */
  void close() {
    closing = true;
    mailbox.close();
  }

  /** Writes until closed. When it fails, nobody waits for it. */
  void run() {
    try {
      while (!closing || !mailbox.isEmpty() || held != null) {
        if (!mailbox.isEmpty()) {
          awaitCompany();
        }
        List<Request> group = nextGroup();
        if (!group.isEmpty()) {
          writeOrFail(group);
        } else if (!closing) {
          mailbox.await();
        }
        Thread.interrupted(); // this thread is ours: nobody else's interrupt means anything to it
      }
    } finally {
      ended = true;
      if (held != null) {
        held.outcome.completeExceptionally(closedFault());
      }
      refuseQueued();
    }
  }

  private List<Request> nextGroup() {
    List<Request> group = new ArrayList<>();
    int ops = 0;
    while (group.size() < GROUP_BATCHES_MAX) {
      Request next = held != null ? held : mailbox.poll();
      held = null;
      if (next == null) {
        break;
      }
      ops += next.batch == null ? 0 : next.batch.ops().size();
      if (ops > GROUP_OPS_MAX && !group.isEmpty()) {
        held = next;
        break;
      }
      group.add(next);
    }
    return group;
  }

  /**
   * Clients that were waiting when the last group was done are back in a moment, each with its next
   * commit. A sync costs more than that moment, so the group waits for them, for half a sync at
   * most. A client that is alone meets nobody and never waits.
   */
  private void awaitCompany() {
    int expected = Math.min(company, GROUP_BATCHES_MAX);
    if (expected <= 1 || held != null || closing || mailbox.size() >= expected) {
      return;
    }
    long patience = Math.min(syncNanos / 2, COMPANY_NANOS_MAX);
    for (long start = System.nanoTime(); System.nanoTime() - start < patience; ) {
      Thread.yield();
      if (mailbox.size() >= expected) {
        return;
      }
    }
  }

  /** Whatever fails, saying what failed included, no caller waits for ever. */
  private void writeOrFail(List<Request> group) {
    try {
      write(group);
    } catch (RuntimeException | Error again) {
      latest = null; // the next group looks before it writes
      fail(group, unknown);
    }
  }

  /** Writes a group; when a batch makes JE fail, each batch alone, so that it fails alone. */
  private void write(List<Request> group) {
    try {
      attempt(group);
    } catch (RuntimeException failure) {
      StorageFault fault = JeFaults.of(failure, directory);
      boolean ofOneBatch = fault.getClass() == StorageFault.class;
      if (ofOneBatch && group.size() > 1) {
        group.forEach(request -> write(List.of(request)));
      } else {
        fail(group, fault);
      }
    } catch (Error error) {
      lookAgain(error);
      fail(group, new StorageFault.OutcomeUnknown("%s: %s".formatted(directory, error), error));
    }
  }

  /**
   * After an Error, in which the group may have reached the log or not: its numbers must not be
   * given again. When looking fails too, the next group looks before it writes.
   */
  private void lookAgain(Error error) {
    latest = null;
    try {
      synchronized (live) {
        compare(live.current());
      }
      feed.published();
    } catch (RuntimeException | Error stillFailing) {
      if (stillFailing != error) {
        error.addSuppressed(stillFailing);
      }
    }
  }

  private static void fail(List<Request> group, StorageFault fault) {
    group.forEach(request -> request.outcome.completeExceptionally(fault));
  }

  private void attempt(List<Request> group) {
    for (int i = 1; ; i++) {
      JeStore store = null;
      try {
        synchronized (live) {
          store = live.writable();
          apply(store, group);
        }
        complete(group);
        return;
      } catch (DiskLimitException full) {
        if (i == TRIES || !makeRoom(store)) {
          throw full;
        }
      } catch (DatabaseException | IllegalStateException failure) {
        Thread.interrupted(); // what made JE fail must not make the opening fail
        boolean alive = live.is(store) && store.isValid();
        if (!alive && recover(store, failure, group)) {
          return;
        }
        if (alive
            || i == TRIES
            || JeFaults.of(failure, directory).getClass() != StorageFault.class) {
          throw failure;
        }
      }
    }
  }

  /** JE notices at its own pace that there is room again; cleaning makes it look. */
  private static boolean makeRoom(JeStore store) {
    try {
      store.environment().cleanLog();
      return true;
    } catch (DiskLimitException stillFull) {
      return false;
    }
  }

  private void apply(JeStore store, List<Request> group) {
    attempted = null;
    group.forEach(request -> request.pending = null);
    if (store != latest) {
      compare(store);
    }
    long first = seq + 1;
    boolean disk = false;
    boolean sync = false;
    GroupCommit commit = new GroupCommit(store, leases, stamps, limits, known, first);
    try {
      for (Request request : group) {
        disk |= request.wantsDisk();
        sync |= request.batch == null;
        if (request.batch != null) {
          request.pending = outcome(commit, request);
        }
      }
      if (first - firstRecord > kept + kept / 16) {
        firstRecord = commit.trim(first - kept, TRIM_RECORDS_MAX);
      }
      attempted = commit.log();
      watcher.accept(CommitStep.WRITTEN);
      if (disk && commit.committedCount() == 1) { // more at once want cores rather than haste
        feed.expect(syncTime.asleepNanos());
      }
      long start = System.nanoTime();
      commit.commit(disk ? Durability.COMMIT_SYNC : asynchronous);
      syncNanos = disk ? System.nanoTime() - start : 0;
      if (disk) {
        syncTime.took(syncNanos);
      }
      watcher.accept(CommitStep.COMMITTED);
      if (sync && commit.committedCount() == 0) {
        store.environment().flushLog(true);
      }
      if (commit.committedCount() > 0) {
        commit.changes().forEach(recent::changed);
        reached(first + commit.committedCount() - 1);
      }
    } catch (RuntimeException | Error failure) {
      abort(commit, failure);
      throw failure;
    } finally {
      stamps.end();
    }
    recent.wrote(
        group.stream()
            .filter(request -> request.pending instanceof Outcome.Committed)
            .map(request -> request.batch)
            .toList());
  }

  /**
   * After the store was opened again, or nobody knows what became of a group: asynchronous commits
   * may be gone, and their numbers stay used; a group may be there that was not counted.
   */
  private void compare(JeStore store) {
    long onDisk = store.lastSeq();
    if (onDisk < seq) {
      lostUpTo = seq;
    }
    reached(Math.max(seq, onDisk));
    firstRecord = store.firstRecord(onDisk);
    latest = store;
    known.clear();
    recent.clear();
  }

  private static Outcome outcome(GroupCommit commit, Request request) {
    try {
      return commit.apply(request.batch);
    } catch (StorageFault.TooLarge beforeWriting) {
      request.outcome.completeExceptionally(beforeWriting);
      return null;
    }
  }

  private static void abort(GroupCommit commit, Throwable why) {
    try {
      commit.abort();
    } catch (RuntimeException alsoFailed) {
      if (alsoFailed != why) {
        why.addSuppressed(alsoFailed);
      }
    }
  }

  private void complete(List<Request> group) {
    feed.published();
    company = group.size() + mailbox.size();
    group.forEach(this::complete);
  }

  private void complete(Request request) {
    long lost = lostUpTo;
    if (request.batch != null && request.pending == null) {
      request.outcome.completeExceptionally(
          new StorageFault("%s: a batch was passed over".formatted(directory), null));
    } else if (request.batch == null && lost > request.since) {
      request.outcome.completeExceptionally(
          new StorageFault.Lost(
              "asynchronous commits up to %d were lost when the store failed".formatted(lost),
              null));
    } else {
      request.outcome.complete(request.pending);
    }
  }

  /**
   * Opens the store again after JE gave up on it, and completes the group if its transaction had
   * reached the log after all. False: it had not, and can be tried again.
   */
  private boolean recover(JeStore failed, Throwable failure, List<Request> group) {
    long first = seq + 1;
    boolean there;
    try {
      JeStore store = live.replace(failed, failure);
      there = attempted != null && store.record(first).filter(attempted::equals).isPresent();
    } catch (RuntimeException unreadable) {
      throw new StorageFault.OutcomeUnknown(
          "%s failed and cannot be opened again: %s"
              .formatted(directory, JeFaults.of(unreadable, directory).getMessage()),
          failure);
    }
    if (!there) {
      return false;
    }
    reached(first + ChangeRecord.count(attempted.sharedArray()) - 1);
    complete(group);
    return true;
  }
}
