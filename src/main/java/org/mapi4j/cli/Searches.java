package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMAPIContainer.SearchCriteria;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SRestriction;

/** The searches below PR_FINDER_ENTRYID. */
final class Searches {
  private final StoreView view;

  Searches(StoreView view) {
    this.view = view;
  }

  /** What is done with each search. */
  interface Each {
    void search(String name, IMAPIFolder folder);
  }

  private IMAPIFolder root(int flags) {
    Bytes finder = StoreView.property(view.store(), PR_FINDER_ENTRYID);
    if (finder == null) {
      throw new CommandFailure("the store has no folder for searches: PR_FINDER_ENTRYID");
    }
    return view.folder(finder.toHex(), flags);
  }

  void each(Each each) {
    try (IMAPIFolder root = root(0)) {
      StoreView.children(
          root,
          row -> {
            if (StoreView.number(row, PR_FOLDER_TYPE) == FOLDER_SEARCH) {
              String id = row.find(PR_ENTRYID).orElseThrow().asBytes().toHex();
              try (IMAPIFolder search = view.folder(id, 0)) {
                each.search(StoreView.text(row, PR_DISPLAY_NAME_W), search);
              }
            }
          });
    }
  }

  /** The identifier of a search; null without one. */
  private Bytes find(String name, List<String> seen) {
    Bytes[] found = new Bytes[1];
    each(
        (title, search) -> {
          seen.add(title);
          if (title.equalsIgnoreCase(name)) {
            found[0] = StoreView.property(search, PR_ENTRYID);
          }
        });
    return found[0];
  }

  private Bytes require(String name) {
    List<String> seen = new ArrayList<>();
    Bytes found = find(name, seen);
    if (found == null) {
      throw new CommandFailure(name + ": no such search." + Nearest.hint(name, seen));
    }
    return found;
  }

  IMAPIFolder open(String name) {
    return view.folder(require(name).toHex(), 0);
  }

  void remove(String name) {
    try (IMAPIFolder root = root(MAPI_MODIFY)) {
      MapiException.require(root.deleteFolder(require(name), 0, null, 0), "DeleteFolder");
    }
  }

  /** A search with these criteria: a new one, or the one of that name. */
  IMAPIFolder make(String name, String where, String folder, boolean recursive) {
    if (name.isBlank() || name.contains("/")) {
      throw new CommandFailure(name + ": expected a name without /");
    }
    Bytes known = find(name, new ArrayList<>());
    Bytes subtree = StoreView.property(view.store(), PR_IPM_SUBTREE_ENTRYID);
    String place = folder == null && subtree != null ? subtree.toHex() : folder;
    try (IMAPIFolder within = view.folder(place == null ? "/" : place, 0);
        IMAPIFolder root = root(MAPI_MODIFY)) {
      SRestriction restriction =
          Where.parse(where, property -> TableArguments.tag(property, within));
      IMAPIFolder search =
          known != null
              ? view.folder(known.toHex(), MAPI_MODIFY)
              : MapiException.require(
                  root.createFolder(FOLDER_SEARCH, name, null, null, MAPI_UNICODE),
                  "CreateFolder of " + name);
      int hr =
          search.setSearchCriteria(
              restriction,
              ENTRYLIST.of(StoreView.property(within, PR_ENTRYID)),
              RESTART_SEARCH | (recursive ? RECURSIVE_SEARCH : SHALLOW_SEARCH));
      if (hr < 0) {
        Bytes made = StoreView.property(search, PR_ENTRYID);
        search.close();
        if (known == null) {
          MapiException.require(root.deleteFolder(made, 0, null, 0), "DeleteFolder");
        }
        throw new MapiException(hr, "SetSearchCriteria");
      }
      return search;
    }
  }

  /** What a search looks for. */
  Map<String, Object> object(String name, IMAPIFolder search) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    MapiResult<SearchCriteria> got = search.getSearchCriteria(MAPI_UNICODE);
    if (got.hr() == MAPI_E_NOT_INITIALIZED) {
      object.put("where", null);
      return object;
    }
    SearchCriteria criteria = MapiException.require(got, "GetSearchCriteria");
    int state = criteria.lpulSearchState();
    object.put("where", WhereText.of(criteria.lppRestriction()));
    object.put("folders", criteria.lppContainerList().lpbin().stream().map(view::path).toList());
    object.put("recursive", (state & SEARCH_RECURSIVE) != 0);
    object.put("running", (state & SEARCH_RUNNING) != 0);
    return object;
  }
}
