package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.MapiGuid;

/** MSProviderInit as a host calls it, and whose memory the provider's outputs are. */
final class ProviderEntryChecks {
  private static final int UNKNOWN = 0x4000_0000;

  private ProviderEntryChecks() {}

  static void register(Checks checks) {
    checks
        .rows("PROV-001")
        .check(
            "MSProviderInit is exported and takes nine arguments",
            c -> {
              NativeClient client = new NativeClient(c);
              c.assertDiffer(0L, client.function("MSProviderInit"), "the export");
              provider(c, client);
            });
    checks
        .rows("PROV-002")
        .check(
            "MSProviderInit gives a provider and the SPI version that it uses",
            c -> {
              NativeClient client = new NativeClient(c);
              long version = client.out();
              long out = client.out();
              c.ok(init(client, 0, 0, CURRENT_SPI_VERSION, version, out), "MSProviderInit");
              long provider = client.own(client.pointer(out));
              c.assertTrue(
                  client.number(version) >= PDK1_SPI_VERSION
                      && client.number(version) <= CURRENT_SPI_VERSION,
                  "an SPI version of this host or older",
                  client.number(version));
              c.ok(
                  client.query(provider, MapiGuid.IID_IMSProvider, out),
                  "QueryInterface(IID_IMSProvider)");
              client.own(client.pointer(out));
            });
    checks
        .rows("PROV-003", "PROV-010")
        .check(
            "each MSProviderInit makes another object",
            c -> {
              NativeClient client = new NativeClient(c);
              c.assertDiffer(
                  unknown(c, client, provider(c, client)),
                  unknown(c, client, provider(c, client)),
                  "the second provider object");
            });
    refusals(checks);
    routines(checks);
  }

  private static void refusals(Checks checks) {
    checks
        .rows("PROV-004")
        .check(
            "a host of an older SPI is MAPI_E_VERSION",
            c -> {
              NativeClient client = new NativeClient(c);
              long version = client.out();
              long out = client.out();
              c.need(init(client, 0, 0, CURRENT_SPI_VERSION, version, out), "MSProviderInit");
              client.own(client.pointer(out));
              int older = client.number(version) - 1;
              out = client.out();
              c.assertHr(MAPI_E_VERSION, init(client, 0, 0, older, version, out), "MSProviderInit");
              long left = client.pointer(out);
              c.assertTrue(
                  left == 0 || left == NativeClient.GARBAGE, "no provider with the failure", left);
            });
    checks
        .rows("PROV-005")
        .check(
            "MSProviderInit without a place for an output is MAPI_E_INVALID_PARAMETER",
            c -> {
              NativeClient client = new NativeClient(c);
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  init(client, 0, 0, CURRENT_SPI_VERSION, client.out(), 0),
                  "MSProviderInit without lppMSProvider");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  init(client, 0, 0, CURRENT_SPI_VERSION, 0, client.out()),
                  "MSProviderInit without lpulProviderVer");
            });
  }

  private static void routines(Checks checks) {
    checks
        .rows("PROV-006")
        .check("a provider's outputs are blocks of the routines it was given", c -> blocks(c));
    checks
        .rows("PROV-007")
        .check("what is kept of the IMalloc pointer is given back", c -> malloc(c));
    checks
        .rows("PROV-022")
        .check("MAPI_NT_SERVICE is accepted, and no dialog is asked for", c -> service(c));
  }

  private static int init(
      NativeClient client, long malloc, int flags, int spi, long version, long out) {
    return client.side.providerInit(malloc, client.ledger(), flags, spi, version, out);
  }

  /** A provider object, released after the check. */
  @CanIgnoreReturnValue
  static long provider(Context c, NativeClient client) {
    long out = client.out();
    c.ok(init(client, 0, 0, CURRENT_SPI_VERSION, client.out(), out), "MSProviderInit");
    long provider = client.pointer(out);
    c.assertTrue(provider != 0 && provider != NativeClient.GARBAGE, "a provider object", provider);
    return client.own(provider);
  }

  private static long unknown(Context c, NativeClient client, long object) {
    long out = client.out();
    c.need(client.query(object, MapiGuid.IID_IUnknown, out), "QueryInterface(IID_IUnknown)");
    client.release(client.pointer(out));
    return client.pointer(out);
  }

  private static void malloc(Context c) {
    NativeClient client = new NativeClient(c);
    // Only its counts matter: a provider that allocates with it belongs to another row.
    long malloc = client.own(client.side.export(new SinkChecks.Sink(), IMAPIAdviseSink.class));
    int before = count(client, malloc);
    long out = client.out();
    c.ok(init(client, malloc, 0, CURRENT_SPI_VERSION, client.out(), out), "MSProviderInit");
    c.assertTrue(count(client, malloc) >= before, "no reference taken away", before);
    c.assertEqual(0, client.release(client.pointer(out)), "Release of the provider");
    c.assertEqual(before, count(client, malloc), "references of the IMalloc after it");
  }

  private static int count(NativeClient client, long object) {
    client.addRef(object);
    return client.release(object);
  }

  private static void service(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    IMSProvider provider =
        c.own(
            c.ok(work.side.init(MAPI_NT_SERVICE, CURRENT_SPI_VERSION), "MSProviderInit")
                .lppMSProvider());
    MapiHost host = work.host();
    IMSProvider.Logon logon = c.ok(work.logon(provider, host, null, MDB_WRITE), "Logon");
    c.own(logon.lppMSLogon());
    c.own(logon.lppMDB());
    for (String dialog : List.of("Address", "Details", "NewEntry", "DoConfigPropsheet")) {
      c.assertEqual(0L, host.count(dialog), "calls of " + dialog);
    }
  }

  private static void blocks(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    NativeClient client = new NativeClient(c);
    long provider = provider(c, client);
    MapiHost host = work.host(work.side.newProfile(), client.ledger());
    long support = client.own(host.supportPointer(client.side));
    long count = client.out();
    long security = client.out();
    long error = client.out();
    long logon = client.out();
    long store = client.out();
    c.ok(
        client.call(
            IMSProvider.class,
            "Logon",
            provider,
            support,
            0,
            client.narrow("kit"),
            0,
            0,
            ProviderHost.FLAGS,
            0,
            count,
            security,
            error,
            logon,
            store),
        "Logon");
    long mdb = client.own(client.pointer(store));
    client.own(client.pointer(logon));
    c.assertEqual(0L, client.pointer(error), "*lppMAPIError of a success");
    c.assertTrue(client.number(count) > 0, "spool security", client.number(count));
    freed(c, client, security, "the spool security");
    client.need(IMAPIProp.class, "GetProps", mdb, client.tags(PR_ENTRYID), 0, count, store);
    freed(c, client, store, "the array of GetProps");
    rows(c, client, mdb);
    int hr = client.call(IMAPIProp.class, "GetPropList", mdb, UNKNOWN | MAPI_UNICODE, store);
    client.need(IMAPIProp.class, "GetLastError", mdb, hr, 0, error);
    if (client.pointer(error) != 0) {
      freed(c, client, error, "the MAPIERROR of GetLastError");
    }
    unconfigured(c, client, work, provider);
  }

  /** A failed logon may give a MAPIERROR. */
  private static void unconfigured(
      Context c, NativeClient client, ProviderHost work, long provider) {
    long support = client.own(work.host(List.of(), client.ledger()).supportPointer(client.side));
    long error = client.out();
    long logon = client.out();
    long store = client.out();
    int hr =
        client.call(
            IMSProvider.class,
            "Logon",
            provider,
            support,
            0,
            0,
            0,
            0,
            ProviderHost.FLAGS,
            0,
            client.out(),
            client.out(),
            error,
            logon,
            store);
    c.assertHr(MAPI_E_UNCONFIGURED, hr, "Logon over an empty profile section");
    for (long out : new long[] {logon, store}) {
      long left = client.pointer(out);
      c.assertTrue(left == 0 || left == NativeClient.GARBAGE, "no object with the failure", left);
    }
    if (client.pointer(error) != 0) {
      freed(c, client, error, "the MAPIERROR of Logon");
    }
  }

  private static void rows(Context c, NativeClient client, long store) {
    long out = client.out();
    c.need(
        client.call(IMsgStore.class, "OpenEntry", store, 0, 0, 0, 0, client.out(), out),
        "OpenEntry");
    long folder = client.own(client.pointer(out));
    c.need(
        client.call(IMAPIFolder.class, "GetHierarchyTable", folder, 0, out), "GetHierarchyTable");
    long table = client.own(client.pointer(out));
    client.need(IMAPITable.class, "QueryRows", table, 1, 0, out);
    long set = client.pointer(out);
    if (client.number(set) > 0) {
      long row = client.memory(8);
      client.side.write(row, NativeClient.word(client.pointer(set + 16)));
      freed(c, client, row, "a row of QueryRows");
    }
    freed(c, client, out, "the set of QueryRows");
  }

  /** Asserts that an output is a block of the ledger, and frees it. */
  private static void freed(Context c, NativeClient client, long out, String what) {
    long address = client.pointer(out);
    NativeSide.Block block = client.block(address);
    c.assertTrue(block != null && block.isHead(), what + " to be a block of the host's", block);
    client.free(address);
  }
}
