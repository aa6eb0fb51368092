package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.*;

class MessageObjectTest {
  private final PlainShard shard = new PlainShard();
  private final StoreCore core =
      new StoreCore(shard, StoreOptions.DEFAULT, Bytes.wrap(new byte[16]), () -> {});
  private final Bytes folder = core.newId();

  @BeforeEach
  void folder() {
    Batch.Builder batch = Batch.builder();
    FolderTree.put(
        batch, folder, FolderTree.newFolder(folder, FOLDER_ROOT, "folder", null, core.now()));
    assertEquals(1, ((Outcome.Committed) core.commit(batch)).seq());
  }

  private MessageObject open(Bytes id) {
    return MessageOpening.open(core, id, MAPI_MODIFY).value();
  }

  private static void set(IMessage message, int tag, Object value) {
    MapiResult<List<SPropProblem>> r = message.setProps(List.of(SPropValue.of(tag, value)));
    assertEquals("S_OK []", HResult.name(r.hr()) + " " + r.value());
  }

  private static SPropValue get(IMAPIProp o, int tag) {
    return o.getProps(SPropTagArray.tags(tag), 0).value().get(0);
  }

  @Test
  void saveChanges_afterAnotherHandleSaved_returnsObjectChanged() {
    MessageObject fresh = MessageOpening.create(core, folder, false);
    set(fresh, PR_SUBJECT_W, "RE: x");
    assertEquals(S_OK, fresh.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("x", get(fresh, PR_NORMALIZED_SUBJECT_W).asString());
    MessageObject a = open(fresh.id());
    MessageObject b = open(fresh.id());
    set(a, PR_SUBJECT_W, "a");
    set(b, PR_SUBJECT_W, "b");
    assertEquals(S_OK, a.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("MAPI_E_OBJECT_CHANGED", HResult.name(b.saveChanges(0)));
    assertEquals("b", get(b, PR_SUBJECT_W).asString());
    assertEquals(S_OK, b.saveChanges(FORCE_SAVE));
    assertEquals("b", get(open(fresh.id()), PR_SUBJECT_W).asString());
    assertEquals(MAPI_E_NO_ACCESS, b.saveChanges(0));
  }

  @Test
  void largeAttachment_writtenThroughAStream_isReadBack() {
    MessageObject fresh = MessageOpening.create(core, folder, false);
    IAttach attach = fresh.createAttach(null, 0).value().lppAttach();
    IStream out =
        (IStream)
            attach
                .openProperty(
                    PR_ATTACH_DATA_BIN,
                    MapiGuid.IID_IStream,
                    Stg.STGM_READWRITE,
                    MAPI_CREATE | MAPI_MODIFY)
                .value();
    byte[] block = new byte[100_000];
    for (int i = 0; i < 40; i++) {
      Arrays.fill(block, (byte) i);
      assertEquals(block.length, out.write(block, 0, block.length).value());
    }
    out.close();
    assertEquals(S_OK, attach.saveChanges(0));
    assertEquals(S_OK, fresh.saveChanges(0));
    MessageObject again = open(fresh.id());
    IAttach opened = again.openAttach(0, null, MAPI_MODIFY).value();
    IStream in =
        (IStream)
            opened.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, MAPI_MODIFY).value();
    assertEquals(4_000_000L, in.stat(1).value().cbSize());
    assertEquals(3_950_000L, in.seek(3_950_000, 0).value());
    assertEquals(50_000, in.read(block, 0, block.length).value());
    assertEquals(39, block[49_999]);
    assertEquals(S_OK, in.setSize(100));
    assertEquals(S_OK, opened.saveChanges(0));
    assertEquals(S_OK, again.saveChanges(0));
    assertEquals(
        100,
        get(open(fresh.id()).openAttach(0, null, 0).value(), PR_ATTACH_DATA_BIN).asBytes().size());
    fresh.close();
    again.close();
    long chunks = shard.rows.keySet().stream().filter(k -> k.get(0) == 'b').count();
    assertEquals(62, chunks);
  }

  @Test
  void embeddedMessage_threeSaves_isReadBack() {
    MessageObject fresh = MessageOpening.create(core, folder, false);
    IAttach attach = fresh.createAttach(null, 0).value().lppAttach();
    IMessage inner =
        (IMessage)
            attach
                .openProperty(
                    PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY)
                .value();
    set(inner, PR_SUBJECT_W, "inner");
    assertEquals(S_OK, inner.saveChanges(0));
    assertEquals(S_OK, attach.saveChanges(0));
    assertEquals(S_OK, fresh.saveChanges(0));
    IMessage read =
        (IMessage)
            open(fresh.id())
                .openAttach(0, null, 0)
                .value()
                .openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0)
                .value();
    assertEquals("inner", get(read, PR_SUBJECT_W).asString());
    MessageObject copy = MessageOpening.create(core, folder, false);
    assertEquals(
        S_OK,
        open(fresh.id()).copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0).hr());
    assertEquals(S_OK, copy.saveChanges(KEEP_OPEN_READWRITE));
    IMessage innerCopy =
        (IMessage)
            copy.openAttach(0, null, 0)
                .value()
                .openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0)
                .value();
    assertEquals("inner", get(innerCopy, PR_SUBJECT_W).asString());
  }

  @Test
  void setProps_withNullElement_isRefusedAndNothingIsSet() {
    MessageObject fresh = MessageOpening.create(core, folder, false);
    List<SPropValue> props = Arrays.asList(SPropValue.of(PR_SUBJECT_W, "x"), null);
    assertEquals(MAPI_E_INVALID_PARAMETER, fresh.setProps(props).hr());
    assertEquals(MAPI_E_NOT_FOUND, get(fresh, PR_SUBJECT_W).scode());
  }

  @Test
  void embeddedMessage_afterADirectWriteOfTheData_takesItsPlace() {
    MessageObject fresh = MessageOpening.create(core, folder, false);
    IAttach attach = fresh.createAttach(null, 0).value().lppAttach();
    IStream data = TestStore.stream(attach, PR_ATTACH_DATA_BIN);
    assertEquals(3, data.write(new byte[3], 0, 3).value());
    IMessage embedded =
        (IMessage)
            attach
                .openProperty(
                    PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY)
                .value();
    set(embedded, PR_SUBJECT_W, "within");
    assertEquals(S_OK, embedded.saveChanges(0));
    assertEquals(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
    IMessage again =
        (IMessage)
            TestStore.ok(attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0));
    assertEquals("within", get(again, PR_SUBJECT_W).asString());
    assertEquals(3, data.write(new byte[3], 0, 3).value());
    assertEquals(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(
        "MAPI_E_NOT_FOUND",
        HResult.name(attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0).hr()));
  }
}
