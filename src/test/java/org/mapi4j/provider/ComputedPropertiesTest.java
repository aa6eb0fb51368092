package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/** What is computed and may be set: a value of the wrong type changes nothing, nor does asking. */
class ComputedPropertiesTest {
  private final TestStore store = TestStore.create();

  private static int problem(IMAPIProp object, int tag, Object value) {
    List<SPropProblem> problems = ok(object.setProps(List.of(SPropValue.of(tag, value))));
    return problems.isEmpty() ? S_OK : problems.get(0).scode();
  }

  private static int as(int tag, int type) {
    return PropTag.changePropType(tag, type);
  }

  private static int stream(IMAPIProp object, int tag, int flags) {
    return object.openProperty(tag, MapiGuid.IID_IStream, Stg.STGM_READWRITE, flags).hr();
  }

  @Test
  void setProps_wrongType_isAProblemAndCommitsNothing() {
    IMAPIFolder folder = store.folder("f");
    long before = store.shard.seq();
    assertEquals(MAPI_E_UNEXPECTED_TYPE, problem(folder, as(PR_DISPLAY_NAME_W, PT_LONG), 5));
    assertEquals(MAPI_E_UNEXPECTED_TYPE, problem(store.store, as(PR_FINDER_ENTRYID, PT_LONG), 5));
    assertEquals(MAPI_E_UNEXPECTED_TYPE, problem(store.root(), as(PR_DISPLAY_NAME_W, PT_LONG), 5));
    assertEquals(MAPI_E_COMPUTED, problem(folder, as(PR_CONTENT_COUNT, PT_UNICODE), "5"));
    assertEquals(before, store.shard.seq());
  }

  @Test
  void setProps_wrongTypeOnANewMessage_leavesWhatWasSet() {
    IMessage message = ok(store.root().createMessage(null, 0));
    FILETIME time = new FILETIME(77);
    set(message, PR_MESSAGE_FLAGS, MSGFLAG_READ | MSGFLAG_UNSENT);
    set(message, PR_LAST_MODIFICATION_TIME, time);
    assertEquals(MAPI_E_UNEXPECTED_TYPE, problem(message, as(PR_MESSAGE_FLAGS, PT_UNICODE), "1"));
    assertEquals(
        MAPI_E_UNEXPECTED_TYPE, problem(message, as(PR_LAST_MODIFICATION_TIME, PT_LONG), 1));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(
        MSGFLAG_READ | MSGFLAG_UNSENT | MSGFLAG_UNMODIFIED, get(message, PR_MESSAGE_FLAGS).asInt());
    assertEquals(time, get(message, PR_LAST_MODIFICATION_TIME).asTime());
  }

  @Test
  void openProperty_streamToWriteWhatIsComputed_isRefusedAndChangesNothing() {
    IMessage message = ok(store.root().createMessage(null, 0));
    IMAPIFolder folder = store.folder("f");
    long before = store.shard.seq();
    for (int flags : new int[] {MAPI_MODIFY, MAPI_CREATE | MAPI_MODIFY}) {
      assertHr(MAPI_E_NO_ACCESS, stream(message, as(PR_MESSAGE_FLAGS, PT_BINARY), flags));
      assertHr(MAPI_E_NO_ACCESS, stream(message, as(PR_LAST_MODIFICATION_TIME, PT_UNICODE), flags));
      assertHr(MAPI_E_NO_ACCESS, stream(folder, PR_DISPLAY_NAME_W, flags));
      assertHr(MAPI_E_NO_ACCESS, stream(store.store, PR_FINDER_ENTRYID, flags));
      assertHr(MAPI_E_NO_ACCESS, stream(store.store, as(PR_VALID_FOLDER_MASK, PT_BINARY), flags));
    }
    assertHr(S_OK, stream(folder, PR_DISPLAY_NAME_W, 0));
    assertEquals(before, store.shard.seq());
  }
}
