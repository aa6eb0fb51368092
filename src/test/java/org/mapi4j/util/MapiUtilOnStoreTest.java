package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.util.MapiUtil.*;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SRowSet;

@DisplayName("The helper functions on a store of our own: UTIL-016, UTIL-017, UTIL-045, UTIL-046")
class MapiUtilOnStoreTest {
  @Test
  void hrValidateIPMSubtree_storeOfOurOwn_findsEveryFolderAndWritesNothing() {
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      IMsgStore store = session.store();
      int mask = hrGetOneProp(store, PR_VALID_FOLDER_MASK).value().asInt();
      MapiResult<ValidatedIPMSubtree> result =
          hrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE);
      assertEquals(S_OK, result.hr());
      assertEquals(9, result.value().lppProps().size());
      assertEquals(mask, hrGetOneProp(store, PR_VALID_FOLDER_MASK).value().asInt());
    }
  }

  @Test
  void hrQueryAllRows_hierarchyOfTheRoot_givesEveryFolder() {
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT);
        IMAPIFolder root =
            (IMAPIFolder)
                session.store().openEntry(IMsgStore.ROOT_FOLDER, null, 0).value().lppUnk();
        IMAPITable table = root.getHierarchyTable(MAPI_UNICODE).value()) {
      MapiResult<SRowSet> rows =
          hrQueryAllRows(table, tags(PR_DISPLAY_NAME_W, PR_ENTRYID), null, null, 0);
      assertEquals(S_OK, rows.hr());
      assertTrue(rows.value().size() > 0);
      assertEquals(rows.value().size(), table.getRowCount(0).value());
      assertTrue(fPropExists(root, PR_ENTRYID));
      assertFalse(fPropExists(root, PR_ATTACH_METHOD));
      assertEquals(MAPI_E_NOT_FOUND, hrGetOneProp(root, PR_ATTACH_METHOD).hr());
    }
  }
}
