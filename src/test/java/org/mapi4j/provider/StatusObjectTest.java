package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mapi4j.provider.TestStore.assertHr;
import static org.mapi4j.provider.TestStore.get;
import static org.mapi4j.provider.TestStore.ok;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIStatus;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.OpenedStatus;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

class StatusObjectTest {
  private final Shard shard = new MemoryEngine();
  private final FakeHost host =
      new FakeHost(
          SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, "/stores/mail"),
          SPropValue.of(PR_PROVIDER_DLL_NAME_W, "other.dll"),
          SPropValue.of(PR_RESOURCE_FLAGS, STATUS_DEFAULT_STORE));
  private final StoreProvider provider =
      new StoreProvider(
          (path, options) ->
              StoreOpener.Opened.of(
                  StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow()),
          StoreOptions.DEFAULT);
  private final IMSProvider.Logon opened =
      ok(provider.logon(host.support, 0, null, null, MDB_WRITE, null));
  private final IMSLogon logon = opened.lppMSLogon();

  private IMAPIStatus open(int flags) {
    OpenedStatus status = ok(logon.openStatusEntry(null, flags));
    assertEquals(MAPI_STATUS, status.lpulObjType());
    return status.lppEntry();
  }

  @Test
  void openStatusEntry_anyAccess_isTheOneReadOnlyObject() {
    IMAPIStatus status = open(0);
    assertSame(status, open(MAPI_MODIFY));
    assertEquals(
        List.of(new SPropProblem(0, PR_DISPLAY_NAME_W, MAPI_E_NO_ACCESS)),
        ok(status.setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "x")))));
    assertHr(MAPI_E_NO_ACCESS, status.deleteProps(SPropTagArray.tags(PR_DISPLAY_NAME_W)).hr());
    assertHr(MAPI_E_NO_ACCESS, status.saveChanges(0));
    assertHr(MAPI_E_NO_SUPPORT, status.getIDsFromNames(null, 0).hr());
    status.close();
    assertNotSame(status, open(0));
    assertHr(MAPI_E_INTERFACE_NOT_SUPPORTED, logon.openStatusEntry(MapiGuid.IID_IMsgStore, 0).hr());
    assertHr(S_OK, logon.openStatusEntry(MapiGuid.IID_IMAPIStatus, 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, logon.openStatusEntry(null, MAPI_BEST_ACCESS).hr());
  }

  @Test
  void getProps_rowOfTheStatusTable_isThere() {
    IMAPIStatus status = open(0);
    assertEquals(MAPI_STATUS, get(status, PR_OBJECT_TYPE).asInt());
    assertEquals("mapi4j - mail", get(status, PR_DISPLAY_NAME_W).asString());
    assertEquals("mapi4j message store", get(status, PR_PROVIDER_DISPLAY_W).asString());
    assertEquals("other.dll", get(status, PR_PROVIDER_DLL_NAME_W).asString());
    assertEquals(STATUS_DEFAULT_STORE, get(status, PR_RESOURCE_FLAGS).asInt());
    assertEquals(STATUS_VALIDATE_STATE, get(status, PR_RESOURCE_METHODS).asInt());
    assertEquals(MAPI_STORE_PROVIDER, get(status, PR_RESOURCE_TYPE).asInt());
    assertEquals(STATUS_AVAILABLE, get(status, PR_STATUS_CODE).asInt());
    for (SPropValue column : host.statusRows.get(0)) {
      assertEquals(column, get(status, column.ulPropTag()));
    }
    assertEquals(10, ok(status.getPropList(0)).size());
  }

  @Test
  void validateState_readsTheStoreAndForwardsAChangeOfConfiguration() {
    IMAPIStatus status = open(0);
    assertHr(S_OK, status.validateState(0, SUPPRESS_UI));
    assertEquals(0, host.count("spoolerNotify"));
    assertHr(S_OK, status.validateState(0, CONFIG_CHANGED | SUPPRESS_UI));
    assertEquals(1, host.count("spoolerNotify"));
    assertHr(MAPI_E_NO_SUPPORT, status.validateState(0, FORCE_XP_CONNECT));
    assertHr(MAPI_E_NO_SUPPORT, status.validateState(0, SHOW_XP_SESSION_UI));
    assertHr(S_OK, status.validateState(0, ABORT_XP_HEADER_OPERATION));
    assertHr(MAPI_E_UNKNOWN_FLAGS, status.validateState(0, 2));
  }

  @Test
  void validateState_engineGone_isItsFault() {
    IMAPIStatus status = open(0);
    shard.close();
    assertHr(MAPI_E_INVALID_OBJECT, status.validateState(0, 0));
  }

  @Test
  void otherMethods_answerNoSupportAsTheirPropertySays() {
    IMAPIStatus status = open(0);
    assertHr(MAPI_E_NO_SUPPORT, status.settingsDialog(0, UI_READONLY));
    assertHr(MAPI_E_NO_SUPPORT, status.changePassword("a", "b", MAPI_UNICODE));
    assertHr(MAPI_E_NO_SUPPORT, status.flushQueues(0, null, FLUSH_UPLOAD));
    assertHr(S_OK, status.getLastError(MAPI_E_NO_SUPPORT, MAPI_UNICODE).hr());
  }

  @Test
  void logonMethods_areTheStores() {
    assertHr(MAPI_E_INVALID_PARAMETER, logon.advise(null, fnevObjectModified, null).hr());
    assertHr(MAPI_E_NOT_FOUND, logon.unadvise(1));
    assertEquals(
        true,
        ok(logon.compareEntryIDs(get(opened.lppMDB(), PR_ENTRYID).asBytes(), host.storeId(), 0)));
    assertHr(
        MAPI_E_UNKNOWN_ENTRYID,
        logon.compareEntryIDs(host.storeId(), host.storeId().slice(0, 20), 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, logon.logoff(1));
    assertSame(logon, ok(logon.queryInterface(MapiGuid.IID_IMSLogon)));
    assertHr(MAPI_E_INTERFACE_NOT_SUPPORTED, logon.queryInterface(MapiGuid.IID_IMsgStore).hr());
  }

  @Test
  void logoff_statusObject_isInvalid() {
    IMAPIStatus status = open(0);
    assertHr(S_OK, logon.logoff(0));
    assertHr(MAPI_E_INVALID_OBJECT, status.validateState(0, 0));
    assertHr(MAPI_E_INVALID_OBJECT, logon.openStatusEntry(null, 0).hr());
  }
}
