package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMAPITable.Expanded;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Categories of the tables that are no contents tables. */
class CategoriesTest {
  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("folder");

  private static SSortOrderSet by(int category, int then, int expanded) {
    return new SSortOrderSet(
        List.of(
            new SSortOrder(category, TABLE_SORT_ASCEND), new SSortOrder(then, TABLE_SORT_ASCEND)),
        1,
        expanded);
  }

  /** A heading as its key and count, a leaf as its name. */
  private static List<String> shown(IMAPITable table, int category) {
    assertHr(
        S_OK,
        table.setColumns(
            SPropTagArray.tags(
                category,
                PR_DISPLAY_NAME_W,
                PR_ROW_TYPE,
                PR_DEPTH,
                PR_CONTENT_COUNT,
                PR_INSTANCE_KEY),
            0));
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    List<String> shown = new ArrayList<>();
    for (SRow row : ok(table.queryRows(100, 0)).aRow()) {
      List<SPropValue> cells = row.lpProps();
      boolean leaf = cells.get(2).asInt() == TBL_LEAF_ROW;
      assertEquals(leaf ? 1 : 0, cells.get(3).asInt(), "PR_DEPTH");
      shown.add(
          leaf
              ? (String) cells.get(1).value()
              : "[%s: %s]".formatted(cells.get(0).value(), cells.get(4).value()));
    }
    return shown;
  }

  private static Bytes key(IMAPITable table, int row) {
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, row).hr());
    return ok(table.queryRows(1, 0)).get(0).find(PR_INSTANCE_KEY).orElseThrow().asBytes();
  }

  private static ADRENTRY recipient(String name, int type) {
    return new ADRENTRY(
        List.of(SPropValue.of(PR_DISPLAY_NAME_W, name), SPropValue.of(PR_RECIPIENT_TYPE, type)));
  }

  @Test
  void recipientTable_byType_opensAndClosesAndFollowsTheMessage() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      ADRLIST some =
          new ADRLIST(
              List.of(recipient("b", MAPI_TO), recipient("c", MAPI_CC), recipient("a", MAPI_TO)));
      assertHr(S_OK, message.modifyRecipients(MODRECIP_ADD, some));
      try (IMAPITable table = ok(message.getRecipientTable(MAPI_UNICODE))) {
        assertHr(S_OK, table.sortTable(by(PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, 0), 0));
        assertEquals(List.of("[1: 2]", "[2: 1]"), shown(table, PR_RECIPIENT_TYPE));
        Expanded opened = ok(table.expandRow(key(table, 0), 10, 0));
        assertEquals(2, opened.lpulMoreRows());
        assertEquals(List.of("[1: 2]", "a", "b", "[2: 1]"), shown(table, PR_RECIPIENT_TYPE));
        Bytes state = ok(table.getCollapseState(0, key(table, 0)));
        assertEquals(2, ok(table.collapseRow(key(table, 0), 0)));
        assertHr(
            S_OK,
            message.modifyRecipients(MODRECIP_ADD, new ADRLIST(List.of(recipient("d", MAPI_BCC)))));
        assertEquals(List.of("[1: 2]", "[2: 1]", "[3: 1]"), shown(table, PR_RECIPIENT_TYPE));
        assertNotEquals(0, ok(table.setCollapseState(0, state)));
        assertEquals(
            List.of("[1: 2]", "a", "b", "[2: 1]", "[3: 1]"), shown(table, PR_RECIPIENT_TYPE));
      }
    }
  }

  @Test
  void hierarchyTable_byFolderType_countsFolders() {
    subfolder(folder, "b");
    subfolder(folder, "a");
    try (IMAPIFolder search =
            ok(folder.createFolder(FOLDER_SEARCH, "s", null, null, MAPI_UNICODE));
        IMAPITable table = ok(folder.getHierarchyTable(MAPI_UNICODE))) {
      assertHr(S_OK, table.sortTable(by(PR_FOLDER_TYPE, PR_DISPLAY_NAME_W, 1), 0));
      assertEquals(List.of("[1: 2]", "a", "b", "[2: 1]", "s"), shown(table, PR_FOLDER_TYPE));
      assertHr(S_OK, folder.deleteFolder(id(search), 0, null, 0));
      assertEquals(List.of("[1: 2]", "a", "b"), shown(table, PR_FOLDER_TYPE));
    }
  }

  @Test
  void hierarchyTable_withoutCategories_hasTheDepthsOfFolders() {
    subfolder(subfolder(subfolder(folder, "a"), "b"), "c");
    try (IMAPITable table = ok(folder.getHierarchyTable(MAPI_UNICODE | CONVENIENT_DEPTH))) {
      assertEquals(List.of(0, 1, 2), column(table, PR_DEPTH));
      assertHr(S_OK, table.sortTable(by(PR_FOLDER_TYPE, PR_DISPLAY_NAME_W, 1), 0));
      assertEquals(List.of("[1: 3]", "a", "b", "c"), shown(table, PR_FOLDER_TYPE));
      assertHr(S_OK, table.sortTable(SSortOrderSet.of(), 0));
      assertEquals(List.of(0, 1, 2), column(table, PR_DEPTH));
    }
  }
}
