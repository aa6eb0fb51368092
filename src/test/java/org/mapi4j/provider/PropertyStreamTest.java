package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IStream;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.*;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

class PropertyStreamTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 40;
  private static final int SIZE_MAX = 200_000;
  private static final int LARGE_SEEDS = 24;
  private static final int LARGE_SIZE_MAX = 5_000_000;

  private final MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT);
  private final IMsgStore store = session.store();

  @AfterEach
  void close() {
    session.close();
  }

  private IMessage message() {
    IMAPIFolder root =
        (IMAPIFolder) store.openEntry(IMsgStore.ROOT_FOLDER, null, MAPI_MODIFY).value().lppUnk();
    return root.createMessage(null, 0).value();
  }

  private static IStream stream(IMessage message, int tag, int options, int flags) {
    return (IStream) message.openProperty(tag, IID_IStream, options, flags).value();
  }

  @Test
  void openProperty_textThatTheCodePageLacks_returnsBadCharwidth() {
    IMessage message = message();
    assertEquals(
        List.of(), message.setProps(List.of(SPropValue.of(PR_BODY_W, "\u65e5\u672c"))).value());
    assertEquals(MAPI_E_BAD_CHARWIDTH, message.openProperty(PR_BODY_A, IID_IStream, 0, 0).hr());
    assertEquals(MAPI_E_NOT_FOUND, message.openProperty(PR_HTML, IID_IStream, 0, 0).hr());
  }

  @TestFactory
  Stream<DynamicTest> stream_randomCalls_holdsWhatAnArrayHolds() {
    return LongStream.range(0, SEEDS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    (seed % 2 == 0 ? "direct" : "transacted") + ", seed " + seed,
                    () -> run(new Random(seed), seed % 2 != 0, SIZE_MAX)));
  }

  /** Beyond what stays in memory, so that chunks are staged, committed over and cut off. */
  @TestFactory
  Stream<DynamicTest> stream_randomCallsOnALargeValue_holdsWhatAnArrayHolds() {
    return LongStream.range(0, LARGE_SEEDS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    (seed % 4 == 0 ? "direct" : "transacted") + ", large, seed " + seed,
                    () -> run(new Random(seed), seed % 4 != 0, LARGE_SIZE_MAX)));
  }

  /** One stream beside an array, then the value after SaveChanges beside what should count. */
  private void run(Random random, boolean transacted, int sizeMax) {
    IMessage message = message();
    byte[] start = bytes(random, random.nextInt(sizeMax));
    assertEquals(
        List.of(), message.setProps(List.of(SPropValue.of(PR_HTML, Bytes.copyOf(start)))).value());
    IStream stream =
        stream(message, PR_HTML, STGM_WRITE | (transacted ? STGM_TRANSACTED : 0), MAPI_MODIFY);
    byte[] model = start;
    byte[] committed = start;
    int position = 0;
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          position = random.nextInt(sizeMax);
          assertEquals(position, stream.seek(position, STREAM_SEEK_SET).value());
        }
        case 1 -> {
          byte[] piece = bytes(random, random.nextInt(sizeMax / 2));
          assertEquals(piece.length, stream.write(piece, 0, piece.length).value());
          model = written(model, position, piece);
          position += piece.length;
        }
        case 2 -> {
          byte[] piece = new byte[random.nextInt(sizeMax / 2)];
          int expected = Math.max(0, Math.min(piece.length, model.length - position));
          assertEquals(expected, stream.read(piece, 0, piece.length).value());
          assertTrue(
              Arrays.equals(
                  piece,
                  0,
                  expected,
                  model,
                  expected == 0 ? 0 : position,
                  expected == 0 ? 0 : position + expected),
              "bytes read at " + position);
          position += expected;
        }
        case 3 -> {
          int size = random.nextInt(sizeMax);
          assertEquals(S_OK, stream.setSize(size));
          model = Arrays.copyOf(model, size);
        }
        case 4 -> {
          assertEquals(S_OK, stream.commit(STGC_DEFAULT));
          committed = model;
        }
        default -> {
          if (transacted && random.nextInt(3) == 0) {
            assertEquals(S_OK, stream.revert());
            model = committed;
            position = 0;
            assertEquals(0L, stream.seek(0, STREAM_SEEK_SET).value());
          }
        }
      }
      assertEquals(model.length, stream.stat(STATFLAG_NONAME).value().cbSize());
    }
    stream.close();
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertTrue(Arrays.equals(transacted ? committed : model, stored(message)));
  }

  private byte[] stored(IMessage message) {
    Bytes id = message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    IMessage again = (IMessage) store.openEntry(id, null, 0).value().lppUnk();
    IStream stream = stream(again, PR_HTML, 0, 0);
    byte[] whole = new byte[(int) stream.stat(STATFLAG_NONAME).value().cbSize()];
    assertEquals(whole.length, stream.read(whole, 0, whole.length).value());
    return whole;
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] written(byte[] model, int position, byte[] piece) {
    if (piece.length == 0) {
      return model;
    }
    byte[] out = Arrays.copyOf(model, Math.max(model.length, position + piece.length));
    System.arraycopy(piece, 0, out, position, piece.length);
    return out;
  }
}
