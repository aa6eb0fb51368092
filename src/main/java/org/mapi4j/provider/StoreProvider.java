package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.mapi4j.api.IMAPIProviderShutdown;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/**
 * What MSProviderInit gives: one for each session of a host, with the list of the stores that are
 * open through it. Logons are taken one after the other, so that two of one store meet; everything
 * else runs on any thread.
 *
 * <p>A logon that succeeds keeps the support object until the store's Release and closes it then;
 * one that fails, or finds its store open, leaves it to the caller. No dialog is ever shown.
 * Sources: MAPI "IMSProvider : IUnknown", "IMSProvider::Logon", "IMAPIProviderShutdown : IUnknown";
 * ADR 0060.
 */
public final class StoreProvider implements IMSProvider, IMAPIProviderShutdown {
  private final StoreOpener opener;
  private final StoreOptions defaults;
  private final List<StoreLogon> logons = new CopyOnWriteArrayList<>();
  private final ReentrantLock logonLock = new ReentrantLock();
  private volatile boolean shutDown;
  private volatile boolean closed;

  /**
   * @param opener opens stores by their path
   * @param defaults what holds where a profile section is silent
   */
  public StoreProvider(StoreOpener opener, StoreOptions defaults) {
    this.opener = opener;
    this.defaults = defaults;
  }

  StoreOpener opener() {
    return opener;
  }

  StoreOptions defaults() {
    return defaults;
  }

  /** The open logon on a store, of the spooler's or of the others. */
  Optional<StoreLogon> find(Bytes uid, boolean spooler) {
    return logons.stream()
        .filter(logon -> logon.isOpen() && logon.isSpooler() == spooler)
        .filter(logon -> logon.core.uid().equals(uid))
        .findFirst();
  }

  void add(StoreLogon logon) {
    logons.add(logon);
  }

  void remove(StoreLogon logon) {
    logons.remove(logon);
  }

  private boolean unknownFlags(int flags) {
    return flags != 0 && defaults.profile() == StoreProfile.DOCUMENTED;
  }

  private int usable() {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    return shutDown ? MAPI_E_NOT_INITIALIZED : S_OK;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    if (riid == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    boolean known =
        riid.equals(MapiGuid.IID_IUnknown)
            || riid.equals(MapiGuid.IID_IMSProvider)
            || riid.equals(MapiGuid.IID_IMAPIProviderShutdown);
    return known ? MapiResult.ok(this) : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public MapiResult<Logon> logon(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      String lpszProfileName,
      Bytes lpEntryID,
      int ulFlags,
      Guid lpInterface) {
    LogonAttempt.Outcome outcome =
        attempt(new LogonAttempt(this, lpMAPISup, lpEntryID, ulFlags, lpInterface));
    return MapiResult.of(
        outcome.hr(),
        outcome.isEmpty()
            ? null
            : new Logon(
                outcome.spoolSecurity(), outcome.error(), outcome.logon(), outcome.store()));
  }

  @Override
  public MapiResult<SpoolerLogon> spoolerLogon(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      String lpszProfileName,
      Bytes lpEntryID,
      int ulFlags,
      Guid lpInterface,
      Bytes lpbSpoolSecurity) {
    LogonAttempt.Outcome outcome =
        attempt(
            new LogonAttempt(this, lpMAPISup, lpEntryID, ulFlags, lpInterface)
                .ofSpooler(lpbSpoolSecurity));
    return MapiResult.of(
        outcome.hr(),
        outcome.isEmpty()
            ? null
            : new SpoolerLogon(outcome.error(), outcome.logon(), outcome.store()));
  }

  private LogonAttempt.Outcome attempt(LogonAttempt attempt) {
    logonLock.lock();
    try {
      int hr = usable();
      return hr < 0 ? LogonAttempt.Outcome.refusal(hr) : attempt.run();
    } finally {
      logonLock.unlock();
    }
  }

  /** Needs no open store and no profile section: the identifiers say which store they name. */
  @Override
  public MapiResult<Boolean> compareStoreIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if (unknownFlags(ulFlags)) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    if (lpEntryID1 == null || lpEntryID2 == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    Optional<Bytes> one = StoreId.parse(lpEntryID1).map(StoreId::uid);
    Optional<Bytes> other = StoreId.parse(lpEntryID2).map(StoreId::uid);
    boolean same =
        one.isPresent() && other.isPresent() ? one.equals(other) : lpEntryID1.equals(lpEntryID2);
    return MapiResult.ok(same);
  }

  /** Ends the sessions that the host has left open, so that their directories are free. */
  @Override
  public int shutdown(int lpulFlags) {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    if (unknownFlags(lpulFlags)) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    shutDown = true;
    logons.forEach(StoreLogon::end);
    return S_OK;
  }

  /**
   * Everything that was saved is on the disk when SaveChanges returns, so a client may just exit.
   */
  @Override
  public int queryFastShutdown() {
    return closed ? MAPI_E_INVALID_OBJECT : S_OK;
  }

  @Override
  public int notifyProcessShutdown() {
    return closed ? MAPI_E_INVALID_OBJECT : S_OK;
  }

  /** Waits for what sessions with asynchronous commits have not written yet. */
  @Override
  public int doFastShutdown() {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    int hr = S_OK;
    for (StoreLogon logon : logons) {
      int synced = logon.isOpen() ? logon.sync() : S_OK;
      hr = hr < 0 ? hr : synced;
    }
    return hr;
  }

  @Override
  public void close() {
    closed = true;
  }
}
