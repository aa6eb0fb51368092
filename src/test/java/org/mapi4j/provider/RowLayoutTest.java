package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** Holds the examples of the pages store-rows.md and entry-id.md against the codecs. */
class RowLayoutTest {
  private static final Bytes FOLDER = Bytes.fromHex("101112131415161718191a1b1c1d1e1f");
  private static final Bytes BLOB = Bytes.fromHex("202122232425262728292a2b2c2d2e2f");

  private static void assertLayout(String page, Bytes row) {
    assertEquals(page.replaceAll("\\s", ""), row.toHex());
  }

  private static Stored whole(int tag, Object value) {
    return new Stored.Whole(SPropValue.of(tag, value));
  }

  @Test
  void location_encoded_isWhatThePageSays() {
    Location read = new Location(FOLDER, MSGFLAG_READ, 0, 0);
    assertLayout("01 101112131415161718191A1B1C1D1E1F 00000001 00000000 00000000", read.encode());
    assertEquals(read, Location.decode(read.encode()));
  }

  @Test
  void folder_encoded_isWhatThePageSays() {
    FolderRow inbox =
        new FolderRow(
            FOLDER, FOLDER_GENERIC, PropSet.of(List.of(whole(PR_DISPLAY_NAME_W, "Inbox"))));
    assertLayout(
        "01 101112131415161718191A1B1C1D1E1F 00000001 01 3001001F 00 0A 496E626F78",
        inbox.encode());
    assertEquals(inbox, FolderRow.decode(inbox.encode()));
  }

  @Test
  void message_encoded_isWhatThePageSays() {
    MessageImage image =
        new MessageImage(
            PropSet.of(
                List.of(
                    whole(PR_IMPORTANCE, 2),
                    whole(PR_SUBJECT_W, "ž"),
                    new Stored.Large(PR_BODY_W, new BlobRef(BLOB, 70_000)))),
            List.of(PropSet.of(List.of(whole(PR_RECIPIENT_TYPE, MAPI_TO)))),
            List.of(),
            0);
    String page =
        "00 03 00170003 00 00000002 0037001F 00 03 017E"
            + " 1000001F 01 202122232425262728292A2B2C2D2E2F 0000000000011170"
            + " 01 01 0C150003 00 00000001 00000000 00";
    Location born = new Location(FOLDER, MSGFLAG_UNMODIFIED, 0, 0);
    Bytes older = MessageCodec.encode(image);
    assertLayout("01" + page, older);
    Bytes row = MessageCodec.encode(born, image);
    assertLayout("02 101112131415161718191A1B1C1D1E1F 00000002 00000000 00000000" + page, row);
    StoreCore.StoredMessage read =
        MessageCodec.decodeRow(new RowReader(row), 5, blob -> fail("no image in a blob"));
    assertEquals(image, read.image());
    assertEquals(List.of(new BlobRef(BLOB, 70_000)), read.blobs());
    assertEquals(born, read.born());
    assertEquals(born, MessageCodec.born(row));
    assertNull(MessageCodec.born(older));
  }

  @Test
  void entryId_encoded_isWhatThePageSays() {
    Bytes uid = Bytes.fromHex("000102030405060708090a0b0c0d0e0f");
    assertLayout(
        "00000000 000102030405060708090A0B0C0D0E0F 01 02 101112131415161718191A1B1C1D1E1F",
        new EntryId(uid, EntryId.FOLDER, FOLDER).toBytes());
  }

  @Test
  void rows_ofANewerLayout_areRefusedAsSuch() {
    Bytes newer = Bytes.of(2).concat(new Location(FOLDER, 0, 0, 0).encode().slice(1, 29));
    assertThrows(StorageFault.NewerFormat.class, () -> Location.decode(newer));
    Bytes none = Bytes.of(0).concat(newer.slice(1, 29));
    assertThrows(StorageFault.Damaged.class, () -> Location.decode(none));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void rows_withFlippedBits_areReadOrDamage(long seed) {
    Random random = new Random(seed);
    MessageImage inner =
        new MessageImage(
            PropSet.of(
                List.of(
                    whole(PR_SUBJECT_W, "embedded €"),
                    whole(PropTag.of(0x8001, PT_MV_UNICODE), List.of("a", "ß")),
                    whole(PropTag.of(0x8002, PT_MV_BINARY), List.of(FOLDER, BLOB)))),
            List.of(),
            List.of(),
            0);
    MessageImage image =
        new MessageImage(
            PropSet.of(List.of(whole(PR_SUBJECT_W, "outer"), whole(PR_SEARCH_KEY, FOLDER))),
            List.of(PropSet.of(List.of(whole(PR_DISPLAY_NAME_W, "Ann")))),
            List.of(new MessageImage.Attachment(3, PropSet.EMPTY, inner)),
            4);
    byte[] row = MessageCodec.encode(new Location(FOLDER, 0, 0, 0), image).toArray();
    int read = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] flipped = row.clone();
      flipped[random.nextInt(row.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        read +=
            MessageCodec.decodeRow(new RowReader(Bytes.wrap(flipped)), 1, blob -> Bytes.EMPTY)
                        .version()
                    == 1
                ? 1
                : 0;
      } catch (StorageFault.Unreadable expected) {
        assertNotNull(expected.getMessage());
      }
    }
    assertTrue(read > 0);
  }

  @Test
  void rows_cutShortAnywhere_areDamage() {
    Bytes row =
        new FolderRow(
                FOLDER, FOLDER_GENERIC, PropSet.of(List.of(whole(PR_DISPLAY_NAME_W, "Inbox"))))
            .encode();
    for (int length = 0; length < row.size(); length++) {
      Bytes cut = row.slice(0, length);
      assertThrows(StorageFault.Damaged.class, () -> FolderRow.decode(cut), "at " + length);
    }
    Bytes location = new Location(FOLDER, 0, 0, 0).encode();
    for (int length = 0; length < location.size(); length++) {
      Bytes cut = location.slice(0, length);
      assertThrows(StorageFault.Damaged.class, () -> Location.decode(cut), "at " + length);
    }
  }

  @Test
  void indexRow_oneColumn_isThatOfTheWholeRow() {
    Bytes id = Bytes.wrap(new byte[16]);
    List<Stored> kept =
        List.of(
            whole(PR_IMPORTANCE, 2),
            whole(PR_SUBJECT_W, "\u017E and more"),
            whole(PR_MESSAGE_DELIVERY_TIME, new FILETIME(-1)),
            whole(PR_SENDER_NAME_A, "narrow"),
            whole(PR_SEARCH_KEY, Bytes.of(1, 2, 3)),
            whole(PropTag.of(0x6600, PT_MV_UNICODE), List.of("a", "\u017E")),
            whole(PropTag.of(0x6601, PT_I2), 3),
            whole(PropTag.of(0x6602, PT_BOOLEAN), true),
            whole(PropTag.of(0x6603, PT_DOUBLE), 1.5),
            whole(PropTag.of(0x6604, PT_CLSID), Guid.fromBytes(id)),
            new Stored.Large(PropTag.of(0x6605, PT_BINARY), new BlobRef(BLOB, 70_000)),
            whole(PropTag.of(0x6606, PT_I8), 7L));
    Bytes row = new IndexRow(9, MSGFLAG_READ, 4, PropSet.of(kept)).encode();
    assertEquals(MSGFLAG_READ, IndexRow.flags(row));
    for (Stored prop : kept) {
      assertEquals(prop, IndexRow.column(row, prop.id()));
    }
    assertNull(IndexRow.column(row, 0x0001));
    assertNull(IndexRow.column(row, 0x6000));
    assertNull(IndexRow.column(row, 0x6700));
    for (int size = 0; size < row.size(); size++) {
      Bytes cut = row.slice(0, size);
      assertThrows(StorageFault.Damaged.class, () -> IndexRow.column(cut, 0x6700));
    }
  }
}
