package org.mapi4j;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.*;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.*;

class Mapi4jTest {
  @Test
  void memoryStore_createSaveListReopen_works() {
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      IMsgStore store = session.store();
      Bytes inbox = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
      IMAPIFolder folder = (IMAPIFolder) store.openEntry(inbox, null, MAPI_MODIFY).value().lppUnk();
      IMessage message = folder.createMessage(null, 0).value();
      assertEquals(S_OK, message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "hello"))).hr());
      assertEquals(S_OK, message.saveChanges(0));
      IMAPITable table = folder.getContentsTable(MAPI_UNICODE).value();
      assertEquals(1, table.getRowCount(0).value());
      assertEquals(
          S_OK, table.setColumns(SPropTagArray.tags(PR_SUBJECT_W, PR_ENTRYID, PR_BODY_W), 0));
      SRow row = table.queryRows(10, 0).value().get(0);
      assertEquals("hello", row.lpProps().get(0).asString());
      assertEquals(
          MAPI_MESSAGE,
          store.openEntry(row.lpProps().get(1).asBytes(), null, 0).value().lpulObjType());
      MapiResult<List<SPropValue>> all = store.getProps(IMAPIProp.ALL_PROPS, MAPI_UNICODE);
      assertEquals(S_OK, all.hr(), all.toString());
      IMAPITable tree =
          ((IMAPIFolder) store.openEntry(null, null, 0).value().lppUnk())
              .getHierarchyTable(CONVENIENT_DEPTH)
              .value();
      assertEquals(8, tree.getRowCount(0).value());
      assertEquals(
          S_OK, folder.deleteMessages(ENTRYLIST.of(row.lpProps().get(1).asBytes()), 0, null, 0));
      assertEquals(0, table.getRowCount(0).value());
    }
  }
}
