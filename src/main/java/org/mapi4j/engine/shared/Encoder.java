package org.mapi4j.engine.shared;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.mapi4j.types.Bytes;

/** Collects the payload of a frame. Numbers are big-endian. Not for several threads. */
@CanIgnoreReturnValue
final class Encoder {
  private byte[] bytes = new byte[Frame.HEADER_BYTES + 256];
  private int size = Frame.HEADER_BYTES;

  /** Bytes of payload so far. */
  int payloadBytes() {
    return size - Frame.HEADER_BYTES;
  }

  private int grow(int count) {
    int at = size;
    if (count > Frame.BYTES_MAX + Frame.HEADER_BYTES - at) {
      throw new FrameFault.TooLong(at + (long) count);
    }
    if (at + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + count, 2 * bytes.length));
    }
    size = at + count;
    return at;
  }

  Encoder octet(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
    return this;
  }

  Encoder flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  Encoder number(int value) {
    int at = grow(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(at, value);
    return this;
  }

  Encoder large(long value) {
    int at = grow(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(at, value);
    return this;
  }

  Encoder bytes(Bytes value) {
    number(value.size());
    int at = grow(value.size());
    value.copyTo(0, bytes, at, value.size());
    return this;
  }

  Encoder text(String value) {
    return bytes(Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  <T> Encoder list(Collection<T> items, BiConsumer<Encoder, T> item) {
    number(items.size());
    items.forEach(each -> item.accept(this, each));
    return this;
  }

  /** Sends the frame whole; the encoder is used up. */
  void writeTo(OutputStream out) throws IOException {
    Frame.seal(bytes, size);
    out.write(bytes, 0, size);
  }
}
