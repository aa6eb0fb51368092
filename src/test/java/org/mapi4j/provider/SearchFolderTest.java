package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.SearchWords.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIContainer.SearchCriteria;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SCountRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.String8;

/** Search folders: criteria, states, and what is shown. */
class SearchFolderTest extends SearchScene {
  @Test
  void createFolder_search_hasItsTypeAndNoContents() {
    IMAPIFolder search = search(store.root(), "s");
    assertEquals(FOLDER_SEARCH, get(search, PR_FOLDER_TYPE).asInt());
    assertEquals(List.of(), shown(search));
    assertHr(MAPI_E_NOT_INITIALIZED, search.getSearchCriteria(0).hr());
    assertHr(MAPI_E_NOT_INITIALIZED, inbox.getSearchCriteria(0).hr());
    assertHr(MAPI_E_NO_SUPPORT, inbox.setSearchCriteria(HAS_A, list(inbox), 0));
    assertEquals(0, get(store.store, PR_STORE_STATE).asInt());
    assertSound();
  }

  @Test
  void setSearchCriteria_first_showsWhatMatches() {
    Bytes first = message(inbox, "Alpha");
    message(inbox, "noon");
    message(other, "abba");
    IMAPIFolder search = search(store.root(), "s");
    message(inbox, "associated a", MAPI_ASSOCIATED);
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(inbox), SHALLOW_SEARCH));
    assertEquals(List.of("Alpha"), shown(search));
    try (IMAPITable table = ok(search.getContentsTable(0))) {
      assertEquals(List.of(first), column(table, PR_ENTRYID));
    }
    try (IMAPITable table = ok(search.getContentsTable(0))) {
      assertEquals(List.of(id(inbox)), column(table, PR_PARENT_ENTRYID));
    }
    try (IMAPITable table = ok(search.getContentsTable(0))) {
      assertEquals(List.of("in"), column(table, PR_PARENT_DISPLAY_W));
    }
    try (IMAPITable table = ok(inbox.getContentsTable(0))) {
      assertEquals(Collections.nCopies(2, null), column(table, PR_PARENT_DISPLAY_W));
    }
    SearchCriteria criteria = ok(search.getSearchCriteria(MAPI_UNICODE));
    assertEquals(new SearchCriteria(HAS_A, list(inbox), SEARCH_RUNNING), criteria);
    assertEquals(STORE_HAS_SEARCHES, get(store.store, PR_STORE_STATE).asInt());
    assertSound();
  }

  @Test
  void setSearchCriteria_wrongArguments_areRefusedAndChangeNothing() {
    IMAPIFolder search = search(store.root(), "s");
    IMAPIFolder gone = store.folder("gone");
    assertHr(S_OK, store.root().deleteFolder(id(gone), 0, null, 0));
    Bytes mail = message(inbox, "m");
    ENTRYLIST folders = list(inbox);
    SRestriction count = new SCountRestriction(1, HAS_A);
    SRestriction wide =
        new SPropertyRestriction(
            RELOP_EQ, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "x".repeat(70_000)));
    SRestriction deep = HAS_A;
    for (int i = 0; i < 500; i++) {
      deep = new SNotRestriction(deep);
    }
    assertHr(MAPI_E_NOT_INITIALIZED, search.setSearchCriteria(null, folders, 0));
    assertHr(MAPI_E_NOT_INITIALIZED, search.setSearchCriteria(HAS_A, null, 0));
    assertHr(MAPI_E_TOO_COMPLEX, search.setSearchCriteria(count, folders, 0));
    assertHr(MAPI_E_TOO_COMPLEX, search.setSearchCriteria(wide, folders, 0));
    assertHr(MAPI_E_TOO_COMPLEX, search.setSearchCriteria(deep, folders, 0));
    assertHr(MAPI_E_TOO_COMPLEX, search.setSearchCriteria(HAS_A, list(inbox, search), 0));
    assertHr(MAPI_E_INVALID_PARAMETER, search.setSearchCriteria(HAS_A, ENTRYLIST.of(), 0));
    assertHr(MAPI_E_INVALID_ENTRYID, search.setSearchCriteria(HAS_A, ENTRYLIST.of(mail), 0));
    assertHr(MAPI_E_NOT_FOUND, search.setSearchCriteria(HAS_A, listOf(gone), 0));
    Bytes foreign =
        new EntryId(Bytes.wrap(new byte[16]), EntryId.FOLDER, Bytes.wrap(new byte[16])).toBytes();
    assertHr(MAPI_E_UNKNOWN_ENTRYID, search.setSearchCriteria(HAS_A, ENTRYLIST.of(foreign), 0));
    ENTRYLIST many = new ENTRYLIST(Collections.nCopies(5000, id(inbox)));
    assertHr(MAPI_E_TOO_COMPLEX, search.setSearchCriteria(HAS_A, many, 0));
    assertHr(MAPI_E_UNKNOWN_FLAGS, search.setSearchCriteria(HAS_A, folders, 0x4000));
    for (int pair :
        new int[] {
          RESTART_SEARCH | STOP_SEARCH,
          RECURSIVE_SEARCH | SHALLOW_SEARCH,
          FOREGROUND_SEARCH | BACKGROUND_SEARCH
        }) {
      assertHr(MAPI_E_INVALID_PARAMETER, search.setSearchCriteria(HAS_A, folders, pair));
    }
    IMAPIFolder readOnly = (IMAPIFolder) ok(store.store.openEntry(id(search), null, 0)).lppUnk();
    assertHr(MAPI_E_NO_ACCESS, readOnly.setSearchCriteria(HAS_A, folders, 0));
    assertHr(MAPI_E_UNKNOWN_FLAGS, search.getSearchCriteria(1).hr());
    assertHr(MAPI_E_NOT_INITIALIZED, search.getSearchCriteria(0).hr());
    assertHr(
        S_OK, search.setSearchCriteria(HAS_A, folders, SearchFolder.NON_CONTENT_INDEXED_SEARCH));
  }

  private static ENTRYLIST listOf(IMAPIFolder gone) {
    return ENTRYLIST.of(
        new EntryId(((FolderObject) gone).core.uid(), EntryId.FOLDER, ((FolderObject) gone).id())
            .toBytes());
  }

  @Test
  void setSearchCriteria_null_keepsWhatWasSet() {
    message(inbox, "abc");
    message(other, "abc other");
    message(other, "xyz");
    IMAPIFolder search = running();
    assertHr(S_OK, search.setSearchCriteria(null, list(other), 0));
    assertEquals(List.of("abc other"), shown(search));
    assertHr(S_OK, search.setSearchCriteria(has("xyz"), null, 0));
    assertEquals(List.of("xyz"), shown(search));
    assertHr(S_OK, search.setSearchCriteria(null, list(inbox, other), 0));
    assertEquals(List.of("xyz"), shown(search));
    assertEquals(2, ok(search.getSearchCriteria(0)).lppContainerList().size());
  }

  @Test
  void setSearchCriteria_flags_changeTheStateAndNothingElse() {
    IMAPIFolder search = running();
    assertHr(S_OK, search.setSearchCriteria(null, null, FOREGROUND_SEARCH));
    assertEquals(SEARCH_RUNNING | SEARCH_FOREGROUND, state(search));
    assertHr(S_OK, search.setSearchCriteria(null, null, RECURSIVE_SEARCH));
    assertEquals(SEARCH_RUNNING | SEARCH_FOREGROUND | SEARCH_RECURSIVE, state(search));
    assertHr(S_OK, search.setSearchCriteria(null, null, STOP_SEARCH));
    assertEquals(SEARCH_FOREGROUND | SEARCH_RECURSIVE, state(search));
    assertEquals(0, get(store.store, PR_STORE_STATE).asInt());
    assertHr(S_OK, search.setSearchCriteria(null, null, BACKGROUND_SEARCH | SHALLOW_SEARCH));
    assertEquals(0, state(search));
    assertHr(S_OK, search.setSearchCriteria(null, null, RESTART_SEARCH));
    assertEquals(SEARCH_RUNNING, state(search));
    assertSound();
  }

  @Test
  void contents_whileRunning_followEveryCommit() {
    IMAPIFolder search = running();
    IMAPITable table = ok(search.getContentsTable(MAPI_UNICODE));
    assertEquals(0, ok(table.getRowCount(0)));
    TestStore second = store.session(StoreOptions.DEFAULT);
    Bytes mail = message(second.folder(id(inbox)), "a");
    assertEquals(1, ok(table.getRowCount(0)));
    try (IMessage message = second.open(mail, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "b");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertEquals(0, ok(table.getRowCount(0)));
      set(message, PR_SUBJECT_W, "ba");
      assertHr(S_OK, message.saveChanges(0));
    }
    assertEquals(1, ok(table.getRowCount(0)));
    assertHr(S_OK, inbox.copyMessages(ENTRYLIST.of(mail), null, other, 0, null, MESSAGE_MOVE));
    assertEquals(0, ok(table.getRowCount(0)));
    assertHr(S_OK, other.copyMessages(ENTRYLIST.of(mail), null, inbox, 0, null, 0));
    assertEquals(1, ok(table.getRowCount(0)));
  }

  @Test
  void contents_ofARecursiveSearch_followTheFolders() {
    IMAPIFolder search = search(store.root(), "s");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(inbox), RECURSIVE_SEARCH));
    IMAPITable table = ok(search.getContentsTable(MAPI_UNICODE));
    assertEquals(0, ok(table.getRowCount(0)));
    IMAPIFolder below = subfolder(subfolder(inbox, "below"), "deeper");
    message(below, "a");
    assertEquals(1, ok(table.getRowCount(0)));
    IMAPIFolder elsewhere = subfolder(other, "elsewhere");
    message(elsewhere, "aa");
    assertHr(S_OK, other.copyFolder(id(elsewhere), null, inbox, null, 0, null, FOLDER_MOVE));
    assertEquals(2, ok(table.getRowCount(0)));
    IMAPIFolder inner = search(inbox, "inner");
    assertHr(S_OK, inner.setSearchCriteria(HAS_A, list(other), 0));
    message(other, "a in another search");
    assertEquals(List.of("a", "aa"), shown(search));
    IMAPIFolder first = subfolderOf(inbox, "below");
    assertHr(S_OK, inbox.deleteFolder(id(first), 0, null, DEL_FOLDERS | DEL_MESSAGES));
    assertEquals(1, ok(table.getRowCount(0)));
    store.sweep();
    assertEquals(List.of("aa"), shown(search));
    assertSound();
  }

  @Test
  void contents_searchedFolderIsRenamed_showItsNewName() {
    message(inbox, "a");
    IMAPITable table = ok(running().getContentsTable(MAPI_UNICODE));
    assertEquals(List.of("in"), column(table, PR_PARENT_DISPLAY_W));
    set(inbox, PR_DISPLAY_NAME_W, "renamed");
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(List.of("renamed"), column(table, PR_PARENT_DISPLAY_W));
  }

  @Test
  void contents_searchedFolderIsDeleted_areEmptyAndTheCriteriaStay() {
    message(inbox, "a");
    IMAPIFolder search = running();
    ENTRYLIST listed = list(inbox);
    assertHr(S_OK, store.root().deleteFolder(id(inbox), 0, null, DEL_MESSAGES));
    assertEquals(List.of(), shown(search));
    assertEquals(listed, ok(search.getSearchCriteria(0)).lppContainerList());
    assertHr(S_OK, search.setSearchCriteria(null, null, RESTART_SEARCH));
    assertEquals(List.of(), shown(search));
  }

  @Test
  void contents_stopped_stayWithWhatBecameOfTheMessages() {
    Bytes first = message(inbox, "a first");
    Bytes second = message(inbox, "a second");
    IMAPIFolder search = running();
    assertHr(S_OK, search.setSearchCriteria(has("zzz"), list(other), STOP_SEARCH));
    message(inbox, "a third");
    assertEquals(List.of("a first", "a second"), shown(search));
    try (IMessage message = store.open(first, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "changed");
      assertHr(S_OK, message.saveChanges(0));
    }
    assertHr(S_OK, inbox.copyMessages(ENTRYLIST.of(first), null, other, 0, null, MESSAGE_MOVE));
    assertEquals(List.of("a second", "changed"), shown(search));
    assertHr(S_OK, inbox.deleteMessages(ENTRYLIST.of(second), 0, null, 0));
    assertEquals(List.of("changed"), shown(search));
    TestStore later = store.session(StoreOptions.DEFAULT);
    assertEquals(List.of("changed"), shown(reopened(later, search)));
    assertSound();
    assertHr(S_OK, store.root().deleteFolder(id(other), 0, null, DEL_MESSAGES));
    assertEquals(List.of(), shown(search));
    assertHr(S_OK, search.setSearchCriteria(null, list(inbox), RESTART_SEARCH));
    assertEquals(List.of(), shown(search));
    assertHr(S_OK, search.setSearchCriteria(HAS_A, null, 0));
    assertEquals(List.of("a third"), shown(search));
    assertSound();
  }

  @Test
  void contents_stoppedWithManyMessages_areKeptInABlobThatIsSweptWithTheFolder() {
    int messages = 2 + StoreOptions.DEFAULT.limits().inlineBytesMax() / 16;
    for (int i = 0; i < messages; i++) {
      message(inbox, "a" + i);
    }
    IMAPIFolder search = running();
    assertHr(S_OK, search.setSearchCriteria(null, null, STOP_SEARCH));
    assertTrue(store.rows('b') > 0, "the links are a blob");
    message(inbox, "a later");
    assertEquals(messages, get(search, PR_CONTENT_COUNT).asInt());
    TestStore later = store.session(StoreOptions.DEFAULT);
    assertEquals(messages, get(reopened(later, search), PR_CONTENT_COUNT).asInt());
    assertSound();
    assertHr(S_OK, search.setSearchCriteria(null, null, RESTART_SEARCH));
    assertEquals(messages + 1, get(search, PR_CONTENT_COUNT).asInt());
    assertHr(S_OK, search.setSearchCriteria(null, null, STOP_SEARCH));
    assertHr(S_OK, store.root().deleteFolder(id(search), 0, null, 0));
    later.store.close();
    search.close();
    store.sweep();
    assertEquals(0, store.rows('b'));
    assertSound();
  }

  @Test
  void counts_areOfWhatIsShown() {
    Bytes read = message(inbox, "a read");
    message(inbox, "a unread");
    message(inbox, "other");
    IMAPIFolder search = running();
    assertHr(S_OK, search.setReadFlags(ENTRYLIST.of(read), 0, null, 0));
    assertEquals(2, get(search, PR_CONTENT_COUNT).asInt());
    assertEquals(1, get(search, PR_CONTENT_UNREAD).asInt());
    assertEquals(2, get(inbox, PR_CONTENT_UNREAD).asInt());
    IMAPITable table = ok(store.root().getHierarchyTable(MAPI_UNICODE));
    List<Object> types = column(table, PR_DISPLAY_TYPE);
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    List<Object> counts = column(table, PR_CONTENT_COUNT);
    assertEquals(2, counts.get(types.indexOf(DT_FOLDER_LINK)));
    try (IMessage message = store.open(read, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "gone from the search");
      set(message, PR_SUBJECT_W, "xyz");
      assertHr(S_OK, message.saveChanges(0));
    }
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(1, column(table, PR_CONTENT_COUNT).get(types.indexOf(DT_FOLDER_LINK)));
    assertHr(S_OK, search.setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, 0));
    assertEquals(0, get(search, PR_CONTENT_UNREAD).asInt());
    assertEquals(1, get(inbox, PR_CONTENT_UNREAD).asInt());
  }

  @Test
  void getSearchCriteria_inEitherWidth_givesStringsInIt() {
    IMAPIFolder search = search(store.root(), "s");
    SRestriction narrow =
        new SPropertyRestriction(
            RELOP_EQ, PR_SUBJECT_A, new SPropValue(PR_SUBJECT_A, String8.ascii("plain")));
    SRestriction wide =
        new SPropertyRestriction(RELOP_EQ, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "plain"));
    assertHr(S_OK, search.setSearchCriteria(narrow, list(inbox), 0));
    assertEquals(wide, ok(search.getSearchCriteria(MAPI_UNICODE)).lppRestriction());
    assertEquals(narrow, ok(search.getSearchCriteria(0)).lppRestriction());
    message(inbox, "plain");
    assertEquals(List.of("plain"), shown(search));
    SRestriction none = has("\u4e2d");
    TestStore latin =
        store.session(StoreOptions.builder().codePage(StandardCharsets.ISO_8859_1).build());
    assertHr(S_OK, search.setSearchCriteria(new SAndRestriction(List.of(none)), null, 0));
    assertHr(MAPI_E_BAD_CHARWIDTH, reopened(latin, search).getSearchCriteria(0).hr());
    assertHr(S_OK, reopened(latin, search).getSearchCriteria(MAPI_UNICODE).hr());
  }

  @Test
  void readOnlySession_readsAndSetsNothing() {
    message(inbox, "a");
    IMAPIFolder search = running();
    TestStore reader = store.session(StoreOptions.builder().writable(false).build());
    IMAPIFolder seen = (IMAPIFolder) ok(reader.store.openEntry(id(search), null, 0)).lppUnk();
    assertEquals(List.of("a"), shown(seen));
    assertEquals(SEARCH_RUNNING, state(seen));
    assertHr(MAPI_E_NO_ACCESS, seen.setSearchCriteria(null, null, STOP_SEARCH));
  }
}
