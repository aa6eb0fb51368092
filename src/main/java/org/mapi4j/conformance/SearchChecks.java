package org.mapi4j.conformance;

import static org.mapi4j.conformance.SearchFixtures.add;
import static org.mapi4j.conformance.SearchFixtures.assertShows;
import static org.mapi4j.conformance.SearchFixtures.criteria;
import static org.mapi4j.conformance.SearchFixtures.has;
import static org.mapi4j.conformance.SearchFixtures.list;
import static org.mapi4j.conformance.SearchFixtures.make;
import static org.mapi4j.conformance.SearchFixtures.searching;
import static org.mapi4j.conformance.SearchFixtures.set;
import static org.mapi4j.conformance.SearchFixtures.state;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIContainer;
import org.mapi4j.api.IMAPIContainer.SearchCriteria;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;

/** Criteria of search folders, the flags and states of their searches. */
final class SearchChecks {
  /** edkmdb.h; no other header has it. */
  private static final int NON_CONTENT_INDEXED_SEARCH = 0x0002_0000;

  /** SEARCH_COMPLETE, PARTIAL, STATIC, MAYBE_STATIC, and the bits of an index. */
  private static final int OPTIONAL_STATES = 0x0F03_3000;

  private SearchChecks() {}

  static void register(Checks checks) {
    filling(checks);
    reuse(checks);
    domain(checks);
    running(checks);
    priority(checks);
    refusals(checks);
    reading(checks);
    widths(checks);
    memory(checks);
    restrictions(checks);
    completion(checks);
  }

  private static void filling(Checks checks) {
    checks
        .rows("SEARCH-001", "SEARCH-031", "SEARCH-013", "FOLDER-059")
        .check(
            "a search folder is empty until SetSearchCriteria fills it, with messages alone",
            c -> {
              add(c, c.folder(), "apple");
              add(c, c.folder(), "plum");
              c.subfolder(c.folder(), "apple folder");
              IMAPIFolder search = make(c);
              c.assertProp(FOLDER_SEARCH, search, PR_FOLDER_TYPE);
              c.assertProp(FOLDER_GENERIC, c.folder(), PR_FOLDER_TYPE);
              c.assertProp(FOLDER_ROOT, c.root(), PR_FOLDER_TYPE);
              assertShows(c, search, "before any criteria");
              c.assertHr(
                  MAPI_E_NOT_INITIALIZED,
                  search.getSearchCriteria(MAPI_UNICODE),
                  "GetSearchCriteria before any criteria");
              c.ok(
                  search.setSearchCriteria(
                      new SExistRestriction(PR_ENTRYID), list(c, c.folder()), RESTART_SEARCH),
                  "SetSearchCriteria");
              assertShows(c, search, "with criteria", "apple", "plum");
              for (Object type : Fixtures.column(Fixtures.contents(c, search, PR_OBJECT_TYPE))) {
                c.assertEqual(MAPI_MESSAGE, type, "PR_OBJECT_TYPE of a row");
              }
            });
  }

  private static void reuse(Checks checks) {
    checks
        .rows("SEARCH-002", "SEARCH-008", "SEARCH-012")
        .check(
            "NULL keeps the restriction or the folders; the rest replaces what was set",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              add(c, c.folder(), "apple here");
              add(c, other, "apple there");
              add(c, other, "plum there");
              IMAPIFolder search = searching(c, "apple");
              assertShows(c, search, "at first", "apple here");
              c.ok(search.setSearchCriteria(null, list(c, other), 0), "SetSearchCriteria(NULL, …)");
              assertShows(c, search, "with other folders", "apple there");
              c.ok(search.setSearchCriteria(has("plum"), null, 0), "SetSearchCriteria(…, NULL)");
              assertShows(c, search, "with another restriction", "plum there");
              c.ok(
                  search.setSearchCriteria(null, list(c, c.folder(), other), 0),
                  "SetSearchCriteria(NULL, two folders)");
              assertShows(c, search, "with both folders", "plum there");
              SearchCriteria now = criteria(c, search);
              c.assertEqual(has("plum"), now.lppRestriction(), "the restriction in force");
              assertSameFolders(c, list(c, c.folder(), other), now.lppContainerList());
            });
    checks
        .rows("SEARCH-003")
        .check(
            "NULL at first is refused, there being nothing to use again",
            c -> {
              IMAPIFolder search = make(c);
              for (int hr :
                  new int[] {
                    search.setSearchCriteria(null, list(c, c.folder()), RESTART_SEARCH),
                    search.setSearchCriteria(has("apple"), null, RESTART_SEARCH)
                  }) {
                c.assertOneOf(
                    hr,
                    "the first SetSearchCriteria with NULL",
                    MAPI_E_NOT_INITIALIZED,
                    MAPI_E_INVALID_PARAMETER);
              }
              c.assertHr(MAPI_E_NOT_INITIALIZED, search.getSearchCriteria(0), "GetSearchCriteria");
            });
  }

  private static void assertSameFolders(Context c, ENTRYLIST expected, ENTRYLIST found)
      throws Exception {
    c.assertEqual(expected.size(), found.size(), "folders listed");
    for (int i = 0; i < expected.size(); i++) {
      c.assertEqual(
          true,
          c.need(
              c.store().compareEntryIDs(expected.lpbin().get(i), found.lpbin().get(i), 0),
              "CompareEntryIDs"),
          "folder %d to be the one that was listed".formatted(i));
    }
  }

  private static void domain(Checks checks) {
    checks
        .rows("SEARCH-004", "SEARCH-017")
        .check(
            "RECURSIVE_SEARCH covers what lies below, also what comes later; SHALLOW_SEARCH not",
            c -> {
              IMAPIFolder below = c.subfolder(c.subfolder(c.folder(), "below"), "deep");
              add(c, c.folder(), "apple top");
              add(c, below, "apple deep");
              IMAPIFolder search = make(c);
              ENTRYLIST folders = list(c, c.folder());
              int both = RECURSIVE_SEARCH | SHALLOW_SEARCH;
              assertExcluded(c, search, both);
              set(c, search, has("apple"), folders, RESTART_SEARCH | SHALLOW_SEARCH);
              assertShows(c, search, "shallow", "apple top");
              c.assertBits(SEARCH_RUNNING, state(c, search), "the state of a shallow search");
              set(c, search, has("apple"), folders, RESTART_SEARCH | RECURSIVE_SEARCH);
              assertShows(c, search, "recursive", "apple deep", "apple top");
              c.assertBits(
                  SEARCH_RUNNING | SEARCH_RECURSIVE, state(c, search), "the recursive state");
              add(c, c.subfolder(below, "later"), "apple later");
              assertShows(c, search, "later", "apple deep", "apple later", "apple top");
            });
    checks
        .rows("SEARCH-011")
        .check(
            "search folders are not searched, neither listed nor below a recursive search",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder first = searching(c, "apple");
              IMAPIFolder second = make(c, c.folder(), "second");
              int hr = second.setSearchCriteria(has("apple"), list(c, first), RESTART_SEARCH);
              if (hr >= 0) {
                assertShows(c, second, "of a search folder");
              } else {
                c.assertTrue(hr < 0, "a refusal", hr);
              }
              set(c, second, has("apple"), list(c, c.folder()), RESTART_SEARCH | RECURSIVE_SEARCH);
              assertShows(c, second, "beside the other search folder", "apple");
            });
  }

  private static void assertExcluded(Context c, IMAPIFolder search, int pair) throws Exception {
    c.assertOneOf(
        search.setSearchCriteria(has("apple"), list(c, c.folder()), pair),
        "SetSearchCriteria with flags 0x%X".formatted(pair),
        MAPI_E_INVALID_PARAMETER,
        MAPI_E_UNKNOWN_FLAGS);
  }

  private static void running(Checks checks) {
    checks
        .rows("SEARCH-005", "SEARCH-006", "SEARCH-015")
        .check(
            "STOP_SEARCH leaves the contents as they are until RESTART_SEARCH",
            c -> {
              add(c, c.folder(), "apple one");
              IMAPIFolder search = make(c);
              assertExcluded(c, search, RESTART_SEARCH | STOP_SEARCH);
              set(c, search, has("apple"), list(c, c.folder()), RESTART_SEARCH);
              assertShows(c, search, "at first", "apple one");
              c.assertBits(SEARCH_RUNNING, state(c, search), "the state of a running search");
              c.ok(search.setSearchCriteria(null, null, STOP_SEARCH), "SetSearchCriteria(STOP)");
              c.assertBits(0, state(c, search), "the state of a stopped search");
              add(c, c.folder(), "apple two");
              assertShows(c, search, "once stopped", "apple one");
              c.ok(
                  search.setSearchCriteria(null, null, RESTART_SEARCH),
                  "SetSearchCriteria(RESTART)");
              assertShows(c, search, "once restarted", "apple one", "apple two");
              c.assertBits(SEARCH_RUNNING, state(c, search), "the state of a restarted search");
              add(c, c.folder(), "apple zero");
              assertShows(c, search, "running again", "apple one", "apple two", "apple zero");
            });
    checks
        .rows("SEARCH-016", "SEARCH-029", "SEARCH-018")
        .check(
            "control comes back when everything is found: SEARCH_REBUILD is over",
            c -> {
              for (int i = 0; i < 30; i++) {
                add(c, c.folder(), (i % 3 == 0 ? "apple " : "plum ") + i);
              }
              IMAPIFolder search = searching(c, "apple");
              c.assertBits(SEARCH_RUNNING, state(c, search), "the state after SetSearchCriteria");
              IMAPITable table = TableFixtures.open(c, search);
              c.assertEqual(10, c.ok(table.getRowCount(0), "GetRowCount"), "messages found");
              int all = criteria(c, search).lpulSearchState();
              int known =
                  SEARCH_RUNNING
                      | SEARCH_REBUILD
                      | SEARCH_RECURSIVE
                      | SEARCH_FOREGROUND
                      | OPTIONAL_STATES;
              c.assertBits(0, all & ~known, "bits of the state that no page has");
            });
  }

  private static void priority(Checks checks) {
    checks
        .rows("SEARCH-007", "SEARCH-017")
        .check(
            "a priority is shown, excludes the other, and restarts nothing",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "apple");
              assertExcluded(c, search, FOREGROUND_SEARCH | BACKGROUND_SEARCH);
              c.ok(
                  search.setSearchCriteria(null, null, FOREGROUND_SEARCH),
                  "SetSearchCriteria(FOREGROUND_SEARCH)");
              c.assertBits(
                  SEARCH_RUNNING | SEARCH_FOREGROUND, state(c, search), "the state in front");
              c.ok(search.setSearchCriteria(null, null, STOP_SEARCH), "SetSearchCriteria(STOP)");
              add(c, c.folder(), "apple later");
              c.ok(
                  search.setSearchCriteria(null, null, BACKGROUND_SEARCH),
                  "SetSearchCriteria(BACKGROUND_SEARCH)");
              c.assertBits(0, state(c, search), "the state of a stopped search of low priority");
              assertShows(c, search, "after a new priority", "apple");
            });
    checks
        .rows("SEARCH-009")
        .check(
            "NON_CONTENT_INDEXED_SEARCH changes nothing, or is refused",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "apple");
              int hr = search.setSearchCriteria(null, null, NON_CONTENT_INDEXED_SEARCH);
              c.assertOneOf(
                  hr,
                  "SetSearchCriteria(NON_CONTENT_INDEXED_SEARCH)",
                  S_OK,
                  MAPI_E_UNKNOWN_FLAGS,
                  MAPI_E_INVALID_PARAMETER,
                  MAPI_E_NO_SUPPORT);
              assertShows(c, search, "without an index", "apple");
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("SEARCH-010")
        .check(
            "criteria that cannot be evaluated are MAPI_E_TOO_COMPLEX and change nothing",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "apple");
              SRestriction mixed =
                  new SPropertyRestriction(
                      RELOP_EQ,
                      PR_SUBJECT_W,
                      SPropValue.of(PropTag.changePropType(PR_SUBJECT_W, PT_LONG), 1));
              SRestriction deep = has("plum");
              for (int i = 0; i < 10_000; i++) {
                deep = new SNotRestriction(deep);
              }
              for (SRestriction one : List.of(mixed, deep)) {
                c.assertHr(
                    MAPI_E_TOO_COMPLEX,
                    search.setSearchCriteria(one, null, RESTART_SEARCH),
                    "SetSearchCriteria of what cannot be evaluated");
              }
              c.assertEqual(
                  has("apple"), criteria(c, search).lppRestriction(), "the restriction in force");
              assertShows(c, search, "after the refusal", "apple");
            });
  }

  private static void reading(Checks checks) {
    checks
        .rows("SEARCH-012", "SEARCH-028")
        .check(
            "criteria, state and results are there for another session",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = make(c);
              SRestriction restriction =
                  new SAndRestriction(List.of(has("app"), new SExistRestriction(PR_ENTRYID)));
              int flags = RESTART_SEARCH | RECURSIVE_SEARCH | FOREGROUND_SEARCH;
              set(c, search, restriction, list(c, c.folder()), flags);
              Bytes id = c.entryId(search);
              search.close();
              IMAPIFolder later = c.openFolder(c.other(), id);
              SearchCriteria kept = criteria(c, later);
              c.assertEqual(restriction, kept.lppRestriction(), "the restriction");
              assertSameFolders(c, list(c, c.folder()), kept.lppContainerList());
              c.assertBits(
                  SEARCH_RUNNING | SEARCH_RECURSIVE | SEARCH_FOREGROUND,
                  state(c, later),
                  "the state");
              assertShows(c, later, "in another session", "apple");
              set(c, later, null, null, STOP_SEARCH);
              add(c, c.folder(), "apple later");
              IMAPIFolder last = c.openFolder(c.session(true), id);
              c.assertBits(
                  SEARCH_RECURSIVE | SEARCH_FOREGROUND, state(c, last), "the state, stopped");
              assertShows(c, last, "in a third session, stopped", "apple");
            });
    checks
        .rows("SEARCH-012")
        .check(
            "each output of GetSearchCriteria may be NULL",
            c -> {
              IMAPIFolder search = searching(c, "apple");
              c.assertBits(SEARCH_RUNNING, state(c, search), "the state");
              if (c.findNativeSide().isEmpty()) {
                return;
              }
              NativeClient client = new NativeClient(c);
              long raw = client.open(client.store(), c.entryId(search));
              long out = client.out();
              for (int place = 0; place < 3; place++) {
                c.ok(
                    client.call(
                        IMAPIContainer.class,
                        "GetSearchCriteria",
                        raw,
                        MAPI_UNICODE,
                        place == 0 ? out : 0,
                        place == 1 ? out : 0,
                        place == 2 ? out : 0),
                    "GetSearchCriteria with one output");
                if (place < 2) {
                  client.free(client.pointer(out));
                } else {
                  c.assertBits(SEARCH_RUNNING, client.number(out), "*lpulSearchState");
                }
              }
              c.assertEqual(List.of(), client.ledger().live(), "blocks at the end");
            });
  }

  private static void widths(Checks checks) {
    checks
        .rows("SEARCH-014")
        .check(
            "MAPI_UNICODE decides the width of the restriction's strings",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "APPLE");
              SContentRestriction wide = (SContentRestriction) criteria(c, search).lppRestriction();
              c.assertEqual(has("APPLE"), wide, "the restriction with MAPI_UNICODE");
              var narrow = search.getSearchCriteria(0);
              if (narrow.failed()) {
                c.assertHr(MAPI_E_BAD_CHARWIDTH, narrow, "GetSearchCriteria without MAPI_UNICODE");
                return;
              }
              SContentRestriction content = (SContentRestriction) narrow.value().lppRestriction();
              c.assertEqual(PT_STRING8, content.lpProp().type(), "the type of the narrow text");
              c.assertEqual(
                  SPropValue.of(PR_SUBJECT_A, "APPLE").value(),
                  content.lpProp().value(),
                  "the narrow text");
              set(c, search, content, null, RESTART_SEARCH);
              assertShows(c, search, "with a narrow restriction", "apple");
              c.assertEqual(
                  PT_UNICODE,
                  ((SContentRestriction) criteria(c, search).lppRestriction()).lpProp().type(),
                  "the type of the text, set narrow and read wide");
            });
  }

  private static void memory(Checks checks) {
    checks
        .rows("SEARCH-030")
        .check(
            "restriction and list are freed by one MAPIFreeBuffer each",
            c -> {
              NativeClient client = new NativeClient(c);
              IMAPIFolder search = make(c);
              SRestriction tree =
                  new SAndRestriction(
                      List.of(has("one"), new SSubRestriction(PR_MESSAGE_RECIPIENTS, has("two"))));
              set(c, search, tree, list(c, c.folder(), c.root()), RESTART_SEARCH);
              long raw = client.open(client.store(), c.entryId(search));
              long restriction = client.out();
              long folders = client.out();
              long state = client.out();
              c.ok(
                  client.call(
                      IMAPIContainer.class,
                      "GetSearchCriteria",
                      raw,
                      MAPI_UNICODE,
                      restriction,
                      folders,
                      state),
                  "GetSearchCriteria");
              c.assertEqual(RES_AND, client.number(client.pointer(restriction)), "rt");
              c.assertEqual(2, client.number(client.pointer(folders)), "cValues");
              client.free(client.pointer(restriction));
              long list = client.pointer(folders);
              for (NativeSide.Block block : client.ledger().live()) {
                c.assertEqual(list, block.head(), "the chain of each block that is left");
              }
              client.free(list);
              c.assertEqual(List.of(), client.ledger().live(), "blocks after both were freed");
            });
  }

  private static void restrictions(Checks checks) {
    checks
        .rows("SEARCH-032")
        .check(
            "recipients and attachments can be searched",
            c -> {
              try (IMessage letter = c.newMessage(SPropValue.of(PR_SUBJECT_W, "to alice"))) {
                c.need(
                    letter.modifyRecipients(
                        MODRECIP_ADD, new ADRLIST(List.of(Fixtures.recipient(MAPI_TO, "Alice")))),
                    "ModifyRecipients");
                c.save(letter);
              }
              try (IMessage holder = c.newMessage(SPropValue.of(PR_SUBJECT_W, "with file"))) {
                Fixtures.attach(c, holder, "plan.mss");
                c.save(holder);
              }
              add(c, c.folder(), "neither");
              IMAPIFolder search = make(c);
              SRestriction alice =
                  new SSubRestriction(
                      PR_MESSAGE_RECIPIENTS,
                      new SContentRestriction(
                          FL_SUBSTRING | FL_IGNORECASE,
                          PR_DISPLAY_NAME_W,
                          SPropValue.of(PR_DISPLAY_NAME_W, "alice")));
              set(c, search, alice, list(c, c.folder()), RESTART_SEARCH);
              assertShows(c, search, "of recipients", "to alice");
              SRestriction file =
                  new SSubRestriction(
                      PR_MESSAGE_ATTACHMENTS,
                      new SContentRestriction(
                          FL_SUBSTRING | FL_IGNORECASE,
                          PR_ATTACH_LONG_FILENAME_W,
                          SPropValue.of(PR_ATTACH_LONG_FILENAME_W, ".mss")));
              set(c, search, file, null, RESTART_SEARCH);
              assertShows(c, search, "of attachments", "with file");
            });
  }

  private static void completion(Checks checks) {
    checks
        .rows("NOTIF-028", "STORE-050", "NOTIF-014", "NOTIF-002")
        .check(
            "fnevSearchComplete comes to store and folder when a search is done, not for a priority",
            c -> {
              add(c, c.folder(), "apple");
              IMAPIFolder search = make(c);
              Bytes id = c.entryId(search);
              Heard all = Heard.of(c, c.store(), null, fnevSearchComplete | fnevObjectCreated);
              Heard own = Heard.of(c, c.store(), id, fnevSearchComplete);
              Heard other = Heard.of(c, c.other(), null, fnevSearchComplete);
              set(c, search, has("apple"), list(c, c.folder()), RESTART_SEARCH);
              for (Heard heard : List.of(all, own, other)) {
                var event = heard.await(fnevSearchComplete, id);
                c.assertEqual(MAPI_FOLDER, event.ulObjType(), "ulObjType");
                c.assertEqual(c.entryId(c.folder()), event.lpParentID(), "lpParentID");
              }
              set(c, search, null, null, FOREGROUND_SEARCH);
              Bytes after = add(c, c.folder(), "plum");
              all.await(fnevObjectCreated, after);
              c.assertEqual(
                  1L,
                  all.about(id).stream()
                      .filter(event -> event.ulEventType() == fnevSearchComplete)
                      .count(),
                  "searches done after a new priority");
            });
  }
}
