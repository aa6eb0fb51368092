package org.mapi4j.table;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.types.Bytes;

/**
 * What GetCollapseState gives: the categories that are not as the order has them, a row, and what
 * the order and the restriction were. Valid for every view of the same table, also after the store
 * was opened again.
 *
 * @param shape digest of the order and the restriction
 * @param row identity of the row that GetCollapseState was asked for
 * @param toggled names of categories
 */
record CollapseState(Bytes shape, Bytes row, Set<Bytes> toggled) {
  private static final int FORMAT = 0x6D34_0001;
  private static final int DIGEST_BYTES = 16;
  private static final int NAME_BYTES = 17;

  /** What order and restriction come to. */
  static Bytes digest(Shape shape) {
    String text = shape.order() + "\n" + shape.filter();
    return ViewContext.digest(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  Bytes encode() {
    ByteBuffer out =
        ByteBuffer.allocate(12 + DIGEST_BYTES + row.size() + toggled.size() * NAME_BYTES);
    out.putInt(FORMAT).put(shape.sharedArray()).putInt(row.size()).put(row.sharedArray());
    out.putInt(toggled.size());
    toggled.stream().sorted().forEach(name -> out.put(name.sharedArray()));
    return Bytes.wrap(out.array());
  }

  /** Empty for bytes that no table gave. */
  static Optional<CollapseState> decode(Bytes state) {
    try {
      ByteBuffer in = ByteBuffer.wrap(state.sharedArray()).asReadOnlyBuffer();
      if (in.getInt() != FORMAT) {
        return Optional.empty();
      }
      Bytes shape = read(in, DIGEST_BYTES);
      Bytes row = read(in, in.getInt());
      int count = in.getInt();
      if (count < 0 || in.remaining() != (long) count * NAME_BYTES) {
        return Optional.empty();
      }
      Set<Bytes> toggled = new HashSet<>();
      for (int i = 0; i < count; i++) {
        toggled.add(read(in, NAME_BYTES));
      }
      return Optional.of(new CollapseState(shape, row, toggled));
    } catch (BufferUnderflowException truncated) {
      return Optional.empty();
    }
  }

  private static Bytes read(ByteBuffer in, int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    return Bytes.wrap(bytes);
  }
}
