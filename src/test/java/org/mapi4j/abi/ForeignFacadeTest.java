package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.client.Attachment;
import org.mapi4j.client.Folder;
import org.mapi4j.client.Item;
import org.mapi4j.client.Key;
import org.mapi4j.client.MapiException;
import org.mapi4j.client.Message;
import org.mapi4j.client.Row;
import org.mapi4j.client.Store;
import org.mapi4j.client.Tags;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * Every method of the façade over a store in C, and each call that it makes failing in turn: the
 * failure reaches the caller with its code, and no reference stays.
 */
class ForeignFacadeTest {
  private static final Key<Bytes> DATA = Key.binary(PR_ATTACH_DATA_BIN);
  private static final int ROWS = 3;

  /** A use of the façade that closes what it opens, as a program should. */
  @FunctionalInterface
  interface Use {
    void on(Scene scene) throws Exception;
  }

  /** A store with two folders and some messages; one of them is open, with all its parts. */
  private record Scene(Store store, Folder root, Folder folder, Message message)
      implements AutoCloseable {
    static Scene open() {
      Store store = Store.of(ForeignLibrary.open());
      Folder root = store.root();
      Folder folder = root.createFolder("Folder");
      root.createFolder("Other").close();
      IntStream.range(0, ROWS).forEach(i -> saved(folder, "message " + i).close());
      Message message = saved(folder, "open");
      message.addRecipient(MAPI_TO, "name", "SMTP", "a@example.com");
      message.attach("a.txt", Bytes.of(1, 2, 3));
      try (Attachment around = message.createAttachment();
          Message inner = around.createEmbedded()) {
        inner.set(Tags.SUBJECT, "inner");
        inner.save();
        around.save();
      }
      return new Scene(store, root, folder, message);
    }

    private static Message saved(Folder folder, String subject) {
      Message message = folder.createMessage();
      message.set(Tags.SUBJECT, subject);
      message.save();
      return message;
    }

    Row row(Iterable<Row> rows, int at) {
      Row found = null;
      int n = 0;
      for (Row row : rows) {
        found = n++ == at ? row : found;
      }
      return found;
    }

    @Override
    public void close() {
      message.close();
      folder.close();
      root.close();
      store.close();
    }
  }

  private static final Map<String, Use> USES = new LinkedHashMap<>();

  static {
    USES.put("root", s -> s.store().root().close());
    USES.put("ipmSubtree", s -> s.store().ipmSubtree().close());
    USES.put("inbox", s -> s.store().inbox().close());
    USES.put("message", s -> s.store().message(s.message().entryId()).close());
    USES.put("messageForUpdate", s -> s.store().messageForUpdate(s.message().entryId()).close());
    USES.put("name", s -> assertEquals("Folder", s.folder().name()));
    USES.put("count", s -> assertEquals(ROWS + 1, s.folder().messages().count()));
    USES.put("stream", ForeignFacadeTest::streamOfRows);
    USES.put("loop", ForeignFacadeTest::loopOverRows);
    USES.put("loop left early", ForeignFacadeTest::loopLeftEarly);
    USES.put("folder by name", s -> s.root().folder("Folder").orElseThrow().close());
    USES.put("folder that is absent", s -> assertTrue(s.root().folder("No").isEmpty()));
    USES.put("createFolder", s -> s.root().createFolder("New").close());
    USES.put("createMessage", s -> s.folder().createMessage().close());
    USES.put("message of a row", s -> s.folder().message(first(s.folder())).close());
    USES.put("update of a row", s -> s.folder().messageForUpdate(first(s.folder())).close());
    USES.put("deleteMessages", s -> whole(s.folder().deleteMessages(ids(s))));
    USES.put("copyMessages", s -> whole(s.folder().copyMessages(ids(s), s.root())));
    USES.put("moveMessages", s -> whole(s.folder().moveMessages(ids(s), s.root())));
    USES.put("deleteFolder", s -> whole(s.root().deleteFolder(s.folder().entryId())));
    USES.put("set", s -> s.message().set(Tags.BODY, "body"));
    USES.put("delete", s -> s.message().delete(Tags.SUBJECT));
    USES.put("properties", s -> assertTrue(s.message().properties().size() > 1));
    USES.put("save", s -> s.message().save());
    USES.put("overwrite", s -> s.message().overwrite());
    USES.put("write", s -> written(s.message()));
    USES.put("write and read", s -> assertEquals(5, read(written(s.message())).length));
    USES.put("recipients", s -> assertEquals(1, s.message().recipients().count()));
    USES.put("addRecipient", s -> s.message().addRecipient(MAPI_CC, "b", "SMTP", "b@b.example"));
    USES.put("removeRecipient", s -> s.message().removeRecipient(recipient(s)));
    USES.put("attachments", s -> assertEquals(2, s.message().attachments().count()));
    USES.put("attachment", s -> s.message().attachment(attachment(s, 0)).close());
    USES.put("createAttachment", s -> s.message().createAttachment().close());
    USES.put("attach", s -> s.message().attach("b.txt", Bytes.of(4)));
    USES.put("removeAttachment", s -> s.message().removeAttachment(attachment(s, 0)));
    USES.put("embedded", ForeignFacadeTest::embedded);
    USES.put("createEmbedded", ForeignFacadeTest::createEmbedded);
  }

  private ForeignLibrary.Watch watch;

  @BeforeEach
  void count() {
    watch =
        ForeignLibrary.isMissing("the façade over a store in C") ? null : ForeignLibrary.watch();
  }

  @AfterEach
  void nothingIsLeft() {
    if (watch != null) {
      watch.assertNothingIsLeft();
      ForeignLibrary.call("foreign_reset");
    }
  }

  private static void whole(org.mapi4j.client.Outcome outcome) {
    assertTrue(outcome.isComplete());
  }

  private static Row first(Folder folder) {
    try (Stream<Row> rows = folder.messages().stream()) {
      return rows.findFirst().orElseThrow();
    }
  }

  private static List<Bytes> ids(Scene s) {
    return List.of(s.message().entryId(), first(s.folder()).entryId());
  }

  private static Row recipient(Scene s) {
    return s.row(s.message().recipients(), 0);
  }

  private static Row attachment(Scene s, int at) {
    return s.row(s.message().attachments(), at);
  }

  private static void streamOfRows(Scene s) {
    try (Stream<Row> rows =
        s
            .folder()
            .messages(Tags.SUBJECT)
            .where(new SExistRestriction(PR_SUBJECT_W))
            .sortedBy(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_DESCEND)))
            .stream()) {
      assertEquals("open", rows.findFirst().orElseThrow().get(Tags.SUBJECT).orElseThrow());
    }
  }

  private static void loopOverRows(Scene s) {
    int count = 0;
    for (Row row : s.folder().messages(Tags.SUBJECT)) {
      count += row.get(Tags.SUBJECT).isPresent() ? 1 : 0;
    }
    assertEquals(ROWS + 1, count);
  }

  /** Its table goes back with the folder. */
  private static void loopLeftEarly(Scene s) {
    int before = ForeignLibrary.objects();
    try (Folder folder = s.store().folder(s.folder().entryId())) {
      for (Row row : folder.messages(Tags.SUBJECT)) {
        assertTrue(row.get(Tags.SUBJECT).isPresent());
        break;
      }
      assertEquals(before + 2, ForeignLibrary.objects());
    }
    assertEquals(before, ForeignLibrary.objects());
  }

  private static Item written(Message message) throws Exception {
    try (OutputStream out = message.write(DATA)) {
      out.write(new byte[5]);
    }
    return message;
  }

  private static byte[] read(Item item) throws Exception {
    try (InputStream in = item.read(DATA)) {
      return in.readAllBytes();
    }
  }

  private static void embedded(Scene s) {
    try (Attachment around = s.message().attachment(attachment(s, 1));
        Message inner = around.embedded()) {
      assertEquals("inner", inner.get(Tags.SUBJECT).orElseThrow());
    }
  }

  private static void createEmbedded(Scene s) {
    try (Attachment around = s.message().createAttachment();
        Message inner = around.createEmbedded()) {
      inner.set(Tags.SUBJECT, "another");
      inner.save();
      around.save();
    }
  }

  /** How many calls failed, and what the use threw, if it did. */
  private record Outcome(int failures, Throwable thrown) {
    boolean isClean() {
      return failures == 0 && thrown == null;
    }
  }

  /** Runs a use with failures. */
  private static Outcome run(Use use, int after, int often, int hr) {
    try (Scene scene = Scene.open()) {
      int before = ForeignLibrary.objects();
      ForeignLibrary.fail(after, often, hr);
      Throwable thrown = null;
      try {
        use.on(scene);
      } catch (Throwable failed) {
        thrown = failed;
      }
      int failures = ForeignLibrary.failures();
      ForeignLibrary.fail(0, 0, S_OK);
      assertEquals(before, ForeignLibrary.objects(), "objects of the use, after " + thrown);
      return new Outcome(failures, thrown);
    } finally {
      ForeignLibrary.call("foreign_reset");
    }
  }

  @Test
  void everyUse_withoutFailures_works() {
    if (watch != null) {
      USES.forEach(
          (name, use) -> {
            Outcome outcome = run(use, 0, 0, S_OK);
            if (!outcome.isClean()) {
              throw new AssertionError(name, outcome.thrown());
            }
          });
    }
  }

  /** Once: what closes the use may call on. For ever: nothing but Release works any more. */
  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void everyUse_whereEachCallFailsInTurn_throwsItsCodeAndKeepsNothing(int often) {
    if (watch == null) {
      return;
    }
    int failed = 0;
    for (Map.Entry<String, Use> use : USES.entrySet()) {
      for (int after = 0; ; after++) {
        Outcome outcome = run(use.getValue(), after, often, MAPI_E_NETWORK_ERROR);
        if (outcome.isClean()) {
          break;
        }
        Throwable thrown = outcome.thrown();
        String at = "%s, call %d".formatted(use.getKey(), after);
        if (!(thrown instanceof MapiException failure) || failure.hr() != MAPI_E_NETWORK_ERROR) {
          throw new AssertionError(at, thrown);
        }
        failed++;
      }
    }
    assertTrue(failed > 2 * USES.size(), "calls that failed: " + failed);
  }

  /** S_OK with nothing in the outputs. */
  @Test
  void everyUse_whereEachCallBringsNothing_keepsNothing() {
    if (watch == null) {
      return;
    }
    for (Map.Entry<String, Use> use : USES.entrySet()) {
      for (int after = 0; ; after++) {
        Outcome outcome = run(use.getValue(), after, 1, S_FALSE);
        if (outcome.isClean()) {
          break;
        }
        Throwable thrown = outcome.thrown();
        // An edit that was not made may show late, at the use itself or as a column that is
        // missing.
        if (thrown instanceof NullPointerException || thrown instanceof ClassCastException) {
          fail("%s, call %d".formatted(use.getKey(), after), thrown);
        }
      }
    }
  }

  @Test
  void objectOfAnotherKind_isClosed() {
    if (watch == null) {
      return;
    }
    try (Scene s = Scene.open()) {
      Bytes folder = s.folder().entryId();
      Bytes message = s.message().entryId();
      int before = ForeignLibrary.objects();
      for (Runnable one :
          List.<Runnable>of(
              () -> s.store().message(folder).close(), () -> s.store().folder(message).close())) {
        assertEquals(MAPI_E_INVALID_ENTRYID, assertThrows(MapiException.class, one::run).hr());
        assertEquals(before, ForeignLibrary.objects());
      }
    }
  }
}
