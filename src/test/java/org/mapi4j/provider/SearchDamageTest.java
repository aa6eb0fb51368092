package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.SearchWords.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.spi.Batch;
import org.mapi4j.types.Bytes;

/** Criteria whose bytes were changed: they fail with their code, and nothing else does. */
class SearchDamageTest {
  private static final Set<Integer> CODES = Set.of(S_OK, MAPI_E_CORRUPT_DATA, MAPI_E_VERSION);

  private final TestStore store = TestStore.create();
  private final IMAPIFolder inbox = store.folder("in");
  private final IMAPIFolder search = search(store.root(), "s");

  SearchDamageTest() {
    message(inbox, "alpha");
    message(inbox, "noon");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(inbox), RECURSIVE_SEARCH));
  }

  private Bytes row(IMAPIFolder folder) {
    return store.shard.get(Keys.folder(((FolderObject) folder).id())).orElseThrow().value();
  }

  private void put(IMAPIFolder folder, byte[] row) {
    Bytes key = Keys.folder(((FolderObject) folder).id());
    long version = store.shard.get(key).orElseThrow().version();
    var done = store.core().commit(Batch.builder().put(key, version + 1, Bytes.wrap(row)));
    assertNotNull(done);
  }

  /** Where the criteria begin in the row of a folder. */
  private int begin() {
    FolderRow row = FolderRow.decode(row(search));
    return new FolderRow(row.parent(), row.type(), row.props()).encode().size();
  }

  @Test
  void everyOctetChangedOrTheRestCutOff_failsTheSearchAlone() {
    byte[] sound = row(search).toArray();
    int damaged = 0;
    for (int at = begin(); at < sound.length; at++) {
      byte[] flipped = sound.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      damaged += assertOnlyTheSearchFails(flipped);
      damaged += assertOnlyTheSearchFails(Arrays.copyOf(sound, at));
    }
    damaged += assertOnlyTheSearchFails(Arrays.copyOf(sound, sound.length + 1));
    assertTrue(damaged > sound.length - begin(), damaged + " were damage");
    put(search, sound);
    assertEquals(List.of("alpha"), shown(search));
  }

  /** 1 where the criteria could not be read. */
  private int assertOnlyTheSearchFails(byte[] row) {
    put(search, row);
    IMAPIFolder opened = reopened(store, search);
    int hr = opened.getSearchCriteria(MAPI_UNICODE).hr();
    assertTrue(CODES.contains(hr), () -> Arrays.toString(row));
    try (IMAPITable table = ok(opened.getContentsTable(0))) {
      assertHr(hr, table.getRowCount(0).hr());
    }
    assertEquals(List.of("in", "s"), ownFolders());
    assertEquals("s", get(opened, PR_DISPLAY_NAME_W).asString());
    int all = opened.getProps(null, MAPI_UNICODE).hr();
    assertTrue(all == S_OK || all == MAPI_W_ERRORS_RETURNED, () -> Arrays.toString(row));
    if (hr != S_OK) {
      assertFalse(StoreSession.check(store.shard).isEmpty(), () -> Arrays.toString(row));
      assertHr(hr, get(opened, PR_CONTENT_COUNT).scode());
      assertHr(hr, opened.setSearchCriteria(null, null, RESTART_SEARCH));
      assertHr(S_OK, opened.setSearchCriteria(HAS_A, list(inbox), STOP_SEARCH));
      assertEquals(List.of(), StoreSession.check(store.shard));
      put(search, row);
      assertHr(S_OK, opened.setSearchCriteria(HAS_A, list(inbox), RESTART_SEARCH));
      assertEquals(List.of("alpha"), shown(opened));
      assertEquals(List.of(), StoreSession.check(store.shard));
    }
    return hr == S_OK ? 0 : 1;
  }

  private List<String> ownFolders() {
    return names(store.root()).stream().filter(Set.of("in", "s")::contains).toList();
  }

  @Test
  void folderWithUnreadableCriteria_isRenamedAndDeleted() {
    byte[] cut = Arrays.copyOf(row(search).toArray(), begin() + 7);
    put(search, cut);
    IMAPIFolder opened = reopened(store, search);
    set(opened, PR_COMMENT_W, "a comment");
    assertHr(MAPI_E_CORRUPT_DATA, opened.getSearchCriteria(0).hr());
    assertEquals(1, StoreSession.check(store.shard).size());
    assertHr(S_OK, store.root().deleteFolder(id(search), 0, null, 0));
    store.sweep();
    assertEquals(List.of(), StoreSession.check(store.shard));
    assertEquals(0, get(store.store, PR_STORE_STATE).asInt());
  }
}
