package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedStatus;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropValue;

/** What every message store provider has. */
final class ProviderFeatureChecks {
  private ProviderFeatureChecks() {}

  static void register(Checks checks) {
    checks.rows("PROV-019").check("the required interfaces are there", c -> interfaces(c));
    checks
        .rows("PROV-020")
        .check("status, folders, messages and progress are there", c -> features(c));
    checks
        .rows("PROV-020")
        .check("a store that submits messages sends read reports", c -> readReport(c));
    checks
        .rows("PROV-020", "PROV-021")
        .check("the configuration entry sets a store up", c -> configuration(c));
  }

  private static void interfaces(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    IMSProvider provider = work.provider();
    ProviderHost.Opened opened = work.open(provider, work.host());
    IMsgStore store = opened.store();
    IMAPIFolder folder = c.keptFolder(store);
    OpenedStatus status = c.ok(opened.logon().openStatusEntry(null, 0), "OpenStatusEntry");
    c.assertEqual(MAPI_STATUS, status.lpulObjType(), "the status object's type");
    assertHas(c, provider, MapiGuid.IID_IMSProvider);
    assertHas(c, opened.logon(), MapiGuid.IID_IMSLogon);
    assertHas(c, store, MapiGuid.IID_IMsgStore);
    assertHas(c, folder, MapiGuid.IID_IMAPIFolder);
    assertHas(c, c.message(folder), MapiGuid.IID_IMessage);
    assertHas(
        c,
        c.own(c.need(folder.getContentsTable(MAPI_UNICODE), "GetContentsTable")),
        MapiGuid.IID_IMAPITable);
    assertHas(c, c.own(status.lppEntry()), MapiGuid.IID_IMAPIStatus);
  }

  private static void assertHas(Context c, IUnknown object, Guid iid) {
    c.ok(object.queryInterface(iid).hr(), "QueryInterface(" + iid + ")");
  }

  private static void features(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    MapiHost host = work.host();
    IMsgStore store = work.open(work.provider(), host).store();
    c.assertEqual(1, host.statusRows().size(), "rows of the status table");
    c.assertTrue(
        host.statusRows().get(0).stream().anyMatch(each -> each.ulPropTag() == PR_STATUS_CODE),
        "PR_STATUS_CODE in the row",
        host.statusRows());
    IMAPIFolder from = c.keptFolder(store);
    IMAPIFolder to = c.keptFolder(store);
    IMessage message = c.message(from);
    ENTRYLIST list = ENTRYLIST.of(c.entryId(message));
    message.close();
    CountingProgress progress = new CountingProgress();
    c.ok(from.copyMessages(list, null, to, 0, progress, MESSAGE_DIALOG), "CopyMessages");
    c.assertTrue(progress.progressCalls() > 0, "calls of IMAPIProgress::Progress", 0);
    c.assertEqual(1, Fixtures.contents(c, to, PR_ENTRYID).size(), "messages of the target");
  }

  private static void readReport(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    MapiHost host = work.host();
    IMsgStore store = work.open(work.provider(), host).store();
    IMessage message =
        c.message(c.keptFolder(store), SPropValue.of(PR_READ_RECEIPT_REQUESTED, true));
    if ((c.get(store, PR_STORE_SUPPORT_MASK).asInt() & STORE_SUBMIT_OK) == 0) {
      c.assertHr(MAPI_E_NO_SUPPORT, message.submitMessage(0), "SubmitMessage");
      c.notApplicable("a report is submitted, and the store does not set STORE_SUBMIT_OK");
    }
    c.ok(message.setReadFlag(0), "SetReadFlag");
    c.assertEqual(1L, host.count("ReadReceipt"), "calls of ReadReceipt");
  }

  private static void configuration(Context c) throws Exception {
    ProviderHost work = new ProviderHost(c);
    MapiHost host = work.host(List.of());
    c.assertHr(
        S_OK,
        work.side
            .serviceEntry(host.support(), 0, 0, MSG_SERVICE_CONFIGURE, work.side.newProfile(), null)
            .hr(),
        "the configuration entry");
    IMsgStore store = work.open(work.provider(), host).store();
    c.ok(store.getProps(tags(PR_RECORD_KEY), 0), "GetProps of the store that was set up");
  }
}
