package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/**
 * An attachment many times the size of the heap goes in and out through IStream: 160 MB through 40
 * MB, and 3 GB through 96 MB with {@code -Dmapi4j.long=true}.
 */
class LargeAttachmentTest {
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final long DISK_BYTES_NEEDED = 12L << 30;
  private static final int BLOCK_BYTES = 1 << 20;

  @TempDir Path directory;

  @Test
  void attachment_manyTimesTheHeap_streamsInAndOut() throws Exception {
    if (LONG && Files.getFileStore(directory).getUsableSpace() < DISK_BYTES_NEEDED) {
      System.out.println("NOT RUN: a 3 GB attachment, less than 12 GB of disk are free");
      return;
    }
    Process process =
        JavaProcess.start(
            LONG ? "-Xmx96m" : "-Xmx40m",
            Client.class,
            directory.resolve("store").toString(),
            LONG ? "3072" : "160");
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "it ends");
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.exitValue(), said);
    assertEquals("the same bytes", said);
  }

  /** Writes, saves, opens again and reads; the arguments are the store and a number of blocks. */
  static final class Client {
    private Client() {}

    /** Says whether it read what it wrote. */
    public static void main(String[] arguments) {
      int blocks = Integer.parseInt(arguments[1]);
      StoreOptions options = StoreOptions.builder().cacheBytes(8 << 20).build();
      long written;
      Bytes id;
      try (MessageStore session = Mapi4j.open(Path.of(arguments[0]), options);
          IMAPIFolder inbox = inbox(session);
          IMessage message = inbox.createMessage(null, 0).value()) {
        written = write(message, blocks);
        good(message.saveChanges(KEEP_OPEN_READONLY));
        id = message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
      }
      try (MessageStore session = Mapi4j.open(Path.of(arguments[0]), options);
          IMessage message = (IMessage) session.store().openEntry(id, null, 0).value().lppUnk()) {
        System.out.println(read(message, blocks) == written ? "the same bytes" : "other bytes");
      }
    }

    private static IMAPIFolder inbox(MessageStore session) {
      Bytes id = session.store().getReceiveFolder("IPM.Note", 0).value().lppEntryID();
      return (IMAPIFolder) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk();
    }

    private static long write(IMessage message, int blocks) {
      SplittableRandom chance = new SplittableRandom(20261126);
      CRC32C sum = new CRC32C();
      byte[] block = new byte[BLOCK_BYTES];
      try (IAttach attachment = message.createAttach(null, 0).value().lppAttach();
          IStream stream =
              (IStream)
                  attachment
                      .openProperty(
                          PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY)
                      .value()) {
        for (int i = 0; i < blocks; i++) {
          chance.nextBytes(block);
          sum.update(block);
          MapiResult<Integer> wrote = stream.write(block, 0, BLOCK_BYTES);
          good(wrote.hr());
          if (wrote.value() != BLOCK_BYTES) {
            throw new IllegalStateException("wrote " + wrote);
          }
        }
        good(stream.commit(0));
        good(attachment.saveChanges(0));
      }
      return sum.getValue();
    }

    private static long read(IMessage message, int blocks) {
      CRC32C sum = new CRC32C();
      long total = 0;
      try (IAttach attachment = message.openAttach(0, null, 0).value();
          IStream stream =
              (IStream)
                  attachment.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, 0).value()) {
        byte[] block = new byte[BLOCK_BYTES];
        for (int got = next(stream, block); got > 0; got = next(stream, block)) {
          total += got;
          sum.update(block, 0, got);
        }
      }
      if (total != (long) blocks * BLOCK_BYTES) {
        throw new IllegalStateException("read " + total + " bytes");
      }
      return sum.getValue();
    }

    private static int next(IStream stream, byte[] block) {
      MapiResult<Integer> read = stream.read(block, 0, block.length);
      good(read.hr());
      return read.value();
    }

    private static void good(int hr) {
      if (hr != S_OK) {
        throw new IllegalStateException(HResult.toString(hr));
      }
    }
  }
}
