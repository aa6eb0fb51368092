package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.abi.ForeignLibrary.call;
import static org.mapi4j.abi.ForeignLibrary.open;
import static org.mapi4j.abi.ForeignLibrary.routines;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.client.Folder;
import org.mapi4j.client.Key;
import org.mapi4j.client.MapiException;
import org.mapi4j.client.Message;
import org.mapi4j.client.ObjectChangedException;
import org.mapi4j.client.Row;
import org.mapi4j.client.Store;
import org.mapi4j.client.Tags;
import org.mapi4j.com.Foreign;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * A store, its tables and streams, and an advise sink, all written in C by the tests, driven from
 * Java through api and client. Every reference that Java took is given back, also where the other
 * side fails.
 */
class ForeignStoreTest {
  private static final Key<Bytes> DATA = Key.binary(PR_ATTACH_DATA_BIN);

  private ForeignLibrary.Watch watch;

  @BeforeEach
  void count() {
    watch = ForeignLibrary.isMissing("a store in C") ? null : ForeignLibrary.watch();
  }

  @AfterEach
  void nothingIsLeft() {
    if (watch != null) {
      watch.assertNothingIsLeft();
      call("foreign_reset");
    }
  }

  private static Bytes message(Folder folder, String subject) {
    try (Message message = folder.createMessage()) {
      message.set(Tags.SUBJECT, subject);
      message.save();
      return message.entryId();
    }
  }

  @Test
  void store_throughTheFacade_storesAndLists() {
    if (watch == null) {
      return;
    }
    try (Store store = Store.of(open());
        Folder root = store.root()) {
      assertEquals("A store in C", store.get(Tags.DISPLAY_NAME).orElseThrow());
      assertEquals("Root", root.name());
      assertEquals(0, root.folders().count());
      List<Bytes> ids = new ArrayList<>();
      IntStream.range(0, 60).forEach(i -> ids.add(message(root, "Grüße № " + i)));
      List<Row> rows = root.messages(Tags.SUBJECT).stream().toList();
      assertEquals(60, rows.size());
      assertEquals("Grüße № 59", rows.get(59).get(Tags.SUBJECT).orElseThrow());
      try (Message first = root.message(rows.get(0))) {
        assertEquals("Grüße № 0", first.get(Tags.SUBJECT).orElseThrow());
        assertEquals(ids.get(0), first.entryId());
        assertTrue(first.get(Tags.BODY).isEmpty());
        assertEquals(0, first.attachments().count());
        MapiException refused =
            assertThrows(MapiException.class, () -> first.set(Tags.SUBJECT, "read-only"));
        assertEquals(MAPI_E_NO_ACCESS, refused.hr());
      }
      assertTrue(root.deleteMessages(ids).isComplete());
      assertFalse(root.deleteMessages(ids.subList(0, 2)).isComplete());
      assertEquals(0, root.messages().count());
    }
  }

  @Test
  void message_savedByAnother_isAConflict() {
    if (watch == null) {
      return;
    }
    try (Store store = Store.of(open());
        Folder root = store.root()) {
      Bytes id = message(root, "base");
      try (Message first = store.messageForUpdate(id);
          Message second = store.messageForUpdate(id)) {
        first.set(Tags.SUBJECT, "first");
        first.save();
        second.set(Tags.SUBJECT, "second");
        assertThrows(ObjectChangedException.class, second::save);
        second.overwrite();
      }
      try (Message now = store.message(id)) {
        assertEquals("second", now.get(Tags.SUBJECT).orElseThrow());
      }
      assertTrue(root.deleteMessages(List.of(id)).isComplete());
    }
  }

  @Test
  void stream_ofManyPieces_isWrittenAndReadBack() throws Exception {
    if (watch == null) {
      return;
    }
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    try (Store store = Store.of(open());
        Folder root = store.root();
        Message message = root.createMessage()) {
      try (OutputStream out = message.write(DATA)) {
        out.write(content);
      }
      message.save();
      try (InputStream in = message.read(DATA)) {
        assertEquals(Bytes.copyOf(content), Bytes.copyOf(in.readAllBytes()));
      }
      try (IStream stream =
          (IStream)
              MapiException.require(
                  message.object().openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, 0),
                  "OpenProperty")) {
        assertEquals(content.length - 7L, stream.seek(-7, 2).value());
        byte[] end = new byte[20];
        assertEquals(7, stream.read(end, 5, 15).value());
        assertEquals(content[content.length - 1], end[11]);
        assertEquals(0, end[4]);
        assertEquals(content.length, stream.stat(1).value().cbSize());
        assertEquals(MAPI_E_NO_SUPPORT, stream.revert());
      }
      assertTrue(root.deleteMessages(List.of(message.entryId())).isComplete());
    }
  }

  @Test
  void write_whereTheStreamCannotBeEmptied_leavesNothingOpen() {
    if (watch == null) {
      return;
    }
    try (Store store = Store.of(open());
        Folder root = store.root();
        Message message = root.createMessage()) {
      MapiException refused =
          assertThrows(
              MapiException.class, () -> message.write(Key.binary(PR_RTF_COMPRESSED)).close());
      assertEquals(MAPI_E_NO_SUPPORT, refused.hr());
    }
  }

  @Test
  void table_throughApi_seeksAndQueries() {
    if (watch == null) {
      return;
    }
    try (Store store = Store.of(open());
        Folder root = store.root()) {
      List<Bytes> ids = List.of(message(root, "a"), message(root, "b"), message(root, "c"));
      try (IMAPITable table =
          MapiException.require(root.object().getContentsTable(0), "GetContentsTable")) {
        assertEquals(S_OK, table.setColumns(tags(PR_SUBJECT_W, PR_IMPORTANCE), 0));
        assertEquals(3, table.getRowCount(0).value());
        assertEquals(-2, table.seekRow(BOOKMARK_END, -2).value());
        List<SRow> rows = table.queryRows(10, 0).value().aRow();
        assertEquals(2, rows.size());
        assertEquals("b", rows.get(0).lpProps().get(0).asString());
        assertEquals(
            SPropValue.error(PR_IMPORTANCE, MAPI_E_NOT_FOUND), rows.get(0).lpProps().get(1));
        assertEquals(MAPI_E_NO_SUPPORT, table.queryPosition().hr());
      }
      assertTrue(root.deleteMessages(ids).isComplete());
    }
  }

  @Test
  void sinkInJava_isToldByTheStore_andReleasedByUnadvise() {
    if (watch == null) {
      return;
    }
    List<NOTIFICATION> told = new ArrayList<>();
    boolean[] closed = {false};
    IMAPIAdviseSink sink =
        new IMAPIAdviseSink() {
          @Override
          public int onNotify(List<NOTIFICATION> news) {
            told.addAll(news);
            return S_OK;
          }

          @Override
          public MapiResult<IUnknown> queryInterface(Guid riid) {
            return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    try (Store store = Store.of(open());
        Folder root = store.root()) {
      long connection =
          MapiException.require(
              store.object().advise(null, fnevObjectCreated | fnevObjectDeleted, sink), "Advise");
      Bytes id = message(root, "told");
      assertTrue(root.deleteMessages(List.of(id)).isComplete());
      assertFalse(closed[0]);
      assertEquals(S_OK, store.object().unadvise(connection));
      assertTrue(closed[0]);
      assertEquals(
          List.of(fnevObjectCreated, fnevObjectDeleted),
          told.stream().map(NOTIFICATION::ulEventType).toList());
      var first = (NOTIFICATION.OBJECT_NOTIFICATION) told.get(0);
      assertEquals(id, first.lpEntryID());
      assertEquals(MAPI_MESSAGE, first.ulObjType());
      assertEquals(tags(PR_SUBJECT_W), first.lpPropTagArray());
    }
  }

  @Test
  void sinkInC_isToldByJava() {
    if (watch == null) {
      return;
    }
    long pointer = ForeignLibrary.pointer("new_foreign_sink");
    try (IMAPIAdviseSink sink = Foreign.adopt(pointer, IMAPIAdviseSink.class, routines())) {
      var changed =
          new NOTIFICATION.OBJECT_NOTIFICATION(
              fnevObjectModified, Bytes.of('a', 'b', 'c'), MAPI_MESSAGE, null, null, null, null);
      SPropValue none = SPropValue.of(PR_NULL, null);
      var row =
          new NOTIFICATION.TABLE_NOTIFICATION(
              TABLE_ROW_ADDED, S_OK, none, none, SRow.of(SPropValue.of(PR_SUBJECT_W, "of a row")));
      int before = Math.max(call("foreign_sink_events"), 0);
      assertEquals(S_OK, sink.onNotify(List.of(changed, row)));
      assertEquals(before + 2, call("foreign_sink_events"));
    }
  }

  @Test
  void everyMethod_whereTheStoreFails_answersItsCodeAndReleasesOnce() {
    if (watch == null) {
      return;
    }
    try (Store store = Store.of(open());
        Folder root = store.root();
        Message message = root.createMessage()) {
      ForeignLibrary.fail(0, Integer.MAX_VALUE, MAPI_E_NETWORK_ERROR);
      List<Supplier<?>> calls =
          List.of(
              () -> root.messages().count(),
              root::createMessage,
              () -> store.message(Bytes.of(1)),
              () -> message.get(Tags.SUBJECT),
              () -> message.write(DATA),
              message::save);
      for (Supplier<?> one : calls) {
        assertEquals(MAPI_E_NETWORK_ERROR, assertThrows(MapiException.class, one::get).hr());
      }
    }
  }
}
