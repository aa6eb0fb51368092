package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.SPropValue;

/**
 * SRowSet and ADRLIST, whose rows are chains of their own so that FreeProws, FreePadrlist and a
 * client that takes one row out can free each alone.
 */
final class RowEncoder {
  private final NativeMemory memory;
  private final Allocators allocators;

  RowEncoder(NativeMemory memory, Allocators allocators) {
    this.memory = memory;
    this.allocators = allocators;
  }

  /** The set and its rows, as separate chains; the address of the set. */
  <R> long set(Block block, List<R> rows, Function<R, List<SPropValue>> props) {
    long[] chains = new long[rows.size()];
    boolean done = false;
    try {
      int next = 0;
      for (R row : rows) {
        chains[next++] = row(block, props.apply(row));
      }
      block.clear();
      int first = block.place(ROW_SET_HEADER + (long) ROW * chains.length);
      block.putInt(first, chains.length);
      int at = first + ROW_SET_HEADER;
      next = 0;
      for (R row : rows) {
        block.putInt(at + ROW_COUNT, props.apply(row).size());
        block.putLong(at + ROW_PROPS, chains[next++]);
        at += ROW;
      }
      long set = block.publish(memory, allocators) + first;
      done = true;
      return set;
    } finally {
      if (!done) {
        free(chains);
      }
    }
  }

  private long row(Block block, List<SPropValue> props) {
    if (props.isEmpty()) {
      return 0;
    }
    block.clear();
    int first = PropEncoder.array(block, props);
    return block.publish(memory, allocators) + first;
  }

  private void free(long[] chains) {
    Arrays.stream(chains).filter(chain -> chain != 0).forEach(allocators::freeBuffer);
  }

  /** FreeProws, FreePadrlist. */
  static void free(NativeMemory memory, Allocators allocators, long set) {
    if (set == 0) {
      return;
    }
    long count = Integer.toUnsignedLong(memory.getInt(set));
    if (count > ComLimits.DEFAULT.elementsMax()) {
      throw new ComFault(MAPI_E_INVALID_PARAMETER, "a row set of %d rows".formatted(count));
    }
    byte[] rows = new byte[(int) count * ROW];
    memory.read(set + ROW_SET_HEADER, rows, 0, rows.length);
    for (int at = 0; at < rows.length; at += ROW) {
      allocators.freeBuffer(LittleEndian.getLong(rows, at + ROW_PROPS));
    }
    allocators.freeBuffer(set);
  }

  /**
   * Brings a caller's entries, which begin at an address, from one state to another. The properties
   * of an entry that changed are freed and replaced, others stay where they are. Nothing has
   * changed when this throws.
   */
  void replace(Block block, List<ADRENTRY> before, List<ADRENTRY> after, long entries) {
    if (before.size() != after.size()) {
      throw new ComFault(
          MAPI_E_CALL_FAILED,
          "an address list of %d entries came back with %d".formatted(before.size(), after.size()));
    }
    long[] chains = new long[after.size()];
    boolean done = false;
    try {
      for (int i = 0; i < chains.length; i++) {
        if (!Objects.equals(before.get(i), after.get(i))) {
          chains[i] = row(block, after.get(i).rgPropVals());
        }
      }
      done = true;
    } finally {
      if (!done) {
        free(chains);
      }
    }
    for (int i = 0; i < chains.length; i++) {
      if (!Objects.equals(before.get(i), after.get(i))) {
        long entry = entries + (long) ROW * i;
        long old = memory.getLong(entry + ROW_PROPS);
        memory.putInt(entry + ROW_COUNT, after.get(i).rgPropVals().size());
        memory.putLong(entry + ROW_PROPS, chains[i]);
        allocators.freeBuffer(old);
      }
    }
  }
}
