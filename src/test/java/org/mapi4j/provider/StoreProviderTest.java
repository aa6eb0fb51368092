package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.assertHr;
import static org.mapi4j.provider.TestStore.get;
import static org.mapi4j.provider.TestStore.ok;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.WrappedStoreEntryID;

class StoreProviderTest {
  private static final StoreOptions OUTLOOK =
      StoreOptions.builder().profile(StoreProfile.OUTLOOK).create(false).build();

  private final Map<Path, Shard> shards = new HashMap<>();
  private final Map<Path, Integer> broken = new HashMap<>();
  private StoreOptions lastOptions;
  private final StoreProvider provider = new StoreProvider(this::open, OUTLOOK);

  private StoreOpener.Opened open(Path path, StoreOptions options) {
    lastOptions = options;
    if (broken.containsKey(path)) {
      return StoreOpener.Opened.failure(broken.get(path), path + ": broken on purpose");
    }
    if (!shards.containsKey(path) && !options.create()) {
      return StoreOpener.Opened.failure(MAPI_E_NOT_FOUND, path + ": nothing there");
    }
    Shard shard = shards.computeIfAbsent(path, absent -> new MemoryEngine());
    return StoreOpener.Opened.of(
        StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow());
  }

  private static FakeHost host(String path) {
    return new FakeHost(
        SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, path),
        SPropValue.of(ProfileTags.PR_MAPI4J_CREATE, true));
  }

  private static final int WRITE = MDB_WRITE | MDB_NO_DIALOG;

  private MapiResult<IMSProvider.Logon> logon(FakeHost host, Bytes id, int flags) {
    return provider.logon(host.support, 0, "profile", id, flags, null);
  }

  @Test
  void logon_firstTime_answersLogonAndStoreAndTellsTheHost() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon logon = ok(logon(host, null, WRITE));
    assertNotNull(logon.lppMSLogon());
    assertNull(logon.lppMAPIError());
    IMsgStore store = logon.lppMDB();
    Bytes uid = get(store, PR_RECORD_KEY).asBytes();
    assertEquals(List.of(uid), host.uids);
    assertEquals(uid, host.get(PR_RECORD_KEY).asBytes());
    assertEquals(get(store, PR_ENTRYID), host.get(PR_ENTRYID));
    assertEquals(get(store, PR_STORE_ENTRYID).asBytes(), host.get(PR_ENTRYID).asBytes());
    assertEquals("mapi4j - mail", host.get(PR_DISPLAY_NAME_W).asString());
    assertEquals("mapi4j message store", host.get(PR_PROVIDER_DISPLAY_W).asString());
    assertTrue(host.get(PR_RESOURCE_FLAGS).isError());
    assertTrue(host.get(PR_PROVIDER_DLL_NAME_W).isError());
    assertEquals(1, host.statusRows.size());
    assertEquals(
        List.of(
            PR_DISPLAY_NAME_W,
            PR_PROVIDER_DISPLAY_W,
            PR_RESOURCE_METHODS,
            PR_STATUS_CODE,
            PR_STORE_RECORD_KEY),
        host.statusRows.get(0).stream().map(SPropValue::ulPropTag).toList());
    assertEquals(1, host.count("modifyProfile"));
    assertEquals(0, host.count("spoolerNotify"));
    assertEquals(0, host.count("prepareSubmit"));
    assertEquals(0, host.count("close"));
    assertEquals(MAPI_MODIFY, get(store, PR_ACCESS_LEVEL).asInt());
    assertEquals(StoreProfile.OUTLOOK, lastOptions.profile());
  }

  @Test
  void logon_secondTimeOverTheSameProfile_writesNothing() {
    FakeHost host = host("/stores/mail");
    ok(logon(host, null, WRITE)).lppMDB().close();
    ok(logon(host, null, WRITE)).lppMDB().close();
    assertEquals(1, host.count("modifyProfile"));
    assertEquals(2, host.statusRows.size());
  }

  @Test
  void logon_temporary_leavesTheProfileTemporary() {
    FakeHost host = host("/stores/mail");
    ok(logon(host, null, WRITE | MDB_TEMPORARY));
    assertEquals(0, host.count("modifyProfile"));
    assertFalse(host.get(PR_ENTRYID).isError());
  }

  @Test
  void logon_repeatedById_givesTheOpenStoreAndLeavesTheHostAlone() {
    FakeHost first = host("/stores/mail");
    IMSProvider.Logon open = ok(logon(first, null, WRITE));
    FakeHost second = new FakeHost();
    IMSProvider.Logon again = ok(logon(second, first.storeId(), WRITE));
    assertSame(open.lppMDB(), again.lppMDB());
    assertNull(again.lppMSLogon());
    assertNull(again.lppbSpoolSecurity());
    assertEquals(List.of(), second.calls);
    assertHr(
        MAPI_E_INTERFACE_NOT_SUPPORTED,
        provider.logon(second.support, 0, null, first.storeId(), 0, MapiGuid.IID_IMessage).hr());
    assertEquals(List.of(), second.calls);
  }

  @Test
  void logon_repeatedByPath_givesTheOpenStore() {
    IMSProvider.Logon open = ok(logon(host("/stores/mail"), null, WRITE));
    FakeHost second = host("/stores/../stores/mail");
    IMSProvider.Logon again = ok(logon(second, null, 0));
    assertSame(open.lppMDB(), again.lppMDB());
    assertNull(again.lppMSLogon());
    assertEquals(List.of("openProfileSection"), second.calls);
    assertHr(S_OK, open.lppMDB().getProps(SPropTagArray.tags(PR_ENTRYID), 0).hr());
  }

  @Test
  void logon_ofAnotherProvider_hasItsOwnSession() {
    IMSProvider.Logon open = ok(logon(host("/stores/mail"), null, WRITE));
    StoreProvider other = new StoreProvider(this::open, OUTLOOK);
    IMSProvider.Logon theirs =
        ok(other.logon(host("/stores/mail").support, 0, null, null, WRITE, null));
    assertNotEquals(open.lppMDB(), theirs.lppMDB());
    open.lppMDB().close();
    assertHr(S_OK, theirs.lppMDB().getProps(SPropTagArray.tags(PR_ENTRYID), 0).hr());
  }

  @Test
  void logon_afterTheStoresRelease_opensAnew() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon first = ok(logon(host, null, WRITE));
    first.lppMDB().close();
    IMSProvider.Logon second = ok(logon(host, host.storeId(), WRITE));
    assertNotNull(second.lppMSLogon());
    assertNotEquals(first.lppMDB(), second.lppMDB());
  }

  @Test
  void logon_byLocatedIdentifierAlone_findsTheStore() {
    FakeHost host = host("/stores/mail");
    ok(logon(host, null, WRITE)).lppMDB().close();
    FakeHost fresh = new FakeHost();
    IMSProvider.Logon logon = ok(logon(fresh, host.storeId(), WRITE));
    assertEquals(host.get(PR_RECORD_KEY), get(logon.lppMDB(), PR_RECORD_KEY));
  }

  @Test
  void logon_byIdentifierOfAnotherVersion_usesTheProfilesPath() {
    FakeHost host = host("/stores/mail");
    ok(logon(host, null, WRITE)).lppMDB().close();
    Bytes uid = host.get(PR_RECORD_KEY).asBytes();
    Bytes older = new EntryId(uid, EntryId.STORE, uid).toBytes();
    assertTrue(ok(provider.compareStoreIDs(older, host.storeId(), 0)));
    assertNotNull(ok(logon(host, older, WRITE)).lppMSLogon());
    assertHr(MAPI_E_UNCONFIGURED, logon(new FakeHost(), uid.isEmpty() ? null : freshId(), 0).hr());
  }

  private static Bytes freshId() {
    Bytes uid = Bytes.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    return new EntryId(uid, EntryId.STORE, uid).toBytes();
  }

  @Test
  void logon_profileLeadsToAnotherStore_isLogonFailedAndNamesThePath() {
    FakeHost host = host("/stores/mail");
    MapiResult<IMSProvider.Logon> result = logon(host, freshId(), WRITE);
    assertHr(MAPI_E_LOGON_FAILED, result.hr());
    assertTrue(
        result.value().lppMAPIError().lpszError().contains("another store"),
        result.value().toString());
    assertNull(result.value().lppMDB());
    assertEquals(0, host.count("close"));
  }

  @Test
  void logon_withoutPath_isUnconfigured() {
    MapiResult<IMSProvider.Logon> result = logon(new FakeHost(), null, WRITE);
    assertHr(MAPI_E_UNCONFIGURED, result.hr());
    assertNull(result.value().lppMSLogon());
    FakeHost noSection = new FakeHost();
    noSection.failures.put("openProfileSection", MAPI_E_NOT_FOUND);
    assertHr(MAPI_E_UNCONFIGURED, logon(noSection, null, 0).hr());
    FakeHost senseless = host("/stores/mail");
    TestStore.set(senseless.profile, ProfileTags.PR_MAPI4J_OPTIONS_W, "cacheBytes=many");
    MapiResult<IMSProvider.Logon> wrong = logon(senseless, null, 0);
    assertHr(MAPI_E_UNCONFIGURED, wrong.hr());
    assertTrue(wrong.value().lppMAPIError().lpszError().contains("cacheBytes"));
  }

  @Test
  void logon_lockedOrDamagedStore_failsOneProviderAndNamesIt() {
    for (int hr : new int[] {MAPI_E_BUSY, MAPI_E_CORRUPT_STORE, MAPI_E_VERSION}) {
      broken.put(Path.of("/stores/mail"), hr);
      FakeHost host = host("/stores/mail");
      MapiResult<IMSProvider.Logon> result = logon(host, null, WRITE);
      assertHr(MAPI_E_FAILONEPROVIDER, result.hr());
      assertTrue(result.value().lppMAPIError().lpszError().contains("/stores/mail"));
      assertHr(hr, result.value().lppMAPIError().ulLowLevelError());
      assertNull(result.value().lppMDB());
      assertNull(result.value().lppMSLogon());
      assertEquals(List.of(), host.uids);
    }
  }

  @Test
  void logon_absentStore_isLogonFailedUnlessTheProfileLetsItBeMade() {
    FakeHost host = new FakeHost(SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, "/stores/none"));
    assertHr(MAPI_E_LOGON_FAILED, logon(host, null, WRITE).hr());
    assertHr(MAPI_E_LOGON_FAILED, logon(host("/stores/none"), null, 0).hr());
    assertHr(S_OK, logon(host("/stores/none"), null, MAPI_BEST_ACCESS).hr());
  }

  @Test
  void logon_withoutMdbWrite_isReadOnly() {
    FakeHost host = host("/stores/mail");
    ok(logon(host, null, WRITE)).lppMDB().close();
    IMsgStore store = ok(logon(host, null, MDB_NO_DIALOG | MDB_NO_MAIL)).lppMDB();
    assertEquals(0, get(store, PR_ACCESS_LEVEL).asInt());
    assertHr(MAPI_E_NO_ACCESS, store.openEntry(null, null, MAPI_MODIFY).hr());
  }

  @Test
  void logon_writeAccessWithheldByTheDirectory_isReadOnly() {
    shards.put(Path.of("/stores/mail"), new MemoryEngine());
    ok(logon(host("/stores/mail"), null, WRITE)).lppMDB().close();
    StoreProvider readers =
        new StoreProvider(
            (path, options) ->
                options.writable()
                    ? StoreOpener.Opened.failure(MAPI_E_NO_ACCESS, path + ": read-only")
                    : open(path, options),
            OUTLOOK);
    IMsgStore store =
        ok(readers.logon(host("/stores/mail").support, 0, null, null, MDB_WRITE, null)).lppMDB();
    assertEquals(0, get(store, PR_ACCESS_LEVEL).asInt());
  }

  @Test
  void logon_unknownFlags_areRefusedByTheDocumentedProfileOnly() {
    FakeHost host = host("/stores/mail");
    assertHr(S_OK, logon(host, null, WRITE | 0x40000000).hr());
    FakeHost documented = host("/stores/other");
    TestStore.set(documented.profile, ProfileTags.PR_MAPI4J_PROFILE_W, "documented");
    assertHr(MAPI_E_UNKNOWN_FLAGS, logon(documented, null, WRITE | 0x40000000).hr());
    assertHr(S_OK, logon(documented, null, WRITE).hr());
    assertEquals(StoreProfile.DOCUMENTED, lastOptions.profile());
  }

  @Test
  void logon_narrowTextsInTheProfile_areRead() {
    FakeHost host =
        new FakeHost(
            SPropValue.of(0x6600001E, "/stores/narrow"),
            SPropValue.of(0x6602001E, "profile=documented; create=true"),
            SPropValue.of(ProfileTags.PR_MAPI4J_CREATE, true));
    assertHr(S_OK, logon(host, null, WRITE).hr());
    assertTrue(shards.containsKey(Path.of("/stores/narrow")));
    assertEquals(StoreProfile.DOCUMENTED, lastOptions.profile());
  }

  @Test
  void logon_interfaces_areTheStores() {
    FakeHost host = host("/stores/mail");
    assertHr(
        MAPI_E_INTERFACE_NOT_SUPPORTED,
        provider.logon(host.support, 0, null, null, WRITE, MapiGuid.IID_IMessage).hr());
    assertEquals(List.of(), host.calls);
    assertHr(S_OK, provider.logon(host.support, 0, null, null, WRITE, MapiGuid.IID_IMAPIProp).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, provider.logon(null, 0, null, null, WRITE, null).hr());
  }

  @Test
  void logon_hostRefusesStatusRowAndProfile_warnsAndSaysSo() {
    FakeHost host = host("/stores/mail");
    host.failures.put("modifyStatusRow", MAPI_E_NO_SUPPORT);
    MapiResult<IMSProvider.Logon> result = logon(host, null, WRITE);
    assertHr(MAPI_W_ERRORS_RETURNED, result.hr());
    assertTrue(result.value().lppMAPIError().lpszError().contains("ModifyStatusRow"));
    assertNotNull(
        ok(result.value().lppMSLogon().getLastError(MAPI_W_ERRORS_RETURNED, MAPI_UNICODE)));
  }

  @Test
  void logon_hostRefusesTheUid_failsAndReleasesTheStore() {
    FakeHost host = host("/stores/mail");
    host.failures.put("setProviderUID", MAPI_E_CALL_FAILED);
    assertHr(MAPI_E_FAILONEPROVIDER, logon(host, null, WRITE).hr());
    assertEquals(0, host.count("close"));
    host.failures.clear();
    assertNotNull(ok(logon(host, null, WRITE)).lppMSLogon());
  }

  @Test
  void storeRelease_first_tellsTheTransportsOnceAndLetsTheHostGo() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon logon = ok(logon(host, null, WRITE));
    host.whenReleased =
        () -> {
          assertHr(S_OK, logon.lppMSLogon().logoff(0));
          logon.lppMSLogon().close();
        };
    logon.lppMDB().close();
    logon.lppMDB().close();
    assertEquals(List.of(LOGOFF_ABORT), host.logoffs);
    assertEquals(1, host.count("close"));
    assertHr(MAPI_E_INVALID_OBJECT, logon.lppMSLogon().openStatusEntry(null, 0).hr());
  }

  @Test
  void storeLogoff_flags_arePassedOnAtRelease() {
    FakeHost host = host("/stores/mail");
    IMsgStore store = ok(logon(host, null, WRITE)).lppMDB();
    assertHr(S_OK, store.storeLogoff(LOGOFF_QUIET).hr());
    assertHr(S_OK, store.storeLogoff(LOGOFF_ORDERLY).hr());
    assertEquals(List.of(), host.logoffs);
    store.close();
    assertEquals(List.of(LOGOFF_ORDERLY), host.logoffs);
  }

  @Test
  void logoff_beforeTheStoresRelease_invalidatesEverythingAndTheHostIsLetGoAtRelease() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon logon = ok(logon(host, null, WRITE));
    OpenedEntry root = ok(logon.lppMSLogon().openEntry(null, null, MAPI_MODIFY));
    IMAPIFolder folder = (IMAPIFolder) root.lppUnk();
    assertHr(S_OK, logon.lppMSLogon().logoff(0));
    assertHr(S_OK, logon.lppMSLogon().logoff(0));
    assertHr(MAPI_E_INVALID_OBJECT, folder.getContentsTable(0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, logon.lppMDB().openEntry(null, null, 0).hr());
    assertEquals(0, host.count("close"));
    assertNotNull(ok(logon(host("/stores/mail"), host.storeId(), WRITE)).lppMSLogon());
    logon.lppMDB().close();
    assertEquals(1, host.count("close"));
    assertEquals(List.of(LOGOFF_ABORT), host.logoffs);
  }

  @Test
  void spoolerLogon_withTheSecurityOfLogon_opensAStoreOfItsOwn() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon logon = ok(logon(host, null, WRITE));
    FakeHost spooler = new FakeHost();
    IMSProvider.SpoolerLogon theirs =
        ok(
            provider.spoolerLogon(
                spooler.support, 0, null, null, WRITE, null, logon.lppbSpoolSecurity()));
    assertNotNull(theirs.lppMSLogon());
    assertNotEquals(logon.lppMDB(), theirs.lppMDB());
    assertEquals(get(logon.lppMDB(), PR_RECORD_KEY), get(theirs.lppMDB(), PR_RECORD_KEY));
    assertEquals(0, spooler.count("modifyStatusRow"));
    assertHr(
        MAPI_E_UNCONFIGURED,
        provider.spoolerLogon(new FakeHost().support, 0, null, null, WRITE, null, null).hr());
  }

  @Test
  void compareStoreIDs_needsNoLogon() {
    StoreProvider fresh = new StoreProvider(this::open, OUTLOOK);
    Bytes one = freshId();
    Bytes uid = one.slice(4, 20);
    Bytes located = new StoreId(uid, "/a/b").toBytes();
    Bytes moved = new StoreId(uid, "/elsewhere").toBytes();
    Bytes other = new StoreId(one.slice(5, 21), "/a/b").toBytes();
    assertTrue(ok(fresh.compareStoreIDs(one, located, 0)));
    assertTrue(ok(fresh.compareStoreIDs(located, moved, 0)));
    assertFalse(ok(fresh.compareStoreIDs(located, other, 0)));
    assertFalse(ok(fresh.compareStoreIDs(located, Bytes.of(1, 2, 3), 0)));
    assertHr(MAPI_E_INVALID_PARAMETER, fresh.compareStoreIDs(null, located, 0).hr());
    StoreProvider documented = new StoreProvider(this::open, StoreOptions.DEFAULT);
    assertHr(MAPI_E_UNKNOWN_FLAGS, documented.compareStoreIDs(one, located, 1).hr());
  }

  @Test
  void storeId_layout_isTheDocumentedOne() {
    Bytes uid = Bytes.fromHex("000102030405060708090A0B0C0D0E0F");
    Bytes id = new StoreId(uid, "/m").toBytes();
    assertEquals(
        "00000000000102030405060708090A0B0C0D0E0F0201000102030405060708090A0B0C0D0E0F02002F6D",
        id.toHex());
    assertEquals("/m", StoreId.parse(id).orElseThrow().path());
    assertEquals("/m", StoreId.parse(id.concat(Bytes.of(0, 0))).orElseThrow().path());
    Bytes wrapped = ok(WrappedStoreEntryID.wrap(0, "mapi4j.dll", id));
    assertEquals(new StoreId(uid, "/m"), StoreId.parse(wrapped).orElseThrow());
    assertTrue(StoreId.parse(id.slice(0, 41)).isEmpty());
    assertTrue(StoreId.parse(Bytes.EMPTY).isEmpty());
  }

  @Test
  void shutdown_andFastShutdown_answerSOk() {
    FakeHost host = host("/stores/mail");
    IMSProvider.Logon logon = ok(logon(host, null, WRITE));
    assertSame(provider, ok(provider.queryInterface(MapiGuid.IID_IMAPIProviderShutdown)));
    assertHr(S_OK, provider.queryFastShutdown());
    assertHr(S_OK, provider.notifyProcessShutdown());
    assertHr(S_OK, provider.doFastShutdown());
    assertHr(S_OK, logon.lppMSLogon().logoff(0));
    assertHr(S_OK, provider.shutdown(0));
    assertHr(MAPI_E_NOT_INITIALIZED, logon(host, null, WRITE).hr());
    provider.close();
    assertHr(MAPI_E_INVALID_OBJECT, logon(host, null, WRITE).hr());
  }
}
