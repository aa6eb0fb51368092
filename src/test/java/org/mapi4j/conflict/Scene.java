package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;
import org.mapi4j.util.MapiUtil;

/**
 * Two clients, A and B, of one store, and a saved message between them: subject "base", importance
 * 1, one recipient "first", one attachment "base.txt". Everything goes through api.
 */
final class Scene {
  /** Several scenes may stand in one store. */
  private static final AtomicInteger SCENES = new AtomicInteger();

  final IMsgStore storeA;
  final IMsgStore storeB;
  final IMAPIFolder folder;
  final Bytes folderId;
  final Bytes messageId;

  Scene(StoreFixture fixture, StoreOptions options) {
    this(fixture, options, options);
  }

  Scene(StoreFixture fixture, StoreOptions optionsA, StoreOptions optionsB) {
    storeA = fixture.openSession(optionsA);
    storeB = fixture.openSession(optionsB);
    folder = createFolder("conflicts " + SCENES.incrementAndGet());
    folderId = entryId(folder);
    try (IMessage message = newMessage()) {
      write(message, PR_SUBJECT_W, "base");
      write(message, PR_IMPORTANCE, 1);
      addRecipient(message, "first");
      addAttachment(message, "base.txt");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      messageId = entryId(message);
    }
  }

  static void assertHr(int expected, int hr) {
    assertEquals(HResult.toString(expected), HResult.toString(hr));
  }

  static <T> T ok(MapiResult<T> result) {
    assertHr(S_OK, result.hr());
    return result.value();
  }

  static Bytes entryId(IMAPIProp object) {
    return ok(MapiUtil.hrGetOneProp(object, PR_ENTRYID)).asBytes();
  }

  IMAPIFolder createFolder(String name) {
    try (IMAPIFolder root = openFolder(storeA, IMsgStore.ROOT_FOLDER)) {
      return ok(root.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE));
    }
  }

  static IMAPIFolder openFolder(IMsgStore store, Bytes id) {
    return (IMAPIFolder) ok(store.openEntry(id, null, MAPI_MODIFY)).lppUnk();
  }

  /** A new message of client A, in the scene's folder. */
  IMessage newMessage() {
    return ok(folder.createMessage(null, 0));
  }

  IMessage openA() {
    return open(storeA, MAPI_MODIFY);
  }

  IMessage openB() {
    return open(storeB, MAPI_MODIFY);
  }

  IMessage open(IMsgStore store, int flags) {
    return (IMessage) ok(store.openEntry(messageId, null, flags)).lppUnk();
  }

  /** A, or whoever: opens, writes one property, saves, closes. */
  void saveAs(IMsgStore store, int tag, Object value) {
    try (IMessage message = open(store, MAPI_MODIFY)) {
      write(message, tag, value);
      assertHr(S_OK, message.saveChanges(0));
    }
  }

  /** What a client that opens the message now reads. */
  Object stored(int tag) {
    try (IMessage message = open(storeA, 0)) {
      return read(message, tag);
    }
  }

  /** A property's value; null when it is missing. */
  static Object read(IMAPIProp object, int tag) {
    MapiResult<SPropValue> prop = MapiUtil.hrGetOneProp(object, tag);
    if (prop.hr() == MAPI_E_NOT_FOUND) {
      return null;
    }
    return ok(prop).value();
  }

  @CanIgnoreReturnValue
  static <T extends IMAPIProp> T write(T object, int tag, Object value) {
    assertHr(S_OK, MapiUtil.hrSetOneProp(object, SPropValue.of(tag, value)));
    return object;
  }

  static void delete(IMAPIProp object, int tag) {
    List<SPropProblem> problems = ok(object.deleteProps(tags(tag)));
    assertEquals(List.of(), problems);
  }

  static void addRecipient(IMessage message, String name) {
    ADRENTRY entry =
        ADRENTRY.of(
            SPropValue.of(PR_DISPLAY_NAME_W, name), SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO));
    assertHr(S_OK, message.modifyRecipients(MODRECIP_ADD, ADRLIST.of(entry)));
  }

  /** Adds an attachment and saves it at its own level. */
  static int addAttachment(IMessage message, String name) {
    IMessage.CreatedAttach created = ok(message.createAttach(null, 0));
    try (IAttach attach = created.lppAttach()) {
      write(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
      write(attach, PR_ATTACH_FILENAME_W, name);
      write(attach, PR_ATTACH_DATA_BIN, Bytes.of(1, 2, 3));
      assertHr(S_OK, attach.saveChanges(0));
    }
    return created.lpulAttachmentNum();
  }

  static void dropAttachments(IMessage message) {
    for (Object num : column(ok(message.getAttachmentTable(0)), PR_ATTACH_NUM)) {
      assertHr(S_OK, message.deleteAttach((Integer) num, 0, null, 0));
    }
  }

  static List<String> recipients(IMessage message) {
    return texts(ok(message.getRecipientTable(MAPI_UNICODE)), PR_DISPLAY_NAME_W);
  }

  static List<String> attachments(IMessage message) {
    return texts(ok(message.getAttachmentTable(MAPI_UNICODE)), PR_ATTACH_FILENAME_W);
  }

  List<String> storedAttachments() {
    try (IMessage message = open(storeA, 0)) {
      return attachments(message);
    }
  }

  /** Number of messages that a client sees in a folder. */
  static int count(IMAPIFolder folder) {
    try (IMAPITable table = ok(folder.getContentsTable(0))) {
      return ok(table.getRowCount(0));
    }
  }

  private static List<String> texts(IMAPITable table, int tag) {
    return column(table, tag).stream().map(String.class::cast).toList();
  }

  /** A column of every message of a folder. */
  static List<Object> values(IMAPIFolder folder, int tag) {
    return column(ok(folder.getContentsTable(MAPI_UNICODE)), tag);
  }

  static List<Object> column(IMAPITable table, int tag) {
    try (table) {
      return ok(MapiUtil.hrQueryAllRows(table, tags(tag), null, null, 0)).aRow().stream()
          .map(row -> row.lpProps().get(0).value())
          .toList();
    }
  }

  ENTRYLIST message() {
    return ENTRYLIST.of(messageId);
  }

  static IStream stream(IMAPIProp object, int tag, int mode) {
    return (IStream)
        ok(object.openProperty(tag, MapiGuid.IID_IStream, mode, MAPI_CREATE | MAPI_MODIFY));
  }

  static void writeStream(IStream stream, byte[] bytes) {
    assertEquals(bytes.length, ok(stream.write(bytes, 0, bytes.length)));
  }

  /** A mode in which what is written counts without Commit. */
  static final int DIRECT = Stg.STGM_READWRITE;

  /** A mode in which only what is committed counts. */
  static final int TRANSACTED = Stg.STGM_READWRITE | Stg.STGM_TRANSACTED;

  /** Removes the folder and with it the message, which no open handle prevents. */
  void deleteFolder() {
    try (IMAPIFolder root = openFolder(storeA, IMsgStore.ROOT_FOLDER)) {
      assertHr(S_OK, root.deleteFolder(folderId, 0, null, DEL_MESSAGES | DEL_FOLDERS));
    }
  }
}
