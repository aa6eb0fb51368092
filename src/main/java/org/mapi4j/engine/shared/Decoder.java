package org.mapi4j.engine.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mapi4j.types.Bytes;

/** Reads a payload. Throws {@link FrameFault} for what does not fit. Not for several threads. */
final class Decoder {
  private final byte[] payload;
  private final ByteBuffer in;

  Decoder(byte[] payload) {
    this.payload = payload;
    this.in = ByteBuffer.wrap(payload);
  }

  private void expect(String field, int count) {
    if (count < 0 || count > in.remaining()) {
      throw new FrameFault(
          "%s at offset %d: %d bytes, %d are left"
              .formatted(field, in.position(), count, in.remaining()));
    }
  }

  int octet() {
    expect("octet", 1);
    return in.get() & 0xFF;
  }

  boolean flag() {
    int value = octet();
    if (value > 1) {
      throw new FrameFault("flag at offset %d: %d".formatted(in.position() - 1, value));
    }
    return value == 1;
  }

  int number() {
    expect("number", Integer.BYTES);
    return in.getInt();
  }

  long large() {
    expect("number", Long.BYTES);
    return in.getLong();
  }

  Bytes bytes() {
    int count = number();
    expect("bytes", count);
    Bytes value = Bytes.copyOf(payload, in.position(), count);
    in.position(in.position() + count);
    return value;
  }

  String text() {
    return new String(bytes().sharedArray(), StandardCharsets.UTF_8);
  }

  <T> List<T> list(Function<Decoder, T> item) {
    int count = number();
    expect("items of a list", count); // each takes a byte at least
    List<T> items = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      items.add(item.apply(this));
    }
    return items;
  }

  /** Nothing may be left. */
  void end() {
    if (in.hasRemaining()) {
      throw new FrameFault("%d bytes after the last field".formatted(in.remaining()));
    }
  }
}
