package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.*;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;

/** Streams against careless use: several on one property, odd places, owners that are gone. */
class StreamAbuseTest {
  private static final int CHUNK = BlobRef.CHUNK_BYTES;
  private static final int TAG = PR_HTML;

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("f");
  private final IMessage message = ok(folder.createMessage(null, 0));

  @AfterEach
  void everyRowAgrees() {
    message.close();
    store.sweep();
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  private static IStream open(IMAPIProp owner, int mode, int flags) {
    return (IStream) ok(owner.openProperty(TAG, MapiGuid.IID_IStream, mode, flags));
  }

  private static IStream create(IMAPIProp owner) {
    return open(owner, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
  }

  private static IStream edit(IMAPIProp owner) {
    return open(owner, STGM_READWRITE, MAPI_MODIFY);
  }

  private static void write(IStream stream, long at, byte[] bytes) {
    assertEquals(at, ok(stream.seek(at, STREAM_SEEK_SET)));
    assertEquals(bytes.length, ok(stream.write(bytes, 0, bytes.length)));
  }

  private static byte[] all(IStream stream) {
    assertEquals(0, ok(stream.seek(0, STREAM_SEEK_SET)));
    byte[] bytes = new byte[Math.toIntExact(ok(stream.stat(STATFLAG_NONAME)).cbSize())];
    assertEquals(bytes.length, ok(stream.read(bytes, 0, bytes.length)));
    return bytes;
  }

  private static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private byte[] saved() {
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    try (IMessage again = store.open(id(message), 0);
        IStream stream = open(again, STGM_READ, 0)) {
      return all(stream);
    }
  }

  @Test
  void setProps_afterADirectWrite_wins() {
    try (IStream stream = create(message)) {
      write(stream, 0, bytes(20, 1));
      set(message, TAG, Bytes.of(7, 7));
      assertArrayEquals(new byte[] {7, 7}, saved());
      assertArrayEquals(new byte[] {7, 7}, all(stream));
      write(stream, 1, new byte[] {9});
      assertArrayEquals(new byte[] {7, 9}, saved());
    }
    assertArrayEquals(new byte[] {7, 9}, saved());
  }

  @Test
  void deleteProps_afterADirectWrite_wins() {
    try (IStream stream = create(message)) {
      write(stream, 0, bytes(20, 1));
      assertEquals(List.of(), ok(message.deleteProps(SPropTagArray.tags(TAG))));
    }
    assertEquals(MAPI_E_NOT_FOUND, get(message, TAG).scode());
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(MAPI_E_NOT_FOUND, get(store.open(id(message), 0), TAG).scode());
  }

  @Test
  void twoDirectStreams_onOneProperty_seeEachOthersWrites() {
    try (IStream one = create(message);
        IStream two = edit(message)) {
      write(one, 0, new byte[] {1, 1, 1, 1});
      write(two, 2, new byte[] {2});
      write(one, 3, new byte[] {3});
      assertArrayEquals(new byte[] {1, 1, 2, 3}, all(two));
    }
    assertArrayEquals(new byte[] {1, 1, 2, 3}, saved());
  }

  @Test
  void create_onAPropertyThatAStreamHasOpen_emptiesIt() {
    try (IStream one = create(message)) {
      write(one, 0, bytes(3 * CHUNK, 1));
      try (IStream two = create(message)) {
        write(two, 0, new byte[] {5});
      }
      assertArrayEquals(new byte[] {5}, all(one));
    }
    assertArrayEquals(new byte[] {5}, saved());
  }

  @Test
  void directStream_openAcrossSaves_goesOn() {
    byte[] expected = bytes(5 * CHUNK + 17, 2);
    try (IStream stream = create(message)) {
      write(stream, 0, expected);
      assertArrayEquals(expected, saved());
      byte[] patch = bytes(CHUNK, 3);
      write(stream, 2 * CHUNK - 5, patch);
      System.arraycopy(patch, 0, expected, 2 * CHUNK - 5, CHUNK);
      assertArrayEquals(expected, saved());
      store.sweep();
      assertArrayEquals(expected, all(stream));
    }
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
  }

  @Test
  void directStream_afterASaveThatLeftItsOwnerReadOnly_refusesWrites() {
    try (IStream stream = create(message)) {
      write(stream, 0, bytes(10, 2));
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      assertHr(STG_E_ACCESSDENIED, stream.write(new byte[1], 0, 1).hr());
      assertHr(STG_E_ACCESSDENIED, stream.setSize(3));
      assertArrayEquals(bytes(10, 2), all(stream));
    }
  }

  @Test
  void transacted_onlyCommittedDataCounts() {
    try (IStream stream =
        open(message, STGM_READWRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY)) {
      write(stream, 0, new byte[] {1, 2});
      assertHr(S_OK, stream.commit(STGC_DEFAULT));
      write(stream, 0, new byte[] {8, 8, 8});
      assertArrayEquals(new byte[] {1, 2}, saved());
      assertHr(S_OK, stream.revert());
      assertArrayEquals(new byte[] {1, 2}, all(stream));
    }
    assertArrayEquals(new byte[] {1, 2}, saved());
  }

  @Test
  void seekAndWrite_beyondEveryLimit_areRefused() {
    try (IStream stream = create(message)) {
      write(stream, 0, new byte[] {1});
      assertEquals(Long.MAX_VALUE, ok(stream.seek(Long.MAX_VALUE, STREAM_SEEK_SET)));
      assertEquals(0, ok(stream.read(new byte[4], 0, 4)));
      assertHr(STG_E_MEDIUMFULL, stream.write(new byte[4], 0, 4).hr());
      assertHr(STG_E_INVALIDFUNCTION, stream.seek(1, STREAM_SEEK_CUR).hr());
      assertHr(STG_E_INVALIDFUNCTION, stream.seek(-2, STREAM_SEEK_END).hr());
      assertHr(STG_E_MEDIUMFULL, stream.setSize(Long.MAX_VALUE));
      assertHr(STG_E_MEDIUMFULL, stream.setSize(-1));
      assertArrayEquals(new byte[] {1}, all(stream));
    }
  }

  @Test
  void copyTo_itsOwnClone_copiesWhatWasThere() {
    byte[] content = bytes(2 * CHUNK, 4);
    try (IStream stream = create(message)) {
      write(stream, 0, content);
      try (IStream clone = ok(stream.cloneStream())) {
        assertEquals(content.length, ok(clone.seek(0, STREAM_SEEK_END)));
        assertEquals(0, ok(stream.seek(0, STREAM_SEEK_SET)));
        assertEquals(content.length, ok(stream.copyTo(clone, Long.MAX_VALUE)).pcbWritten());
      }
      byte[] twice = Arrays.copyOf(content, 2 * content.length);
      System.arraycopy(content, 0, twice, content.length, content.length);
      assertArrayEquals(twice, saved());
    }
  }

  @Test
  void copyTo_allBitsOfTheCountSet_copiesEverything() {
    byte[] content = bytes(CHUNK + 7, 6);
    try (IStream stream = create(message);
        IStream clone = ok(stream.cloneStream())) {
      write(stream, 0, content);
      assertEquals(0, ok(stream.seek(0, STREAM_SEEK_SET)));
      assertEquals(content.length, ok(clone.seek(0, STREAM_SEEK_END)));
      assertEquals(content.length, ok(stream.copyTo(clone, -1)).pcbRead());
    }
  }

  @Test
  void write_lastChunkFirst_isReadBackWhole() {
    int chunks = 40;
    byte[] expected = bytes(chunks * CHUNK + 100, 5);
    try (IStream stream = create(message)) {
      write(stream, chunks * CHUNK, Arrays.copyOfRange(expected, chunks * CHUNK, expected.length));
      write(stream, 0, Arrays.copyOf(expected, chunks * CHUNK));
    }
    assertArrayEquals(expected, saved());
    try (IStream narrow =
        (IStream) ok(message.openProperty(TAG, MapiGuid.IID_IStream, STGM_READ, 0))) {
      assertArrayEquals(expected, all(narrow));
    }
  }

  @Test
  void ownerReleased_streamAndAttachmentGoOnReading() {
    byte[] content = bytes(20 * CHUNK, 6);
    IMessage.CreatedAttach created = ok(message.createAttach(null, 0));
    try (IAttach attach = created.lppAttach();
        IStream stream = create(attach)) {
      write(stream, 0, content);
      assertHr(S_OK, stream.commit(0));
      assertHr(S_OK, attach.saveChanges(0));
    }
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    IMessage reader = store.open(id(message), 0);
    IAttach attach = ok(reader.openAttach(created.lpulAttachmentNum(), null, 0));
    IStream stream = open(attach, STGM_READ, 0);
    reader.close();
    attach.close();
    assertHr(S_OK, message.deleteAttach(created.lpulAttachmentNum(), 0, null, 0));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    store.sweep();
    assertArrayEquals(content, all(stream));
    stream.close();
    message.close();
    store.sweep();
    assertEquals(0, store.rows('b'));
  }

  @Test
  void ownerReleased_stagedBytesGoWithTheLastStream() {
    IMessage unsaved = ok(folder.createMessage(null, 0));
    IStream stream = create(unsaved);
    byte[] content = bytes(40 * CHUNK, 7);
    write(stream, 0, content);
    unsaved.close();
    assertArrayEquals(content, all(stream));
    stream.close();
    assertEquals(0, store.rows('b'));
    assertEquals(0, store.rows('g'));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomEdits_readAsAnArrayWould(int seed) {
    Random random = new Random(seed);
    byte[] expected = new byte[0];
    try (IStream stream = create(message)) {
      for (int step = 0; step < 60; step++) {
        int at = random.nextInt(30 * CHUNK);
        int what = random.nextInt(10);
        if (what < 6) {
          byte[] part = bytes(random.nextInt(3 * CHUNK), random.nextInt());
          write(stream, at, part);
          if (part.length > 0) {
            expected = Arrays.copyOf(expected, Math.max(expected.length, at + part.length));
            System.arraycopy(part, 0, expected, at, part.length);
          }
        } else if (what == 6) {
          assertHr(S_OK, stream.setSize(at));
          expected = Arrays.copyOf(expected, at);
        } else if (what == 7) {
          assertArrayEquals(expected, saved());
        } else if (what == 8) {
          assertHr(S_OK, stream.commit(0));
        } else {
          assertArrayEquals(expected, all(stream));
        }
      }
      assertArrayEquals(expected, saved());
    }
  }
}
