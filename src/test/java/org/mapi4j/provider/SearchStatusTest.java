package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.SearchWords.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** PR_MSG_STATUS of messages in search folders. */
class SearchStatusTest {
  private static final int TAGGED = MSGSTATUS_TAGGED;
  private static final int HIDDEN = MSGSTATUS_HIDDEN;

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("f");
  private final Bytes one = message(folder, "a one");
  private final Bytes two = message(folder, "a two");
  private final IMAPIFolder search = searching("s");
  private final IMAPIFolder other = searching("o");

  private IMAPIFolder searching(String name) {
    IMAPIFolder made = search(store.root(), name);
    assertHr(S_OK, made.setSearchCriteria(HAS_A, list(folder), 0));
    return made;
  }

  private static List<Object> statuses(IMAPIFolder in) {
    try (IMAPITable table = ok(in.getContentsTable(MAPI_UNICODE))) {
      assertHr(
          S_OK,
          table.sortTable(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)), 0));
      return column(table, PR_MSG_STATUS);
    }
  }

  private static int get(IMAPIFolder in, Bytes message) {
    return ok(in.getMessageStatus(message, 0));
  }

  private void assertSound() {
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  @Test
  void status_setInASearchFolder_isThatRowsAlone() {
    assertEquals(0, ok(folder.setMessageStatus(one, TAGGED, TAGGED)));
    assertEquals(TAGGED, get(search, one), "the message's own until it is set");
    assertEquals(TAGGED, ok(search.setMessageStatus(one, HIDDEN, HIDDEN | TAGGED)));
    assertEquals(HIDDEN, get(search, one));
    assertEquals(TAGGED, get(folder, one));
    assertEquals(TAGGED, get(other, one));
    assertEquals(List.of(HIDDEN, 0), statuses(search));
    assertEquals(List.of(TAGGED, 0), statuses(folder));
    assertEquals(List.of(TAGGED, 0), statuses(other));
    assertEquals(TAGGED, ok(folder.setMessageStatus(one, 0, TAGGED)));
    assertEquals(HIDDEN, get(search, one));
    TestStore again = store.session(StoreOptions.DEFAULT);
    assertEquals(List.of(HIDDEN, 0), statuses(again.folder(id(search))));
    assertSound();
  }

  @Test
  void openTable_statusSetElsewhere_showsAndFindsIt() {
    TestStore session = store.session(StoreOptions.DEFAULT);
    IMAPITable followed = ok(search.getContentsTable(MAPI_UNICODE));
    assertHr(S_OK, followed.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_MSG_STATUS), 0));
    RowClient client = new RowClient(followed);
    try (IMAPITable table = ok(session.folder(id(search)).getContentsTable(MAPI_UNICODE))) {
      assertHr(
          S_OK,
          table.restrict(
              new SPropertyRestriction(
                  RELOP_EQ, PR_MSG_STATUS, SPropValue.of(PR_MSG_STATUS, TAGGED)),
              0));
      assertEquals(0, ok(table.getRowCount(0)));
      assertEquals(0, ok(search.setMessageStatus(two, TAGGED, TAGGED)));
      assertEquals(1, ok(table.getRowCount(0)));
      client.until(() -> !client.heard().isEmpty());
      assertEquals(1, client.heard().size());
      assertEquals(0, ok(other.setMessageStatus(one, TAGGED, TAGGED)));
      assertEquals(1, ok(table.getRowCount(0)));
      assertEquals(TAGGED, ok(search.setMessageStatus(two, 0, TAGGED)));
      assertEquals(0, ok(table.getRowCount(0)));
    }
  }

  @Test
  void status_ofAMessageThatIsGone_goesWithLaterCallsAndWithTheFolder() {
    assertEquals(0, ok(search.setMessageStatus(one, TAGGED, TAGGED)));
    assertEquals(0, ok(search.setMessageStatus(two, TAGGED, TAGGED)));
    assertEquals(2, store.rows(Keys.STATUSES));
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(two), 0, null, 0));
    assertHr(MAPI_E_NOT_FOUND, search.getMessageStatus(two, 0).hr());
    assertSound();
    assertEquals(TAGGED, ok(search.setMessageStatus(one, HIDDEN, HIDDEN)));
    assertEquals(1, store.rows(Keys.STATUSES));
    assertHr(S_OK, store.root().deleteFolder(id(search), 0, null, 0));
    assertSound();
    store.sweep();
    assertEquals(0, store.rows(Keys.STATUSES));
    assertSound();
  }

  @Test
  void status_rowThatCannotBeRead_isNone() {
    assertEquals(0, ok(search.setMessageStatus(one, TAGGED, TAGGED)));
    Bytes key = Keys.status(((FolderObject) search).id(), EntryId.parse(one).orElseThrow().id());
    Batch.Builder batch = Batch.builder().put(key, 9, Bytes.of(1));
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertEquals(List.of(0, 0), statuses(search));
    assertHr(MAPI_E_CORRUPT_DATA, search.getMessageStatus(one, 0).hr());
    assertEquals(1, StoreSession.check(store.shard).size());
    Batch.Builder newer = Batch.builder().put(key, 10, Bytes.of(0x71, 0, 0, 0, 8));
    assertInstanceOf(Outcome.Committed.class, store.core().commit(newer));
    assertEquals(List.of(0, 0), statuses(search));
    assertHr(MAPI_E_VERSION, search.getMessageStatus(one, 0).hr());
  }
}
