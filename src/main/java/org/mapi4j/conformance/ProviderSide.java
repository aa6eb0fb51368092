package org.mapi4j.conformance;

import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** The message store provider behind a subject: what a MAPI subsystem would load. */
public interface ProviderSide {
  /**
   * Outputs of an MSProviderInit.
   *
   * @param lpulProviderVer the SPI version that the provider uses
   * @param lppMSProvider the provider object, which the caller closes
   */
  record Provider(int lpulProviderVer, IMSProvider lppMSProvider) {}

  /** Calls MSProviderInit. */
  MapiResult<Provider> init(int ulFlags, int ulMAPIVer);

  /**
   * What a configuration of the provider would have written to the profile section of a store that
   * nobody else uses; the store may be made by the first logon.
   */
  List<SPropValue> newProfile() throws Exception;

  /** What {@link #init} hands to MSProviderInit, and a host's support object gives too. */
  NativeSide.Ledger routines();

  /**
   * A host whose profile section has these properties; empty for the kit's own, in Java.
   *
   * @param routines what MSProviderInit was given
   */
  default Optional<MapiHost> host(List<SPropValue> section, NativeSide.Ledger routines) {
    return Optional.empty();
  }

  /**
   * Another identifier of the store that an identifier names, of an older version of the provider
   * for instance; the same one where the provider knows but one form.
   *
   * @param storeId as the provider gave it to WrapStoreEntryID
   */
  default Bytes anotherIdentifier(Bytes storeId) {
    return storeId;
  }

  /**
   * The configuration entry point (MSGSERVICEENTRY); the value may be null.
   *
   * @param admin the providers of the service, and their profile sections; may be null
   */
  MapiResult<MAPIERROR> serviceEntry(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      int ulFlags,
      int ulContext,
      List<SPropValue> lpProps,
      IProviderAdmin admin);
}
