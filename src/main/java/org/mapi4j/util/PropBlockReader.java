package org.mapi4j.util;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.util.PropLayout.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * Reads the values of a block, whose pointers hold at a base address. Trusts nothing: a pointer or
 * count that leads out of the block, an unknown type, a string without its NUL, or values that
 * share so much memory that reading them would multiply it, is {@link BadBlock}.
 */
final class PropBlockReader {
  /** The block's memory does not make sense. */
  static final class BadBlock extends Exception {
    private static final long serialVersionUID = 1L;

    BadBlock(String what, long offset) {
      super(what + " at offset " + offset);
    }
  }

  private final ByteBuffer in;
  private final long base;
  private long taken;

  PropBlockReader(byte[] block, long base) {
    this.in = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    this.base = base;
  }

  /** The property at an index. */
  SPropValue prop(int index) throws BadBlock {
    int at = propOffset(index);
    int tag = in.getInt(at);
    int type = PropTag.type(tag);
    return new SPropValue(tag, value(at + VALUE, type));
  }

  /** Offsets of every pointer that the property at an index has and that is not NULL. */
  void pointers(int index, List<Integer> found) throws BadBlock {
    int at = propOffset(index);
    int type = PropTag.type(in.getInt(at));
    switch (form(type)) {
      case INLINE -> {}
      case POINTER -> pointer(at + VALUE, 1, found);
      case BINARY -> pointer(at + COUNTED_POINTER, count(at + VALUE), found);
      case MULTI -> multiPointers(at, type & ~MV_FLAG, found);
      case UNKNOWN -> throw new BadBlock("unknown type", at);
    }
  }

  private void multiPointers(int at, int type, List<Integer> found) throws BadBlock {
    int count = count(at + VALUE);
    if (count == 0) {
      pointer(at + COUNTED_POINTER, 0, found);
      return;
    }
    int width = elementBytes(type);
    int element = pointer(at + COUNTED_POINTER, (long) count * width, found);
    for (int i = 0; i < count; i++, element += width) {
      if (type == PT_STRING8 || type == PT_UNICODE) {
        pointer(element, 1, found);
      } else if (type == PT_BINARY) {
        pointer(element + VALUE, count(element), found);
      }
    }
  }

  @CanIgnoreReturnValue
  private int pointer(int at, long cb, List<Integer> found) throws BadBlock {
    if (cb == 0 && in.getLong(at) == 0) {
      return 0;
    }
    int target = target(at, cb);
    found.add(at);
    return target;
  }

  private Object value(int at, int type) throws BadBlock {
    return switch (form(type)) {
      case INLINE -> scalar(at, type);
      case POINTER -> pointed(at, type);
      case BINARY -> binary(at);
      case MULTI -> multi(at, type & ~MV_FLAG);
      case UNKNOWN -> throw new BadBlock("unknown type", at);
    };
  }

  private List<Object> multi(int at, int type) throws BadBlock {
    int count = count(at);
    int width = elementBytes(type);
    List<Object> values = new ArrayList<>();
    int element = count == 0 ? 0 : target(at + VALUE, (long) count * width);
    for (int i = 0; i < count; i++, element += width) {
      values.add(
          switch (type) {
            case PT_STRING8, PT_UNICODE -> pointed(element, type);
            case PT_BINARY -> binary(element);
            case PT_CLSID -> Guid.fromBytes(in.array(), element);
            default -> scalar(element, type);
          });
    }
    return values;
  }

  private Object pointed(int at, int type) throws BadBlock {
    if (type == PT_CLSID) {
      return Guid.fromBytes(in.array(), target(at, GUID_BYTES));
    }
    int start = target(at, 1);
    int width = type == PT_UNICODE ? 2 : 1;
    int end = start;
    while (end + width <= in.limit() && (width == 1 ? in.get(end) : in.getShort(end)) != 0) {
      end += width;
    }
    if (end + width > in.limit()) {
      throw new BadBlock("string without NUL", start);
    }
    take(end - start, start);
    if (width == 1) {
      return new String8(Bytes.copyOf(in.array(), start, end - start));
    }
    char[] text = new char[(end - start) / 2];
    in.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(text);
    return new String(text);
  }

  private Bytes binary(int at) throws BadBlock {
    int cb = count(at);
    return cb == 0 ? Bytes.EMPTY : Bytes.copyOf(in.array(), target(at + VALUE, cb), cb);
  }

  private Object scalar(int at, int type) throws BadBlock {
    return switch (type) {
      case PT_I2 -> in.getShort(at);
      case PT_BOOLEAN -> bool(at);
      case PT_LONG, PT_ERROR -> in.getInt(at);
      case PT_R4 -> in.getFloat(at);
      case PT_DOUBLE, PT_APPTIME -> in.getDouble(at);
      case PT_CURRENCY -> new Currency(in.getLong(at));
      case PT_SYSTIME -> new FILETIME(in.getLong(at));
      default -> in.getLong(at);
    };
  }

  private Boolean bool(int at) throws BadBlock {
    short value = in.getShort(at);
    if (value != 0 && value != 1) {
      throw new BadBlock("Boolean neither TRUE nor FALSE", at);
    }
    return value == 1;
  }

  private int count(int at) throws BadBlock {
    int count = in.getInt(at);
    if (count < 0 || count > in.limit()) {
      throw new BadBlock("count larger than the block", at);
    }
    return count;
  }

  /** Where the pointer at an offset leads, with so many bytes still in the block. */
  private int target(int at, long cb) throws BadBlock {
    long target = in.getLong(at) - base;
    if (target < 0 || target > in.limit() - cb) {
      throw new BadBlock("pointer out of the block", at);
    }
    take(cb, at);
    return (int) target;
  }

  /** Pieces of a block do not overlap, so together they cannot exceed it. */
  private void take(long cb, int at) throws BadBlock {
    taken += cb;
    if (taken > in.limit()) {
      throw new BadBlock("values overlap", at);
    }
  }

  private int propOffset(int index) throws BadBlock {
    long at = (long) index * PROP_BYTES;
    if (index < 0 || at + PROP_BYTES > in.limit()) {
      throw new BadBlock("no SPropValue", at);
    }
    return (int) at;
  }
}
