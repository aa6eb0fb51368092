package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** Set-up of checks that log on through the provider. */
final class ProviderHost {
  static final int FLAGS = MDB_WRITE | MDB_NO_DIALOG;

  final ProviderSide side;
  private final Context c;

  ProviderHost(Context c) {
    this.c = c;
    side = c.providerSide();
  }

  /** A provider object, closed after the check. */
  IMSProvider provider() {
    return c.own(initialized().lppMSProvider());
  }

  /** What MSProviderInit gives a host of today. */
  ProviderSide.Provider initialized() {
    return c.need(side.init(0, CURRENT_SPI_VERSION), "MSProviderInit");
  }

  /** A host whose profile has a store that nobody else uses. */
  MapiHost host() throws Exception {
    return host(side.newProfile());
  }

  /** A host with such a profile section. */
  MapiHost host(List<SPropValue> section) {
    return host(section, side.routines());
  }

  /** A host that gave MSProviderInit these routines. */
  MapiHost host(List<SPropValue> section, NativeSide.Ledger routines) {
    MapiHost host = side.host(section, routines).orElseGet(() -> new KitHost(c, section, routines));
    c.after(host::close);
    return host;
  }

  /** Logs on; an identifier of null for what the profile says. */
  MapiResult<IMSProvider.Logon> logon(IMSProvider provider, MapiHost host, Bytes id) {
    return logon(provider, host, id, FLAGS);
  }

  MapiResult<IMSProvider.Logon> logon(IMSProvider provider, MapiHost host, Bytes id, int flags) {
    return provider.logon(host.support(), 0, "kit", id, flags, null);
  }

  /** A first logon, whose objects are closed after the check. */
  @CanIgnoreReturnValue
  Opened open(IMSProvider provider, MapiHost host) {
    IMSProvider.Logon logon = c.need(logon(provider, host, null), "Logon");
    if (logon.lppMSLogon() == null || logon.lppMDB() == null) {
      throw new CheckFailed("set-up: Logon: expected a logon and a store, found " + logon);
    }
    return new Opened(c.own(logon.lppMSLogon()), c.own(logon.lppMDB()));
  }

  /** What a first logon gives. */
  record Opened(IMSLogon logon, IMsgStore store) {}
}
