package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.SearchWords.HAS_A;
import static org.mapi4j.provider.SearchWords.list;
import static org.mapi4j.provider.SearchWords.search;
import static org.mapi4j.provider.TestStore.assertHr;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.RESTART_SEARCH;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;

/** A store with two folders to search. */
abstract class SearchScene {
  final TestStore store = TestStore.create();
  final IMAPIFolder inbox = store.folder("in");
  final IMAPIFolder other = store.folder("other");

  /** A search of the inbox that runs. */
  final IMAPIFolder running() {
    IMAPIFolder search = search(store.root(), "s");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(inbox), RESTART_SEARCH));
    return search;
  }

  final void assertSound() {
    assertEquals(List.of(), StoreSession.check(store.shard));
  }
}
