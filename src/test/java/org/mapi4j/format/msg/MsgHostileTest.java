package org.mapi4j.format.msg;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.engine.je.JavaProcess;

/** Damaged files: a clear error or a whole read, soon and within a small heap; nothing else. */
class MsgHostileTest {
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final Duration EACH = Duration.ofSeconds(10);
  private static final List<String> VICTIMS =
      List.of(
          "msg-poi/58214_with_attachment.msg",
          "msg-poi/ASCII_CP1251_LCID1049.msg",
          "msg-poi/chinese-traditional.msg",
          "msg-poi/attachment_test_msg.msg",
          "msg-poi/example_received_regular.msg",
          "msg-poi/keywords.msg",
          "msg-poi/msgClassContact.msg",
          "msg-poi/quick.msg",
          "msg-jotlmsg/generated-with-attachments-2.msg",
          "msg-jotlmsg/msoutlook-attachment.msg");

  @TempDir Path temporary;

  @Test
  void open_theFuzzersFinds_answersSoonAndClearly() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      for (Path path : Corpus.messages(corpus.get())) {
        if (path.getFileName().toString().startsWith("clusterfuzz-")) {
          examine(path, path.getFileName().toString());
        }
      }
    }
  }

  @Test
  void open_truncatedFiles_answersSoonAndClearly() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      int step = LONG ? 64 : 64 * 16;
      for (String victim : LONG ? VICTIMS : VICTIMS.subList(0, 3)) {
        byte[] bytes = Files.readAllBytes(corpus.get().resolve(victim));
        for (int length = 0; length < bytes.length; length += step) {
          examine(file(Arrays.copyOf(bytes, length)), victim + " cut to " + length);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void open_filesWithFlippedBits_answersSoonAndClearly(long seed) throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      SplittableRandom chance = new SplittableRandom(seed);
      for (String victim : VICTIMS) {
        byte[] bytes = Files.readAllBytes(corpus.get().resolve(victim));
        for (int round = 0; round < (LONG ? 300 : 20); round++) {
          byte[] damaged = withFlippedBits(bytes, chance);
          examine(file(damaged), "%s, seed %d, round %d".formatted(victim, seed, round));
        }
      }
    }
  }

  @Test
  void into_damagedFilesInASmallHeap_storesOrRefusesEach() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      Path folder = Files.createDirectory(temporary.resolve("damaged"));
      SplittableRandom chance = new SplittableRandom(4);
      int count = 0;
      for (Path path : Corpus.messages(corpus.get())) {
        if (path.getFileName().toString().startsWith("clusterfuzz-")) {
          assertNotNull(Files.copy(path, folder.resolve("%04d.msg".formatted(count++))));
        }
      }
      for (String victim : VICTIMS) {
        byte[] bytes = Files.readAllBytes(corpus.get().resolve(victim));
        for (int round = 0; round < (LONG ? 100 : 8); round++) {
          byte[] damaged = withFlippedBits(bytes, chance);
          assertNotNull(Files.write(folder.resolve("%04d.msg".formatted(count++)), damaged));
        }
      }
      Process process = JavaProcess.start("-Xmx48m", HostileImport.class, folder.toString());
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String last = said.lines().reduce("", (before, line) -> line); // a logger may speak first
      assertEquals(0, process.waitFor(), said);
      Matcher counts = Pattern.compile("(\\d+) stored, (\\d+) refused").matcher(last);
      assertTrue(counts.matches(), last);
      int stored = Integer.parseInt(counts.group(1));
      assertTrue(stored > 0, last);
      assertEquals(count, stored + Integer.parseInt(counts.group(2)), last);
    }
  }

  @Test
  void open_aTextFile_namesTheSignature() throws Exception {
    Path text = file("This is no OLE2 file.".repeat(100).getBytes(StandardCharsets.US_ASCII));
    FormatException wrong =
        assertThrows(FormatException.class, () -> MsgFile.open(text, MsgLimits.DEFAULT).close());
    assertEquals(
        "header.signature at offset 0: expected D0CF11E0A1B11AE1, found 5468697320697320"
            + " [MS-CFB] 2.2",
        wrong.getMessage());
  }

  @Test
  void open_anEmptyFile_saysWhatIsMissing() throws Exception {
    FormatException wrong =
        assertThrows(
            FormatException.class,
            () -> MsgFile.open(file(new byte[0]), MsgLimits.DEFAULT).close());
    assertEquals(
        "header at offset 0: expected 512 bytes, the file has 0 [MS-CFB]", wrong.getMessage());
  }

  @Test
  void open_aWrongSectorShift_namesFieldPlaceAndValue() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isPresent()) {
      byte[] bytes = Files.readAllBytes(corpus.get().resolve(VICTIMS.get(0)));
      bytes[30] = 30;
      FormatException wrong =
          assertThrows(
              FormatException.class, () -> MsgFile.open(file(bytes), MsgLimits.DEFAULT).close());
      assertEquals(
          "header.sectorShift at offset 30: expected 9 or 12, found 30 [MS-CFB] 2.2",
          wrong.getMessage());
    }
  }

  private static byte[] withFlippedBits(byte[] bytes, SplittableRandom chance) {
    byte[] damaged = bytes.clone();
    int flips = 1 << chance.nextInt(6);
    for (int i = 0; i < flips; i++) {
      // The first kilobytes hold the tables that everything else hangs on.
      int at = chance.nextInt(chance.nextBoolean() ? Math.min(4096, bytes.length) : bytes.length);
      damaged[at] ^= (byte) (1 << chance.nextInt(8));
    }
    return damaged;
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(temporary.resolve("damaged.msg"), bytes);
  }

  private static void examine(Path path, String what) {
    assertDoesNotThrow(() -> assertTimeoutPreemptively(EACH, () -> readOrRefuse(path), what), what);
  }

  private static void readOrRefuse(Path path) throws IOException {
    try (MsgFile file = MsgFile.open(path, MsgLimits.DEFAULT)) {
      readAll(file.message());
    } catch (FormatException refused) {
      assertNotNull(refused.getMessage());
    }
  }

  private static void readAll(MsgMessage message) throws IOException {
    drain(message.properties());
    for (int i = 0; i < message.recipientCount(); i++) {
      drain(message.recipient(i));
    }
    for (int i = 0; i < message.attachmentCount(); i++) {
      MsgAttachment attachment = message.attachment(i);
      drain(attachment.properties());
      Optional<MsgMessage> embedded = attachment.embedded();
      if (embedded.isPresent()) {
        readAll(embedded.get());
      }
      Optional<byte[]> ole = attachment.oleObject();
      assertNotNull(ole);
    }
  }

  private static void drain(MsgObject object) throws IOException {
    for (MsgProperty property : object.properties()) {
      if (property.value() instanceof LargeValue large) {
        try (InputStream in = large.open()) {
          long skipped = in.transferTo(OutputStream.nullOutputStream());
          assertEquals(large.size(), skipped);
        }
      } else {
        assertNotNull(property.withId(0x1234));
      }
    }
  }
}
