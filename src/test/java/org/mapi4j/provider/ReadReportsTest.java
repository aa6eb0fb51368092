package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/** SetReadFlags and SetReadFlag with SUPPRESS_RECEIPT and GENERATE_RECEIPT_ONLY. */
class ReadReportsTest {
  private static final int BOTH = SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY;

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("folder");

  /** A message that asks for a read report, with many small values of some octets together. */
  private Bytes asking(int bytes) {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_MESSAGE_FLAGS, 0);
      set(message, PR_READ_RECEIPT_REQUESTED, true);
      for (int i = 0; i < bytes / 5000; i++) {
        set(message, PropTag.of(0x6700 + i, PT_BINARY), new byte[5000]);
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }

  @Test
  void setReadFlags_both_withdrawTheRequestOfSmallAndLargeMessages() {
    for (int bytes : new int[] {0, 100_000}) {
      Bytes id = asking(bytes);
      assertHr(S_OK, folder.setReadFlags(ENTRYLIST.of(id), 0, null, BOTH));
      try (IMessage message = store.open(id, 0)) {
        assertEquals(false, get(message, PR_READ_RECEIPT_REQUESTED).value());
        assertEquals(
            0, get(message, PR_MESSAGE_FLAGS).asInt() & (MSGFLAG_RN_PENDING | MSGFLAG_READ));
      }
      store.sweep();
      assertEquals(List.of(), StoreSession.check(store.shard));
    }
  }

  @Test
  void setReadFlags_both_isASaveForThoseWhoHaveTheMessageOpen() {
    Bytes id = asking(0);
    StoreOptions outlook = StoreOptions.builder().profile(StoreProfile.OUTLOOK).build();
    try (IMessage other = store.session(outlook).open(id, MAPI_MODIFY)) {
      IMAPIFolder others = store.session(outlook).folder(id(folder));
      assertHr(S_OK, others.setReadFlags(ENTRYLIST.of(id), 0, null, BOTH));
      set(other, PR_SUBJECT_W, "edited");
      assertHr(MAPI_E_OBJECT_CHANGED, other.saveChanges(0));
    }
  }

  @Test
  void setReadFlags_both_leaveWhatIsOpenReadWrite() {
    Bytes id = asking(0);
    try (IMessage open = store.open(id, MAPI_MODIFY)) {
      assertHr(MAPI_W_PARTIAL_COMPLETION, folder.setReadFlags(ENTRYLIST.of(id), 0, null, BOTH));
      assertEquals(true, get(open, PR_READ_RECEIPT_REQUESTED).value());
    }
  }

  @Test
  void setReadFlag_both_isASaveOfTheHandleBesideItsEdits() {
    Bytes id = asking(100_000);
    try (IMessage message = store.open(id, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "edited");
      assertHr(S_OK, message.setReadFlag(BOTH));
      assertEquals(false, get(message, PR_READ_RECEIPT_REQUESTED).value());
      try (IMessage other = store.open(id, 0)) {
        assertEquals(false, get(other, PR_READ_RECEIPT_REQUESTED).value());
        assertTrue(get(other, PR_SUBJECT_W).isError());
      }
      assertHr(S_OK, message.saveChanges(0));
    }
    try (IMessage other = store.open(id, 0)) {
      assertEquals("edited", get(other, PR_SUBJECT_W).value());
      assertEquals(false, get(other, PR_READ_RECEIPT_REQUESTED).value());
    }
    store.sweep();
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  @Test
  void setReadFlag_both_leavesAnEditOfTheRequestPending() {
    Bytes id = asking(0);
    try (IMessage message = store.open(id, MAPI_MODIFY)) {
      assertEquals(
          List.of(), ok(message.deleteProps(SPropTagArray.tags(PR_READ_RECEIPT_REQUESTED))));
      assertHr(S_OK, message.setReadFlag(BOTH));
      assertTrue(get(message, PR_READ_RECEIPT_REQUESTED).isError());
      assertHr(S_OK, message.saveChanges(0));
    }
    try (IMessage other = store.open(id, 0)) {
      assertTrue(get(other, PR_READ_RECEIPT_REQUESTED).isError());
    }
  }

  @Test
  void setReadFlag_bothOnAStaleHandle_leavesItStale() {
    StoreOptions outlook = StoreOptions.builder().profile(StoreProfile.OUTLOOK).build();
    Bytes id = asking(0);
    TestStore session = store.session(outlook);
    try (IMessage stale = session.open(id, MAPI_MODIFY);
        IMessage first = session.open(id, MAPI_MODIFY)) {
      set(first, PR_SUBJECT_W, "first");
      assertHr(S_OK, first.saveChanges(KEEP_OPEN_READWRITE));
      assertHr(S_OK, stale.setReadFlag(BOTH));
      set(stale, PR_SUBJECT_W, "stale");
      assertHr(MAPI_E_OBJECT_CHANGED, stale.saveChanges(0));
      set(first, PR_SUBJECT_W, "second");
      assertHr(MAPI_E_OBJECT_CHANGED, first.saveChanges(0));
    }
    try (IMessage now = store.open(id, 0)) {
      assertEquals("first", get(now, PR_SUBJECT_W).value());
      assertEquals(false, get(now, PR_READ_RECEIPT_REQUESTED).value());
    }
  }

  @Test
  void setReadFlag_bothWhereNothingWasAsked_savesNothing() {
    Bytes id = message(folder, "plain");
    try (IMessage message = store.open(id, MAPI_MODIFY);
        IMessage reader = store.open(id, 0)) {
      assertHr(S_OK, message.setReadFlag(BOTH));
      assertTrue(get(message, PR_READ_RECEIPT_REQUESTED).isError());
      set(message, PR_SUBJECT_W, "saved");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertHr(MAPI_E_NO_ACCESS, reader.setReadFlag(0));
    }
  }
}
