package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;

/**
 * Random work on folders, messages and search folders by two sessions, what each search folder
 * shows compared with a recomputation from a plain model. 20,000 sequences with {@code
 * -Dmapi4j.long=true}.
 */
class SearchModelTest {
  private static final int SEQUENCES = Boolean.getBoolean("mapi4j.long") ? 20_000 : 150;
  private static final int STEPS = 40;

  @TempDir private Path directory;

  /** A folder of the model. */
  private static final class Place {
    final Bytes id;
    Place parent;

    Place(Bytes id, Place parent) {
      this.id = id;
      this.parent = parent;
    }

    boolean isIn(Place other) {
      return this == other || parent != null && parent.isIn(other);
    }
  }

  /** A message of the model. */
  private static final class Mail {
    Place in;
    String subject;
    int importance;
    boolean read;

    Mail(Place in, String subject, int importance) {
      this.in = in;
      this.subject = subject;
      this.importance = importance;
    }
  }

  private record Condition(SRestriction restriction, Predicate<Mail> holds) {}

  /** A search folder of the model. */
  private static final class Search {
    final Bytes id;
    final Bytes parent;
    List<Place> listed;
    Condition condition;
    int state;
    Set<Bytes> links = new HashSet<>();
    IMAPITable table;

    Search(Bytes id, Bytes parent) {
      this.id = id;
      this.parent = parent;
    }

    boolean isRunning() {
      return (state & SEARCH_RUNNING) != 0;
    }
  }

  private Random random;
  private Shard shard;
  private TestStore first;
  private TestStore second;
  private Place root;
  private final List<Place> places = new ArrayList<>();
  private final Map<Bytes, Mail> mails = new LinkedHashMap<>();
  private final List<Search> searches = new ArrayList<>();
  private int names;

  @Test
  void randomWork_againstARecomputation_agrees() {
    LongStream.rangeClosed(1, SEQUENCES).forEach(seed -> run(seed, new MemoryEngine()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {20_001, 20_002, 20_003})
  void randomWork_onDisk_agrees(long seed) {
    run(seed, JeEngine.open(directory, JeOptions.DEFAULT));
  }

  private void run(long seed, Shard on) {
    random = new Random(seed);
    shard = on;
    places.clear();
    mails.clear();
    searches.clear();
    try {
      first = TestStore.on(shard);
      second = first.session(StoreOptions.DEFAULT);
      root = new Place(id(first.root()), null);
      places.add(root);
      for (int i = 0; i < 3; i++) {
        addFolder();
      }
      addSearch();
      for (int step = 0; step < STEPS; step++) {
        step();
        if (random.nextInt(3) == 0) {
          compare("seed " + seed + ", step " + step);
        }
      }
      compare("seed " + seed + ", the end");
      assertEquals(List.of(), StoreSession.check(shard), "seed " + seed);
    } catch (RuntimeException | AssertionError failed) {
      failed.addSuppressed(new AssertionError("seed " + seed));
      throw failed;
    } finally {
      second.store.close();
      first.store.close();
      shard.close();
    }
  }

  private TestStore session() {
    return random.nextBoolean() ? first : second;
  }

  private IMAPIFolder open(Bytes id) {
    return session().folder(id);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void step() {
    switch (random.nextInt(22)) {
      case 0 -> addFolder();
      case 1 -> removeFolder();
      case 2 -> moveFolder();
      case 3 -> renameFolder();
      case 4 -> addSearch();
      case 5 -> removeSearch();
      case 6, 7, 8, 9 -> criteria();
      case 10 -> reopen();
      case 11, 12 -> change();
      case 13 -> move();
      case 14 -> delete();
      case 15, 16 -> readFlags();
      default -> addMail();
    }
  }

  private void addFolder() {
    Place parent = any(places);
    try (IMAPIFolder folder = open(parent.id);
        IMAPIFolder made = subfolder(folder, "folder " + ++names)) {
      places.add(new Place(id(made), parent));
    }
  }

  private void removeFolder() {
    Place gone = any(places);
    if (gone == root) {
      return;
    }
    try (IMAPIFolder parent = open(gone.parent.id)) {
      assertHr(S_OK, parent.deleteFolder(gone.id, 0, null, DEL_FOLDERS | DEL_MESSAGES));
    }
    mails.values().removeIf(mail -> mail.in.isIn(gone));
    Set<Bytes> ids = new HashSet<>();
    places.stream().filter(place -> place.isIn(gone)).forEach(place -> ids.add(place.id));
    searches.removeIf(search -> ids.contains(search.parent));
    places.removeIf(place -> ids.contains(place.id));
    if (random.nextBoolean()) {
      first.sweep();
    }
  }

  private void moveFolder() {
    Place moved = any(places);
    Place to = any(places);
    if (moved == root || to.isIn(moved)) {
      return;
    }
    try (IMAPIFolder parent = open(moved.parent.id);
        IMAPIFolder target = session().folder(to.id)) {
      assertHr(S_OK, parent.copyFolder(moved.id, null, target, null, 0, null, FOLDER_MOVE));
    }
    moved.parent = to;
  }

  private void renameFolder() {
    Place renamed = any(places);
    if (renamed != root) {
      try (IMAPIFolder folder = open(renamed.id)) {
        set(folder, PR_DISPLAY_NAME_W, "renamed " + ++names);
      }
    }
  }

  private void addSearch() {
    Place parent = any(places);
    try (IMAPIFolder folder = open(parent.id);
        IMAPIFolder made =
            ok(folder.createFolder(FOLDER_SEARCH, "search " + ++names, null, null, 0))) {
      searches.add(new Search(id(made), parent.id));
    }
  }

  private void removeSearch() {
    if (searches.size() > 1) {
      Search gone = searches.remove(random.nextInt(searches.size()));
      try (IMAPIFolder parent = open(gone.parent)) {
        assertHr(S_OK, parent.deleteFolder(gone.id, 0, null, 0));
      }
    }
  }

  private Condition condition(int depth) {
    switch (random.nextInt(depth > 2 ? 3 : 6)) {
      case 0 -> {
        String letter = String.valueOf((char) ('a' + random.nextInt(4)));
        return new Condition(
            new SContentRestriction(
                FL_SUBSTRING, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, letter)),
            mail -> mail.subject.contains(letter));
      }
      case 1 -> {
        int least = random.nextInt(3);
        return new Condition(
            new SPropertyRestriction(RELOP_GE, PR_IMPORTANCE, SPropValue.of(PR_IMPORTANCE, least)),
            mail -> mail.importance >= least);
      }
      case 2 -> {
        return new Condition(
            new SBitMaskRestriction(BMR_EQZ, PR_MESSAGE_FLAGS, MSGFLAG_READ), mail -> !mail.read);
      }
      case 3 -> {
        Condition not = condition(depth + 1);
        return new Condition(new SNotRestriction(not.restriction()), not.holds().negate());
      }
      default -> {
        Condition one = condition(depth + 1);
        Condition two = condition(depth + 1);
        List<SRestriction> both = List.of(one.restriction(), two.restriction());
        return random.nextBoolean()
            ? new Condition(new SAndRestriction(both), one.holds().and(two.holds()))
            : new Condition(new SOrRestriction(both), one.holds().or(two.holds()));
      }
    }
  }

  private void criteria() {
    if (searches.isEmpty()) {
      return;
    }
    Search search = any(searches);
    boolean had = search.condition != null;
    Condition condition = random.nextInt(3) > 0 ? condition(0) : null;
    List<Place> listed = null;
    if (random.nextInt(3) > 0) {
      listed = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        listed.add(any(places));
      }
    }
    int flags = any(List.of(0, RESTART_SEARCH, STOP_SEARCH));
    flags |= any(List.of(0, RECURSIVE_SEARCH, SHALLOW_SEARCH));
    flags |= any(List.of(0, FOREGROUND_SEARCH, BACKGROUND_SEARCH));
    ENTRYLIST list =
        listed == null ? null : new ENTRYLIST(listed.stream().map(place -> place.id).toList());
    int hr;
    try (IMAPIFolder folder = open(search.id)) {
      hr =
          folder.setSearchCriteria(condition == null ? null : condition.restriction(), list, flags);
    }
    if (!had && (condition == null || listed == null)) {
      assertHr(MAPI_E_NOT_INITIALIZED, hr);
      return;
    }
    assertHr(S_OK, hr);
    Set<Bytes> before = expected(search);
    int state = had ? search.state : SEARCH_RUNNING;
    state = with(state, SEARCH_RUNNING, flags, RESTART_SEARCH, STOP_SEARCH);
    state = with(state, SEARCH_RECURSIVE, flags, RECURSIVE_SEARCH, SHALLOW_SEARCH);
    search.state = with(state, SEARCH_FOREGROUND, flags, FOREGROUND_SEARCH, BACKGROUND_SEARCH);
    search.condition = condition == null ? search.condition : condition;
    search.listed = listed == null ? search.listed : listed;
    search.links = before;
  }

  private static int with(int state, int bit, int flags, int on, int off) {
    return (flags & on) != 0 ? state | bit : (flags & off) != 0 ? state & ~bit : state;
  }

  /** What a search folder shows by the model. */
  private Set<Bytes> expected(Search search) {
    Set<Bytes> shown = new HashSet<>();
    mails.forEach(
        (id, mail) -> {
          boolean looks =
              search.isRunning()
                  ? search.condition.holds().test(mail)
                      && search.listed.stream().anyMatch(place -> covers(search, place, mail.in))
                  : search.links.contains(id);
          if (looks) {
            shown.add(id);
          }
        });
    return shown;
  }

  private boolean covers(Search search, Place listed, Place in) {
    boolean there = places.contains(listed);
    return there && ((search.state & SEARCH_RECURSIVE) != 0 ? in.isIn(listed) : in == listed);
  }

  /** The second session ends and comes again; its tables are opened anew. */
  private void reopen() {
    second.store.close();
    second = first.session(StoreOptions.DEFAULT);
    searches.forEach(search -> search.table = null);
  }

  private void addMail() {
    Place in = any(places);
    StringBuilder subject = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      subject.append((char) ('a' + random.nextInt(5)));
    }
    int importance = random.nextInt(3);
    try (IMAPIFolder folder = open(in.id);
        IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, subject.toString());
      set(message, PR_IMPORTANCE, importance);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      mails.put(id(message), new Mail(in, subject.toString(), importance));
    }
  }

  /** A message, and through which folder it is worked on: its own or a search that shows it. */
  private Bytes through(Bytes mail) {
    List<Bytes> ways = new ArrayList<>(List.of(mails.get(mail).in.id));
    searches.stream()
        .filter(search -> expected(search).contains(mail))
        .forEach(search -> ways.add(search.id));
    return any(ways);
  }

  private Bytes anyMail() {
    return mails.isEmpty() ? null : any(List.copyOf(mails.keySet()));
  }

  private void change() {
    Bytes id = anyMail();
    if (id == null) {
      return;
    }
    Mail mail = mails.get(id);
    try (IMessage message = session().open(id, MAPI_MODIFY)) {
      if (random.nextBoolean()) {
        mail.subject = String.valueOf((char) ('a' + random.nextInt(5)));
        set(message, PR_SUBJECT_W, mail.subject);
      } else {
        mail.importance = random.nextInt(3);
        set(message, PR_IMPORTANCE, mail.importance);
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    }
  }

  private void move() {
    Bytes id = anyMail();
    if (id == null) {
      return;
    }
    Place to = any(places);
    try (IMAPIFolder from = open(through(id));
        IMAPIFolder target = session().folder(to.id)) {
      assertHr(S_OK, from.copyMessages(ENTRYLIST.of(id), null, target, 0, null, MESSAGE_MOVE));
    }
    mails.get(id).in = to;
  }

  private void delete() {
    Bytes id = anyMail();
    if (id != null) {
      try (IMAPIFolder from = open(through(id))) {
        assertHr(S_OK, from.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
      }
      mails.remove(id);
    }
  }

  private void readFlags() {
    int flags = random.nextBoolean() ? 0 : CLEAR_READ_FLAG;
    if (!searches.isEmpty() && random.nextInt(4) == 0) {
      Search search = any(searches);
      Set<Bytes> all = expected(search);
      try (IMAPIFolder folder = open(search.id)) {
        assertHr(S_OK, folder.setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, flags));
      }
      all.forEach(id -> mails.get(id).read = flags == 0);
      return;
    }
    Bytes id = anyMail();
    if (id != null) {
      try (IMAPIFolder folder = open(through(id))) {
        assertHr(S_OK, folder.setReadFlags(ENTRYLIST.of(id), 0, null, flags));
      }
      mails.get(id).read = flags == 0;
    }
  }

  /** Every search folder: an old table of one session, a new one of the other, counts, criteria. */
  private void compare(String when) {
    boolean any = searches.stream().anyMatch(Search::isRunning);
    assertEquals(any ? STORE_HAS_SEARCHES : 0, get(session().store, PR_STORE_STATE).asInt(), when);
    for (Search search : searches) {
      Set<Bytes> expected = new TreeSet<>(expected(search));
      try (IMAPIFolder folder = first.folder(search.id)) {
        try (IMAPITable fresh = ok(folder.getContentsTable(MAPI_UNICODE))) {
          assertEquals(rowsOf(expected), shown(fresh), when);
        }
        assertEquals(expected.size(), get(folder, PR_CONTENT_COUNT).asInt(), when);
        long unread = expected.stream().filter(id -> !mails.get(id).read).count();
        assertEquals((int) unread, get(folder, PR_CONTENT_UNREAD).asInt(), when);
        var criteria = folder.getSearchCriteria(MAPI_UNICODE);
        if (search.condition == null) {
          assertEquals("MAPI_E_NOT_INITIALIZED", HResult.name(criteria.hr()), when);
        } else {
          assertEquals(search.condition.restriction(), ok(criteria).lppRestriction(), when);
          assertEquals(search.state, criteria.value().lpulSearchState(), when);
          assertEquals(
              search.listed.stream().map(place -> place.id).toList(),
              criteria.value().lppContainerList().lpbin(),
              when);
        }
      }
      if (search.table == null) {
        search.table = ok(second.folder(search.id).getContentsTable(MAPI_UNICODE));
      }
      assertHr(S_OK, search.table.seekRow(BOOKMARK_BEGINNING, 0).hr());
      assertEquals(rowsOf(expected), shown(search.table), when);
    }
  }

  private List<List<Object>> rowsOf(Set<Bytes> ids) {
    List<List<Object>> rows = new ArrayList<>();
    for (Bytes id : ids) {
      Mail mail = mails.get(id);
      rows.add(List.of(id, mail.in.id, mail.subject, mail.read));
    }
    return rows;
  }

  private static List<List<Object>> shown(IMAPITable table) {
    assertHr(
        S_OK,
        table.setColumns(
            SPropTagArray.tags(PR_ENTRYID, PR_PARENT_ENTRYID, PR_SUBJECT_W, PR_MESSAGE_FLAGS), 0));
    Map<Bytes, List<Object>> rows = new HashMap<>();
    for (SRow row : ok(table.queryRows(10_000, 0)).aRow()) {
      List<SPropValue> cells = row.lpProps();
      rows.put(
          cells.get(0).asBytes(),
          List.of(
              cells.get(0).value(),
              cells.get(1).value(),
              cells.get(2).value(),
              (cells.get(3).asInt() & MSGFLAG_READ) != 0));
    }
    return new TreeSet<>(rows.keySet()).stream().map(rows::get).toList();
  }
}
