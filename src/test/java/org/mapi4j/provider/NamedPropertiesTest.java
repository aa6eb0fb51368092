package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreLimits;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

class NamedPropertiesTest {
  private static final Guid SET = MapiGuid.PS_PUBLIC_STRINGS;

  private final TestStore store = TestStore.create();

  private static List<MAPINAMEID> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> MAPINAMEID.string(SET, "name " + i)).toList();
  }

  @Test
  void getIDsFromNames_create_givesEachNameOneIdentifierForEver() {
    SPropTagArray first = ok(store.store.getIDsFromNames(names(0, 3), MAPI_CREATE));
    assertEquals(List.of(0x80000000, 0x80010000, 0x80020000), first.stream().boxed().toList());
    TestStore other = store.session(StoreOptions.DEFAULT);
    assertEquals(first, ok(other.store.getIDsFromNames(names(0, 3), 0)));
    assertEquals(first, ok(other.store.getIDsFromNames(names(0, 3), MAPI_CREATE)));
    assertEquals(names(0, 3), ok(other.store.getNamesFromIDs(first, null, 0)).lpppPropNames());
  }

  @Test
  void getIDsFromNames_createInAnAsynchronousSession_isOnTheDiskBeforeItIsTold() {
    List<Batch> batches = new ArrayList<>();
    Shard recording =
        new BrokenShards.Passing(store.shard) {
          @Override
          public CompletionStage<Outcome> commit(Batch batch) {
            batches.add(batch);
            return super.commit(batch);
          }
        };
    StoreOptions asynchronous = StoreOptions.builder().asynchronousCommits(true).build();
    IMsgStore session =
        StoreSession.open(recording, asynchronous, () -> {}, () -> {}).orElseThrow();
    ok(session.getIDsFromNames(names(0, 3), MAPI_CREATE));
    set(session, PR_COMMENT_W, "comment");
    assertEquals(
        List.of(Batch.Durability.SYNC, Batch.Durability.ASYNC),
        batches.stream().map(Batch::durability).toList());
  }

  @Test
  void getIDsFromNames_unknownName_isAnErrorTagInItsPlace() {
    ok(store.store.getIDsFromNames(names(0, 1), MAPI_CREATE));
    MapiResult<SPropTagArray> ids = store.store.getIDsFromNames(names(0, 2), 0);
    assertHr(MAPI_W_ERRORS_RETURNED, ids.hr());
    assertEquals(0x0000000A, ids.value().get(1));
    assertEquals(0x80000000, ids.value().get(0));
  }

  @Test
  void getIDsFromNames_sameNameTwice_isOneIdentifier() {
    List<MAPINAMEID> twice = List.of(names(0, 1).get(0), names(0, 1).get(0));
    SPropTagArray ids = ok(store.store.getIDsFromNames(twice, MAPI_CREATE));
    assertEquals(ids.get(0), ids.get(1));
    assertEquals(1, ok(store.store.getIDsFromNames(IMAPIProp.ALL_NAMES, 0)).size());
  }

  @Test
  void getIDsFromNames_kindAndSetArePartOfTheName() {
    List<MAPINAMEID> distinct =
        List.of(
            MAPINAMEID.id(SET, 1),
            MAPINAMEID.string(SET, "1"),
            MAPINAMEID.string(SET, "A"),
            MAPINAMEID.string(SET, "a"),
            MAPINAMEID.id(new Guid(1, 2), 1));
    SPropTagArray ids = ok(store.store.getIDsFromNames(distinct, MAPI_CREATE));
    assertEquals(5, ids.stream().distinct().count());
  }

  @Test
  void getIDsFromNames_mapiSet_namesIdentifiersBelow8000() {
    List<MAPINAMEID> subject = List.of(MAPINAMEID.id(MapiGuid.PS_MAPI, PropTag.id(PR_SUBJECT_W)));
    assertEquals(
        PropTag.id(PR_SUBJECT_W), PropTag.id(ok(store.store.getIDsFromNames(subject, 0)).get(0)));
    assertEquals(
        subject,
        ok(store.store.getNamesFromIDs(SPropTagArray.tags(PR_SUBJECT_W), null, 0)).lpppPropNames());
    assertEquals(0, ok(store.store.getIDsFromNames(IMAPIProp.ALL_NAMES, 0)).size());
  }

  @Test
  void getIDsFromNames_malformed_registersNothing() {
    List<MAPINAMEID> bad = new ArrayList<>(names(0, 1));
    bad.add(new MAPINAMEID(null, MNID_ID, 1, null));
    assertHr(MAPI_E_INVALID_PARAMETER, store.store.getIDsFromNames(bad, MAPI_CREATE).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, store.store.getIDsFromNames(null, MAPI_CREATE).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, store.store.getIDsFromNames(List.of(), 0).hr());
    assertEquals(0, ok(store.store.getIDsFromNames(IMAPIProp.ALL_NAMES, 0)).size());
  }

  @Test
  void getIDsFromNames_beyondTheLimit_isTooBigAndRegistersNone() {
    StoreLimits few =
        new StoreLimits(1 << 20, 32 << 10, 8 << 10, 1L << 40, 100, 100, 100, 32, 5, 200);
    TestStore small = TestStore.create(StoreOptions.builder().limits(few).build());
    ok(small.store.getIDsFromNames(names(0, 4), MAPI_CREATE));
    assertHr(MAPI_E_TOO_BIG, small.store.getIDsFromNames(names(0, 6), MAPI_CREATE).hr());
    assertEquals(4, ok(small.store.getIDsFromNames(IMAPIProp.ALL_NAMES, 0)).size());
    ok(small.store.getIDsFromNames(names(0, 5), MAPI_CREATE));
  }

  @Test
  void getIDsFromNames_readOnlySession_findsButDoesNotCreate() {
    SPropTagArray ids = ok(store.store.getIDsFromNames(names(0, 1), MAPI_CREATE));
    TestStore reader = store.session(StoreOptions.builder().writable(false).build());
    assertEquals(ids, ok(reader.store.getIDsFromNames(names(0, 1), MAPI_CREATE)));
    assertHr(MAPI_E_NO_ACCESS, reader.store.getIDsFromNames(names(1, 2), MAPI_CREATE).hr());
  }

  @Test
  void getNamesFromIDs_flagsAndSet_chooseAmongAllNames() {
    ok(
        store.store.getIDsFromNames(
            List.of(
                MAPINAMEID.id(SET, 1),
                MAPINAMEID.string(SET, "s"),
                MAPINAMEID.id(new Guid(3, 4), 9)),
            MAPI_CREATE));
    assertEquals(3, all(null, 0));
    assertEquals(1, all(null, MAPI_NO_IDS));
    assertEquals(2, all(null, MAPI_NO_STRINGS));
    assertEquals(0, all(null, MAPI_NO_IDS | MAPI_NO_STRINGS));
    assertEquals(2, all(SET, 0));
    assertHr(MAPI_E_UNKNOWN_FLAGS, store.store.getNamesFromIDs(null, null, 1 << 20).hr());
  }

  private int all(Guid set, int flags) {
    return ok(store.store.getNamesFromIDs(IMAPIProp.ALL_PROPS, set, flags)).lpppPropNames().size();
  }

  @Test
  void getNamesFromIDs_namelessIdentifier_isAWarningAndNull() {
    MapiResult<IMAPIProp.NamesFromIDs> names =
        store.store.getNamesFromIDs(SPropTagArray.tags(0x80550003), null, 0);
    assertHr(MAPI_W_ERRORS_RETURNED, names.hr());
    assertNull(names.value().lpppPropNames().get(0));
    assertEquals(0x8055000A, names.value().lppPropTags().get(0));
    assertHr(
        MAPI_E_INVALID_PARAMETER, store.store.getNamesFromIDs(SPropTagArray.EMPTY, null, 0).hr());
  }

  @Test
  void getIDsFromNames_manySessionsAtOnce_agreeOnEveryName() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Integer>>> runs = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        TestStore session = store.session(StoreOptions.DEFAULT);
        runs.add(
            threads.submit(
                () -> {
                  List<Integer> ids = new ArrayList<>();
                  for (int i = 0; i < 200; i++) {
                    ids.add(ok(session.store.getIDsFromNames(names(i, i + 1), MAPI_CREATE)).get(0));
                  }
                  return ids;
                }));
      }
      Set<List<Integer>> answers = new HashSet<>();
      for (Future<List<Integer>> run : runs) {
        answers.add(run.get());
      }
      assertEquals(1, answers.size());
      assertEquals(200, new HashSet<>(answers.iterator().next()).size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void mappingSignature_newName_changesItOnEveryObject() {
    Object before = get(store.store, PR_MAPPING_SIGNATURE).value();
    assertEquals(before, get(store.root(), PR_MAPPING_SIGNATURE).value());
    ok(store.store.getIDsFromNames(names(0, 1), MAPI_CREATE));
    Object after = get(store.store, PR_MAPPING_SIGNATURE).value();
    assertNotEquals(before, after);
    assertEquals(
        after, get(store.session(StoreOptions.DEFAULT).root(), PR_MAPPING_SIGNATURE).value());
    ok(store.store.getIDsFromNames(names(0, 1), MAPI_CREATE));
    assertEquals(after, get(store.store, PR_MAPPING_SIGNATURE).value());
  }
}
