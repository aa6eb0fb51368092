package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMAPIProviderShutdown;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/** The provider object: its slots, the stores it serves, which identifiers name one store. */
final class ProviderChecks {
  private static final List<String> UNKNOWN = List.of("QueryInterface", "AddRef", "Release");

  private ProviderChecks() {}

  static void register(Checks checks) {
    vtables(checks);
    checks
        .rows("PROV-009")
        .check(
            "IID_IMSProvider and IID_IUnknown are the same object",
            c -> {
              NativeClient client = new NativeClient(c);
              long provider = ProviderEntryChecks.provider(c, client);
              long out = client.out();
              c.ok(client.query(provider, MapiGuid.IID_IUnknown, out), "QueryInterface");
              long unknown = client.own(client.pointer(out));
              c.ok(client.query(unknown, MapiGuid.IID_IMSProvider, out), "QueryInterface");
              c.assertEqual(provider, client.own(client.pointer(out)), "IMSProvider of IUnknown");
              c.ok(client.query(provider, MapiGuid.IID_IUnknown, out), "QueryInterface");
              c.assertEqual(unknown, client.own(client.pointer(out)), "IUnknown again");
            });
    checks
        .rows("PROV-010")
        .check(
            "one provider object serves several stores",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.provider();
              IMsgStore first = work.open(provider, work.host()).store();
              IMsgStore second = work.open(provider, work.host()).store();
              c.assertDiffer(
                  c.get(first, PR_RECORD_KEY), c.get(second, PR_RECORD_KEY), "the second store");
              c.own(c.ok(first.openEntry(null, null, 0), "OpenEntry").lppUnk());
            });
    checks
        .rows("PROV-011")
        .check("a repeated logon gives the store that is open", c -> repeated(c));
    checks
        .rows("PROV-012")
        .check(
            "Shutdown after the last logon object is S_OK",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.initialized().lppMSProvider();
              IMSProvider.Logon logon = c.need(work.logon(provider, work.host(), null), "Logon");
              c.ok(logon.lppMSLogon().logoff(0), "Logoff");
              logon.lppMSLogon().close();
              logon.lppMDB().close();
              c.ok(provider.shutdown(0), "Shutdown");
              provider.close();
            });
    comparison(checks);
    fastShutdowns(checks);
    profileIdentifiers(checks);
  }

  private static void fastShutdowns(Checks checks) {
    checks
        .rows("PROV-017")
        .check(
            "QueryFastShutdown opts in or vetoes",
            c ->
                c.assertOneOf(
                    shutdown(c, new ProviderHost(c).provider()).queryFastShutdown(),
                    "QueryFastShutdown",
                    S_OK,
                    MAPI_E_NO_SUPPORT));
    checks
        .rows("PROV-018")
        .check("after DoFastShutdown nothing that was saved is lost", c -> fastShutdown(c));
  }

  private static void vtables(Checks checks) {
    checks
        .rows("PROV-008")
        .check(
            "the slots of IMSProvider",
            c ->
                slots(
                    c, IMSProvider.class, "Shutdown", "Logon", "SpoolerLogon", "CompareStoreIDs"));
    checks
        .rows("PROV-023")
        .check(
            "the slots of IMAPIProviderShutdown, and NotifyProcessShutdown",
            c -> {
              slots(
                  c,
                  IMAPIProviderShutdown.class,
                  "QueryFastShutdown",
                  "NotifyProcessShutdown",
                  "DoFastShutdown");
              c.ok(
                  shutdown(c, new ProviderHost(c).provider()).notifyProcessShutdown(),
                  "NotifyProcessShutdown");
            });
  }

  private static void slots(Context c, Class<? extends IUnknown> type, String... own) {
    List<String> names = Vtables.of(type).stream().map(Vtables.Slot::name).toList();
    c.assertEqual(UNKNOWN, names.subList(0, UNKNOWN.size()), "the first slots");
    c.assertEqual(
        List.of(own), names.subList(UNKNOWN.size(), names.size()), "the slots after them");
  }

  private static void repeated(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    IMSProvider provider = work.provider();
    MapiHost host = work.host();
    IMsgStore store = work.open(provider, host).store();
    for (Bytes id : new Bytes[] {host.storeId(), null}) {
      IMSProvider.Logon again = c.ok(work.logon(provider, host, id), "the repeated Logon");
      c.assertEqual(null, again.lppMSLogon(), "lppMSLogon");
      c.assertTrue(again.lppMDB() != null, "a store from the repeated Logon", again);
      assertSame(c, store, c.own(again.lppMDB()));
    }
  }

  /** As pointers where there are some: two objects may stand over one. */
  private static void assertSame(Context c, IMsgStore store, IMsgStore other) {
    Optional<NativeSide> side = c.findNativeSide();
    if (side.isPresent()) {
      c.assertEqual(side.get().pointer(store), side.get().pointer(other), "the store's pointer");
    } else {
      c.assertTrue(store == other, "the open store", other);
    }
  }

  private static void comparison(Checks checks) {
    checks
        .rows("PROV-013")
        .check(
            "CompareStoreIDs is TRUE for one store and FALSE for two, S_OK both",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.provider();
              Bytes first = storeId(work, provider);
              Bytes second = storeId(work, provider);
              c.assertEqual(true, compare(c, provider, first, first), "one store");
              c.assertEqual(false, compare(c, provider, first, second), "two stores");
              c.assertEqual(false, compare(c, provider, second, first), "two stores");
            });
    checks
        .rows("PROV-014")
        .check(
            "CompareStoreIDs needs no open store",
            c -> {
              ProviderHost work = new ProviderHost(c);
              Bytes first = storeIdAfterRelease(c, work);
              Bytes second = storeIdAfterRelease(c, work);
              IMSProvider idle = work.provider();
              c.assertEqual(true, compare(c, idle, first, first), "one store");
              c.assertEqual(false, compare(c, idle, first, second), "two stores");
            });
    checks
        .rows("PROV-015")
        .check(
            "identifiers of different form name one store",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.provider();
              Bytes id = storeId(work, provider);
              Bytes other = work.side.anotherIdentifier(id);
              c.assertEqual(true, compare(c, provider, id, other), "two forms");
              if (other.equals(id)) {
                c.notApplicable("the provider knows but one form of its identifiers");
              }
              c.assertEqual(true, compare(c, provider, other, id), "two forms");
            });
  }

  private static void profileIdentifiers(Checks checks) {
    checks
        .rows("PROV-016")
        .check(
            "the profile keeps the wrapped form of what CompareStoreIDs takes",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.provider();
              MapiHost host = work.host();
              IMsgStore store = work.open(provider, host).store();
              Bytes id = host.storeId();
              c.assertTrue(host.wrapped().contains(id), "WrapStoreEntryID of it", host.wrapped());
              c.assertEqual(
                  host.get(PR_ENTRYID), c.get(store, PR_ENTRYID), "PR_ENTRYID of the store");
              c.assertEqual(true, compare(c, provider, id, id), "the unwrapped identifier");
            });
    checks
        .rows("PROV-024")
        .check(
            "CompareStoreIDs opens no profile section",
            c -> {
              ProviderHost work = new ProviderHost(c);
              IMSProvider provider = work.provider();
              MapiHost host = work.host();
              work.open(provider, host);
              long before = host.count("OpenProfileSection");
              c.assertEqual(
                  true, compare(c, provider, host.storeId(), host.storeId()), "one store");
              c.assertEqual(before, host.count("OpenProfileSection"), "calls of it");
            });
  }

  private static boolean compare(Context c, IMSProvider provider, Bytes one, Bytes other) {
    return c.ok(provider.compareStoreIDs(one, other, 0), "CompareStoreIDs");
  }

  private static Bytes storeId(ProviderHost work, IMSProvider provider) throws Exception {
    MapiHost host = work.host();
    work.open(provider, host);
    return host.storeId();
  }

  private static Bytes storeIdAfterRelease(Context c, ProviderHost work) throws Exception {
    MapiHost host = work.host();
    IMSProvider provider = work.initialized().lppMSProvider();
    IMSProvider.Logon logon = c.need(work.logon(provider, host, null), "Logon");
    logon.lppMSLogon().close();
    logon.lppMDB().close();
    provider.close();
    return host.storeId();
  }

  /** The shutdown interface of a provider; without it the check does not apply. */
  private static IMAPIProviderShutdown shutdown(Context c, IMSProvider provider) {
    MapiResult<IUnknown> found = provider.queryInterface(MapiGuid.IID_IMAPIProviderShutdown);
    if (found.failed()) {
      c.assertHr(MAPI_E_INTERFACE_NOT_SUPPORTED, found, "QueryInterface");
      c.notApplicable("the provider has no IMAPIProviderShutdown");
    }
    return (IMAPIProviderShutdown) found.value();
  }

  private static void fastShutdown(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    IMSProvider provider = work.provider();
    MapiHost host = work.host();
    ProviderHost.Opened opened = work.open(provider, host);
    Bytes id = c.entryId(c.message(c.keptFolder(opened.store())));
    c.ok(shutdown(c, provider).doFastShutdown(), "DoFastShutdown");
    IMSProvider later = work.provider();
    IMSLogon logon = work.open(later, host).logon();
    IUnknown message = c.ok(logon.openEntry(id, null, 0), "OpenEntry by a later host").lppUnk();
    c.own(message);
  }
}
