package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreLimits;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Every limit is a refusal with nothing lost; up to it everything is saved and read back. */
class StoreLimitsTest {
  private static final int FIRST = 0x6800;

  private static TestStore with(int attachments, int properties, int depth, int folderDepth) {
    StoreLimits d = StoreLimits.DEFAULT;
    StoreLimits limits =
        new StoreLimits(
            d.getPropsBytesMax(),
            d.columnBytesMax(),
            d.inlineBytesMax(),
            d.streamBytesMax(),
            d.recipientsMax(),
            attachments,
            properties,
            depth,
            d.namesMax(),
            folderDepth);
    return TestStore.create(StoreOptions.builder().limits(limits).build());
  }

  private static void assertSound(TestStore store) {
    store.sweep();
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  private static List<SPropValue> longs(int from, int count) {
    List<SPropValue> props = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      props.add(SPropValue.of(PropTag.of(from + i, PT_LONG), i));
    }
    return props;
  }

  private static void fillAndOverfill(IMAPIProp object, int max) {
    int present = 0;
    int next = FIRST;
    while (object.setProps(longs(next, 1)).hr() == S_OK && present <= max) {
      present++;
      next++;
    }
    assertTrue(present <= max && present > max / 2, "took " + present);
    assertHr(MAPI_E_TOO_BIG, object.setProps(longs(next, 2)).hr());
    assertEquals(MAPI_E_NOT_FOUND, get(object, PropTag.of(next, PT_LONG)).scode());
    set(object, PropTag.of(FIRST, PT_LONG), 77);
    assertEquals(77, get(object, PropTag.of(FIRST, PT_LONG)).asInt());
  }

  @Test
  void propertiesMax_aStreamOnAnotherOneIsRefusedAndTheMessageCanStillBeSaved() {
    TestStore store = with(10, 40, 3, 5);
    IMessage message = ok(store.root().createMessage(null, 0));
    int transacted = STGM_READWRITE | STGM_TRANSACTED;
    IStream late =
        (IStream)
            ok(
                message.openProperty(
                    PR_HTML, MapiGuid.IID_IStream, transacted, MAPI_CREATE | MAPI_MODIFY));
    assertEquals(List.of(), ok(message.deleteProps(SPropTagArray.tags(PR_HTML))));
    fillAndOverfill(message, 40);
    assertHr(
        MAPI_E_TOO_BIG,
        message
            .openProperty(
                PropTag.of(0x6FFF, PT_BINARY), MapiGuid.IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY)
            .hr());
    assertEquals(1, ok(late.write(new byte[] {1}, 0, 1)));
    assertHr(STG_E_MEDIUMFULL, late.commit(STGC_DEFAULT));
    late.close();
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertSound(store);
  }

  @Test
  void propertiesMax_anotherOneIsRefusedAndAPresentOneCanBeSet() {
    TestStore store = with(10, 40, 3, 5);
    IMAPIFolder folder = store.folder("f");
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      fillAndOverfill(message, 40);
      IMessage.CreatedAttach created = ok(message.createAttach(null, 0));
      try (IAttach attach = created.lppAttach()) {
        fillAndOverfill(attach, 40);
        assertHr(S_OK, attach.saveChanges(0));
      }
      assertHr(S_OK, message.saveChanges(0));
      assertEquals(77, get(store.open(id(message), 0), PropTag.of(FIRST, PT_LONG)).asInt());
    }
    fillAndOverfill(folder, 40);
    fillAndOverfill(store.store, 40);
    assertSound(store);
  }

  @Test
  void attachmentsMax_countsThoseCreatedBeforeAnyWasSaved() {
    TestStore store = with(3, 100, 3, 5);
    try (IMessage message = ok(store.folder("f").createMessage(null, 0))) {
      List<IAttach> created = new ArrayList<>();
      MapiResult<IMessage.CreatedAttach> next = message.createAttach(null, 0);
      while (next.succeeded() && created.size() < 5) {
        created.add(next.value().lppAttach());
        next = message.createAttach(null, 0);
      }
      int saved = 0;
      for (IAttach attach : created) {
        int hr = attach.saveChanges(0);
        assertHr(saved < 3 ? S_OK : MAPI_E_TOO_BIG, hr);
        saved += hr == S_OK ? 1 : 0;
      }
      assertHr(MAPI_E_TOO_BIG, message.createAttach(null, 0).hr());
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertEquals(3, ok(ok(message.getAttachmentTable(0)).getRowCount(0)));
      assertHr(S_OK, message.deleteAttach(0, 0, null, 0));
      assertHr(S_OK, created.get(3).saveChanges(0));
      created.forEach(IAttach::close);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    }
    assertSound(store);
  }

  @Test
  void embeddingDepthMax_oneMoreLevelIsTooComplex() {
    TestStore store = with(3, 100, 3, 5);
    try (IMessage message = ok(store.folder("f").createMessage(null, 0))) {
      embed(message, 0, 3);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      IMessage inner = message;
      for (int level = 1; level <= 3; level++) {
        IAttach attach = ok(inner.openAttach(0, null, 0));
        inner = (IMessage) ok(attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0));
        assertEquals("level " + level, get(inner, PR_SUBJECT_W).asString());
      }
    }
    assertSound(store);
  }

  private static void embed(IMessage outer, int level, int max) {
    IMessage.CreatedAttach created = ok(outer.createAttach(null, 0));
    try (IAttach attach = created.lppAttach()) {
      var opened =
          attach.openProperty(
              PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY);
      if (level == max) {
        assertHr(MAPI_E_TOO_COMPLEX, opened.hr());
        return;
      }
      try (IMessage inner = (IMessage) ok(opened)) {
        set(inner, PR_SUBJECT_W, "level " + (level + 1));
        embed(inner, level + 1, max);
        assertHr(S_OK, inner.saveChanges(0));
      }
      assertHr(S_OK, attach.saveChanges(0));
    }
  }

  private static IMAPIFolder chain(TestStore store, String name, int length) {
    IMAPIFolder at = store.folder(name);
    for (int i = 1; i < length; i++) {
      at = subfolder(at, name + i);
    }
    return at;
  }

  @Test
  void folderDepthMax_holdsForMovesTooAndNoMoveMakesACycle() {
    TestStore store = with(3, 100, 3, 5);
    IMAPIFolder one = store.folder("one");
    IMAPIFolder bottom = subfolder(subfolder(subfolder(one, "two"), "three"), "four");
    IMAPIFolder five = subfolder(bottom, "five");
    assertHr(MAPI_E_TOO_COMPLEX, five.createFolder(FOLDER_GENERIC, "six", null, null, 0).hr());
    IMAPIFolder other = chain(store, "other", 5);
    assertHr(
        MAPI_E_TOO_COMPLEX,
        store.root().copyFolder(id(one), null, other, null, 0, null, FOLDER_MOVE));
    assertHr(
        MAPI_E_FOLDER_CYCLE,
        store.root().copyFolder(id(one), null, five, "loop", 0, null, FOLDER_MOVE));
    assertSound(store);
  }

  @Test
  void manyMediumValues_aSaveStaysWithinABatch() {
    TestStore store = TestStore.create();
    Bytes value = Bytes.wrap(new byte[900 << 10]);
    Bytes id;
    IMAPIFolder folder = store.folder("f");
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      for (int i = 0; i < 60; i++) {
        set(message, PropTag.of(FIRST + i, PT_BINARY), value);
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      id = id(message);
    }
    try (IMessage again = store.open(id, 0)) {
      for (int i = 0; i < 60; i++) {
        assertEquals(value, get(again, PropTag.of(FIRST + i, PT_BINARY)).value());
      }
    }
    assertSound(store);
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    assertSound(store);
    assertEquals(0, store.rows('b'));
  }

  @Test
  void multivaluedOf20MB_isReadBackWhole() {
    TestStore store = TestStore.create();
    Bytes part = Bytes.wrap(new byte[1 << 20]);
    List<Bytes> parts = Collections.nCopies(20, part);
    int tag = PropTag.of(FIRST, PT_MV_BINARY);
    Bytes id;
    IMAPIFolder folder = store.folder("f");
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, tag, parts);
      set(message, PR_SENDER_NAME_W & 0xFFFF0000 | PT_MV_BINARY, parts);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      set(message, PR_SUBJECT_W, "again");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      id = id(message);
    }
    assertEquals(parts, get(store.open(id, 0), tag).value());
    assertEquals(List.of("again"), subjects(folder, 0));
    assertSound(store);
  }

  @Test
  void recipients100000_areReadBackAndOneMoreIsRefused() {
    TestStore store = TestStore.create();
    List<ADRENTRY> entries = new ArrayList<>();
    String name = "a name that is longer than most names of people and of their mailing lists, ";
    for (int i = 0; i < 100_000; i++) {
      entries.add(
          ADRENTRY.of(
              SPropValue.of(PR_DISPLAY_NAME_W, name + i),
              SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO)));
    }
    IMAPIFolder folder = store.folder("f");
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "to all");
      assertHr(S_OK, message.modifyRecipients(MODRECIP_ADD, new ADRLIST(entries)));
      assertHr(
          MAPI_E_TOO_BIG,
          message.modifyRecipients(MODRECIP_ADD, new ADRLIST(entries.subList(0, 1))));
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      try (IMessage again = store.open(id(message), 0)) {
        assertEquals(100_000, ok(ok(again.getRecipientTable(0)).getRowCount(0)));
        assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, get(again, PR_DISPLAY_TO_W).scode());
        IStream names =
            (IStream) ok(again.openProperty(PR_DISPLAY_TO_W, MapiGuid.IID_IStream, 0, 0));
        assertTrue(ok(names.stat(STATFLAG_NONAME)).cbSize() > 100_000L * 2 * name.length());
      }
    }
    assertEquals(List.of("to all"), subjects(folder, 0));
    assertSound(store);
  }

  @Test
  void recipientsAddedOneByOne_areAllThere() {
    TestStore store = TestStore.create();
    try (IMessage message = ok(store.folder("f").createMessage(null, 0))) {
      for (int i = 0; i < 30_000; i++) {
        ADRENTRY entry = ADRENTRY.of(SPropValue.of(PR_DISPLAY_NAME_W, "r" + i));
        assertHr(S_OK, message.modifyRecipients(MODRECIP_ADD, ADRLIST.of(entry)));
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      assertEquals(30_000, ok(ok(message.getRecipientTable(0)).getRowCount(0)));
    }
  }

  @Test
  void attachments10000_areSavedAndReadBackOrRefusedWhole() {
    TestStore store = TestStore.create();
    Bytes data = Bytes.wrap(new byte[10_000]);
    IMAPIFolder folder = store.folder("f");
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      for (int i = 0; i < 10_000; i++) {
        try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
          set(attach, PR_ATTACH_DATA_BIN, data);
          assertHr(S_OK, attach.saveChanges(0));
        }
      }
      int hr = message.saveChanges(KEEP_OPEN_READWRITE);
      if (hr != S_OK) {
        assertHr(MAPI_E_TOO_BIG, hr);
        String why = ok(message.getLastError(hr, MAPI_UNICODE)).lpszError();
        assertTrue(why.contains("batchOpsMax") && why.contains("10000"), why);
        assertEquals(List.of(), subjects(folder, 0));
        for (int i = 0; i < 9_000; i++) {
          assertHr(S_OK, message.deleteAttach(i, 0, null, 0));
        }
        assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      }
      try (IMessage again = store.open(id(message), 0);
          IAttach last = ok(again.openAttach(9_999, null, 0))) {
        assertEquals(data, get(last, PR_ATTACH_DATA_BIN).value());
      }
    }
    assertSound(store);
    assertHr(S_OK, folder.emptyFolder(0, null, 0));
    assertSound(store);
    assertEquals(0, store.rows('b'));
  }
}
