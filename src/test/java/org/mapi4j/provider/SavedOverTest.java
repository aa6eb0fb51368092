package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;

/**
 * A save whose outcome was not told and that another handle, which saw it, has saved over since: it
 * was made, so trying it again is no conflict.
 */
class SavedOverTest extends FaultyStore {
  private final TestStore store = TestStore.on(shard);

  private Bytes saved() {
    try (IMessage message = ok(store.root().createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "base");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }

  /** What a handle edits: a property, a large one, an attachment. */
  private static void edit(IMessage message, int what) {
    set(message, PR_SUBJECT_W, "mine");
    if (what == 1) {
      set(message, PR_HTML, Bytes.wrap(new byte[200_000]));
    } else if (what == 2) {
      try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
        set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[3_000_000]));
        assertHr(S_OK, attach.saveChanges(0));
      }
    }
  }

  private void saveOver(Bytes id, boolean stands) {
    try (IMessage theirs = store.open(id, MAPI_MODIFY)) {
      assertEquals(stands ? "mine" : "base", get(theirs, PR_SUBJECT_W).asString());
      set(theirs, PR_SUBJECT_W, "theirs");
      assertHr(S_OK, theirs.saveChanges(0));
    }
  }

  @ParameterizedTest(name = "committed {0}, edit {1}")
  @CsvSource({"true, 0", "true, 1", "true, 2", "false, 0", "false, 1", "false, 2"})
  void save_triedAgainAfterItWasSavedOver_isNoConflictIfItWasMade(boolean stands, int what) {
    Bytes id = saved();
    IMessage message = store.open(id, MAPI_MODIFY);
    edit(message, what);
    faults.silent(stands);
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    faults.answersAgain();
    saveOver(id, stands);
    int hr = message.saveChanges(KEEP_OPEN_READWRITE);
    assertHr(stands ? S_OK : MAPI_E_OBJECT_CHANGED, hr);
    assertEquals("mine", get(message, PR_SUBJECT_W).asString());
    set(message, PR_SENSITIVITY, 2);
    assertHr(MAPI_E_OBJECT_CHANGED, message.saveChanges(KEEP_OPEN_READWRITE));
    try (IMessage stored = store.open(id, 0)) {
      assertEquals("theirs", get(stored, PR_SUBJECT_W).asString());
    }
    assertHr(S_OK, message.saveChanges(FORCE_SAVE));
    try (IMessage stored = store.open(id, 0)) {
      assertEquals("mine", get(stored, PR_SUBJECT_W).asString());
      assertEquals(2, get(stored, PR_SENSITIVITY).asInt());
    }
    message.close();
    store.sweep();
    assertEquals(List.of(), StoreSession.check(shard));
  }
}
