package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropValue;

/** Saves whose outcome the engine does not know: no retry meets a false conflict. */
class UnknownOutcomeTest extends FaultyStore {
  private final IMsgStore store = session(StoreOptions.DEFAULT);

  /** A handle with an edit that is not saved. */
  private IMessage edited(Bytes id) {
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, "mine");
    return message;
  }

  private Bytes savedAskingForReport() {
    Bytes id = saved(store);
    try (IMessage asking = open(store, id, MAPI_MODIFY)) {
      set(asking, PR_READ_RECEIPT_REQUESTED, true);
      assertHr(S_OK, asking.saveChanges(0));
    }
    return id;
  }

  /** As it is stored. */
  private String subject(Bytes id) {
    return get(open(store, id, 0), PR_SUBJECT_W).asString();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknownAndLookedUp_isTheTrueOutcome(boolean stands) {
    Bytes id = saved(store);
    IMessage message = edited(id);
    faults.outcomesUnknown = true;
    faults.commitsStand = stands;
    assertHr(stands ? S_OK : MAPI_E_CALL_FAILED, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    assertEquals(stands ? "mine" : "base", subject(id));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("mine", subject(id));
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknown_aRetryMeetsNoFalseConflict(boolean stands) {
    Bytes id = saved(store);
    IMessage message = edited(id);
    set(message, PR_HTML, Bytes.wrap(new byte[200_000]));
    faults.silent(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.answersAgain();
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
    IMessage message = ok(root(store).createMessage(null, 0));
    set(message, PR_SUBJECT_W, "first");
    faults.silent(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(0));
    faults.answersAgain();
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
    Bytes id = savedAskingForReport();
    IMessage message = edited(id);
    faults.silent(stands);
    int withdraw = SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY;
    assertHr(MAPI_E_NETWORK_ERROR, message.setReadFlag(withdraw));
    faults.answersAgain();
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
    assertSound();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void setReadFlag_afterAFirstSaveWithOutcomeUnknown_findsOutWhetherItStands(boolean stands) {
    IMessage message = ok(root(store).createMessage(null, 0));
    set(message, PR_SUBJECT_W, "first");
    faults.silent(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.answersAgain();
    assertHr(stands ? S_OK : MAPI_E_NOT_FOUND, message.setReadFlag(0));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(List.of("first"), subjects(root(store), 0));
    message.close();
    assertSound();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void setReadFlag_afterASaveWithOutcomeUnknown_isNoConflictForItsOwnHandle(boolean stands) {
    Bytes id = savedAskingForReport();
    IMessage message = edited(id);
    faults.silent(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.answersAgain();
    assertHr(S_OK, message.setReadFlag(SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    try (IMessage stored = open(store, id, 0)) {
      assertEquals("mine", get(stored, PR_SUBJECT_W).asString());
      assertFalse(get(stored, PR_READ_RECEIPT_REQUESTED).asBoolean());
    }
    message.close();
    assertSound();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeUnknown_ofASaveWithALargeValue_whenOthersPushItToTheStore_keepsIt(boolean stands) {
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    set(message, PR_HTML, Bytes.wrap(new byte[900_000]));
    faults.silent(stands);
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
    assertSound();
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

  private void saveBeside(Bytes id, String subject) {
    try (IMessage theirs = open(store, id, MAPI_MODIFY)) {
      set(theirs, PR_SUBJECT_W, subject);
      assertHr(S_OK, theirs.saveChanges(0));
    }
  }

  private void assertSound() {
    store.close();
    StoreSession.recover(shard);
    assertTrue(StoreSession.sweep(shard) >= 0);
    assertEquals(List.of(), StoreSession.check(shard));
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_isUnknownAndARetryMeetsNoFalseConflict(boolean stands) {
    Bytes id = saved(store);
    IMessage message = edited(id);
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(stands ? "mine" : "base", subject(id));
    faults.outcomesUnknown = false;
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("mine", subject(id));
    message.close();
    assertSound();
  }

  @Test
  void outcomeForgotten_ofASaveThatAnotherOneTookTheVersionOf_isAConflict() {
    Bytes id = saved(store);
    IMessage message = edited(id);
    forget(false);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(id, "theirs");
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE | FORCE_SAVE));
    assertEquals("mine", subject(id));
  }

  @Test
  void outcomeForgotten_ofASaveThatHadNoRoom_isAConflict() {
    Bytes id = saved(store);
    IMessage message = edited(id);
    faults.diskFull = true;
    assertHr(MAPI_E_NOT_ENOUGH_DISK, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.diskFull = false;
    faults.historyForgotten = true;
    saveBeside(id, "theirs");
    saveBeside(id, "theirs again");
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
  }

  @Test
  void forcedSave_thatHadNoRoom_leavesTheOneBeforeItUnknown() {
    Bytes id = saved(store);
    IMessage message = edited(id);
    forget(true);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(id, "theirs");
    faults.diskFull = true;
    assertHr(MAPI_E_NOT_ENOUGH_DISK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    faults.diskFull = false;
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    assertEquals("mine", subject(id));
  }

  @Test
  void forcedSave_thatHadNoRoom_keepsTheEditsMadeSinceTheOneBeforeIt() {
    Bytes id = saved(store);
    IMessage message = edited(id);
    forget(true);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(id, "theirs");
    set(message, PR_SENSITIVITY, 2);
    faults.diskFull = true;
    assertHr(MAPI_E_NOT_ENOUGH_DISK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    faults.diskFull = false;
    faults.historyForgotten = false;
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, message.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    assertEquals(2, get(open(store, id, 0), PR_SENSITIVITY).asInt());
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAMessageSavedAgainSince_staysUnknownUntilForced(boolean stands) {
    Bytes id = saved(store);
    IMessage message = edited(id);
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(id, "theirs");
    saveBeside(id, "theirs again");
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("theirs again", subject(id));
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
    assertSound();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"true, 200000", "false, 200000", "true, 3000000", "false, 3000000"})
  void outcomeForgotten_ofASaveWithLargeValues_isToldByThem(boolean stands, int bytes) {
    Bytes id = saved(store);
    IMessage message = open(store, id, MAPI_MODIFY);
    try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
      set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[bytes]));
      assertHr(S_OK, attach.saveChanges(0));
    }
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.outcomesUnknown = false;
    saveBeside(id, "theirs");
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
    assertSound();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAMessageDeletedSince_isObjectDeleted(boolean stands) {
    Bytes id = saved(store);
    IMessage message = edited(id);
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
    assertSound();
  }

  @ParameterizedTest(name = "committed {0}")
  @ValueSource(booleans = {true, false})
  void outcomeForgotten_ofAFoldersProperties_isUnknown(boolean stands) {
    IMAPIFolder folder = root(store);
    forget(stands);
    assertHr(MAPI_E_NETWORK_ERROR, folder.setProps(List.of(SPropValue.of(PR_COMMENT_W, "c"))).hr());
  }
}
