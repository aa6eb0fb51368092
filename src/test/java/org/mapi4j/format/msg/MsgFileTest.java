package org.mapi4j.format.msg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.PS_PUBLIC_STRINGS;
import static org.mapi4j.types.MapiTags.*;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.String8;

/** What the corpus has no example of. */
class MsgFileTest {
  private static final Charset CYRILLIC = Charset.forName("windows-1251");

  @TempDir Path temporary;

  private interface Reading {
    void read(MsgMessage message) throws Exception;
  }

  private void read(MsgBuilder message, Reading reading) throws Exception {
    try (MsgFile file =
        MsgFile.open(message.write(temporary.resolve("it.msg")), MsgLimits.DEFAULT)) {
      reading.read(file.message());
    }
  }

  private static Object value(MsgObject object, int tag) {
    return object.properties().stream()
        .filter(property -> property.tag() == tag)
        .findFirst()
        .orElseThrow(() -> new AssertionError(PropTag.toString(tag) + " in " + object))
        .value();
  }

  private static byte[] numbers(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  @Test
  void properties_multivalues_areListsOfTheirValues() throws Exception {
    int longs = PropTag.of(0x6801, PT_MV_LONG);
    int texts = PropTag.of(0x6802, PT_MV_STRING8);
    int binaries = PropTag.of(0x6803, PT_MV_BINARY);
    int guids = PropTag.of(0x6804, PT_MV_CLSID);
    Guid guid = Guid.parse("00020329-0000-0000-C000-000000000046");
    MsgBuilder message =
        MsgBuilder.message()
            .entry(PR_MESSAGE_CODEPAGE, 1251)
            .value(longs, numbers(1, -2, 3))
            .value(texts, numbers(3, 4))
            .stream(MsgBuilder.stream(texts) + "-00000000", "да".getBytes(CYRILLIC))
            .stream(MsgBuilder.stream(texts) + "-00000001", "нет\0".getBytes(CYRILLIC))
            .value(binaries, numbers(2, 0))
            .stream(MsgBuilder.stream(binaries) + "-00000000", new byte[] {1, 2})
            .value(guids, guid.toBytes().toArray());
    read(
        message,
        msg -> {
          MsgObject object = msg.properties();
          assertEquals(List.of(1, -2, 3), value(object, longs));
          assertEquals(List.of("да", "нет"), value(object, PropTag.of(0x6802, PT_MV_UNICODE)));
          assertEquals(List.of(Bytes.of(1, 2)), value(object, binaries));
          assertEquals(List.of(guid), value(object, guids));
          assertEquals(List.of(), object.keptOut());
        });
  }

  @Test
  void properties_aTextInNoCodePage_staysNarrow() throws Exception {
    byte[] noText = {'a', (byte) 0x81, 'b'};
    MsgBuilder message =
        MsgBuilder.message().entry(PR_MESSAGE_CODEPAGE, 1252).value(PR_SUBJECT_A, noText);
    read(
        message,
        msg ->
            assertEquals(new String8(Bytes.copyOf(noText)), value(msg.properties(), PR_SUBJECT_A)));
  }

  @Test
  void properties_aLargeNarrowText_isAStreamOfUtf16() throws Exception {
    String text = "Длинный текст. ".repeat(20_000);
    MsgBuilder message =
        MsgBuilder.message()
            .entry(PR_INTERNET_CPID, 1251)
            .value(PR_BODY_A, text.getBytes(CYRILLIC));
    read(
        message,
        msg -> {
          LargeValue large = assertInstanceOf(LargeValue.class, value(msg.properties(), PR_BODY_W));
          assertEquals(2L * text.length(), large.size());
          try (InputStream in = large.open()) {
            assertEquals(text, new String(in.readAllBytes(), StandardCharsets.UTF_16LE));
          }
        });
  }

  @Test
  void properties_aLargeTextInNoCodePage_isAStreamOfItsBytes() throws Exception {
    byte[] bytes = "plain ".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    bytes[bytes.length - 1] = (byte) 0x81;
    MsgBuilder message = MsgBuilder.message().entry(PR_INTERNET_CPID, 1252).value(PR_BODY_A, bytes);
    read(
        message,
        msg -> {
          LargeValue large = assertInstanceOf(LargeValue.class, value(msg.properties(), PR_BODY_A));
          try (InputStream in = large.open()) {
            assertEquals(Bytes.copyOf(bytes), Bytes.wrap(in.readAllBytes()));
          }
        });
  }

  @Test
  void properties_aNamedOne_carriesItsNameAndOneWithoutIsKeptOut() throws Exception {
    int named = PropTag.of(0x8000, PT_UNICODE);
    int nameless = PropTag.of(0x8001, PT_LONG);
    MsgBuilder message =
        MsgBuilder.message().oneName("Keywords").text(named, "a").entry(nameless, 7);
    read(
        message,
        msg -> {
          MsgObject object = msg.properties();
          assertEquals(
              List.of(
                  new MsgProperty(named, MAPINAMEID.string(PS_PUBLIC_STRINGS, "Keywords"), "a")),
              object.properties());
          assertEquals(nameless, object.keptOut().get(0).tag());
        });
  }

  @Test
  void properties_withoutEntryOrStream_areReadOrNamed() throws Exception {
    MsgBuilder message =
        MsgBuilder.message().stream(
                MsgBuilder.stream(PR_SUBJECT_W), "x".getBytes(StandardCharsets.UTF_16LE))
            .entry(PR_BODY_W, 2)
            .entry(PropTag.of(0x6805, PT_CLSID), 16)
            .entry(PropTag.of(0x6806, PT_MV_LONG), 4);
    read(
        message,
        msg -> {
          MsgObject object = msg.properties();
          assertEquals("x", value(object, PR_SUBJECT_W));
          assertEquals("", value(object, PR_BODY_W));
          assertEquals(
              List.of("the stream of its value is missing", "the stream of its value is missing"),
              object.keptOut().stream().map(KeptOut::reason).toList());
        });
  }

  @Test
  void attachment_anOleObject_isAFileOfItsOwn() throws Exception {
    MsgBuilder message = MsgBuilder.message();
    MsgBuilder attachment = message.part("attach", 0).entry(PR_ATTACH_METHOD, 6);
    byte[] native1 = "picture".getBytes(StandardCharsets.US_ASCII);
    assertTrue(
        attachment
            .oleObject()
            .createDocument("CONTENTS", new ByteArrayInputStream(native1))
            .isDocumentEntry());
    attachment.end();
    read(
        message,
        msg -> {
          assertTrue(msg.attachment(0).embedded().isEmpty());
          byte[] file = msg.attachment(0).oleObject().orElseThrow();
          try (POIFSFileSystem object = new POIFSFileSystem(new ByteArrayInputStream(file));
              InputStream in = object.createDocumentInputStream("CONTENTS")) {
            assertEquals("picture", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
          }
        });
  }

  @Test
  void names_inAnotherCase_areTheSame() throws Exception {
    int named = PropTag.of(0x8000, PT_UNICODE);
    MsgBuilder message = MsgBuilder.message(name -> name.toUpperCase(Locale.ROOT));
    message.oneName("Keywords").text(named, "a").part("recip", 0).entry(PR_ROWID, 0).end();
    MsgBuilder attachment = message.part("attach", 0).entry(PR_ATTACH_METHOD, 5);
    attachment.embedded().text(PR_SUBJECT_W, "inner").end();
    attachment.end();
    read(
        message,
        msg -> {
          assertEquals("Keywords", msg.properties().properties().get(0).name().lpwstrName());
          assertEquals(1, msg.recipientCount());
          assertEquals(1, msg.attachmentCount());
          MsgMessage inner = msg.attachment(0).embedded().orElseThrow();
          assertEquals("inner", value(inner.properties(), PR_SUBJECT_W));
          assertEquals(List.of(), msg.attachment(0).properties().keptOut());
        });
  }

  @Test
  void properties_ofTypeObject_areNamedUnlessTheAttachmentHasThem() throws Exception {
    int other = PropTag.of(0x6807, PT_OBJECT);
    MsgBuilder message = MsgBuilder.message().entry(PR_ATTACH_DATA_OBJ, 0).entry(other, 0);
    assertEquals(0, message.directory("__substg1.0_6808000D").getEntryCount());
    MsgBuilder whole = message.part("attach", 0).entry(PR_ATTACH_DATA_OBJ, -1).entry(other, 0);
    whole.embedded().end();
    whole.end();
    message.part("attach", 1).entry(PR_ATTACH_DATA_OBJ, -1).end();
    read(
        message,
        msg -> {
          assertEquals(
              List.of(PR_ATTACH_DATA_OBJ, other, PropTag.of(0x6808, PT_OBJECT)),
              keptOut(msg.properties()));
          assertEquals(List.of(other), keptOut(msg.attachment(0).properties()));
          assertEquals(List.of(PR_ATTACH_DATA_OBJ), keptOut(msg.attachment(1).properties()));
        });
  }

  private static List<Integer> keptOut(MsgObject object) {
    return object.keptOut().stream().map(KeptOut::tag).toList();
  }

  @Test
  void embedded_deeperThanTheLimit_isRefusedByItsName() throws Exception {
    MsgBuilder outermost = MsgBuilder.message();
    MsgBuilder attachment = outermost.part("attach", 0);
    MsgBuilder inner = attachment.embedded();
    inner.end();
    attachment.end();
    Path path = outermost.write(temporary.resolve("deep.msg"));
    MsgLimits shallow = new MsgLimits(1000, 200, 100, 1000, 1000, 10, 10, 0);
    try (MsgFile file = MsgFile.open(path, shallow)) {
      MsgAttachment first = file.message().attachment(0);
      FormatException refused = assertThrows(FormatException.class, first::embedded);
      assertTrue(refused.getMessage().contains("embeddingDepthMax is 0"), refused.getMessage());
    }
  }

  @Test
  void open_moreRecipientsThanTheLimit_isRefusedByItsName() throws Exception {
    MsgBuilder message = MsgBuilder.message();
    for (int i = 0; i < 11; i++) {
      message.part("recip", i).end();
    }
    Path path = message.write(temporary.resolve("many.msg"));
    MsgLimits few = new MsgLimits(1000, 200, 100, 1000, 1000, 10, 10, 5);
    FormatException refused =
        assertThrows(FormatException.class, () -> MsgFile.open(path, few).close());
    assertTrue(refused.getMessage().contains("recipientsMax is 10"), refused.getMessage());
  }

  @Test
  void open_moreDirectoryEntriesThanTheLimit_isRefusedBeforeTheTablesAreBuilt() throws Exception {
    MsgBuilder message = MsgBuilder.message();
    for (int i = 0; i < 100; i++) {
      message.part("recip", i).end();
    }
    Path path = message.write(temporary.resolve("wide.msg"));
    MsgLimits few = new MsgLimits(50, 200, 100, 1000, 1000, 1000, 10, 5);
    FormatException refused =
        assertThrows(FormatException.class, () -> MsgFile.open(path, few).close());
    assertTrue(refused.getMessage().contains("directoryEntriesMax is 50"), refused.getMessage());
  }
}
