package org.mapi4j.engine.shared;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The unit of the wire: bytes of the payload, their CRC-32C, the payload. */
final class Frame {
  /** Bytes before the payload. */
  static final int HEADER_BYTES = 2 * Integer.BYTES;

  /** Bytes of a payload: the largest batch, its keys and preconditions. */
  static final int BYTES_MAX = 40 << 20;

  /** Bytes of a payload from a peer that has not proved yet who it is. */
  static final int STRANGER_BYTES_MAX = 512;

  private Frame() {}

  /** Fills in the header of a payload. */
  static void seal(byte[] bytes, int size) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, HEADER_BYTES, size - HEADER_BYTES);
    ByteBuffer.wrap(bytes).putInt(size - HEADER_BYTES).putInt((int) crc.getValue());
  }

  /**
   * Reads a payload. Throws {@link FrameFault} for one that is empty, too long or damaged, before
   * it takes memory for it; EOFException at the end.
   */
  static byte[] read(DataInputStream in, int bytesMax) throws IOException {
    int length = in.readInt();
    int expected = in.readInt();
    if (length <= 0 || length > bytesMax) {
      throw new FrameFault("length: %d, 1 to %d".formatted(length, bytesMax));
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new FrameFault("%d bytes of a frame of %d".formatted(payload.length, length));
    }
    CRC32C crc = new CRC32C();
    crc.update(payload);
    if ((int) crc.getValue() != expected) {
      throw new FrameFault("CRC-32C: %08x, expected %08x".formatted(crc.getValue(), expected));
    }
    return payload;
  }
}
