package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SRestriction.SExistRestriction;

/** Messages that are kept for a time after they were deleted. */
class SoftDeletesTest {
  private static final Duration KEPT = Duration.ofHours(10);

  /** A clock that tests set. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  private final Hands clock = new Hands();
  private final StoreOptions options =
      StoreOptions.builder().clock(clock).deletedRetention(KEPT).build();
  private final TestStore store = TestStore.create(options);
  private final IMAPIFolder folder = store.folder("folder");

  private static int delete(IMAPIFolder from, int flags, Bytes... messages) {
    return from.deleteMessages(ENTRYLIST.of(messages), 0, null, flags);
  }

  private static int move(IMAPIFolder from, IMAPIFolder to, Bytes... messages) {
    return from.copyMessages(ENTRYLIST.of(messages), null, to, 0, null, MESSAGE_MOVE);
  }

  private void assertSound() {
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  @CanIgnoreReturnValue
  private int sweep() {
    return sweep(store);
  }

  @CanIgnoreReturnValue
  private int sweep(TestStore of) {
    return StoreSession.sweep(of.shard, () -> false, clock);
  }

  private int rows(char kind) {
    return store.shard.scan(KeyRange.prefix(Bytes.of(kind)), false, 10_000).size();
  }

  private IMessage written(IMAPIFolder in, String subject, int bodyLength) {
    IMessage message = ok(in.createMessage(null, 0));
    set(message, PR_SUBJECT_W, subject);
    set(message, PR_BODY_W, "b".repeat(bodyLength));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    return message;
  }

  @Test
  void deleteMessages_withoutRetention_deletesForGood() {
    TestStore plain = TestStore.create();
    IMAPIFolder in = plain.folder("folder");
    Bytes id = message(in, "gone");
    int before = plain.rows('m');
    assertHr(S_OK, delete(in, 0, id));
    assertEquals(before - 1, plain.rows('m'));
    assertEquals(0, plain.rows('o'));
    assertEquals(List.of(), subjects(in, SHOW_SOFT_DELETES));
    assertHr(MAPI_E_NOT_FOUND, plain.store.openEntry(id, null, SHOW_SOFT_DELETES).hr());
  }

  @Test
  void deleteMessages_withRetention_keepsForTheFlagAlone() {
    Bytes id = message(folder, "kept");
    Bytes associated = message(folder, "associated", MAPI_ASSOCIATED);
    message(folder, "live");
    assertHr(S_OK, delete(folder, 0, id, associated));
    assertEquals(List.of("live"), subjects(folder, 0));
    assertEquals(List.of("kept"), subjects(folder, SHOW_SOFT_DELETES));
    assertEquals(List.of("associated"), subjects(folder, SHOW_SOFT_DELETES | MAPI_ASSOCIATED));
    assertEquals(1, get(folder, PR_CONTENT_COUNT).asInt());
    assertEquals(1, get(folder, PR_CONTENT_UNREAD).asInt());
    assertEquals(0, get(folder, PR_ASSOC_CONTENT_COUNT).asInt());
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(id, null, 0).hr());
    assertHr(MAPI_E_NOT_FOUND, folder.getMessageStatus(id, 0).hr());
    assertHr(MAPI_E_NOT_FOUND, folder.setMessageStatus(id, 1, 1).hr());
    assertHr(MAPI_W_PARTIAL_COMPLETION, folder.setReadFlags(ENTRYLIST.of(id), 0, null, 0));
    assertHr(MAPI_W_PARTIAL_COMPLETION, delete(folder, 0, id));
    assertEquals(4, rows('o'));
    assertSound();
  }

  @Test
  void openEntry_ofWhatIsKept_isReadOnly() {
    try (IMessage message = written(folder, "kept", 200_000)) {
      Bytes id = id(message);
      message.close();
      assertHr(S_OK, delete(folder, 0, id));
      assertHr(
          MAPI_E_NO_ACCESS, store.store.openEntry(id, null, SHOW_SOFT_DELETES | MAPI_MODIFY).hr());
      try (IMessage opened = store.open(id, SHOW_SOFT_DELETES | MAPI_BEST_ACCESS)) {
        assertEquals(0, get(opened, PR_ACCESS_LEVEL).asInt());
        assertEquals(200_000, get(opened, PR_BODY_W).asString().length());
        assertEquals(id(folder), get(opened, PR_PARENT_ENTRYID).asBytes());
        clock.pass(KEPT.plusSeconds(1));
        assertEquals(1, sweep());
        assertEquals(200_000, get(opened, PR_BODY_W).asString().length());
      }
    }
    sweep();
    assertEquals(0, rows('b') + rows('z') + rows('o') + rows('m'));
    assertSound();
  }

  @Test
  void copyMessages_ofWhatIsKept_restoresOrCopies() {
    Bytes id = message(folder, "kept");
    IMAPIFolder other = store.folder("other");
    assertHr(S_OK, folder.setMessageStatus(id, 1, 1).hr());
    assertHr(S_OK, folder.setReadFlags(ENTRYLIST.of(id), 0, null, 0));
    assertHr(S_OK, delete(folder, 0, id));
    assertHr(S_OK, folder.copyMessages(ENTRYLIST.of(id), null, other, 0, null, 0));
    assertEquals(List.of("kept"), subjects(other, 0));
    assertHr(S_OK, move(folder, folder, id));
    assertEquals(List.of("kept"), subjects(folder, 0));
    assertEquals(List.of(), subjects(folder, SHOW_SOFT_DELETES));
    try (IMessage again = store.open(id, MAPI_MODIFY)) {
      assertEquals(MSGFLAG_READ, get(again, PR_MESSAGE_FLAGS).asInt() & MSGFLAG_READ);
    }
    assertEquals(0, ok(folder.getMessageStatus(id, 0)));
    assertEquals(0, rows('o'));
    assertHr(S_OK, delete(folder, 0, id));
    assertHr(S_OK, move(folder, other, id));
    assertEquals(List.of("kept", "kept"), subjects(other, 0));
    clock.pass(KEPT.multipliedBy(2));
    assertEquals(0, sweep());
    assertSound();
  }

  @Test
  void copyMessages_ofWhatIsKeptToAnotherStore_takesItAlong() {
    Bytes id = message(folder, "kept");
    assertHr(S_OK, delete(folder, 0, id));
    TestStore elsewhere = TestStore.create();
    IMAPIFolder there = elsewhere.folder("there");
    assertHr(S_OK, move(folder, there, id));
    assertEquals(List.of("kept"), subjects(there, 0));
    assertEquals(List.of(), subjects(folder, SHOW_SOFT_DELETES));
    assertEquals(0, rows('o'));
    assertSound();
  }

  @Test
  void deleteMessages_hard_reachesIntoTheBin() {
    Bytes kept = message(folder, "kept");
    Bytes live = message(folder, "live");
    assertHr(S_OK, delete(folder, 0, kept));
    assertHr(S_OK, delete(folder, DELETE_HARD_DELETE, kept, live));
    assertEquals(0, rows('o') + rows('m') + rows('i'));
    assertSound();
  }

  @Test
  void emptyFolder_keepsMessages_andHardRemovesThem() {
    message(folder, "one");
    message(folder, "associated", MAPI_ASSOCIATED);
    message(subfolder(folder, "child"), "below");
    assertHr(S_OK, folder.emptyFolder(0, null, 0));
    assertEquals(List.of("one"), subjects(folder, SHOW_SOFT_DELETES));
    assertEquals(List.of("associated"), subjects(folder, MAPI_ASSOCIATED));
    assertHr(S_OK, folder.emptyFolder(0, null, DEL_ASSOCIATED));
    assertEquals(List.of("associated"), subjects(folder, MAPI_ASSOCIATED | SHOW_SOFT_DELETES));
    message(folder, "two");
    assertHr(S_OK, folder.emptyFolder(0, null, DELETE_HARD_DELETE | DEL_ASSOCIATED));
    assertEquals(0, rows('o'));
    sweep();
    assertEquals(0, rows('m') + rows('i'));
    assertSound();
  }

  @Test
  void deleteFolder_takesWhatItsBinHoldsAlong() {
    Bytes id = message(folder, "kept");
    assertHr(S_OK, delete(folder, 0, id));
    assertHr(S_OK, store.root().deleteFolder(id(folder), 0, null, 0));
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(id, null, SHOW_SOFT_DELETES).hr());
    assertSound();
    sweep();
    assertEquals(0, rows('o') + rows('m') + rows('i') + rows('t'));
    assertSound();
  }

  @Test
  void searchFolder_deletesIntoTheBinOfTheMessagesFolder_andShowsNoneOfIt() {
    Bytes id = message(folder, "kept");
    IMAPIFolder search =
        ok(store.root().createFolder(FOLDER_SEARCH, "search", null, null, MAPI_UNICODE));
    assertHr(
        S_OK,
        search.setSearchCriteria(
            new SExistRestriction(PR_SUBJECT_W), ENTRYLIST.of(id(folder)), RESTART_SEARCH));
    assertEquals(List.of("kept"), subjects(search, 0));
    assertHr(S_OK, delete(search, 0, id));
    assertEquals(List.of(), subjects(search, 0));
    assertEquals(List.of("kept"), subjects(folder, SHOW_SOFT_DELETES));
    assertHr(S_OK, move(folder, folder, id));
    assertEquals(List.of("kept"), subjects(search, 0));
    assertHr(S_OK, search.emptyFolder(0, null, 0));
    assertEquals(List.of(), subjects(search, 0));
    assertEquals(List.of("kept"), subjects(folder, SHOW_SOFT_DELETES));
    clock.pass(KEPT.plusSeconds(1));
    assertEquals(1, sweep());
    assertEquals(List.of(), subjects(search, 0));
    assertSound();
  }

  @Test
  void deleteMessages_protected_areLeft() {
    Bytes open;
    try (IMessage message = written(folder, "open", 1)) {
      open = id(message);
      Bytes submitted = message(folder, "submitted");
      SubmitState.submitted(store.store, submitted, true);
      Bytes free = message(folder, "free");
      assertHr(MAPI_W_PARTIAL_COMPLETION, delete(folder, 0, open, submitted, free));
      assertHr(MAPI_W_PARTIAL_COMPLETION, folder.emptyFolder(0, null, 0));
      assertEquals(List.of("open", "submitted"), subjects(folder, 0));
      assertHr(MAPI_W_PARTIAL_COMPLETION, folder.setReadFlags(ENTRYLIST.of(submitted), 0, null, 0));
      SubmitState.submitted(store.store, submitted, false);
    }
    assertHr(S_OK, delete(folder, 0, open));
    assertSound();
  }

  @Test
  void saveChanges_ofWhatAnotherClientDeletedMeanwhile_isObjectDeletedUntilItIsBack() {
    StoreOptions outlook = options.toBuilder().profile(StoreProfile.OUTLOOK).build();
    Bytes id = message(folder, "before");
    try (IMessage handle = store.session(outlook).open(id, MAPI_MODIFY)) {
      IMAPIFolder others = store.session(outlook).folder(id(folder));
      assertHr(S_OK, delete(others, 0, id));
      set(handle, PR_SUBJECT_W, "edited");
      assertHr(MAPI_E_OBJECT_DELETED, handle.saveChanges(FORCE_SAVE));
      assertEquals("edited", get(handle, PR_SUBJECT_W).asString());
      assertEquals(List.of("before"), subjects(folder, SHOW_SOFT_DELETES));
      assertHr(S_OK, move(folder, folder, id));
      assertHr(S_OK, handle.saveChanges(0));
    }
    assertEquals(List.of("edited"), subjects(folder, 0));
    assertSound();
  }

  @Test
  void sweep_afterTheTime_removesWhatWasDeletedFirst() {
    Bytes first = message(folder, "first");
    Bytes second = message(folder, "second");
    assertHr(S_OK, delete(folder, 0, first));
    clock.pass(Duration.ofHours(6));
    assertHr(S_OK, delete(folder, 0, second));
    assertEquals(0, sweep());
    clock.pass(Duration.ofHours(6));
    assertEquals(1, sweep());
    assertEquals(List.of("second"), subjects(folder, SHOW_SOFT_DELETES));
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(first, null, SHOW_SOFT_DELETES).hr());
    assertSound();
    clock.pass(Duration.ofHours(6));
    assertEquals(1, sweep());
    assertEquals(0, rows('o') + rows('m'));
    assertSound();
  }

  @Test
  void sweep_ofSessionsWithOtherOptions_leavesTheTimeAsItWas() {
    Bytes id = message(folder, "kept");
    assertHr(S_OK, delete(folder, 0, id));
    TestStore other = store.session(StoreOptions.builder().clock(clock).build());
    assertEquals(0, sweep(other));
    assertEquals(List.of("kept"), subjects(folder, SHOW_SOFT_DELETES));
    Bytes live = message(folder, "live");
    assertHr(S_OK, delete(other.folder(id(folder)), 0, live));
    assertEquals(List.of("kept"), subjects(folder, SHOW_SOFT_DELETES));
    assertSound();
  }

  @Test
  void events_ofDeletionRestoringAndTheEnd_areThoseOfAMessageThatGoesAndComes() {
    Bytes id = message(folder, "kept");
    assertEquals(List.of("deleted folder"), events(() -> delete(folder, 0, id), id));
    assertEquals(List.of("created folder"), events(() -> move(folder, folder, id), id));
    assertEquals(List.of("deleted folder"), events(() -> delete(folder, 0, id), id));
    assertEquals(List.of(), events(() -> delete(folder, DELETE_HARD_DELETE, id), id));
    Bytes other = message(folder, "other");
    assertEquals(List.of("deleted folder"), events(() -> delete(folder, 0, other), other));
    clock.pass(KEPT.plusSeconds(1));
    assertEquals(List.of(), events(() -> sweep() == 1 ? S_OK : -1, other));
  }

  private List<String> events(java.util.function.IntSupplier work, Bytes about) {
    long before = store.shard.seq();
    assertHr(S_OK, work.getAsInt());
    List<String> told = new ArrayList<>();
    for (Change change : store.shard.changesSince(before, 100).orElseThrow()) {
      for (StoreEvents.Event event : StoreEvents.of(store.core(), change)) {
        if (event.notification() instanceof OBJECT_NOTIFICATION object
            && about.equals(object.lpEntryID())) {
          String what =
              switch (object.ulEventType()) {
                case fnevObjectDeleted -> "deleted";
                case fnevObjectCreated -> "created";
                default -> "event 0x%X".formatted(object.ulEventType());
              };
          told.add(what + (id(folder).equals(object.lpParentID()) ? " folder" : " elsewhere"));
        }
      }
    }
    return told;
  }

  @ParameterizedTest(name = "without the rows of kind {0}")
  @ValueSource(ints = {0, 1})
  void check_rowsOfTimeMissing_saysSo(int kind) {
    assertHr(S_OK, delete(folder, 0, message(folder, "kept")));
    assertSound();
    Batch.Builder batch = Batch.builder();
    for (Row row : store.shard.scan(KeyRange.prefix(Bytes.of('o', kind)), false, 10)) {
      batch.delete(row.key());
    }
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertNotEquals(List.of(), StoreSession.check(store.shard));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void randomFolderWork_withRetention_leavesAgreeingRows(long seed) {
    Random random = new Random(seed);
    TestStore any = TestStore.create(options);
    List<Bytes> folders = new ArrayList<>(List.of(id(any.root())));
    List<Bytes> messages = new ArrayList<>();
    FolderWork work = new FolderWork(any, random, folders, messages);
    for (int step = 0; step < 400; step++) {
      work.step();
      deleteOrRestore(any, random, folders, messages);
      if (step % 40 == 39) {
        clock.pass(Duration.ofHours(random.nextInt(8)));
        assertEquals(List.of(), StoreSession.check(any.shard), "step " + step);
        sweep(any);
        assertEquals(List.of(), StoreSession.check(any.shard), "after the sweep of step " + step);
      }
    }
    any.store.close();
    clock.pass(KEPT.multipliedBy(2));
    while (sweep(any) > 0) {
      assertEquals(List.of(), StoreSession.check(any.shard));
    }
    assertEquals(
        0, any.shard.scan(KeyRange.prefix(Bytes.of('o')), false, 10).size(), "kept for ever");
  }

  private static void deleteOrRestore(
      TestStore any, Random random, List<Bytes> folders, List<Bytes> messages) {
    if (messages.isEmpty()) {
      return;
    }
    Bytes one = messages.get(random.nextInt(messages.size()));
    for (Bytes place : folders) {
      var opened = any.store.openEntry(place, null, MAPI_MODIFY);
      if (opened.succeeded()) {
        try (IMAPIFolder in = (IMAPIFolder) opened.value().lppUnk()) {
          int hr =
              switch (random.nextInt(4)) {
                case 0 -> move(in, in, one);
                case 1 -> delete(in, DELETE_HARD_DELETE, one);
                default -> delete(in, 0, one);
              };
          assertTrue(hr == S_OK || hr == MAPI_W_PARTIAL_COMPLETION);
        }
      }
    }
  }

  private void damage(Bytes key) {
    put(key, store.shard.get(key).orElseThrow().value().slice(0, 3));
  }

  /** Its first octet says that a build made it that there is not yet. */
  private void makeNewer(Bytes key) {
    Bytes value = store.shard.get(key).orElseThrow().value();
    put(key, Bytes.of(0x71).concat(value.slice(1, value.size())));
  }

  private void put(Bytes key, Bytes value) {
    long version = store.shard.get(key).orElseThrow().version();
    Batch.Builder batch = Batch.builder().put(key, version + 1, value);
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
  }

  @Test
  void contentsTable_ofWhatIsKept_saysWhenItWasDeleted() {
    Bytes one = message(folder, "one");
    message(folder, "live");
    clock.pass(Duration.ofHours(1));
    FILETIME deleted = FILETIME.of(clock.instant());
    assertHr(S_OK, delete(folder, 0, one));
    clock.pass(Duration.ofHours(1));
    try (IMAPITable kept = ok(folder.getContentsTable(SHOW_SOFT_DELETES));
        IMAPITable live = ok(folder.getContentsTable(0))) {
      assertTrue(ok(kept.queryColumns(TBL_ALL_COLUMNS)).contains(PR_DELETED_ON));
      assertEquals(List.of(deleted), column(kept, PR_DELETED_ON));
      assertFalse(ok(live.queryColumns(TBL_ALL_COLUMNS)).contains(PR_DELETED_ON));
      assertEquals(Collections.singletonList(null), column(live, PR_DELETED_ON));
    }
  }

  @Test
  void rowsOfAnOlderBuild_keepMessagesUntilTheirTime() {
    Bytes one = message(folder, "one");
    assertHr(S_OK, delete(folder, 0, one));
    Bytes key = Keys.retained(EntryId.parse(one).orElseThrow().id());
    Row row = store.shard.get(key).orElseThrow();
    Bytes older = Bytes.of(1).concat(row.value().slice(1, 9));
    Batch.Builder batch = Batch.builder().put(key, row.version() + 1, older);
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertSound();
    try (IMAPITable kept = ok(folder.getContentsTable(SHOW_SOFT_DELETES))) {
      assertEquals(Collections.singletonList(null), column(kept, PR_DELETED_ON));
    }
    clock.pass(KEPT.plusSeconds(1));
    sweep();
    assertEquals(0, rows('m') + rows('o'));
  }

  @Test
  void sweep_damagedRowsOfKeptMessages_keepNoOther() {
    Bytes one = message(folder, "one");
    Bytes two = message(folder, "two");
    Bytes three = message(folder, "three");
    assertHr(S_OK, delete(folder, 0, one, two, three));
    damage(Keys.retained(EntryId.parse(one).orElseThrow().id()));
    damage(Keys.location(EntryId.parse(two).orElseThrow().id()));
    clock.pass(KEPT.plusSeconds(1));
    sweep();
    assertEquals(List.of("one", "two"), subjects(folder, SHOW_SOFT_DELETES));
    assertEquals(0, store.shard.scan(Keys.allExpiries(), false, 10).size());
    assertHr(S_OK, store.root().deleteFolder(id(folder), 0, null, 0));
    sweep();
    assertEquals(0, rows('i') + rows('t'));
    assertEquals(1, rows('m'), "the one that nothing says the folder of");
  }

  @Test
  void moveAndHardDelete_messagesWhoseTimeCannotBeRead_areDone() {
    Bytes one = message(folder, "one");
    Bytes two = message(folder, "two");
    Bytes three = message(folder, "three");
    assertHr(S_OK, delete(folder, 0, one, two, three));
    damage(Keys.retained(EntryId.parse(one).orElseThrow().id()));
    makeNewer(Keys.retained(EntryId.parse(two).orElseThrow().id()));
    try (IMAPITable kept = ok(folder.getContentsTable(SHOW_SOFT_DELETES))) {
      List<Object> times = column(kept, PR_DELETED_ON);
      assertEquals(3, times.size());
      assertEquals(2, Collections.frequency(times, null));
    }
    assertHr(S_OK, move(folder, folder, one));
    assertHr(S_OK, delete(folder, DELETE_HARD_DELETE, two));
    assertEquals(List.of("one"), subjects(folder, 0));
    assertEquals(List.of("three"), subjects(folder, SHOW_SOFT_DELETES));
    clock.pass(KEPT.plusSeconds(1));
    sweep();
    assertEquals(List.of("one"), subjects(folder, 0));
    assertSound();
  }

  @Test
  void sweep_rowsOfALayoutNotKnown_keepNoOther() {
    Bytes one = message(folder, "one");
    Bytes two = message(folder, "two");
    Bytes three = message(folder, "three");
    assertHr(S_OK, delete(folder, 0, one, two, three));
    makeNewer(Keys.retained(EntryId.parse(one).orElseThrow().id()));
    makeNewer(Keys.location(EntryId.parse(two).orElseThrow().id()));
    clock.pass(KEPT.plusSeconds(1));
    sweep();
    assertEquals(List.of("one", "two"), subjects(folder, SHOW_SOFT_DELETES));
    assertEquals(0, store.shard.scan(Keys.allExpiries(), false, 10).size());
    Bytes late = id(subfolder(folder, "late"));
    Bytes folderId = EntryId.parse(id(folder)).orElseThrow().id();
    FolderRow row = store.core().folder(folderId).value();
    Batch.Builder batch = Batch.builder(); // as when a folder comes in while its parent goes
    FolderTree.bury(batch, folderId, row);
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    makeNewer(Keys.folder(EntryId.parse(late).orElseThrow().id()));
    sweep();
    assertEquals(0, rows('i') + rows('t'));
  }

  @Test
  void sweep_damagedTimeInADeletedFolder_keepsNoOther() {
    Bytes one = message(folder, "one");
    Bytes two = message(folder, "two");
    assertHr(S_OK, delete(folder, 0, one, two));
    damage(Keys.retained(EntryId.parse(one).orElseThrow().id()));
    assertHr(S_OK, store.root().deleteFolder(id(folder), 0, null, 0));
    sweep();
    assertEquals(0, rows('m') + rows('i') + rows('t'));
    clock.pass(KEPT.plusSeconds(1));
    sweep();
    assertEquals(0, rows('o'));
    assertSound();
  }

  @Test
  void sweep_oneOfThemFails_theOthersAreDoneAndTheFaultIsThrown() {
    Shard failing =
        new BrokenShards.Passing(new MemoryEngine()) {
          @Override
          public List<Row> scan(KeyRange range, boolean reverse, int limit) {
            if (range.from().equals(Keys.allExpiries().from())) {
              throw new StorageFault.Unreachable("expiries", null);
            }
            return super.scan(range, reverse, limit);
          }
        };
    TestStore any = TestStore.on(failing);
    IMAPIFolder in = any.folder("folder");
    message(in, "m");
    assertHr(S_OK, any.root().deleteFolder(id(in), 0, null, DEL_MESSAGES));
    assertThrows(StorageFault.Unreachable.class, () -> sweep(any));
    assertEquals(0, any.rows('m') + any.rows('t'));
  }

  @Test
  void retention_longerThanFileTimesReach_isRefused() {
    StoreOptions.Builder longest = StoreOptions.builder().deletedRetention(Duration.ofDays(36_500));
    assertEquals(Duration.ofDays(36_500), longest.build().deletedRetention());
    longest.deletedRetention(Duration.ofDays(36_500).plusNanos(1));
    var refused = assertThrows(IllegalArgumentException.class, longest::build);
    assertTrue(refused.getMessage().contains("deletedRetention"), refused.getMessage());
  }
}
