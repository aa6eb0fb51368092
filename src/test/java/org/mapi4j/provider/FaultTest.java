package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/** A shard that fails: every call answers a code, a retry meets no false conflict. */
class FaultTest extends FaultyStore {
  private static final Set<Integer> ANSWERS =
      Set.of(S_OK, MAPI_W_ERRORS_RETURNED, MAPI_W_PARTIAL_COMPLETION, MAPI_E_CALL_FAILED);
  private static final Set<Integer> STREAM_ANSWERS =
      Set.of(S_OK, Stg.STG_E_READFAULT, Stg.STG_E_WRITEFAULT);

  @ParameterizedTest(name = "{0} commits of chunks survive")
  @ValueSource(ints = {0, 1, 2})
  void save_ofAValueWhoseChunksTheDiskLost_failsAndStoresNothing(int kept) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    faults.asyncCommitsKept = kept;
    try (IMessage message = open(store, id, MAPI_MODIFY);
        IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
      set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[5 << 20]));
      assertHr(S_OK, attach.saveChanges(0));
      assertHr(MAPI_E_CALL_FAILED, message.saveChanges(0));
    }
    faults.asyncCommitsKept = Integer.MAX_VALUE;
    try (IMessage message = open(store, id, 0);
        IMAPITable attachments = ok(message.getAttachmentTable(0))) {
      assertEquals(1, ok(attachments.getRowCount(0)));
    }
    store.close();
  }

  @Test
  void conflictHandler_whoseStoreFailsMeanwhile_answersACode() {
    ConflictHandler overwrite = conflict -> ConflictHandler.Answer.overwrite();
    IMsgStore store = session(StoreOptions.builder().conflictHandler(overwrite).build());
    for (int seed = 0; seed < 40; seed++) {
      Bytes id = saved(store);
      IMessage mine = open(store, id, MAPI_MODIFY);
      IMessage theirs = open(store, id, MAPI_MODIFY);
      set(theirs, PR_SUBJECT_W, "theirs");
      assertHr(S_OK, theirs.saveChanges(0));
      set(mine, PR_SUBJECT_W, "mine");
      faults.chance = new Random(seed);
      int hr = mine.saveChanges(KEEP_OPEN_READWRITE);
      assertTrue(hr == S_OK || hr == MAPI_E_CALL_FAILED || hr == MAPI_E_OBJECT_CHANGED, "" + hr);
      faults.chance = null;
      assertHr(S_OK, mine.saveChanges(KEEP_OPEN_READWRITE));
      assertEquals("mine", get(open(store, id, 0), PR_SUBJECT_W).asString());
    }
  }

  @Test
  void conflictHandler_thatSavesTheSameHandle_isNotAskedAgainFromWithin() {
    IMessage[] handle = new IMessage[1];
    int[] within = new int[1];
    ConflictHandler saving =
        conflict -> {
          within[0] = handle[0].saveChanges(KEEP_OPEN_READWRITE);
          return ConflictHandler.Answer.overwrite();
        };
    IMsgStore store = session(StoreOptions.builder().conflictHandler(saving).build());
    Bytes id = saved(store);
    handle[0] = open(store, id, MAPI_MODIFY);
    IMessage theirs = open(store, id, MAPI_MODIFY);
    set(theirs, PR_SUBJECT_W, "theirs");
    assertHr(S_OK, theirs.saveChanges(0));
    set(handle[0], PR_SUBJECT_W, "mine");
    assertHr(S_OK, handle[0].saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, within[0]);
    assertEquals("mine", get(open(store, id, 0), PR_SUBJECT_W).asString());
  }

  /** A handle that stays open for writing would rightly refuse the read flags of the others. */
  private static int openAndClose(IMsgStore store, Bytes id) {
    MapiResult<OpenedEntry> opened = store.openEntry(id, null, MAPI_BEST_ACCESS);
    if (opened.hr() == S_OK) {
      opened.value().lppUnk().close();
    }
    return opened.hr();
  }

  private static void assertAmong(Set<Integer> expected, int[] answers) {
    for (int i = 0; i < answers.length; i++) {
      assertTrue(expected.contains(answers[i]), "call " + i + ": " + HResult.toString(answers[i]));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void anyCall_onAFailingStore_answersACodeAndThrowsNothing(int seed) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMAPIFolder root = root(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    IMessage other = ok(root.createMessage(null, 0));
    IMAPITable contents = ok(root.getContentsTable(0));
    IMAPITable hierarchy = ok(root.getHierarchyTable(0));
    IAttach attach = ok(message.openAttach(0, null, MAPI_MODIFY));
    IStream stream =
        (IStream)
            ok(
                attach.openProperty(
                    PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, Stg.STGM_READWRITE, MAPI_MODIFY));
    Bytes big = Bytes.wrap(new byte[2 << 20]);
    IMAPIFolder copy = ok(root.createFolder(FOLDER_GENERIC, "copy", null, null, 0));
    SPropTagArray subobjects =
        SPropTagArray.tags(
            PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY, PR_FOLDER_ASSOCIATED_CONTENTS);
    faults.chance = new Random(seed);
    for (int step = 0; step < 20; step++) {
      int[] answers = {
        message.getProps(null, 0).hr(),
        message.getPropList(0).hr(),
        message.setProps(List.of(new SPropValue(PR_HTML, big))).hr(),
        message.deleteProps(SPropTagArray.tags(PR_HTML)).hr(),
        message.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, other, 0).hr(),
        message
            .copyProps(
                SPropTagArray.tags(PR_SUBJECT_W, PR_MESSAGE_ATTACHMENTS),
                0,
                null,
                MapiGuid.IID_IMessage,
                other,
                0)
            .hr(),
        message.setReadFlag(0),
        message.saveChanges(KEEP_OPEN_READWRITE),
        attach.saveChanges(KEEP_OPEN_READWRITE),
        contents.queryRows(10, 0).hr(),
        contents.getRowCount(0).hr(),
        hierarchy.queryRows(10, 0).hr(),
        root.getContentsTable(0).hr(),
        root.createFolder(FOLDER_GENERIC, "f" + step, null, null, 0).hr(),
        root.copyMessages(ENTRYLIST.of(id), null, root, 0, null, 0),
        root.setReadFlags(ENTRYLIST.of(id), 0, null, 0),
        root.setProps(List.of(new SPropValue(PR_HTML, big))).hr(),
        root.copyTo(List.of(), subobjects, 0, null, MapiGuid.IID_IMAPIFolder, copy, 0).hr(),
        root.getMessageStatus(id, 0).hr(),
        openAndClose(store, id),
        store.getReceiveFolder("IPM", 0).hr(),
        store.getReceiveFolderTable(0).hr(),
        store.getProps(null, 0).hr(),
        store.setProps(List.of(SPropValue.of(PR_COMMENT_W, "c"))).hr()
      };
      int[] ofStreams = {
        stream.read(new byte[70_000], 0, 70_000).hr(),
        stream.write(new byte[70_000], 0, 70_000).hr(),
        stream.copyTo(stream, 100_000).hr(),
        stream.commit(0)
      };
      assertAmong(ANSWERS, answers);
      assertAmong(STREAM_ANSWERS, ofStreams);
    }
    stream.close();
    attach.close();
    message.close();
    other.close();
    root.close();
    faults.chance = null;
    StoreSession.recover(shard);
    assertTrue(StoreSession.sweep(shard) >= 0);
    assertEquals(List.of(), StoreSession.check(shard));
    store.close();
  }
}
