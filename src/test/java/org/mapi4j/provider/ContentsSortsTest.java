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
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** The order that a folder's contents tables begin with. */
class ContentsSortsTest {
  private static final SSortOrderSet DESCENDING =
      SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_DESCEND));

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("folder");

  private List<Object> subjectsOf(IMAPIFolder of, int flags) {
    try (IMAPITable table = ok(of.getContentsTable(flags))) {
      return column(table, PR_SUBJECT_W);
    }
  }

  @Test
  void saveContentsSort_isKeptForEverySessionAndWidth() {
    List.of("b", "a", "c").forEach(subject -> message(folder, subject));
    assertHr(S_OK, folder.saveContentsSort(DESCENDING, 0));
    assertEquals(List.of("c", "b", "a"), subjectsOf(folder, MAPI_UNICODE));
    IMAPIFolder other = store.session(StoreOptions.DEFAULT).folder(id(folder));
    assertEquals(List.of("c", "b", "a"), subjectsOf(other, 0));
    message(folder, "bb");
    assertEquals(List.of("c", "bb", "b", "a"), subjectsOf(other, 0));
  }

  @Test
  void sortTable_withoutKeys_goesBackToTheKeptOrder() {
    List.of("b", "a").forEach(subject -> message(folder, subject));
    assertHr(S_OK, folder.saveContentsSort(DESCENDING, 0));
    try (IMAPITable table = ok(folder.getContentsTable(MAPI_UNICODE))) {
      SSortOrderSet ascending = SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND));
      assertHr(S_OK, table.sortTable(ascending, 0));
      assertEquals(List.of("a", "b"), column(table, PR_SUBJECT_W));
      assertHr(S_OK, table.sortTable(SSortOrderSet.of(), 0));
      assertEquals(List.of("b", "a"), column(table, PR_SUBJECT_W));
    }
  }

  @Test
  void saveContentsSort_withoutKeys_takesTheKeptOneBack() {
    assertHr(S_OK, folder.saveContentsSort(DESCENDING, 0));
    assertEquals(1, store.rows('k'));
    assertHr(S_OK, folder.saveContentsSort(SSortOrderSet.of(), 0));
    assertEquals(0, store.rows('k'));
    try (IMAPITable table = ok(folder.getContentsTable(0))) {
      assertEquals(List.of(), ok(table.querySortOrder()).aSort());
    }
  }

  @Test
  void saveContentsSort_withInstancesOfAMultivalue_showsThem() {
    int tag = PropTag.of(0x6701, PT_LONG | MV_FLAG);
    try (var message = ok(folder.createMessage(null, 0))) {
      set(message, tag, List.of(3, 1, 2));
      assertHr(S_OK, message.saveChanges(0));
    }
    int instance = PropTag.of(0x6701, PT_LONG | MV_FLAG | MV_INSTANCE);
    SSortOrderSet order = SSortOrderSet.of(new SSortOrder(instance, TABLE_SORT_ASCEND));
    assertHr(S_OK, folder.saveContentsSort(order, 0));
    try (IMAPITable table = ok(folder.getContentsTable(0))) {
      assertEquals(List.of(1, 2, 3), column(table, instance));
    }
  }

  @Test
  void saveContentsSort_thatCannotBe_changesNothing() {
    SSortOrderSet bad = new SSortOrderSet(DESCENDING.aSort(), 2, 0);
    assertHr(MAPI_E_INVALID_PARAMETER, folder.saveContentsSort(bad, 0));
    assertHr(MAPI_E_INVALID_PARAMETER, folder.saveContentsSort(null, 0));
    assertHr(
        MAPI_E_TOO_COMPLEX,
        folder.saveContentsSort(
            SSortOrderSet.of(new SSortOrder(PR_MESSAGE_RECIPIENTS, TABLE_SORT_ASCEND)), 0));
    assertHr(MAPI_E_UNKNOWN_FLAGS, folder.saveContentsSort(DESCENDING, 1));
    IMAPIFolder readOnly = (IMAPIFolder) ok(store.store.openEntry(id(folder), null, 0)).lppUnk();
    assertHr(MAPI_E_NO_ACCESS, readOnly.saveContentsSort(DESCENDING, 0));
    assertEquals(0, store.rows('k'));
  }

  @Test
  void deleteFolder_takesItsKeptOrderAlong() {
    subfolder(folder, "child");
    assertHr(S_OK, folder.saveContentsSort(DESCENDING, RECURSIVE_SORT));
    assertEquals(2, store.rows('k'));
    assertHr(S_OK, store.root().deleteFolder(id(folder), 0, null, DEL_FOLDERS));
    assertEquals(0, store.rows('k'));
    assertHr(MAPI_E_OBJECT_DELETED, folder.saveContentsSort(DESCENDING, 0));
  }

  @Test
  void row_isByteByByteAsTheFormatSays() {
    assertHr(S_OK, folder.saveContentsSort(DESCENDING, 0));
    Bytes id = EntryId.parse(id(folder)).orElseThrow().id();
    Bytes row = store.shard.get(Keys.contentsSort(id)).orElseThrow().value();
    assertEquals(Bytes.of(1, 1, 0, 0, 0x00, 0x37, 0x00, 0x1F, 0, 0, 0, TABLE_SORT_DESCEND), row);
  }

  @Test
  void row_thatIsDamaged_isNoOrder() {
    message(folder, "m");
    Bytes id = EntryId.parse(id(folder)).orElseThrow().id();
    Bytes shorter = Bytes.of(1, 3, 0, 0);
    Bytes longer = Bytes.of(1, 1, 0, 0, 0x00, 0x37, 0x00, 0x1F, 0, 0, 0, TABLE_SORT_DESCEND, 9);
    Bytes other = Bytes.of(1, 1, 0, 0, 0x00, 0x37, 0x00, 0x1F, 0, 0, 0, 99);
    Bytes categories = Bytes.of(1, 1, 2, 0, 0x00, 0x37, 0x00, 0x1F, 0, 0, 0, TABLE_SORT_DESCEND);
    Bytes newer = Bytes.of(9, 1, 0, 0, 0x00, 0x37, 0x00, 0x1F, 0, 0, 0, TABLE_SORT_DESCEND);
    long version = 1;
    for (Bytes damaged : List.of(shorter, longer, other, categories, newer)) {
      Batch.Builder batch = Batch.builder().put(Keys.contentsSort(id), version++, damaged);
      assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
      assertEquals(1, StoreSession.check(store.shard).size(), damaged::toString);
      try (IMAPITable table = ok(folder.getContentsTable(0))) {
        assertEquals(List.of(), ok(table.querySortOrder()).aSort());
      }
      assertEquals(List.of("m"), subjectsOf(folder, 0));
    }
  }
}
