package org.mapi4j.format.msg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IStream;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SRow;
import org.mapi4j.types.Stg;

/** Imports that the corpus has no example of, into a store in memory. */
class MsgImportTest {
  private static final int LARGE_BYTES = 5_000_001;

  @TempDir Path temporary;

  private MessageStore session;
  private IMAPIFolder inbox;

  @BeforeEach
  void open() {
    session = Mapi4j.memory(StoreOptions.DEFAULT);
    Bytes id =
        MapiException.require(session.store().getReceiveFolder(null, 0), "GetReceiveFolder")
            .lppEntryID();
    inbox =
        (IMAPIFolder)
            MapiException.require(session.store().openEntry(id, null, MAPI_MODIFY), "OpenEntry")
                .lppUnk();
  }

  @AfterEach
  void close() {
    inbox.close();
    session.close();
  }

  private IMessage imported(MsgBuilder builder, List<KeptOut> keptOut) throws Exception {
    IMessage message = MapiException.require(inbox.createMessage(null, 0), "CreateMessage");
    try (MsgFile file =
        MsgFile.open(builder.write(temporary.resolve("it.msg")), MsgLimits.DEFAULT)) {
      keptOut.addAll(MsgImport.into(message, file.message()));
    }
    MapiException.require(message.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
    return message;
  }

  @Test
  void into_aLargeAttachment_arrivesByteForByte() throws Exception {
    byte[] data = new byte[LARGE_BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 >> 3);
    }
    MsgBuilder builder = MsgBuilder.message();
    builder.part("attach", 0).entry(PR_ATTACH_METHOD, 1).value(PR_ATTACH_DATA_BIN, data).end();
    try (IMessage message = imported(builder, new ArrayList<>());
        IAttach attach = MapiException.require(message.openAttach(0, null, 0), "OpenAttach");
        IStream stream =
            (IStream)
                MapiException.require(
                    attach.openProperty(PR_ATTACH_DATA_BIN, IID_IStream, 0, 0), "OpenProperty")) {
      byte[] read = new byte[LARGE_BYTES + 1];
      int at = 0;
      for (int n = 1; n > 0; at += n) {
        n = MapiException.require(stream.read(read, at, read.length - at), "Read");
      }
      assertEquals(LARGE_BYTES, at);
      assertEquals(Bytes.copyOf(data), Bytes.copyOf(read, 0, at));
    }
  }

  @Test
  void into_aRecipientWithoutTypeAndName_becomesAnAddressInTo() throws Exception {
    MsgBuilder builder = MsgBuilder.message();
    builder.part("recip", 0).text(PR_EMAIL_ADDRESS_W, "a@example.org").end();
    try (IMessage message = imported(builder, new ArrayList<>());
        IMAPITable table =
            MapiException.require(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable")) {
      MapiException.require(
          table.setColumns(tags(PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W), 0), "SetColumns");
      SRow row = MapiException.require(table.queryRows(1, 0), "QueryRows").get(0);
      assertEquals(MAPI_TO, row.lpProps().get(0).asInt());
      assertEquals("a@example.org", row.lpProps().get(1).asString());
    }
  }

  @Test
  void into_anOleObject_isKeptAndSaidWhere() throws Exception {
    MsgBuilder builder = MsgBuilder.message();
    MsgBuilder attachment = builder.part("attach", 0).entry(PR_ATTACH_METHOD, ATTACH_OLE);
    assertTrue(
        attachment
            .oleObject()
            .createDocument(
                "CONTENTS", new ByteArrayInputStream("x".getBytes(StandardCharsets.US_ASCII)))
            .isDocumentEntry());
    attachment.end();
    List<KeptOut> keptOut = new ArrayList<>();
    try (IMessage message = imported(builder, keptOut);
        IAttach attach = MapiException.require(message.openAttach(0, null, 0), "OpenAttach")) {
      boolean asBinary = keptOut.stream().anyMatch(each -> each.tag() == PR_ATTACH_DATA_OBJ);
      try (IStream stream =
          (IStream)
              MapiException.require(
                  attach.openProperty(
                      asBinary ? PR_ATTACH_DATA_BIN : PR_ATTACH_DATA_OBJ, IID_IStream, 0, 0),
                  "OpenProperty")) {
        byte[] signature = new byte[8];
        assertEquals(8, MapiException.require(stream.read(signature, 0, 8), "Read"));
        assertEquals(Bytes.fromHex("D0CF11E0A1B11AE1"), Bytes.wrap(signature));
        assertTrue(
            MapiException.require(stream.stat(Stg.STATFLAG_NONAME), "Stat").cbSize() >= 1024);
      }
    }
  }

  @Test
  void into_everyProperty_isStoredOrNamed() throws Exception {
    MsgBuilder builder =
        MsgBuilder.message()
            .entry(PR_ACCESS, 63)
            .entry(PR_IMPORTANCE, 2)
            .entry(PropTag.of(0x6807, 0x0036), 1);
    List<KeptOut> keptOut = new ArrayList<>();
    try (IMessage message = imported(builder, keptOut)) {
      assertEquals(
          2,
          MapiException.require(message.getProps(tags(PR_IMPORTANCE), 0), "GetProps")
              .get(0)
              .asInt());
    }
    assertEquals(
        List.of(
            "PR_ACCESS (0x0FF40003): the store computes it: MAPI_E_COMPUTED (0x8004011A)",
            "0x68070036: the store refuses it: MAPI_E_INVALID_TYPE (0x80040302)"),
        keptOut.stream().map(KeptOut::toString).toList());
  }
}
