package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;

/**
 * An open store: one session on one shard. Its release ends the session and with it every object
 * that was opened through it.
 */
final class StoreObject extends PropObject implements IMsgStore {
  private static final Set<Guid> INTERFACES =
      Set.of(MapiGuid.IID_IMsgStore, MapiGuid.IID_IMAPIProp);
  private static final int LOGOFF_FLAGS =
      LOGOFF_NO_WAIT | LOGOFF_ORDERLY | LOGOFF_PURGE | LOGOFF_ABORT | LOGOFF_QUIET;

  private final BlobSpace blobs;
  private final ReadLease lease;
  private final ReceiveFolders receiveFolders;
  private final Notifications notifications;
  private final AtomicReference<StoreLogon> logon = new AtomicReference<>();
  private volatile int logoffFlags = LOGOFF_ABORT;

  StoreObject(StoreCore core) {
    super(core, new ReentrantLock());
    this.blobs = new BlobSpace(core);
    this.lease = new ReadLease(core, core.uid());
    this.receiveFolders = new ReceiveFolders(core);
    this.notifications = new Notifications(core);
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  /** Ties the store to the logon that it was opened by: they end together. */
  void attach(StoreLogon opener) {
    logon.set(opener);
  }

  /** True for the interfaces that a store can be asked for; null is the standard one. */
  static boolean offers(Guid iid) {
    return iid == null || iid.equals(MapiGuid.IID_IUnknown) || INTERFACES.contains(iid);
  }

  /**
   * Before the session ends, so that the transports leave a store that is still there, and a sink
   * that calls the store meanwhile gets its answer.
   */
  @Override
  void beforeRelease() {
    notifications.close();
    StoreLogon opener = logon.getAndSet(null);
    if (opener != null) {
      opener.storeReleased(logoffFlags);
    }
  }

  /** The session ends with the store's Release, whatever is open. */
  @Override
  void outlived() {
    released();
  }

  @Override
  void released() {
    endSession();
  }

  /**
   * Ends the session, and with it the use of every object of it; the store's Release is to come.
   */
  void endSession() {
    notifications.close();
    if (!core.isClosed()) {
      try {
        blobs.discard();
      } finally {
        core.close();
      }
    }
  }

  @Override
  Computed.Bound computed(int id) {
    return StoreProps.HANDLERS.bind(id, core);
  }

  @Override
  List<Computed.Bound> allComputed() {
    return StoreProps.HANDLERS.bind(core);
  }

  @Override
  Stored stored(int id) {
    streams().settle(id);
    return lease.read(() -> core.store().value().props().get(id));
  }

  @Override
  void forEachStored(Consumer<Stored> action) {
    streams().settle();
    core.store().value().props().forEach(action);
  }

  @Override
  boolean canWrite() {
    return core.writable();
  }

  @Override
  void keepLarge() {
    lease.take();
  }

  @Override
  BlobSpace blobs() {
    return blobs;
  }

  @Override
  int apply(List<Stored> put, List<Integer> deletedIds) {
    return update(core, blobs, put, deletedIds);
  }

  /** Changes the properties of a store. */
  static int update(StoreCore core, BlobSpace blobs, List<Stored> put, List<Integer> deletedIds) {
    while (true) {
      StoreCore.Versioned<StoreInit.StoreRow> before = core.store();
      ObjectProps changed = ObjectProps.change(before.value().props(), put, deletedIds, core.now());
      if (changed.exceeds(core.limits())) {
        return MAPI_E_TOO_BIG;
      }
      Batch.Builder batch = Batch.builder().expect(Keys.store(), before.version());
      batch.put(
          Keys.store(), before.version() + 1, before.value().withProps(changed.after()).encode());
      changed.mark(batch, EntryId.STORE, core.uid());
      changed.takeUp(batch, core.uid(), blobs);
      if (core.commit(batch) instanceof Outcome.Committed) {
        changed.takenUp(blobs);
        return S_OK;
      }
    }
  }

  @Override
  MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags) {
    return null;
  }

  @Override
  int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress) {
    return S_OK;
  }

  @Override
  int save(int flags) {
    return call(() -> core.writable() ? streams().settle() : MAPI_E_NO_ACCESS);
  }

  @Override
  public MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink) {
    return queryUnlocked(() -> notifications.advise(lpEntryID, ulEventMask, lpAdviseSink));
  }

  @Override
  public int unadvise(long ulConnection) {
    return callUnlocked(() -> notifications.unadvise(ulConnection));
  }

  @Override
  public MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, 0)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          Optional<EntryId> one = EntryIds.own(core, lpEntryID1);
          Optional<EntryId> other = EntryIds.own(core, lpEntryID2);
          return one.isEmpty() || other.isEmpty()
              ? MapiResult.error(MAPI_E_UNKNOWN_ENTRYID)
              : MapiResult.ok(one.equals(other));
        });
  }

  @Override
  public MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags) {
    return queryUnlocked(() -> EntryIds.open(core, lpEntryID, lpInterface, ulFlags));
  }

  @Override
  public int setReceiveFolder(String lpszMessageClass, int ulFlags, Bytes lpEntryID) {
    return callUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_UNICODE)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if (!core.writable()) {
            return MAPI_E_NO_ACCESS;
          }
          if (lpEntryID == null) {
            return receiveFolders.set(lpszMessageClass, null);
          }
          Optional<EntryId> id = EntryIds.own(core, lpEntryID);
          if (id.isEmpty()) {
            return MAPI_E_UNKNOWN_ENTRYID;
          }
          if (core.isSearch(id.get().id())) {
            return MAPI_E_NO_ACCESS; // nothing can be delivered there
          }
          return id.get().kind() == EntryId.FOLDER
              ? receiveFolders.set(lpszMessageClass, id.get().id())
              : MAPI_E_INVALID_ENTRYID;
        });
  }

  @Override
  public MapiResult<ReceiveFolder> getReceiveFolder(String lpszMessageClass, int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_UNICODE)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          ReceiveFolders.Association found =
              receiveFolders.find(lpszMessageClass, core.store().value().root());
          return MapiResult.ok(
              new ReceiveFolder(
                  core.entryId(EntryId.FOLDER, found.folder()), found.messageClass()));
        });
  }

  @Override
  public MapiResult<IMAPITable> getReceiveFolderTable(int ulFlags) {
    return queryUnlocked(
        () ->
            core.unknownFlags(ulFlags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : MapiResult.ok(
                    StoreTables.receiveFolders(
                        core, receiveFolders, (ulFlags & MAPI_UNICODE) != 0)));
  }

  @Override
  public MapiResult<Integer> storeLogoff(int lpulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(lpulFlags, LOGOFF_FLAGS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          logoffFlags = lpulFlags & LOGOFF_FLAGS;
          return MapiResult.ok(LOGOFF_COMPLETE);
        });
  }

  @Override
  public int abortSubmit(Bytes lpEntryID, int ulFlags) {
    return callUnlocked(() -> MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<IMAPITable> getOutgoingQueue(int ulFlags) {
    return queryUnlocked(() -> MapiResult.error(MAPI_E_NO_SUPPORT));
  }

  @Override
  public int setLockState(IMessage lpMessage, int ulLockState) {
    return callUnlocked(() -> MAPI_E_NO_SUPPORT);
  }

  @Override
  public int finishedMsg(int ulFlags, Bytes lpEntryID) {
    return callUnlocked(() -> MAPI_E_NO_SUPPORT);
  }

  @Override
  public int notifyNewMail(NOTIFICATION lpNotification) {
    return callUnlocked(() -> notifications.newMail(lpNotification));
  }
}
