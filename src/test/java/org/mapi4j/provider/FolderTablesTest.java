package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.String8;

/** Contents, associated-contents and hierarchy tables over stored folders. */
class FolderTablesTest {
  private static final SPropTagArray REQUIRED =
      SPropTagArray.tags(
          PR_ENTRYID,
          PR_INSTANCE_KEY,
          PR_OBJECT_TYPE,
          PR_RECORD_KEY,
          PR_PARENT_ENTRYID,
          PR_STORE_ENTRYID,
          PR_STORE_RECORD_KEY,
          PR_MAPPING_SIGNATURE,
          PR_DISPLAY_TO_W,
          PR_DISPLAY_CC_W,
          PR_HASATTACH,
          PR_LAST_MODIFICATION_TIME,
          PR_MESSAGE_CLASS_W,
          PR_MESSAGE_FLAGS,
          PR_MESSAGE_SIZE,
          PR_MSG_STATUS,
          PR_ACCESS,
          PR_SUBJECT_W,
          PR_NORMALIZED_SUBJECT_W);

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("folder");

  private IMAPITable contents() {
    return ok(folder.getContentsTable(MAPI_UNICODE));
  }

  @Test
  void contents_requiredColumns_agreeWithTheMessage() {
    Bytes id = message(folder, "RE: subject");
    IMAPITable table = contents();
    assertHr(S_OK, table.setColumns(REQUIRED, 0));
    SRow row = ok(table.queryRows(10, 0)).get(0);
    IMessage message = store.open(id, 0);
    for (int i = 0; i < REQUIRED.size(); i++) {
      int tag = REQUIRED.get(i);
      SPropValue cell = row.lpProps().get(i);
      if (tag == PR_MSG_STATUS || tag == PR_INSTANCE_KEY) {
        assertFalse(cell.isError(), cell.toString());
      } else {
        assertEquals(get(message, tag), cell);
      }
    }
  }

  @Test
  void contents_openTable_showsSavesOfOthersAndNoUnsavedMessage() {
    IMAPITable table = contents();
    assertEquals(List.of(), column(table, PR_SUBJECT_W));
    IMessage unsaved = ok(folder.createMessage(null, 0));
    set(unsaved, PR_SUBJECT_W, "new");
    assertEquals(0, ok(table.getRowCount(0)));
    assertHr(S_OK, unsaved.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(1, ok(table.getRowCount(0)));
    TestStore other = store.session(StoreOptions.DEFAULT);
    message(other.folder(id(folder)), "of another session");
    assertEquals(2, ok(table.getRowCount(0)));
  }

  @Test
  void contents_propertyThatTheIndexDoesNotHold_comesFromTheMessage() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_BODY_W, "the body");
      set(message, PR_SUBJECT_W, "s".repeat(20_000));
      assertHr(S_OK, message.saveChanges(0));
    }
    assertEquals(List.of("the body"), column(contents(), PR_BODY_W));
    IMAPITable large = contents();
    assertHr(S_OK, large.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0));
    assertEquals(
        MAPI_E_NOT_ENOUGH_MEMORY, ok(large.queryRows(1, 0)).get(0).lpProps().get(0).scode());
    SRestriction contains =
        new SRestriction.SContentRestriction(
            FL_SUBSTRING, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "sss"));
    assertHr(S_OK, large.restrict(contains, 0));
    assertEquals(1, ok(large.getRowCount(0)));
  }

  @Test
  void contents_sortAndRestrict_workOnIndexedColumns() {
    for (String subject : List.of("b", "c", "a")) {
      message(folder, subject);
    }
    IMAPITable table = contents();
    assertHr(
        S_OK,
        table.sortTable(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_DESCEND)), 0));
    assertEquals(List.of("c", "b", "a"), column(table, PR_SUBJECT_W));
    assertHr(
        S_OK,
        table.restrict(
            new SRestriction.SPropertyRestriction(
                RELOP_GT, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "a")),
            0));
    assertEquals(2, ok(table.getRowCount(0)));
  }

  @Test
  void contents_recipientRestriction_looksIntoTheMessage() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "to Ann");
      ADRENTRY ann =
          new ADRENTRY(
              List.of(
                  SPropValue.of(PR_DISPLAY_NAME_W, "Ann"),
                  SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO)));
      assertHr(S_OK, message.modifyRecipients(0, new ADRLIST(List.of(ann))));
      assertHr(S_OK, message.saveChanges(0));
    }
    message(folder, "to nobody");
    IMAPITable table = contents();
    SRestriction toAnn =
        new SRestriction.SSubRestriction(
            PR_MESSAGE_RECIPIENTS,
            new SRestriction.SPropertyRestriction(
                RELOP_EQ, PR_DISPLAY_NAME_W, SPropValue.of(PR_DISPLAY_NAME_W, "Ann")));
    assertHr(S_OK, table.restrict(toAnn, 0));
    assertEquals(List.of("to Ann"), column(table, PR_SUBJECT_W));
  }

  @Test
  void contents_readFlag_showsAtOnceAndIsNoNewVersion() {
    Bytes id = message(folder, "m");
    IMAPITable table = contents();
    int unread = (Integer) column(table, PR_MESSAGE_FLAGS).get(0);
    assertEquals(0, unread & MSGFLAG_READ);
    assertHr(S_OK, folder.setReadFlags(ENTRYLIST.of(id), 0, null, 0));
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(unread | MSGFLAG_READ, column(table, PR_MESSAGE_FLAGS).get(0));
  }

  @Test
  void contents_withoutUnicode_givesNarrowStrings() {
    message(folder, "smörgås");
    IMAPITable narrow = ok(folder.getContentsTable(0));
    SPropTagArray columns = ok(narrow.queryColumns(0));
    assertTrue(columns.contains(PR_SUBJECT_A));
    assertEquals(
        "smörgås",
        ((String8) column(narrow, PR_SUBJECT_A).get(0))
            .decode(StoreOptions.DEFAULT.codePage())
            .orElseThrow());
  }

  @Test
  void openProperty_threeTables_areTheSameAsTheMethods() {
    message(folder, "m");
    message(folder, "hidden", MAPI_ASSOCIATED);
    subfolder(folder, "child");
    assertEquals(List.of("m"), column(table(PR_CONTAINER_CONTENTS), PR_SUBJECT_W));
    assertEquals(List.of("hidden"), column(table(PR_FOLDER_ASSOCIATED_CONTENTS), PR_SUBJECT_W));
    assertEquals(List.of("child"), column(table(PR_CONTAINER_HIERARCHY), PR_DISPLAY_NAME_W));
    assertHr(
        MAPI_E_INTERFACE_NOT_SUPPORTED,
        folder.openProperty(PR_CONTAINER_CONTENTS, MapiGuid.IID_IStream, 0, 0).hr());
    assertTrue(ok(folder.getPropList(0)).contains(PR_CONTAINER_HIERARCHY));
  }

  private IMAPITable table(int tag) {
    return (IMAPITable) ok(folder.openProperty(tag, MapiGuid.IID_IMAPITable, MAPI_UNICODE, 0));
  }

  @Test
  void hierarchy_convenientDepth_listsEveryLevelWithItsDepth() {
    IMAPIFolder child = subfolder(folder, "child");
    subfolder(child, "grandchild");
    IMAPITable flat = ok(folder.getHierarchyTable(0));
    assertEquals(List.of("child"), column(flat, PR_DISPLAY_NAME_W));
    IMAPITable deep = ok(folder.getHierarchyTable(CONVENIENT_DEPTH));
    assertEquals(List.of("child", "grandchild"), column(deep, PR_DISPLAY_NAME_W));
    assertHr(S_OK, deep.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(List.of(0, 1), column(deep, PR_DEPTH));
    assertHr(S_OK, deep.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(List.of(true, false), column(deep, PR_SUBFOLDERS));
  }

  @Test
  void hierarchy_requiredColumns_areThere() {
    IMAPIFolder child = subfolder(folder, "child");
    set(child, PR_COMMENT_W, "comment");
    message(child, "m");
    SPropTagArray required =
        SPropTagArray.tags(
            PR_COMMENT_W,
            PR_DEPTH,
            PR_DISPLAY_NAME_W,
            PR_DISPLAY_TYPE,
            PR_ENTRYID,
            PR_INSTANCE_KEY,
            PR_OBJECT_TYPE,
            PR_STATUS,
            PR_FOLDER_TYPE,
            PR_SUBFOLDERS,
            PR_CONTENT_COUNT,
            PR_CONTENT_UNREAD);
    IMAPITable table = ok(folder.getHierarchyTable(MAPI_UNICODE));
    assertHr(S_OK, table.setColumns(required, 0));
    SRow row = ok(table.queryRows(1, 0)).get(0);
    assertTrue(row.lpProps().stream().noneMatch(SPropValue::isError), row.toString());
    assertEquals(1, row.find(PR_CONTENT_COUNT).orElseThrow().asInt());
    assertEquals(id(child), row.find(PR_ENTRYID).orElseThrow().asBytes());
  }

  @Test
  void tables_ofAReleasedStore_areInvalid() {
    IMAPITable table = contents();
    IMAPITable hierarchy = ok(store.root().getHierarchyTable(0));
    store.store.close();
    assertHr(MAPI_E_INVALID_OBJECT, table.queryRows(1, 0).hr());
    assertHr(MAPI_E_INVALID_OBJECT, hierarchy.getRowCount(0).hr());
  }
}
