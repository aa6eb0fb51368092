package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.WrappedStoreEntryID;

/** The store object, its special folders, entry identifiers and receive folders. */
class StoreObjectTest {
  private static final StoreOptions READ_ONLY = StoreOptions.builder().writable(false).build();
  private static final int ALL_FOLDERS =
      FOLDER_IPM_SUBTREE_VALID
          | FOLDER_IPM_INBOX_VALID
          | FOLDER_IPM_OUTBOX_VALID
          | FOLDER_IPM_SENTMAIL_VALID
          | FOLDER_IPM_WASTEBASKET_VALID
          | FOLDER_VIEWS_VALID
          | FOLDER_COMMON_VIEWS_VALID
          | FOLDER_FINDER_VALID;

  private final TestStore store = TestStore.create();

  private IMAPIFolder special(int tag) {
    return store.folder(get(store.store, tag).asBytes());
  }

  private String receiving(String messageClass) {
    IMsgStore.ReceiveFolder found = ok(store.store.getReceiveFolder(messageClass, MAPI_UNICODE));
    return get(store.folder(found.lppEntryID()), PR_DISPLAY_NAME_W).asString()
        + "/"
        + found.lppszExplicitClass();
  }

  @Test
  void newStore_hasTheSpecialFoldersWhereTheyBelong() {
    assertEquals(
        List.of("Common Views", "Search Root", "Top of Information Store", "Views"),
        names(store.root()));
    assertEquals(
        List.of("Deleted Items", "Inbox", "Outbox", "Sent Items"),
        names(special(PR_IPM_SUBTREE_ENTRYID)));
    assertEquals(ALL_FOLDERS, get(store.store, PR_VALID_FOLDER_MASK).asInt());
    assertEquals(FOLDER_ROOT, get(store.root(), PR_FOLDER_TYPE).asInt());
    assertEquals(id(store.root()), get(store.root(), PR_PARENT_ENTRYID).asBytes());
  }

  @Test
  void validFolderMask_folderDeleted_losesItsBit() {
    IMAPIFolder subtree = special(PR_IPM_SUBTREE_ENTRYID);
    Bytes sent = get(store.store, PR_IPM_SENTMAIL_ENTRYID).asBytes();
    assertHr(S_OK, subtree.deleteFolder(sent, 0, null, 0));
    assertEquals(
        ALL_FOLDERS & ~FOLDER_IPM_SENTMAIL_VALID, get(store.store, PR_VALID_FOLDER_MASK).asInt());
    assertEquals(MAPI_E_NOT_FOUND, get(store.store, PR_IPM_SENTMAIL_ENTRYID).scode());
    Bytes again = id(subfolder(subtree, "Sent again"));
    set(store.store, PR_IPM_SENTMAIL_ENTRYID, again);
    assertEquals(ALL_FOLDERS, get(store.store, PR_VALID_FOLDER_MASK).asInt());
  }

  @Test
  void setProps_specialFolderWithoutAFolder_isAProblem() {
    Bytes message = message(store.root(), "m");
    for (Bytes wrong :
        Arrays.asList(message, Bytes.of(1, 2), get(store.store, PR_ENTRYID).asBytes())) {
      List<SPropProblem> problems =
          ok(store.store.setProps(List.of(new SPropValue(PR_IPM_OUTBOX_ENTRYID, wrong))));
      assertEquals(MAPI_E_INVALID_ENTRYID, problems.get(0).scode());
    }
  }

  @Test
  void setProps_displayName_isTheOnlyOneOfItsOwnThatChanges() {
    set(store.store, PR_DISPLAY_NAME_W, "Mail of Ann");
    TestStore other = store.session(StoreOptions.DEFAULT);
    assertEquals("Mail of Ann", get(other.store, PR_DISPLAY_NAME_W).asString());
    for (int tag : new int[] {PR_RECORD_KEY, PR_MDB_PROVIDER, PR_ENTRYID, PR_STORE_RECORD_KEY}) {
      SPropValue before = get(store.store, tag);
      List<SPropProblem> problems =
          ok(store.store.setProps(List.of(new SPropValue(tag, Bytes.of(9)))));
      assertEquals(MAPI_E_COMPUTED, problems.get(0).scode());
      assertEquals(before, get(store.store, tag));
    }
    assertHr(S_OK, store.store.saveChanges(0));
  }

  @Test
  void identifiers_areWrappedForTheStoreAndPlainInside() {
    Bytes wrapped = get(store.store, PR_ENTRYID).asBytes();
    WrappedStoreEntryID parsed = WrappedStoreEntryID.parse(wrapped).orElseThrow();
    assertEquals("mapi4j.dll", parsed.szDLLName());
    EntryId own = EntryId.parse(parsed.origEntry()).orElseThrow();
    assertEquals(get(store.store, PR_RECORD_KEY).asBytes(), own.provider());
    assertEquals(wrapped, get(store.root(), PR_STORE_ENTRYID).asBytes());
    assertEquals(EntryId.FOLDER, EntryId.parse(id(store.root())).orElseThrow().kind());
  }

  @Test
  void openEntry_codesTellForeignFromGone() {
    Bytes message = message(store.folder("f"), "m");
    assertEquals(MAPI_MESSAGE, ok(store.store.openEntry(message, null, 0)).lpulObjType());
    assertEquals(MAPI_FOLDER, ok(store.store.openEntry(null, null, 0)).lpulObjType());
    Bytes foreign = message(TestStore.create().root(), "other store");
    assertHr(MAPI_E_UNKNOWN_ENTRYID, store.store.openEntry(foreign, null, 0).hr());
    assertHr(MAPI_E_UNKNOWN_ENTRYID, store.store.openEntry(Bytes.of(1), null, 0).hr());
    Bytes never = new EntryId(store.core().uid(), EntryId.MESSAGE, store.core().newId()).toBytes();
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(never, null, 0).hr());
    assertHr(
        MAPI_E_INTERFACE_NOT_SUPPORTED,
        store.store.openEntry(message, MapiGuid.IID_IMAPIFolder, 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, store.store.openEntry(message, null, 1 << 25).hr());
  }

  @Test
  void compareEntryIDs_looksAtIdentifiersOnly() {
    Bytes a = message(store.root(), "a");
    Bytes b = message(store.root(), "b");
    assertTrue(ok(store.store.compareEntryIDs(a, a, 0)));
    assertFalse(ok(store.store.compareEntryIDs(a, b, 0)));
    assertHr(MAPI_E_UNKNOWN_ENTRYID, store.store.compareEntryIDs(a, Bytes.of(1), 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, store.store.compareEntryIDs(a, b, 1).hr());
  }

  @Test
  void receiveFolder_longestPrefixWinsAtPeriodsWithoutRegardToCase() {
    assertEquals("Inbox/IPM", receiving("ipm.note"));
    assertEquals("Inbox/", receiving("IPMX"));
    assertEquals("Inbox/", receiving(null));
    Bytes samples = id(store.folder("Samples"));
    assertHr(S_OK, store.store.setReceiveFolder("IPM.Note.Sample", MAPI_UNICODE, samples));
    assertEquals("Samples/IPM.Note.Sample", receiving("IPM.NOTE.SAMPLE.simple"));
    assertEquals("Inbox/IPM", receiving("IPM.Note"));
    assertHr(S_OK, store.store.setReceiveFolder("ipm.note.sample", MAPI_UNICODE, null));
    assertEquals("Inbox/IPM", receiving("IPM.Note.Sample"));
  }

  @Test
  void receiveFolder_defaultRemoved_fallsBackToTheRoot() {
    assertHr(S_OK, store.store.setReceiveFolder(null, 0, null));
    IMsgStore.ReceiveFolder found = ok(store.store.getReceiveFolder("XYZ", 0));
    assertEquals(id(store.root()), found.lppEntryID());
    assertEquals("", found.lppszExplicitClass());
    assertEquals(
        List.of("IPC", "IPM", "REPORT"),
        column(ok(store.store.getReceiveFolderTable(MAPI_UNICODE)), PR_MESSAGE_CLASS_W));
  }

  @Test
  void setReceiveFolder_wrongIdentifier_leavesTheAssociation() {
    Bytes message = message(store.root(), "m");
    assertHr(MAPI_E_INVALID_ENTRYID, store.store.setReceiveFolder("IPM", 0, message));
    assertHr(MAPI_E_UNKNOWN_ENTRYID, store.store.setReceiveFolder("IPM", 0, Bytes.of(4)));
    Bytes gone = id(store.folder("gone"));
    assertHr(S_OK, store.root().deleteFolder(gone, 0, null, 0));
    assertHr(MAPI_E_NOT_FOUND, store.store.setReceiveFolder("IPM", 0, gone));
    assertEquals("Inbox/IPM", receiving("IPM"));
  }

  @Test
  void readOnlySession_showsItselfInMaskAndOutbox() {
    TestStore reader = store.session(READ_ONLY);
    int mask = get(reader.store, PR_STORE_SUPPORT_MASK).asInt();
    assertEquals(0, mask & (STORE_MODIFY_OK | STORE_CREATE_OK));
    assertEquals(STORE_READONLY, mask & STORE_READONLY);
    assertEquals(MAPI_E_NOT_FOUND, get(reader.store, PR_IPM_OUTBOX_ENTRYID).scode());
    assertEquals(
        ALL_FOLDERS & ~FOLDER_IPM_OUTBOX_VALID, get(reader.store, PR_VALID_FOLDER_MASK).asInt());
    assertHr(MAPI_E_NO_ACCESS, reader.store.setReceiveFolder("IPM", 0, null));
  }

  @Test
  void close_everyObjectOfTheSession_isInvalid() {
    IMAPIFolder folder = store.folder("f");
    IMessage message = store.open(message(folder, "m"), MAPI_MODIFY);
    TestStore other = store.session(StoreOptions.DEFAULT);
    store.store.close();
    assertHr(MAPI_E_INVALID_OBJECT, folder.getProps(null, 0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, message.saveChanges(0));
    assertHr(MAPI_E_INVALID_OBJECT, store.store.openEntry(null, null, 0).hr());
    folder.close();
    message.close();
    assertEquals(List.of("m"), subjects(childOfRoot(other, "f"), 0));
  }

  private static IMAPIFolder childOfRoot(TestStore in, String name) {
    return ok(
        in.root().createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE | OPEN_IF_EXISTS));
  }

  @Test
  void open_emptyShardReadOnly_hasNoStore() {
    assertTrue(StoreSession.open(new MemoryEngine(), READ_ONLY, () -> {}, () -> {}).isEmpty());
  }

  @Test
  void open_manyAtOnceOnAnEmptyShard_openOneStore() throws Exception {
    MemoryEngine shard = new MemoryEngine();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Set<Bytes> uids = new HashSet<>();
      Callable<Bytes> open = () -> recordKeyOfANewSession(shard);
      for (Future<Bytes> uid : threads.invokeAll(Collections.nCopies(8, open))) {
        uids.add(uid.get());
      }
      assertEquals(1, uids.size());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Bytes recordKeyOfANewSession(MemoryEngine shard) {
    IMsgStore opened =
        StoreSession.open(shard, StoreOptions.DEFAULT, () -> {}, () -> {}).orElseThrow();
    return get(opened, PR_RECORD_KEY).asBytes();
  }

  @Test
  void unbuiltCalls_answerNoSupport() {
    IMsgStore s = store.store;
    int[] answers = {
      s.abortSubmit(null, 0),
      s.getOutgoingQueue(0).hr(),
      s.setLockState(null, 0),
      s.finishedMsg(0, null)
    };
    for (int answer : answers) {
      assertEquals("MAPI_E_NO_SUPPORT", HResult.name(answer));
    }
  }
}
