package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IProfSect;
import org.mapi4j.com.Foreign;
import org.mapi4j.conformance.ProviderSide;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** A logon by a host whose support object and profile section are Java behind pointers. */
class ComProviderSideTest {
  private final List<String> calls = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private ComSubject subject;
  private ProviderSide side;
  private List<SPropValue> profile;

  @BeforeEach
  void open() throws Exception {
    subject = new ComSubject(EngineSubject.memory());
    side = subject.providerSide().orElseThrow();
    profile = new ArrayList<>(side.newProfile());
  }

  @AfterEach
  void close() throws Exception {
    subject.close();
  }

  /** A support object with one profile section; other methods do nothing. */
  private IMAPISupport support() {
    return (IMAPISupport)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IMAPISupport.class},
            (self, method, arguments) -> {
              calls.add(method.getName());
              return switch (method.getName()) {
                case "openProfileSection" -> MapiResult.ok(section());
                case "wrapStoreEntryID" -> MapiResult.ok((Bytes) arguments[0]);
                case "getMemAllocRoutines" ->
                    MapiResult.ok(
                        new IMAPISupport.MemAllocRoutines(
                            ledger.allocateBuffer(), ledger.allocateMore(), ledger.freeBuffer()));
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == arguments[0];
                case "close" -> null;
                default -> method.getReturnType() == int.class ? S_OK : MapiResult.ok(0);
              };
            });
  }

  private IProfSect section() {
    return (IProfSect)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IProfSect.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getProps" -> read((SPropTagArray) arguments[0]);
                  case "setProps" -> {
                    ((List<?>) arguments[0]).forEach(value -> profile.add((SPropValue) value));
                    yield MapiResult.ok(List.of());
                  }
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "close" -> null;
                  default -> S_OK;
                });
  }

  private MapiResult<List<SPropValue>> read(SPropTagArray tags) {
    List<SPropValue> values = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      int tag = tags.get(i);
      values.add(
          profile.stream()
              .filter(value -> value.ulPropTag() == tag)
              .findFirst()
              .orElse(SPropValue.error(tag, MAPI_E_NOT_FOUND)));
    }
    return MapiResult.of(MAPI_W_ERRORS_RETURNED, values);
  }

  @Test
  void logon_thenTheStoresRelease_releasesTheSupportObjectOnce() {
    int before = Foreign.unreleased().size();
    IMSProvider provider = side.init(0, CURRENT_SPI_VERSION).value().lppMSProvider();
    IMAPISupport support = support();
    MapiResult<IMSProvider.Logon> result =
        provider.logon(support, 0, "profile", null, MDB_WRITE | MAPI_UNICODE, null);
    assertEquals(S_OK, result.hr());
    IMsgStore store = result.value().lppMDB();
    IMSLogon logon = result.value().lppMSLogon();
    assertNotNull(result.value().lppbSpoolSecurity());
    assertNull(result.value().lppMAPIError());
    assertTrue(calls.contains("setProviderUID"), calls::toString);
    assertEquals(0, calls.stream().filter("close"::equals).count());
    assertEquals(S_OK, store.getPropList(0).hr());
    assertTrue(store.storeLogoff(LOGOFF_NO_WAIT).succeeded());
    store.close();
    assertTrue(logon.logoff(0) >= S_OK);
    logon.close();
    provider.close();
    assertEquals(1, calls.stream().filter("close"::equals).count(), calls::toString);
    assertEquals(before, Foreign.unreleased().size());
  }

  @Test
  void logon_withoutAPath_failsWithAMapiError() {
    profile.clear();
    IMSProvider provider = side.init(0, CURRENT_SPI_VERSION).value().lppMSProvider();
    MapiResult<IMSProvider.Logon> result =
        provider.logon(support(), 0, "profile", null, MDB_WRITE | MAPI_UNICODE, null);
    assertEquals(MAPI_E_UNCONFIGURED, result.hr());
    assertTrue(result.value().lppMAPIError().lpszError().contains("0x6600001F"));
    assertNull(result.value().lppMDB());
    assertEquals(0, calls.stream().filter("close"::equals).count());
    provider.close();
  }

  @Test
  void serviceEntry_configured_makesTheStore() {
    List<SPropValue> wanted = List.copyOf(profile);
    profile.clear();
    MapiResult<MAPIERROR> refused =
        side.serviceEntry(support(), 0, MAPI_UNICODE, MSG_SERVICE_CONFIGURE, List.of(), null);
    assertEquals(MAPI_E_UNCONFIGURED, refused.hr(), refused::toString);
    assertTrue(refused.value().lpszError().contains("path"), refused::toString);
    MapiResult<MAPIERROR> done =
        side.serviceEntry(support(), 0, MAPI_UNICODE, MSG_SERVICE_CONFIGURE, wanted, null);
    assertEquals(S_OK, done.hr(), done::toString);
    assertTrue(Files.isDirectory(Path.of(wanted.get(0).asString())));
    assertTrue(profile.containsAll(wanted), profile::toString);
    assertEquals(0, calls.stream().filter("close"::equals).count());
    assertEquals(List.of(), ledger.live());
  }

  @Test
  void init_ofAnOlderSpi_isRefused() {
    assertEquals(MAPI_E_VERSION, side.init(0, CURRENT_SPI_VERSION - 1).hr());
  }
}
