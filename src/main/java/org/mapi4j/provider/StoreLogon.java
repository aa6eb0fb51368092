package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.Set;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.api.OpenedStatus;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/**
 * The half of an open store that MAPI calls; the other half is the {@link StoreObject}. The session
 * ends with the store's Release or with Logoff, whichever comes first; the support object is kept
 * until the store's Release, which tells it that the transports are to leave, once.
 */
final class StoreLogon extends MapiObject implements IMSLogon {
  private static final Set<Guid> INTERFACES = Set.of(MapiGuid.IID_IMSLogon);

  private final StoreObject store;
  private final IMAPISupport support;
  private final LogonConfig config;
  private final String displayName;
  private final boolean spooler;
  private final Runnable ended;
  private StatusObject status;
  private volatile boolean leaving;

  /**
   * @param displayName PR_DISPLAY_NAME of the status row
   * @param spooler true for a logon of the spooler's
   * @param ended called once or more when the session is over
   */
  StoreLogon(
      StoreObject store,
      IMAPISupport support,
      LogonConfig config,
      String displayName,
      boolean spooler,
      Runnable ended) {
    super(store.core, null);
    this.store = store;
    this.support = support;
    this.config = config;
    this.displayName = displayName;
    this.spooler = spooler;
    this.ended = ended;
    store.core.host(support);
  }

  StoreObject store() {
    return store;
  }

  IMAPISupport support() {
    return support;
  }

  LogonConfig config() {
    return config;
  }

  String displayName() {
    return displayName;
  }

  /** True for a logon of the spooler's, whose store its own methods are for. */
  boolean isSpooler() {
    return spooler;
  }

  /** True while the session goes on and its store is not being released. */
  boolean isOpen() {
    return !leaving && !core.isClosed();
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  /** The store's Release: the transports leave, the session ends, the host is let go. */
  void storeReleased(int logoffFlags) {
    leaving = true;
    MapiResult<Integer> left = support.storeLogoffTransports(logoffFlags);
    if (left.failed()) {
      note(left.hr(), "StoreLogoffTransports");
    }
    end();
    core.host(null);
    support.close();
  }

  /** Ends the session; harmless when repeated. */
  void end() {
    try {
      store.endSession();
    } catch (StorageFault fault) {
      // What could not be removed is swept when the store is next opened.
      note(Faults.toHResult(fault), fault.getMessage());
    }
    ended.run();
  }

  /** What is durable is so at once, but for sessions with asynchronous commits. */
  int sync() {
    return call(
        () -> {
          core.sync();
          return S_OK;
        });
  }

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    MapiResult<MAPIERROR> own = lastError(hResult, ulFlags);
    return own.hr() == S_OK && own.value() == null ? store.getLastError(hResult, ulFlags) : own;
  }

  @Override
  public int logoff(int lpulFlags) {
    if (core.unknownFlags(lpulFlags, 0)) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    end();
    return S_OK;
  }

  @Override
  public MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags) {
    return query(() -> store.openEntry(lpEntryID, lpInterface, ulFlags));
  }

  @Override
  public MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags) {
    return query(() -> store.compareEntryIDs(lpEntryID1, lpEntryID2, ulFlags));
  }

  @Override
  public MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink) {
    return query(() -> store.advise(lpEntryID, ulEventMask, lpAdviseSink));
  }

  @Override
  public int unadvise(long ulConnection) {
    return call(() -> store.unadvise(ulConnection));
  }

  /** One status object for the logon, as long as it is held; read-only, whatever was asked for. */
  @Override
  public MapiResult<OpenedStatus> openStatusEntry(Guid lpInterface, int ulFlags) {
    return query(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_MODIFY)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          StatusObject opened = status();
          return opened.refuses(lpInterface)
              ? MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED)
              : MapiResult.ok(new OpenedStatus(MAPI_STATUS, opened));
        });
  }

  private synchronized StatusObject status() {
    if (status == null || status.isClosed()) {
      status = new StatusObject(this);
    }
    return status;
  }
}
