package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Optional;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** A message in a folder of the store: its identity, the version it was opened at, its lease. */
final class StoredHome implements MessageHome {
  private static final Cleaner CLEANER = Cleaner.create();

  private final StoreCore core;
  private Bytes id;
  private Bytes folder;
  private final boolean associated;
  private MessageObject message;
  private long version;
  private Unresolved unresolved;
  private ReadReports.Given unresolvedBeside;
  private Held lease;
  private volatile boolean asking;

  /** A lease that ends with its handle, released or lost. */
  private record Held(Lease lease, Lease.Mode mode, Cleaner.Cleanable cleanable) {
    /** When a call returns that ended write access, nobody who deletes meets it any more. */
    void end() {
      try {
        if (mode == Lease.Mode.MODIFY) {
          lease.end();
        }
      } finally {
        cleanable.clean();
      }
    }
  }

  StoredHome(StoreCore core, Bytes id, Bytes folder, boolean associated, long version) {
    this.core = core;
    this.id = id;
    this.folder = folder;
    this.associated = associated;
    this.version = version;
  }

  void settle(MessageObject opened) {
    message = opened;
    opened.settle(this);
  }

  /** Takes a lease, in place of the present one. */
  void lease(Lease.Mode mode) {
    if (lease == null || lease.mode() != mode) {
      hold(core.shard().lease(Keys.message(id), core.session(), mode), mode);
    }
  }

  /** Holds a lease that was taken for it, in place of the present one. */
  void hold(Lease taken, Lease.Mode mode) {
    Held before = lease;
    lease = new Held(taken, mode, CLEANER.register(this, taken::close));
    if (before != null) {
      before.end();
    }
  }

  private void endLease() {
    Held before = lease;
    lease = null;
    if (before != null) {
      before.end();
    }
  }

  /** The lease's number, 0 without one. */
  long leaseId() {
    return lease == null ? 0 : lease.lease().id();
  }

  @Override
  public Bytes id() {
    return id;
  }

  /** The folder it is in now; where it was last seen when it is gone. */
  @Override
  public Bytes folder() {
    StoreCore.Versioned<Location> now = message.isFresh() ? null : core.location(id);
    if (now != null) {
      folder = SoftDeletes.shown(core, now.value().folder());
    }
    return folder;
  }

  boolean associated() {
    return associated;
  }

  long version() {
    return version;
  }

  /** True while the conflict handler decides: a save from within it does not ask again. */
  boolean isAsking() {
    return asking;
  }

  void asking(boolean now) {
    asking = now;
  }

  /**
   * Commits a save, to be looked up before the next where its outcome stays unknown. Where it
   * certainly did not happen, one before it that is unknown still is. False for a conflict.
   */
  boolean commit(Batch.Builder batch, Unresolved save) {
    Unresolved before = unresolved;
    boolean edits = message.offered();
    unresolved = save;
    boolean inVain = false;
    try {
      inVain = !(core.commit(batch, save.token()) instanceof Outcome.Committed);
      return !inVain;
    } catch (StorageFault fault) {
      inVain = isBeforeCommit(fault);
      throw fault;
    } finally {
      if (inVain) {
        message.offeredInVain(edits);
        unresolved = before;
      }
    }
  }

  /** Whether nothing was written, whatever the engine forgets later. */
  private static boolean isBeforeCommit(StorageFault fault) {
    return fault instanceof StorageFault.DiskFull
        || fault instanceof StorageFault.ReadOnly
        || fault instanceof StorageFault.TooLarge;
  }

  /**
   * Finds out how a save ended whose outcome was unknown, and one beside the handle's edits: what
   * stands the handle goes on from, so that a retry meets no false conflict. False when nothing
   * tells any more of the save.
   */
  boolean resolve() {
    Unresolved before = unresolved;
    if (before != null) {
      Optional<Boolean> stands = before.stands(core, message.blobs());
      if (stands.isEmpty()) {
        return false;
      }
      if (stands.get()) {
        message.blobs().takenUp(before.blobs());
        message.committed(before.image());
        version = before.row().version();
      }
      unresolved = null;
    }
    resolveBeside();
    return true;
  }

  void saved(long newVersion) {
    version = newVersion;
    unresolved = null;
    unresolvedBeside = null;
  }

  /** The handle becomes a new message in a folder. */
  void moveTo(Bytes newId, Bytes newFolder) {
    endLease();
    id = newId;
    folder = newFolder;
    version = 0;
    unresolved = null;
    unresolvedBeside = null;
  }

  @Override
  public int flags() {
    if (message.isFresh()) {
      return associated ? MSGFLAG_ASSOCIATED : 0;
    }
    StoreCore.Versioned<Location> now = core.location(id);
    return now == null ? 0 : MessageFlags.shown(now.value().flags(), version, message.base());
  }

  @Override
  public int save(int flags) {
    return new MessageSave(core, message, this, flags).run();
  }

  @Override
  public int setReadFlag(int flags) {
    if (message.isFresh() && (!resolve() || message.isFresh())) {
      return message.because(MAPI_E_NOT_FOUND, "SetReadFlag: the message was never saved");
    }
    if (!core.writable()) {
      return MAPI_E_NO_ACCESS;
    }
    MessageRows.Except except = MessageRows.Except.handle(core, leaseId());
    return ReadReports.withdraws(flags)
        ? withdraw(except)
        : MessageRows.setReadFlag(core, id, flags, except);
  }

  /**
   * A save beside the handle's edits: a handle that was up to date still is. One before it of which
   * nothing is known stays what it is.
   */
  private int withdraw(MessageRows.Except except) {
    boolean known = resolve();
    ReadReports.Withdrawn withdrawn =
        ReadReports.withdraw(core, id, except, given -> unresolvedBeside = given);
    unresolvedBeside = null;
    if (known) {
      savedBeside(withdrawn.version(), withdrawn.values());
    }
    return withdrawn.hr();
  }

  private void savedBeside(long newVersion, List<SPropValue> values) {
    if (newVersion == version + 1) {
      message.savedBeside(values);
      version = newVersion;
    }
  }

  /**
   * Finds out how a save beside the handle's edits ended whose outcome was unknown, so that it is
   * no conflict for them. One of which nothing tells has another's save behind it, which is.
   */
  private void resolveBeside() {
    ReadReports.Given given = unresolvedBeside;
    if (given != null) {
      if (given.commit().stands(core, message.blobs()).orElse(false)) {
        savedBeside(given.commit().row().version(), given.values());
      }
      unresolvedBeside = null;
    }
  }

  @Override
  public void edited() {
    if (core.outlookProfile() && !message.isFresh()) {
      lease(Lease.Mode.MODIFY);
    }
  }

  @Override
  public int depth() {
    return 0;
  }

  /**
   * After a save: write access is protected while it lasts, what can be read while the handle
   * lasts. Where the weaker lease cannot be had now the stronger goes on: the save stands.
   */
  void renewLease() {
    boolean write = message.canWrite() && !core.outlookProfile();
    if (write) {
      lease(Lease.Mode.MODIFY);
    } else if (message.base().hasBlobs()) {
      weaken();
    } else {
      endLease();
    }
  }

  private void weaken() {
    try {
      lease(Lease.Mode.READ);
    } catch (StorageFault notNow) {
      if (lease == null) {
        throw notNow;
      }
    }
  }

  /** Write access ends with the handle; what can still be read stays. */
  @Override
  public void outlived() {
    if (lease != null) {
      lease(Lease.Mode.READ);
    }
  }

  @Override
  public void released() {
    endLease();
    message.blobs().discard();
    core.sweepSoon();
  }
}
