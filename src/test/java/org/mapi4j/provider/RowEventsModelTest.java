package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * What a client knows from row notifications alone against a fresh table: at each quiet point the
 * same rows, after random changes by two sessions. 20,000 sequences with {@code
 * -Dmapi4j.long=true}.
 */
class RowEventsModelTest {
  private static final int SEQUENCES = 200;
  private static final int LONG_SEQUENCES = 20_000;
  private static final int GROUPS = 8;
  private static final int ROUNDS = 8;
  private static final int NUMBERS = 0x6660_1003;
  private static final SPropTagArray CONTENTS =
      SPropTagArray.tags(
          PR_INSTANCE_KEY,
          PR_ENTRYID,
          PR_SUBJECT_W,
          PR_IMPORTANCE,
          PR_MESSAGE_FLAGS,
          PR_BODY_W,
          PR_CONTENT_COUNT,
          PR_CONTENT_UNREAD);
  private static final SPropTagArray HIERARCHY =
      SPropTagArray.tags(
          PR_INSTANCE_KEY,
          PR_ENTRYID,
          PR_DISPLAY_NAME_W,
          PR_DEPTH,
          PR_CONTENT_COUNT,
          PR_CONTENT_UNREAD,
          PR_SUBFOLDERS);

  private Random random;
  private TestStore mine;
  private TestStore other;
  private final List<Bytes> folders = new ArrayList<>();
  private final List<Bytes> messages = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private int rowEvents;
  private int coarseEvents;

  /** A view with a client, and how it was made. */
  private final class View {
    final IMAPITable table;
    final RowClient client;
    final java.util.function.Supplier<IMAPITable> opener;
    final SPropTagArray columns;
    final boolean isContents;
    SSortOrderSet order;
    SRestriction filter;

    View(
        java.util.function.Supplier<IMAPITable> opener, SPropTagArray columns, boolean isContents) {
      this.opener = opener;
      this.columns = columns;
      this.isContents = isContents;
      this.table = opener.get();
      assertHr(S_OK, table.setColumns(columns, 0));
      reshape();
      this.client = new RowClient(table);
    }

    void reshape() {
      if (isContents) {
        order = order();
        filter = random.nextInt(3) == 0 ? filter() : null;
        int flags = random.nextInt(4) == 0 ? TBL_ASYNC : random.nextBoolean() ? TBL_BATCH : 0;
        assertHr(S_OK, table.restrict(filter, flags));
        ok(table.waitForCompletion(0, -1));
        assertHr(S_OK, table.sortTable(order, flags));
        ok(table.waitForCompletion(0, -1));
      }
    }

    IMAPITable fresh() {
      IMAPITable fresh = opener.get();
      assertHr(S_OK, fresh.setColumns(columns, 0));
      if (isContents) {
        assertHr(S_OK, fresh.restrict(filter, 0));
        assertHr(S_OK, fresh.sortTable(order, 0));
        if (order.cCategories() > 0) {
          Bytes any = Bytes.of(1);
          ok(fresh.setCollapseState(0, ok(table.getCollapseState(0, any))));
        }
      }
      return fresh;
    }

    /** Opens or closes a category, of which no sink hears. */
    void toggle() {
      List<SRow> rows = client.rows();
      if (!isContents || order.cCategories() == 0 || rows.isEmpty()) {
        return;
      }
      Bytes key = rows.get(random.nextInt(rows.size())).lpProps().get(0).asBytes();
      int hr =
          random.nextBoolean() ? table.collapseRow(key, 0).hr() : table.expandRow(key, 100, 0).hr();
      assertTrue(hr == S_OK || hr == MAPI_E_NOT_FOUND, () -> "0x%X".formatted(hr));
    }

    void check() {
      if (random.nextInt(3) == 0) {
        ok(table.getRowCount(0)); // a call that looks tells the sinks too
      }
      try (IMAPITable fresh = fresh()) {
        List<List<SPropValue>> expected = values(RowClient.read(fresh));
        boolean same =
            client.until(() -> client.isLost() || values(client.rows()).equals(expected));
        if (!client.beginAgain() && !same) {
          assertEquals(
              text(expected), text(values(client.rows())), () -> "heard " + client.heard());
        }
        assertEquals(List.of(), client.wrong());
        assertEquals(text(expected), text(values(RowClient.read(table))));
        List<SRow> shown = RowClient.read(table); // the last events may be under way
        client.until(() -> client.isLost() || client.rows().equals(shown));
        if (!client.beginAgain()) {
          assertEquals(shown, client.rows());
        }
      }
    }

    void close() {
      client.end();
      assertEquals(List.of(), client.wrong());
      rowEvents += client.rowEvents;
      coarseEvents += client.coarseEvents;
      table.close();
    }
  }

  /** Without instance keys, which are each view's own. */
  private static List<List<SPropValue>> values(List<SRow> rows) {
    return rows.stream().map(row -> row.lpProps().subList(1, row.lpProps().size())).toList();
  }

  private static String text(List<List<SPropValue>> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  static LongStream groups() {
    return LongStream.range(0, GROUPS);
  }

  @ParameterizedTest(name = "sequences {0}")
  @MethodSource("groups")
  void rowsFromNotifications_afterRandomChangesByTwoSessions_areThoseOfAFreshTable(long group) {
    int all = Boolean.getBoolean("mapi4j.long") ? LONG_SEQUENCES : SEQUENCES;
    for (long seed = group; seed < all; seed += GROUPS) {
      try {
        sequence(seed);
      } catch (RuntimeException | AssertionError wrong) {
        throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
      }
    }
    assertTrue(rowEvents > 10 * coarseEvents, () -> rowEvents + " and " + coarseEvents);
  }

  private void sequence(long seed) {
    random = new Random(seed);
    mine = TestStore.create();
    other = mine.session(StoreOptions.DEFAULT);
    folders.clear();
    messages.clear();
    views.clear();
    for (String name : List.of("a", "b")) {
      folders.add(id(mine.folder(name)));
    }
    IntStream.range(0, random.nextInt(12)).forEach(i -> create(mine));
    IntStream.range(0, 3 + random.nextInt(3)).forEach(i -> open());
    for (int round = 0; round < ROUNDS; round++) {
      int steps = 1 + random.nextInt(12);
      IntStream.range(0, steps).forEach(i -> change(random.nextInt(3) == 0 ? mine : other));
      views.forEach(View::check);
      if (random.nextInt(3) == 0) {
        View view = views.get(random.nextInt(views.size()));
        view.client.pause(); // what is under way belongs to the rows before
        if (random.nextInt(3) == 0) {
          view.reshape();
        } else {
          view.toggle();
        }
        view.client.goOn();
      }
    }
    views.forEach(View::close);
    other.store.close();
    mine.store.close();
  }

  private void open() {
    TestStore session = random.nextInt(4) == 0 ? other : mine;
    IMAPIFolder folder = session.folder(folders.get(random.nextInt(2)));
    int kind = random.nextInt(6);
    if (kind == 0) {
      IMAPIFolder root = session.root();
      int flags = MAPI_UNICODE | (random.nextBoolean() ? CONVENIENT_DEPTH : 0);
      views.add(new View(() -> ok(root.getHierarchyTable(flags)), HIERARCHY, false));
    } else {
      int flags = MAPI_UNICODE | (kind == 1 ? MAPI_ASSOCIATED : 0);
      boolean expanded = random.nextInt(5) == 0;
      List<Integer> columns = new ArrayList<>(CONTENTS.stream().boxed().toList());
      if (expanded) {
        columns.add(NUMBERS | MVI_FLAG);
      }
      views.add(
          new View(() -> ok(folder.getContentsTable(flags)), SPropTagArray.of(columns), true));
    }
  }

  private SSortOrderSet order() {
    int[] tags = {PR_SUBJECT_W, PR_IMPORTANCE, PR_MESSAGE_FLAGS, PR_MESSAGE_DELIVERY_TIME};
    List<SSortOrder> keys = new ArrayList<>();
    IntStream.range(0, random.nextInt(3))
        .forEach(
            i ->
                keys.add(
                    new SSortOrder(
                        tags[random.nextInt(tags.length)],
                        random.nextBoolean() ? TABLE_SORT_ASCEND : TABLE_SORT_DESCEND)));
    if (!keys.isEmpty() && random.nextInt(3) == 0) {
      int categories = 1 + random.nextInt(keys.size());
      return new SSortOrderSet(keys, categories, random.nextInt(categories + 1));
    }
    return SSortOrderSet.of(keys.toArray(SSortOrder[]::new));
  }

  private SRestriction filter() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new SPropertyRestriction(
              RELOP_GE, PR_IMPORTANCE, SPropValue.of(PR_IMPORTANCE, random.nextInt(3)));
      case 1 ->
          new SContentRestriction(
              FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "s1"));
      default -> new SContentRestriction(FL_SUBSTRING, PR_BODY_W, SPropValue.of(PR_BODY_W, "x"));
    };
  }

  private void create(TestStore by) {
    IMAPIFolder folder = by.folder(folders.get(random.nextInt(2)));
    boolean associated = random.nextInt(5) == 0;
    try (IMessage message = ok(folder.createMessage(null, associated ? MAPI_ASSOCIATED : 0))) {
      edit(message);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      messages.add(id(message));
    }
  }

  private void edit(IMessage message) {
    set(message, PR_SUBJECT_W, "s" + random.nextInt(20));
    if (random.nextBoolean()) {
      set(message, PR_IMPORTANCE, random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      set(message, PR_BODY_W, random.nextBoolean() ? "x" : "y");
    }
    if (random.nextInt(4) == 0) {
      set(message, NUMBERS, random.ints(1 + random.nextInt(3), 0, 9).boxed().toList());
    }
  }

  private void change(TestStore by) {
    Bytes id = messages.isEmpty() ? null : messages.get(random.nextInt(messages.size()));
    Bytes from = id == null ? null : folderOf(by, id);
    int kind = from == null ? 0 : random.nextInt(10);
    switch (kind) {
      case 0, 1, 2 -> create(by);
      case 3, 4, 5 -> {
        try (IMessage message = by.open(id, MAPI_MODIFY)) {
          edit(message);
          assertHr(S_OK, message.saveChanges(0));
        }
      }
      case 6 -> assertHr(S_OK, by.folder(from).deleteMessages(ENTRYLIST.of(id), 0, null, 0));
      case 7 -> {
        int flags = random.nextBoolean() ? MESSAGE_MOVE : 0;
        IMAPIFolder to = by.folder(folders.get(random.nextInt(2)));
        assertHr(S_OK, by.folder(from).copyMessages(ENTRYLIST.of(id), null, to, 0, null, flags));
      }
      case 8 -> {
        int flags = random.nextBoolean() ? CLEAR_READ_FLAG : 0;
        ENTRYLIST which = random.nextBoolean() ? null : ENTRYLIST.of(id);
        assertHr(S_OK, by.folder(from).setReadFlags(which, 0, null, flags));
      }
      default -> {
        if (folders.size() < 12) {
          IMAPIFolder parent = by.folder(folders.get(random.nextInt(folders.size())));
          folders.add(id(subfolder(parent, "f" + folders.size())));
        }
      }
    }
  }

  /** The folder that a message is in; null when it is gone. */
  private static Bytes folderOf(TestStore by, Bytes id) {
    var opened = by.store.openEntry(id, null, 0);
    if (opened.failed()) {
      return null;
    }
    try (IMessage message = (IMessage) opened.value().lppUnk()) {
      return get(message, PropTag.changePropType(PR_PARENT_ENTRYID, PT_BINARY)).asBytes();
    }
  }
}
