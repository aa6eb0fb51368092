package org.mapi4j.com;

import java.util.List;
import org.mapi4j.types.Bytes;

/**
 * A structure or string.
 *
 * @param none the value of NULL without a count
 */
record ValueCarrier<T>(Reader<T> reader, Writer<T> writer, Freer freer, T none) implements Carrier {
  /** Reads a structure. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Decoder decoder, long address, long count, boolean wide);
  }

  /** Writes a structure. */
  @FunctionalInterface
  interface Writer<T> {
    long write(Encoder encoder, T value, boolean wide);
  }

  /** Frees a structure. */
  @FunctionalInterface
  interface Freer {
    void free(Logon logon, long address);
  }

  /** A value of one chain whose NULL is null. */
  static <T> ValueCarrier<T> chain(Reader<T> reader, Writer<T> writer) {
    return new ValueCarrier<>(reader, writer, ValueCarrier::freeChain, null);
  }

  /** A counted array of one chain; a NULL array without a count is empty. */
  static <E> ValueCarrier<List<E>> list(Reader<List<E>> reader, Writer<List<E>> writer) {
    return new ValueCarrier<>(reader, writer, ValueCarrier::freeChain, List.of());
  }

  /** Rows of a chain each. */
  static <T> ValueCarrier<T> rows(Reader<T> reader, Writer<T> writer) {
    return new ValueCarrier<>(
        reader,
        writer,
        (logon, set) -> Encoder.freeRows(logon.memory(), logon.allocators(), set),
        null);
  }

  private static void freeChain(Logon logon, long address) {
    logon.allocators().freeBuffer(address);
  }

  @Override
  public Object read(Logon logon, long word, long count, long extra) {
    return word == 0 && count == 0 ? none : reader.read(logon.decoder(), word, count, extra != 0);
  }

  @Override
  @SuppressWarnings("unchecked") // the registry gives each C type the carrier of its Java type
  public long write(Logon logon, Object value, long extra) {
    return value == null ? 0 : writer.write(logon.encoder(), (T) value, extra != 0);
  }

  @Override
  public int count(Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.size();
    }
    return value instanceof List<?> list ? list.size() : 0;
  }

  @Override
  public void free(Logon logon, long word) {
    if (word != 0) {
      freer.free(logon, word);
    }
  }
}
