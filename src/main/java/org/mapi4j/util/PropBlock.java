package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.util.PropBlockReader.BadBlock;

/**
 * An SPropValue array and everything it points to in one block of memory, byte for byte as on x64:
 * 24 bytes a property (tag, padding, 16-byte union), pointers of 8 bytes that hold while the block
 * lies at its base address, strings NUL-terminated, little-endian, each piece at a multiple of 8.
 * Relocated to a standard base such as 0 it can be written to disk. Immutable. Sources: MAPI
 * "SPropValue", "ScCopyProps", "ScRelocProps".
 */
public final class PropBlock {
  private final byte[] memory;
  private final int cprop;
  private final long base;

  private PropBlock(byte[] memory, int cprop, long base) {
    this.memory = memory;
    this.cprop = cprop;
    this.base = base;
  }

  /**
   * A block as it lies in memory, or was read from disk; nothing in it is believed before it is
   * used. Throws IllegalArgumentException when it is too small for its array.
   *
   * @param cprop number of SPropValue structures at its start
   * @param base the address at which its pointers hold
   */
  public static PropBlock of(Bytes memory, int cprop, long base) {
    if (cprop < 0 || (long) cprop * PropLayout.PROP_BYTES > memory.size()) {
      throw new IllegalArgumentException(
          "cprop %d does not fit into %d bytes".formatted(cprop, memory.size()));
    }
    return new PropBlock(memory.toArray(), cprop, base);
  }

  /** ScCountProps. */
  static MapiResult<Integer> count(List<SPropValue> props) {
    if (props == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    for (SPropValue prop : props) {
      boolean empty = PropTag.isMultiValued(prop.type()) && isEmptyList(prop);
      if (empty || prop.id() == PROP_ID_NULL || prop.id() == PROP_ID_INVALID) {
        return MapiResult.error(MAPI_E_INVALID_PARAMETER);
      }
    }
    return measure(props);
  }

  /** ScCopyProps: the values in one block whose pointers hold at the base address. */
  static MapiResult<PropBlock> copy(List<SPropValue> props, long base) {
    if (props == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    MapiResult<Integer> cb = measure(props);
    return cb.map(
        size -> new PropBlock(PropBlockWriter.write(props, size, base), props.size(), base));
  }

  private static MapiResult<Integer> measure(List<SPropValue> props) {
    for (SPropValue prop : props) {
      if (!PropType.isDefined(prop.type())) {
        return MapiResult.error(MAPI_E_INVALID_PARAMETER);
      }
    }
    long cb = PropBlockWriter.count(props);
    return cb > Integer.MAX_VALUE - 8 ? MapiResult.error(MAPI_E_TOO_BIG) : MapiResult.ok((int) cb);
  }

  private static boolean isEmptyList(SPropValue prop) {
    return prop.value() instanceof List<?> list && list.isEmpty();
  }

  /** Number of properties. */
  public int cprop() {
    return cprop;
  }

  /** The address at which the pointers hold. */
  public long base() {
    return base;
  }

  /** Size of the block, bytes: what the functions give in pcb. */
  public int size() {
    return memory.length;
  }

  /** A copy of the memory. */
  public Bytes memory() {
    return Bytes.copyOf(memory);
  }

  /**
   * The values. MAPI_E_INVALID_PARAMETER when a pointer or count leads out of the block, a type is
   * unknown, or a value is none of its type.
   */
  public MapiResult<List<SPropValue>> props() {
    PropBlockReader reader = new PropBlockReader(memory, base);
    List<SPropValue> props = new ArrayList<>(cprop);
    try {
      for (int i = 0; i < cprop; i++) {
        props.add(reader.prop(i));
      }
    } catch (BadBlock bad) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return MapiResult.ok(List.copyOf(props));
  }

  /** ScRelocProps: the same block with its pointers moved. */
  MapiResult<PropBlock> relocated(long oldBase, long newBase) {
    PropBlockReader reader = new PropBlockReader(memory, oldBase);
    List<Integer> pointers = new ArrayList<>();
    try {
      for (int i = 0; i < cprop; i++) {
        reader.pointers(i, pointers);
      }
    } catch (BadBlock bad) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    byte[] moved = memory.clone();
    ByteBuffer out = ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN);
    for (int at : pointers) {
      out.putLong(at, out.getLong(at) - oldBase + newBase);
    }
    return MapiResult.ok(new PropBlock(moved, cprop, newBase));
  }

  /** The property at an index as it lies in memory; empty when it makes no sense. */
  Optional<SPropValue> sound(int index) {
    try {
      return Optional.of(new PropBlockReader(memory, base).prop(index));
    } catch (BadBlock bad) {
      return Optional.empty();
    }
  }
}
