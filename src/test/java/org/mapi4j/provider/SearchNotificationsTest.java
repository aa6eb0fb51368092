package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.SearchWords.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;

/** What sinks hear of search folders: their counts, and that a search is done. */
@Timeout(120)
class SearchNotificationsTest {
  private static final String BOTH = "modified PR_CONTENT_COUNT PR_CONTENT_UNREAD";

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("f");
  private final IMAPIFolder search = search(store.root(), "s");

  @AfterEach
  void close() {
    store.store.close();
  }

  /** What is told of one object, in words. */
  private static final class Ear implements IMAPIAdviseSink {
    private final Bytes of;
    private final List<String> heard = new ArrayList<>();

    Ear(Bytes of) {
      this.of = of;
    }

    @Override
    public synchronized int onNotify(List<NOTIFICATION> lpNotifications) {
      for (NOTIFICATION one : lpNotifications) {
        if (one instanceof OBJECT_NOTIFICATION object && of.equals(object.lpEntryID())) {
          heard.add(
              object.ulEventType() == fnevSearchComplete
                  ? "complete"
                  : "modified" + tags(object.lpPropTagArray()));
        }
      }
      notifyAll();
      return S_OK;
    }

    private static String tags(SPropTagArray tags) {
      StringBuilder names = new StringBuilder();
      if (tags != null) {
        tags.stream()
            .forEach(
                tag -> names.append(' ').append(org.mapi4j.types.PropTag.name(tag).orElseThrow()));
      }
      return names.toString();
    }

    synchronized void awaits(String... expected) throws InterruptedException {
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (heard.size() < expected.length && System.nanoTime() < deadline) {
        wait(100);
      }
      assertEquals(List.of(expected), heard);
      heard.clear();
    }

    /** The counts may be found before the commit that led to them is told. */
    synchronized void awaitsBefore(String last, String... others) throws InterruptedException {
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (!heard.contains(last) && System.nanoTime() < deadline) {
        wait(100);
      }
      assertEquals(last, heard.get(heard.size() - 1));
      assertEquals(
          List.of(others).stream().sorted().toList(),
          heard.subList(0, heard.size() - 1).stream().sorted().toList());
      heard.clear();
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }

  private Ear ear(TestStore in, Bytes source) {
    Ear ear = new Ear(id(search));
    assertNotEquals(0L, ok(in.store.advise(source, fnevObjectModified | fnevSearchComplete, ear)));
    return ear;
  }

  @Test
  void sinkOfTheFolder_hearsItsCountsAndNothingElse() throws Exception {
    message(folder, "a one");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    Ear ear = ear(store, id(search));
    message(folder, "x");
    Bytes two = message(folder, "a two");
    ear.awaits(BOTH);
    try (IMessage message = store.open(two, 0)) {
      assertHr(S_OK, message.setReadFlag(0));
    }
    ear.awaits("modified PR_CONTENT_UNREAD");
    try (IMessage message = store.open(two, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "x two");
      assertHr(S_OK, message.saveChanges(0));
    }
    ear.awaits("modified PR_CONTENT_COUNT");
    set(search, PR_COMMENT_W, "comment");
    ear.awaits("modified PR_COMMENT_W PR_LAST_MODIFICATION_TIME");
  }

  @Test
  void sinkOfTheFolder_inAnotherSession_hearsTheCounts() throws Exception {
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    TestStore other = store.session(StoreOptions.DEFAULT);
    Ear ear = ear(other, id(search));
    message(folder, "a");
    ear.awaits(BOTH);
    other.store.close();
  }

  @Test
  void sinkOfTheStore_hearsTheCountsOfSearchesThatTheSessionKnows() throws Exception {
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    Ear ear = ear(store, null);
    long deadline = System.nanoTime() + 20_000_000_000L;
    synchronized (ear) { // the first look only finds out; from then on changes are told
      for (int i = 0; ear.heard.isEmpty() && System.nanoTime() < deadline; i++) {
        message(folder, "a " + i);
        ear.wait(20);
      }
      assertEquals(BOTH, ear.heard.get(0));
    }
  }

  @Test
  void setSearchCriteria_tellsTheCountsBeforeThatItIsDone() throws Exception {
    Ear ofFolder = ear(store, id(search));
    Ear ofStore = ear(store, null);
    message(folder, "a one");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    ofFolder.awaitsBefore("complete", "modified", BOTH);
    ofStore.awaitsBefore("complete", "modified", BOTH);
    assertHr(S_OK, search.setSearchCriteria(null, null, RESTART_SEARCH));
    ofFolder.awaits("complete");
    assertHr(S_OK, search.setSearchCriteria(has("nothing"), null, 0));
    ofFolder.awaitsBefore("complete", "modified", BOTH);
  }

  @Test
  void advise_searchThatCannotBeRead_succeeds() throws Exception {
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    damageCriteria(store, search);
    Ear ear = ear(store, id(search));
    message(folder, "a");
    set(search, PR_COMMENT_W, "comment");
    ear.awaits("modified PR_COMMENT_W PR_LAST_MODIFICATION_TIME");
  }
}
