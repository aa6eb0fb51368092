package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.spi.Batch;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;

/** Short words for what tests do with search folders. */
final class SearchWords {
  static final SRestriction HAS_A = has("a");

  private SearchWords() {}

  static SRestriction has(String text) {
    return new SContentRestriction(
        FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, text));
  }

  static IMAPIFolder search(IMAPIFolder parent, String name) {
    return ok(parent.createFolder(FOLDER_SEARCH, name, null, null, MAPI_UNICODE));
  }

  static ENTRYLIST list(IMAPIFolder... folders) {
    List<Bytes> ids = new ArrayList<>();
    for (IMAPIFolder folder : folders) {
      ids.add(id(folder));
    }
    return new ENTRYLIST(ids);
  }

  static int state(IMAPIFolder search) {
    return ok(search.getSearchCriteria(MAPI_UNICODE)).lpulSearchState();
  }

  static List<String> shown(IMAPIFolder search) {
    return subjects(search, MAPI_UNICODE);
  }

  /** Leaves criteria in a search's row that cannot be read. */
  static void damageCriteria(TestStore in, IMAPIFolder search) {
    Bytes id = ((FolderObject) search).id();
    StoreCore.Versioned<FolderRow> row = in.core().folder(id);
    StoredSearch kept = row.value().search();
    FolderRow bad =
        row.value()
            .withSearch(
                new StoredSearch(kept.state(), kept.folders(), Bytes.of(1, 99, 0), kept.links()));
    assertNotNull(
        in.core().commit(Batch.builder().put(Keys.folder(id), row.version() + 1, bad.encode())));
  }

  static IMAPIFolder reopened(TestStore in, IMAPIFolder folder) {
    return in.folder(id(folder));
  }

  static IMAPIFolder subfolderOf(IMAPIFolder parent, String name) {
    return ok(parent.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE | OPEN_IF_EXISTS));
  }
}
