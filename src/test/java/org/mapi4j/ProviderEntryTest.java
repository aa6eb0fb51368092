package org.mapi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.IPropData;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.WrappedStoreEntryID;
import org.mapi4j.util.MapiUtil;

/** MSProviderInit, the configuration entry and logons on directories. */
class ProviderEntryTest {
  @TempDir Path folder;
  private final IPropData profile = MapiUtil.createIProp(null).value();
  private final IProfSect section = view(IProfSect.class, this::forward);
  private final IMAPISupport support = view(IMAPISupport.class, this::host);

  /** What OpenProfileSection answers; null for the section. */
  private MapiResult<IProfSect> opened;

  /** What the host does when a store tells it that the transports are to leave. */
  private Runnable duringRelease = () -> {};

  private interface Call {
    Object of(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T view(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.of(method, arguments)));
  }

  private Object forward(Method method, Object[] arguments) throws Throwable {
    try {
      return method.getName().equals("close") ? null : method.invoke(profile, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private Object host(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "openProfileSection" -> opened == null ? MapiResult.ok(section) : opened;
      case "wrapStoreEntryID" -> WrappedStoreEntryID.wrap(0, "mapi4j.dll", (Bytes) arguments[0]);
      case "storeLogoffTransports" -> {
        duringRelease.run();
        yield MapiResult.ok(LOGOFF_COMPLETE);
      }
      case "close" -> null;
      default -> S_OK;
    };
  }

  private static void assertHr(int expected, int found) {
    assertEquals(HResult.toString(expected), HResult.toString(found));
  }

  private MapiResult<MAPIERROR> configure(int flags, int context, SPropValue... props) {
    return Mapi4j.serviceEntry(
        support, 0, flags, context, List.of(props), null, Mapi4j.PROVIDER_OPTIONS);
  }

  private static IMSProvider provider() {
    return Mapi4j.msProviderInit(0, CURRENT_SPI_VERSION, Mapi4j.PROVIDER_OPTIONS)
        .value()
        .lppMSProvider();
  }

  private MapiResult<IMSProvider.Logon> logon(IMSProvider provider, int flags) {
    return provider.logon(support, 0, null, null, flags, null);
  }

  @Test
  void msProviderInit_eachCall_makesAnotherProvider() {
    var first =
        Mapi4j.msProviderInit(MAPI_NT_SERVICE, CURRENT_SPI_VERSION + 1, Mapi4j.PROVIDER_OPTIONS);
    assertHr(S_OK, first.hr());
    assertEquals(CURRENT_SPI_VERSION, first.value().lpulProviderVer());
    assertNotSame(first.value().lppMSProvider(), provider());
  }

  @Test
  void msProviderInit_olderHost_isVersion() {
    assertHr(
        MAPI_E_VERSION, Mapi4j.msProviderInit(0, PDK2_SPI_VERSION, Mapi4j.PROVIDER_OPTIONS).hr());
    assertHr(S_OK, Mapi4j.msProviderInit(0, 0x80000000, Mapi4j.PROVIDER_OPTIONS).hr());
  }

  @Test
  void serviceEntry_configureWithPath_makesTheStoreAndALogonOpensIt() throws Exception {
    assertHr(MAPI_E_UNCONFIGURED, logon(provider(), MDB_WRITE).hr());
    assertHr(MAPI_E_UNCONFIGURED, configure(0, MSG_SERVICE_CONFIGURE).hr());
    Path store = folder.resolve("store");
    MapiResult<MAPIERROR> configured =
        configure(
            0,
            MSG_SERVICE_CONFIGURE,
            SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, store.toString()),
            SPropValue.of(MapiTags.PR_DISPLAY_NAME_W, "my mail"));
    assertHr(S_OK, configured.hr());
    assertNull(configured.value());
    assertTrue(Files.isDirectory(store));
    try (IMsgStore opened = logon(provider(), MDB_WRITE).value().lppMDB()) {
      assertHr(S_OK, opened.openEntry(null, null, MAPI_MODIFY).hr());
    }
    assertEquals(
        "my mail",
        profile
            .getProps(SPropTagArray.tags(MapiTags.PR_DISPLAY_NAME_W), MAPI_UNICODE)
            .value()
            .get(0)
            .asString());
    assertHr(S_OK, configure(0, MSG_SERVICE_CONFIGURE).hr());
  }

  @Test
  void serviceEntry_otherContexts_answerAsDocumented() {
    for (int context :
        new int[] {
          MSG_SERVICE_INSTALL, MSG_SERVICE_CREATE, MSG_SERVICE_DELETE, MSG_SERVICE_UNINSTALL
        }) {
      assertHr(S_OK, configure(SERVICE_UI_ALLOWED, context).hr());
    }
    assertHr(MAPI_E_NO_SUPPORT, configure(0, MSG_SERVICE_PROVIDER_CREATE).hr());
    assertHr(MAPI_E_NO_SUPPORT, configure(0, MSG_SERVICE_PROVIDER_DELETE).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, configure(0, 99).hr());
    MapiResult<MAPIERROR> dialog = configure(SERVICE_UI_ALWAYS, MSG_SERVICE_CONFIGURE);
    assertHr(MAPI_E_NO_SUPPORT, dialog.hr());
    assertTrue(dialog.value().lpszError().contains("no dialog"));
  }

  @Test
  void serviceEntry_senselessProperties_sayWhich() {
    MapiResult<MAPIERROR> result =
        configure(
            0,
            MSG_SERVICE_CONFIGURE,
            SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, folder.resolve("x").toString()),
            SPropValue.of(ProfileTags.PR_MAPI4J_PROFILE_W, "exchange"));
    assertHr(MAPI_E_INVALID_PARAMETER, result.hr());
    assertTrue(result.value().lpszError().contains("exchange"), result.toString());
    assertTrue(Files.notExists(folder.resolve("x")));
  }

  @Test
  void logon_damagedStore_failsOneProviderAndNamesIt() throws Exception {
    Path store = folder.resolve("damaged");
    Mapi4j.open(store, StoreOptions.DEFAULT).close();
    Files.write(store.resolve("00000000.jdb"), new byte[] {1, 2, 3});
    var problems =
        profile.setProps(List.of(SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, store.toString())));
    assertHr(S_OK, problems.hr());
    MapiResult<IMSProvider.Logon> result = logon(provider(), MDB_WRITE | MDB_NO_DIALOG);
    assertHr(MAPI_E_FAILONEPROVIDER, result.hr());
    assertTrue(
        result.value().lppMAPIError().lpszError().contains(store.toString()), result.toString());
    assertHr(MAPI_E_CORRUPT_STORE, result.value().lppMAPIError().ulLowLevelError());
  }

  @Test
  void logon_whereTheHostGivesNoSection_failsOneProviderAndSaysWhy() {
    for (int hr : new int[] {S_OK, MAPI_W_ERRORS_RETURNED, MAPI_E_CALL_FAILED, MAPI_E_NO_ACCESS}) {
      opened = MapiResult.of(hr, null);
      MapiResult<IMSProvider.Logon> result = logon(provider(), MDB_WRITE | MDB_NO_DIALOG);
      assertHr(MAPI_E_FAILONEPROVIDER, result.hr());
      assertNull(result.value().lppMSLogon());
      assertNull(result.value().lppMDB());
      assertNoSection(result.value().lppMAPIError());
      MapiResult<IMSProvider.SpoolerLogon> spooler =
          provider().spoolerLogon(support, 0, null, null, MDB_WRITE, null, null);
      assertHr(MAPI_E_FAILONEPROVIDER, spooler.hr());
      assertNull(spooler.value().lppMDB());
      assertNoSection(spooler.value().lppMAPIError());
      MapiResult<MAPIERROR> configured = configure(0, MSG_SERVICE_CONFIGURE);
      assertHr(hr < 0 ? hr : MAPI_E_CALL_FAILED, configured.hr());
      assertNoSection(configured.value());
    }
    opened = MapiResult.error(MAPI_E_NOT_FOUND);
    assertHr(MAPI_E_UNCONFIGURED, logon(provider(), MDB_WRITE).hr());
  }

  private static void assertNoSection(MAPIERROR error) {
    assertTrue(error.lpszError().contains("profile section cannot be opened"), error.toString());
  }

  @CanIgnoreReturnValue
  private Path configureStore() {
    Path store = folder.resolve("store");
    SPropValue path = SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, store.toString());
    assertHr(S_OK, configure(0, MSG_SERVICE_CONFIGURE, path).hr());
    return store;
  }

  @Test
  void storeRelease_lastOfAll_freesTheDirectory() throws Exception {
    Path store = configureStore();
    IMSProvider provider = provider();
    IMSProvider.Logon logon = logon(provider, MDB_WRITE).value();
    Files.delete(store.resolve("mapi4j.closed"));
    logon.lppMDB().close();
    logon.lppMSLogon().close();
    assertHr(S_OK, provider.shutdown(0));
    provider.close();
    // The engine is closed when its clean mark is there and matches: the next opening reads it.
    assertTrue(Files.exists(store.resolve("mapi4j.closed")));
    Mapi4j.open(store, StoreOptions.DEFAULT).close();
  }

  @Test
  void logon_duringTheStoresLastRelease_opensItAnew() {
    configureStore();
    IMSProvider provider = provider();
    IMSProvider.Logon first = logon(provider, MDB_WRITE).value();
    List<IMSProvider.Logon> again = new ArrayList<>();
    duringRelease =
        () -> {
          duringRelease = () -> {};
          again.add(logon(provider, MDB_WRITE).value());
        };
    first.lppMDB().close();
    IMsgStore second = again.get(0).lppMDB();
    assertNotSame(first.lppMDB(), second);
    assertHr(S_OK, second.openEntry(null, null, 0).hr());
    second.close();
    assertHr(S_OK, provider.shutdown(0));
    provider.close();
  }
}
