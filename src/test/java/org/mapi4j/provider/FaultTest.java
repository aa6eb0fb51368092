package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/** A shard that fails: every call answers a code, a retry meets no false conflict. */
class FaultTest {
  private static final Set<Integer> ANSWERS =
      Set.of(S_OK, MAPI_W_ERRORS_RETURNED, MAPI_W_PARTIAL_COMPLETION, MAPI_E_CALL_FAILED);
  private static final Set<Integer> STREAM_ANSWERS =
      Set.of(S_OK, Stg.STG_E_READFAULT, Stg.STG_E_WRITEFAULT);

  /** What a shard does wrong from now on. */
  private static final class Faults {
    private Random chance;
    private boolean commitsStand;
    private boolean outcomesUnknown;
    private boolean lookupFails;
    private boolean historyForgotten;
    private int asyncCommitsKept = Integer.MAX_VALUE;

    private void mayFail() {
      if (chance != null && chance.nextInt(3) == 0) {
        throw new StorageFault("the disk went away", null);
      }
    }

    Shard around(Shard good) {
      return (Shard)
          Proxy.newProxyInstance(
              Shard.class.getClassLoader(),
              new Class<?>[] {Shard.class},
              (self, method, arguments) -> {
                if (List.of("get", "scan", "commit").contains(method.getName())) {
                  mayFail();
                }
                if (method.getName().equals("outcomeOf") && lookupFails) {
                  throw new StorageFault.OutcomeUnknown("no connection", null);
                }
                if (method.getName().equals("outcomeOf") && historyForgotten) {
                  return OptionalLong.empty();
                }
                if (method.getName().equals("changesSince") && historyForgotten) {
                  return Optional.empty();
                }
                if (method.getName().equals("commit")
                    && ((Batch) arguments[0]).durability() == Batch.Durability.ASYNC
                    && asyncCommitsKept-- <= 0) {
                  return CompletableFuture.completedFuture(new Outcome.Committed(0));
                }
                if (method.getName().equals("commit") && outcomesUnknown) {
                  if (commitsStand) {
                    assertNotNull(method.invoke(good, arguments));
                  }
                  return CompletableFuture.failedFuture(
                      new StorageFault.OutcomeUnknown("no answer", null));
                }
                try {
                  return method.invoke(good, arguments);
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              });
    }
  }

  private final Faults faults = new Faults();
  private final Shard shard = faults.around(new MemoryEngine());

  private IMsgStore session(StoreOptions options) {
    return StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow();
  }

  private static IMessage open(IMsgStore store, Bytes id, int flags) {
    return (IMessage) ok(store.openEntry(id, null, flags)).lppUnk();
  }

  private static IMAPIFolder root(IMsgStore store) {
    return (IMAPIFolder) ok(store.openEntry(null, null, MAPI_MODIFY)).lppUnk();
  }

  private static Bytes saved(IMsgStore store) {
    try (IMessage message = ok(root(store).createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "base");
      set(message, PR_HTML, Bytes.wrap(new byte[100_000]));
      try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
        set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[3 << 20]));
        assertHr(S_OK, attach.saveChanges(0));
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }

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

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknownAndLookedUp_isTheTrueOutcome(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    faults.outcomesUnknown = true;
    faults.commitsStand = stands;
    assertHr(stands ? S_OK : MAPI_E_CALL_FAILED, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    assertEquals(stands ? "mine" : "base", get(open(store, id, 0), PR_SUBJECT_W).asString());
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("mine", get(open(store, id, 0), PR_SUBJECT_W).asString());
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknown_aRetryMeetsNoFalseConflict(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    set(message, PR_HTML, Bytes.wrap(new byte[200_000]));
    faults.outcomesUnknown = true;
    faults.lookupFails = true;
    faults.commitsStand = stands;
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    faults.lookupFails = false;
    assertEquals("mine", get(message, PR_SUBJECT_W).asString());
    set(message, PR_SENSITIVITY, 2);
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    IMessage again = open(store, id, 0);
    assertEquals("mine", get(again, PR_SUBJECT_W).asString());
    assertEquals(2, get(again, PR_SENSITIVITY).asInt());
    assertEquals(200_000, get(again, PR_HTML).asBytes().size());
    again.close();
    message.close();
    assertTrue(StoreSession.sweep(shard) >= 0);
    assertEquals(List.of(), StoreSession.check(shard));
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknown_ofAFirstSave_makesOneMessage(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    IMessage message = ok(root(store).createMessage(null, 0));
    set(message, PR_SUBJECT_W, "first");
    faults.outcomesUnknown = true;
    faults.lookupFails = true;
    faults.commitsStand = stands;
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(0));
    faults.outcomesUnknown = false;
    faults.lookupFails = false;
    assertHr(S_OK, message.saveChanges(0));
    assertEquals(List.of("first"), subjects(root(store), 0));
    assertEquals(List.of(), StoreSession.check(shard));
  }

  @ParameterizedTest(name = "committed {0}, history forgotten {1}, tried again {2}")
  @CsvSource({
    "true, false, false",
    "true, true, false",
    "false, false, false",
    "true, false, true",
    "false, true, true"
  })
  void setReadFlag_thatSavesWithOutcomeUnknown_isNoConflictForItsOwnHandle(
      boolean stands, boolean forgotten, boolean again) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    try (IMessage asking = open(store, id, MAPI_MODIFY)) {
      set(asking, PR_READ_RECEIPT_REQUESTED, true);
      assertHr(S_OK, asking.saveChanges(0));
    }
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    faults.outcomesUnknown = true;
    faults.lookupFails = true;
    faults.commitsStand = stands;
    int withdraw = SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY;
    assertHr(MAPI_E_NETWORK_ERROR, message.setReadFlag(withdraw));
    faults.outcomesUnknown = false;
    faults.lookupFails = false;
    faults.historyForgotten = forgotten;
    if (again) {
      assertHr(S_OK, message.setReadFlag(withdraw));
    }
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("mine", get(message, PR_SUBJECT_W).asString());
    boolean withdrawn = stands || again;
    assertEquals(!withdrawn, get(message, PR_READ_RECEIPT_REQUESTED).asBoolean());
    try (IMessage stored = open(store, id, 0)) {
      assertEquals("mine", get(stored, PR_SUBJECT_W).asString());
      assertEquals(!withdrawn, get(stored, PR_READ_RECEIPT_REQUESTED).asBoolean());
    }
    message.close();
    assertSound(store);
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknown_ofASaveWithALargeValue_whenOthersPushItToTheStore_keepsIt(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_HTML, Bytes.wrap(new byte[900_000]));
    faults.outcomesUnknown = true;
    faults.lookupFails = true;
    faults.commitsStand = stands;
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    for (int i = 0; i < 10; i++) { // more than is kept in memory
      try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
        set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[1_000_000]));
        assertHr(S_OK, attach.saveChanges(0));
      }
    }
    faults.lookupFails = false;
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    message.close();
    assertSound(store);
    IMsgStore reopened = session(StoreOptions.DEFAULT);
    try (IMessage again = open(reopened, id, 0)) {
      assertEquals(Bytes.wrap(new byte[900_000]), get(again, PR_HTML).asBytes());
    }
    reopened.close();
  }

  // A token that the engine has forgotten says nothing

  /** From now on commits end unknown, and what was committed is no longer kept. */
  private void forget(boolean commitsStand) {
    faults.outcomesUnknown = true;
    faults.historyForgotten = true;
    faults.commitsStand = commitsStand;
  }

  private static void saveBeside(IMsgStore store, Bytes id, String subject) {
    try (IMessage theirs = open(store, id, MAPI_MODIFY)) {
      set(theirs, PR_SUBJECT_W, subject);
      assertHr(S_OK, theirs.saveChanges(0));
    }
  }

  private void assertSound(IMsgStore store) {
    store.close();
    StoreSession.recover(shard);
    assertTrue(StoreSession.sweep(shard) >= 0);
    assertEquals(List.of(), StoreSession.check(shard));
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_isUnknownAndARetryMeetsNoFalseConflict(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(stands ? "mine" : "base", get(open(store, id, 0), PR_SUBJECT_W).asString());
    faults.outcomesUnknown = false;
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("mine", get(open(store, id, 0), PR_SUBJECT_W).asString());
    message.close();
    assertSound(store);
  }

  @Test
  void outcomeForgotten_ofASaveThatAnotherOneTookTheVersionOf_isAConflict() {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    forget(false);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(store, id, "theirs");
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE | FORCE_SAVE));
    assertEquals("mine", get(open(store, id, 0), PR_SUBJECT_W).asString());
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAMessageSavedAgainSince_staysUnknownUntilForced(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(store, id, "theirs");
    saveBeside(store, id, "theirs again");
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("theirs again", get(open(store, id, 0), PR_SUBJECT_W).asString());
    set(message, PR_SENSITIVITY, 2);
    assertHr(S_OK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    try (IMessage again = open(store, id, 0)) {
      assertEquals("mine", get(again, PR_SUBJECT_W).asString());
      assertEquals(2, get(again, PR_SENSITIVITY).asInt());
      assertEquals(100_000, get(again, PR_HTML).asBytes().size());
    }
    set(message, PR_SUBJECT_W, "mine again");
    assertHr(S_OK, message.saveChanges(0));
    message.close();
    assertSound(store);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"true, 200000", "false, 200000", "true, 3000000", "false, 3000000"})
  void outcomeForgotten_ofASaveWithLargeValues_isToldByThem(boolean stands, int bytes) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
      set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[bytes]));
      assertHr(S_OK, attach.saveChanges(0));
    }
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(store, id, "theirs");
    try (IMessage theirs = open(store, id, MAPI_MODIFY)) {
      for (int number = stands ? 1 : 0; number >= 0; number--) {
        assertHr(S_OK, theirs.deleteAttach(number, 0, null, 0));
      }
      assertHr(S_OK, theirs.saveChanges(0));
    }
    assertTrue(StoreSession.sweep(shard) >= 0);
    assertHr(stands ? S_OK : MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    set(message, PR_SENSITIVITY, 2);
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    message.close();
    assertTrue(StoreSession.sweep(shard) >= 0);
    try (IMessage again = open(store, id, 0);
        IAttach attach = ok(again.openAttach(1, null, 0))) {
      IStream data =
          (IStream) ok(attach.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, 0));
      assertEquals(bytes, ok(data.read(new byte[bytes], 0, bytes)).intValue());
      data.close();
    }
    assertSound(store);
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAMessageDeletedSince_isObjectDeleted(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    IMsgStore other = session(StoreOptions.builder().profile(StoreProfile.OUTLOOK).build());
    IMAPIFolder parent = root(other);
    assertHr(MAPI_W_PARTIAL_COMPLETION, parent.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    shard.endSession(((StoreObject) store).core.session());
    assertHr(S_OK, parent.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    assertHr(MAPI_E_OBJECT_DELETED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_DELETED, message.saveChanges(KEEP_OPEN_READWRITE | FORCE_SAVE));
    assertEquals("mine", get(message, PR_SUBJECT_W).asString());
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAFirstSave_makesOneMessage(boolean stands) {
    IMsgStore store = session(StoreOptions.DEFAULT);
    IMessage message = ok(root(store).createMessage(null, 0));
    set(message, PR_SUBJECT_W, "first");
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(0));
    faults.outcomesUnknown = false;
    if (!stands) { // or it was deleted by who saw it
      assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(0));
      assertEquals(List.of(), subjects(root(store), 0));
    }
    assertHr(S_OK, message.saveChanges(stands ? 0 : FORCE_SAVE));
    assertEquals(List.of("first"), subjects(root(store), 0));
    message.close();
    assertSound(store);
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAFoldersProperties_isUnknown(boolean stands) {
    IMAPIFolder folder = root(session(StoreOptions.DEFAULT));
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, folder.setProps(List.of(SPropValue.of(PR_COMMENT_W, "c"))).hr());
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
