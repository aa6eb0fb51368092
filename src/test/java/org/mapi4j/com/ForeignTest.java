package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.api.IABContainer;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/** Objects over interface pointers, on each back end: over our own store's, which is far enough. */
class ForeignTest {
  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  private static IMsgStore store(Bridge bridge) {
    Logon logon = bridge.logon(bridge.own());
    IMsgStore store = Mapi4j.memory(StoreOptions.DEFAULT).store();
    long pointer = bridge.objects().give(store, IMsgStore.class, logon);
    return (IMsgStore) bridge.foreigners().adopt(pointer, IMsgStore.class, logon);
  }

  private static IMAPIFolder root(IMsgStore store) {
    return (IMAPIFolder) store.openEntry(IMsgStore.ROOT_FOLDER, null, MAPI_MODIFY).value().lppUnk();
  }

  /** Everything that was allocated, held or given for the test is back. */
  private static void assertNothingLeft(Bridge bridge) {
    assertEquals(List.of(), bridge.foreigners().leaks());
    assertEquals(List.of(), bridge.objects().leaks());
    assertEquals(0, bridge.own().live());
  }

  private static IMessage message(IMAPIFolder folder) {
    IMessage message = folder.createMessage(null, 0).value();
    assertEquals(
        List.of(),
        message
            .setProps(
                List.of(
                    SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Note"),
                    SPropValue.of(PR_SUBJECT_W, "größer")))
            .value());
    return message;
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void aStore_drivenThroughPointers_keepsWhatWasSaved(Bridge bridge) {
    IMsgStore store = store(bridge);
    IMAPIFolder root = root(store);
    IMessage message = message(root);
    ADRENTRY to =
        ADRENTRY.of(
            SPropValue.of(PR_DISPLAY_NAME_W, "Ada"), SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO));
    assertEquals(S_OK, message.modifyRecipients(MODRECIP_ADD, new ADRLIST(List.of(to))));
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    IMAPITable recipients = message.getRecipientTable(MAPI_UNICODE).value();
    assertEquals(1, recipients.getRowCount(0).value());
    IMAPITable contents = root.getContentsTable(MAPI_UNICODE).value();
    assertEquals(S_OK, contents.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0));
    assertEquals(
        "größer", contents.queryRows(10, 0).value().aRow().get(0).lpProps().get(0).asString());
    MapiResult<SPropTagArray> ids =
        message.getIDsFromNames(
            List.of(MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "colour")), MAPI_CREATE);
    assertEquals(S_OK, ids.hr());
    assertEquals(
        "colour",
        message.getNamesFromIDs(ids.value(), null, 0).value().lpppPropNames().get(0).lpwstrName());
    assertEquals(
        MAPI_W_ERRORS_RETURNED,
        message.getProps(SPropTagArray.tags(PR_BODY_W, PR_SUBJECT_W), 0).hr());
    for (IUnknown object : List.of(contents, recipients, message, root, store)) {
      object.close();
    }
    assertNothingLeft(bridge);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void aStream_drivenThroughPointers_readsWhatWasWritten(Bridge bridge) {
    IMsgStore store = store(bridge);
    IMAPIFolder root = root(store);
    IMessage message = message(root);
    IStream stream =
        (IStream)
            message
                .openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY)
                .value();
    byte[] text = "--text".getBytes(StandardCharsets.UTF_16LE);
    assertEquals(8, stream.write(text, 4, 8).value());
    assertEquals(Stg.STG_E_INVALIDPOINTER, stream.write(text, 8, 8).hr());
    assertEquals(2, stream.seek(2, Stg.STREAM_SEEK_SET).value());
    byte[] read = new byte[10];
    assertEquals(6, stream.read(read, 1, 9).value());
    assertArrayEquals(new byte[] {0, 'e', 0, 'x', 0, 't', 0, 0, 0, 0}, read);
    assertEquals(8, stream.stat(0).value().cbSize());
    IStream other = stream.cloneStream().value();
    assertEquals(0, other.seek(0, Stg.STREAM_SEEK_SET).value());
    assertEquals(new IStream.Copied(8, 8), other.copyTo(stream, 100).value());
    assertEquals(16, stream.stat(0).value().cbSize());
    for (IUnknown object : List.of(other, stream, message, root, store)) {
      object.close();
    }
    assertNothingLeft(bridge);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void queryInterface_ofAProxy_isTheSameObject(Bridge bridge) {
    IMsgStore store = store(bridge);
    IMAPIFolder root = root(store);
    assertSame(root, root.queryInterface(MapiGuid.IID_IUnknown).value());
    assertSame(root, root.queryInterface(MapiGuid.IID_IMAPIContainer).value());
    assertEquals(MAPI_E_INTERFACE_NOT_SUPPORTED, root.queryInterface(MapiGuid.IID_IMessage).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, root.queryInterface(null).hr());
    IMAPIProp base =
        (IMAPIProp)
            store.openEntry(IMsgStore.ROOT_FOLDER, MapiGuid.IID_IMAPIProp, 0).value().lppUnk();
    assertFalse(base instanceof IMAPIFolder);
    IUnknown folder = base.queryInterface(MapiGuid.IID_IMAPIFolder).value();
    assertInstanceOf(IMAPIFolder.class, folder);
    assertNotSame(base, folder);
    assertEquals(base, folder);
    folder.close();
    assertEquals(MAPI_E_INVALID_OBJECT, base.saveChanges(0));
    root.close();
    root.close();
    assertEquals(MAPI_E_INVALID_OBJECT, root.queryInterface(MapiGuid.IID_IUnknown).hr());
    assertEquals(MAPI_E_INVALID_OBJECT, root.getPropList(0).hr());
    store.close();
    assertNothingLeft(bridge);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void arguments_ofEveryOrigin_reachTheStore(Bridge bridge) {
    IMsgStore store = store(bridge);
    IMAPIFolder root = root(store);
    IMessage one = message(root);
    IMessage other = root.createMessage(null, 0).value();
    assertEquals(S_OK, one.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, other, 0).hr());
    assertEquals(
        "größer", other.getProps(SPropTagArray.tags(PR_SUBJECT_W), 0).value().get(0).asString());
    assertEquals(S_OK, other.saveChanges(KEEP_OPEN_READWRITE));
    Counting progress = new Counting();
    IMAPIFolder made = root.createFolder(FOLDER_GENERIC, "made", null, null, MAPI_UNICODE).value();
    assertEquals(
        S_OK,
        root.copyMessages(
            new ENTRYLIST(
                List.of(
                    other.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes())),
            null,
            made,
            0,
            progress,
            MESSAGE_DIALOG));
    assertTrue(progress.calls > 0, "the progress object was called");
    assertEquals(0, progress.closes);
    other.close();
    assertEquals(
        MAPI_E_INVALID_OBJECT,
        one.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, other, 0).hr());
    MapiResult<?> refused = one.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, made, 0);
    assertTrue(refused.failed());
    for (IUnknown object : List.of(made, one, root, store)) {
      object.close();
    }
    assertNothingLeft(bridge);
  }

  /** A progress object of Java. */
  private static final class Counting implements IMAPIProgress {
    private int calls;
    private int closes;

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.ok(this);
    }

    @Override
    public void close() {
      closes++;
    }

    @Override
    public int progress(int ulValue, int ulCount, int ulTotal) {
      calls++;
      return S_OK;
    }

    @Override
    public MapiResult<Integer> getFlags() {
      return MapiResult.ok(MAPI_TOP_LEVEL);
    }

    @Override
    public MapiResult<Integer> getMax() {
      return MapiResult.ok(1000);
    }

    @Override
    public MapiResult<Integer> getMin() {
      return MapiResult.ok(0);
    }

    @Override
    public int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags) {
      calls++;
      return S_OK;
    }
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void anAdviseSink_calledThroughItsVtable_seesTheEvents(Bridge bridge) {
    List<NOTIFICATION> seen = new ArrayList<>();
    List<String> closed = new ArrayList<>();
    IMAPIAdviseSink sink =
        new IMAPIAdviseSink() {
          @Override
          public int onNotify(List<NOTIFICATION> lpNotifications) {
            seen.addAll(lpNotifications);
            return S_OK;
          }

          @Override
          public MapiResult<IUnknown> queryInterface(Guid riid) {
            return MapiResult.ok(this);
          }

          @Override
          public void close() {
            closed.add("once");
          }
        };
    Logon logon = bridge.logon(bridge.own());
    long pointer = bridge.objects().give(sink, IMAPIAdviseSink.class, logon);
    IMAPIAdviseSink proxy =
        (IMAPIAdviseSink) bridge.foreigners().adopt(pointer, IMAPIAdviseSink.class, logon);
    List<NOTIFICATION> events =
        List.of(new RandomValues(7).notification(), new RandomValues(8).notification());
    assertEquals(S_OK, proxy.onNotify(events));
    assertEquals(events, seen);
    proxy.close();
    proxy.close();
    assertEquals(List.of("once"), closed);
    assertNothingLeft(bridge);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void anAddressList_changedByTheCallee_comesBackAndNothingLeaks(Bridge bridge) {
    ADRENTRY asked = ADRENTRY.of(SPropValue.of(PR_DISPLAY_NAME_W, "a"));
    ADRENTRY known =
        ADRENTRY.of(
            SPropValue.of(PR_DISPLAY_NAME_W, "Ada"), SPropValue.of(PR_ENTRYID, Bytes.of(1, 2)));
    IABContainer container =
        (IABContainer)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IABContainer.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("resolveNames")) {
                    ADRLIST list = (ADRLIST) arguments[2];
                    assertEquals(List.of(asked, asked), list.aEntries());
                    return MapiResult.ok(
                        new IABContainer.ResolvedNames(
                            new ADRLIST(List.of(known, asked)),
                            List.of(MAPI_RESOLVED, MAPI_UNRESOLVED)));
                  }
                  return method.getName().equals("hashCode") ? (Object) 1 : null;
                });
    Logon logon = bridge.logon(bridge.own());
    long pointer = bridge.objects().give(container, IABContainer.class, logon);
    IABContainer proxy =
        (IABContainer) bridge.foreigners().adopt(pointer, IABContainer.class, logon);
    IABContainer.ResolvedNames result =
        proxy
            .resolveNames(
                null,
                0,
                new ADRLIST(List.of(asked, asked)),
                List.of(MAPI_UNRESOLVED, MAPI_UNRESOLVED))
            .value();
    assertEquals(List.of(known, asked), result.lpAdrList().aEntries());
    assertEquals(List.of(MAPI_RESOLVED, MAPI_UNRESOLVED), result.lpFlagList());
    proxy.close();
    assertNothingLeft(bridge);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void aFailure_ofTheBridgeItself_isWhatGetLastErrorTells(Bridge bridge) {
    IMsgStore store = store(bridge);
    IMAPIFolder root = root(store);
    IMessage message = message(root);
    IMessage closed = message(root);
    closed.close();
    int hr = message.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, closed, 0).hr();
    assertEquals(MAPI_E_INVALID_OBJECT, hr);
    assertTrue(message.getLastError(hr, MAPI_UNICODE).value().lpszError().contains("released"));
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(MAPI_E_UNKNOWN_FLAGS, message.saveChanges(0x4000));
    assertNull(root.getLastError(S_OK, 0).value());
    for (IUnknown object : List.of(message, root, store)) {
      object.close();
    }
    assertNothingLeft(bridge);
  }
}
