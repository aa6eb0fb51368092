package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIContainer.SearchCriteria;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;

/** Search folders that a check made, and what they show. */
final class SearchFixtures {
  private SearchFixtures() {}

  /** A new search folder in the check's folder; ends the check where the store has none. */
  @CanIgnoreReturnValue
  static IMAPIFolder make(Context c) throws Exception {
    return make(c, c.folder(), "search");
  }

  /** A new search folder; ends the check as not applicable where the store has none. */
  @CanIgnoreReturnValue
  static IMAPIFolder make(Context c, IMAPIFolder parent, String name) throws Exception {
    MapiResult<IMAPIFolder> created =
        parent.createFolder(FOLDER_SEARCH, name, null, null, MAPI_UNICODE);
    if (!c.supports(STORE_SEARCH_OK)) {
      c.assertHr(MAPI_E_NO_SUPPORT, created, "CreateFolder(FOLDER_SEARCH)");
      c.notApplicable("the store has no search folders: STORE_SEARCH_OK is not set");
    }
    return c.own(c.need(created, "CreateFolder(FOLDER_SEARCH)"));
  }

  /** A search folder that searches the check's folder alone for texts in the subject. */
  static IMAPIFolder searching(Context c, String text) throws Exception {
    IMAPIFolder search = make(c);
    set(c, search, has(text), list(c, c.folder()), RESTART_SEARCH | SHALLOW_SEARCH);
    return search;
  }

  /** The subject has this text, whatever its case. */
  static SRestriction has(String text) {
    return TableFixtures.subjectHas(FL_SUBSTRING | FL_IGNORECASE, text);
  }

  /** A list of folders. */
  static ENTRYLIST list(Context c, IMAPIFolder... folders) {
    List<Bytes> ids = new ArrayList<>();
    for (IMAPIFolder folder : folders) {
      ids.add(c.entryId(folder));
    }
    return new ENTRYLIST(ids);
  }

  /** Set-up: SetSearchCriteria. */
  static void set(
      Context c, IMAPIFolder search, SRestriction restriction, ENTRYLIST list, int flags) {
    c.need(search.setSearchCriteria(restriction, list, flags), "SetSearchCriteria");
  }

  /** GetSearchCriteria, wide. */
  static SearchCriteria criteria(Context c, IMAPIFolder search) {
    return c.ok(search.getSearchCriteria(MAPI_UNICODE), "GetSearchCriteria");
  }

  /** The bits of the state that a check looks at. */
  static int state(Context c, IMAPIFolder search) {
    return criteria(c, search).lpulSearchState()
        & (SEARCH_RUNNING | SEARCH_REBUILD | SEARCH_RECURSIVE | SEARCH_FOREGROUND);
  }

  /** The subjects that a folder shows, in order. */
  static List<Object> shown(Context c, IMAPIFolder folder) {
    return TableFixtures.all(c, TableFixtures.bySubject(c, folder));
  }

  /** Fails unless a folder shows exactly these subjects. */
  static void assertShows(Context c, IMAPIFolder folder, String when, Object... subjects) {
    c.assertEqual(List.of(subjects), shown(c, folder), "subjects shown " + when);
  }

  /** A saved message of a folder. */
  @CanIgnoreReturnValue
  static Bytes add(Context c, IMAPIFolder folder, String subject) {
    try (IMessage message = c.message(folder, SPropValue.of(PR_SUBJECT_W, subject))) {
      return c.entryId(message);
    }
  }
}
