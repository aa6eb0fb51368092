package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.format.msg.Corpus;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;

class StoreCommandsTest {
  @TempDir Path directory;

  private final MemoryOpener opener = new MemoryOpener();

  @AfterEach
  void close() {
    opener.close();
  }

  private CliRun run(String... args) {
    return CliRun.answering("", opener, args);
  }

  private String store() {
    return directory.toString();
  }

  private Optional<Path> corpusImported(String... files) {
    Optional<Path> corpus = Corpus.folder();
    corpus.ifPresent(
        folder -> {
          for (String file : files) {
            CliRun run = run("import", folder.resolve(file).toString(), "--store", store());
            assertEquals(0, run.code(), run.out());
          }
        });
    return corpus;
  }

  @Test
  void import_aFolderWithDamagedFiles_storesTheRestAndReconciles() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      CliRun run =
          run("import", corpus.get().resolve("msg-poi").toString(), "/no.msg", "--store", store());
      assertEquals(1, run.code());
      assertTrue(run.out().endsWith("expected 42, stored 40, failed 2\n"), run.out());
      assertTrue(run.out().contains("FAILED /no.msg: no such file"), run.out());
      assertTrue(run.out().contains("property set of entry 0: expected 1 to 5"), run.out());
    }
  }

  @Test
  void import_aTextFile_namesTheReasonAndExitsOne() throws Exception {
    Path text = Files.writeString(directory.resolve("letter.msg"), "Dear all, ".repeat(100));
    CliRun run = run("import", text.toString(), "--store", store(), "--json");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("\"result\":\"failed\""), run.out());
    assertTrue(run.out().contains("header.signature at offset 0"), run.out());
    assertTrue(run.out().endsWith("{\"expected\":1,\"stored\":0,\"failed\":1}\n"), run.out());
  }

  @Test
  void ls_ofAStore_showsItsFoldersWithTheirCounts() {
    if (corpusImported("msg-poi/quick.msg", "msg-poi/cyrillic_message.msg").isPresent()) {
      CliRun folders = run("ls", "--store", store());
      assertEquals(0, folders.code());
      assertTrue(folders.out().matches("(?s).*Inbox +2.*"), folders.out());
      CliRun messages = run("ls", "--store", store(), "/Inbox");
      assertTrue(messages.out().contains("Автоматический ответ"), messages.out());
      assertTrue(messages.out().endsWith("2 messages\n"), messages.out());
      CliRun json = run("ls", "--store", store(), "/Inbox", "--json");
      assertTrue(json.out().contains("\"PR_SUBJECT_W\": \"Test the content"), json.out());
    }
  }

  @Test
  void dump_ofAMessageWithAnEmbeddedOne_showsBothWithNamesAndRecipients() {
    if (corpusImported("msg-poi/58214_with_attachment.msg").isPresent()) {
      CliRun dump = run("dump", "--store", store(), "/Inbox#1");
      assertEquals(0, dump.code(), dump.err());
      assertTrue(
          dump.out().contains("0x0037001F PT_UNICODE  PR_SUBJECT_W = \"Master mail\""), dump.out());
      assertTrue(dump.out().contains("\nrecipient 0\n"), dump.out());
      assertTrue(dump.out().contains("\n  embedded message\n"), dump.out());
      assertTrue(dump.out().contains("dispidReminderSet = false"), dump.out());
      CliRun json = run("dump", "--store", store(), "/Inbox#1", "--json");
      assertTrue(json.out().contains("\"attachments\": [\n"), json.out());
    }
  }

  @Test
  void dump_withoutAnObject_showsTheStore() {
    CliRun dump = run("dump", "--store", store());
    assertEquals(0, dump.code(), dump.err());
    assertTrue(dump.out().contains("PR_STORE_SUPPORT_MASK"), dump.out());
  }

  @Test
  void set_aSubject_isReadBackByGet() {
    if (corpusImported("msg-poi/quick.msg").isPresent()) {
      CliRun set = run("set", "--store", store(), "/Inbox#1", "PR_SUBJECT", "Новая тема");
      assertEquals(0, set.code(), set.err());
      assertEquals("SaveChanges: S_OK (0x00000000)\n", set.out());
      assertEquals(
          "Новая тема\n", run("get", "--store", store(), "/Inbox#1", "PR_SUBJECT_W").out());
    }
  }

  @Test
  void get_aMistypedTag_suggestsTheNearest() {
    CliRun run = run("get", "--store", store(), "/Inbox", "PR_DISPLAY_NAM");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("Did you mean") && run.err().contains("PR_DISPLAY_NAME"));
  }

  @Test
  void get_aPropertyThatIsNotThere_saysNotFound() {
    CliRun run = run("get", "--store", store(), "/Inbox", "PR_SUBJECT_W");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("PR_SUBJECT_W (0x0037001F) of /Inbox: MAPI_E_NOT_FOUND"));
  }

  @Test
  void set_aValueOfTheWrongKind_saysWhatIsExpected() {
    CliRun run = run("set", "--store", store(), "/Inbox", "PR_MESSAGE_DELIVERY_TIME", "today");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("PT_SYSTIME expects a time such as"), run.err());
  }

  @Test
  void ls_aMistypedFolder_suggestsTheNearest() {
    CliRun run = run("ls", "--store", store(), "/Inbx");
    assertEquals(1, run.code());
    assertEquals("mapi4j: /Inbx: no such folder. Did you mean Inbox?\n", run.err());
  }

  @Test
  void dump_aNumberBeyondTheFolder_saysHowManyThereAre() {
    CliRun run = run("dump", "--store", store(), "/Inbox#7");
    assertEquals(1, run.code());
    assertEquals("mapi4j: /Inbox#7: the folder has 0 messages\n", run.err());
  }

  @Test
  void doctor_ofAWellStore_tellsWhatIsThereAndExitsZero() {
    CliRun run = run("doctor", "--store", store());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("ok   opens"), run.out());
    assertTrue(run.out().contains("0 messages"), run.out());
    assertTrue(run.out().matches("(?s).*\\nok   thunks +(jna|ffm), since .*"), run.out());
    assertTrue(run.out().matches("(?s).*\\n(ok|no)   linux-x86-64 .*"), run.out());
    assertTrue(run("doctor", "--json").out().contains("\"good\": true"));
  }

  @Test
  void doctor_ofADirectoryThatIsNotThere_saysSoAndExitsOne() {
    CliRun run = run("doctor", "--store", store() + "/nowhere");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("BAD  store"), run.out());
  }

  @Test
  void check_ofAStoreWithoutFiles_saysSo() {
    CliRun run = run("check", "--store", store());
    assertEquals(1, run.code());
    assertEquals("mapi4j: check: this store has no files\n", run.err());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12})
  void import_damagedFiles_accountsForEachWithAReasonOfTheFormat(long seed) throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isEmpty()) {
      return;
    }
    SplittableRandom chance = new SplittableRandom(seed);
    byte[] whole = Files.readAllBytes(corpus.get().resolve("msg-poi/attachment_test_msg.msg"));
    Path damaged = Files.createDirectory(directory.resolve("damaged"));
    for (int i = 0; i < 40; i++) {
      byte[] bytes = whole.clone();
      for (int flips = 8; flips > 0; flips--) {
        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
      }
      Path file = damaged.resolve(i + ".msg");
      assertEquals(file, Files.write(file, bytes));
    }
    CliRun run = run("import", damaged.toString(), "--store", store());
    String[] lines = run.out().split("\n", -1);
    assertTrue(lines[lines.length - 2].startsWith("expected 40, stored "), run.out());
    for (String line : lines) {
      assertTrue(!line.startsWith("FAILED") || line.contains("[MS-"), line);
    }
  }

  @Test
  void ls_aNameThatATerminalWouldObey_isShownWithEscapes() {
    String name = "evil\u001B[2J\nname \u202E";
    assertEquals(0, run("set", "--store", store(), "/Outbox", "PR_DISPLAY_NAME", name).code());
    CliRun run = run("ls", "--store", store());
    assertTrue(run.out().contains("evil\\u001B[2J\\nname \\u202E"), run.out());
    assertTrue(run.out().codePoints().noneMatch(c -> c == 0x1B), run.out());
  }

  @Test
  void ls_aFolderWithANumberSignInItsName_isFound() {
    assertEquals(0, run("set", "--store", store(), "/Outbox", "PR_DISPLAY_NAME", "C#").code());
    assertEquals("0 messages\n", run("ls", "--store", store(), "/C#").out());
    assertEquals(
        "mapi4j: /Inbox#x: no such folder. Did you mean Inbox?\n",
        run("dump", "--store", store(), "/Inbox#x").err());
  }

  @Test
  void ls_anEmptyAddress_isNoFolder() {
    CliRun run = run("ls", "--store", store(), "");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("expected /FOLDER"), run.err());
  }

  @Test
  void demo_whereAFileIs_saysSo() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "text");
    CliRun run = run("demo", "--store", file.toString());
    assertEquals(1, run.code());
    assertEquals("mapi4j: " + file + ": a store is a directory, and this is a file\n", run.err());
    CliRun doctor = run("doctor", "--store", file.toString());
    assertTrue(doctor.out().contains("a store is a directory, and this is a file"), doctor.out());
  }

  @Test
  void import_aDevice_isNoRegularFileAndIsNotWaitedFor() {
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      CliRun run = run("import", device.toString(), "--store", store());
      assertEquals(1, run.code());
      assertTrue(run.out().startsWith("FAILED /dev/null: not a regular file\n"), run.out());
    }
  }

  @Test
  void doctor_ofAStoreWithADamagedRow_isBadAsCheckIs() {
    Path at = directory.resolve("damaged");
    Mapi4j.open(at, StoreOptions.DEFAULT).close();
    try (JeEngine engine = JeEngine.open(at, JeOptions.DEFAULT)) {
      Bytes key = engine.scan(KeyRange.prefix(Bytes.of('r')), false, 1).get(0).key();
      Batch damage = Batch.builder().put(key, 9, Bytes.EMPTY).token(Bytes.of(1)).build();
      assertInstanceOf(Outcome.Committed.class, engine.commit(damage).toCompletableFuture().join());
    }
    CliRun check = CliRun.of("check", "--store", at.toString());
    assertEquals(1, check.code(), check.out());
    CliRun doctor = CliRun.of("doctor", "--store", at.toString());
    assertEquals(1, doctor.code(), doctor.out());
    assertTrue(doctor.out().contains("BAD  check              row 72"), doctor.out());
  }
}
