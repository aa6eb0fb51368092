package org.mapi4j.util;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.util.PropLayout.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * Lays property values out in one block: the array first, then the data each one points to, every
 * piece at a multiple of eight. The same walk counts and writes, so that both always agree.
 */
final class PropBlockWriter {
  private final long base;
  private final ByteBuffer out;
  private long end;

  private PropBlockWriter(long base, ByteBuffer out) {
    this.base = base;
    this.out = out;
  }

  /** Bytes that the values need. The types must be known. */
  static long count(List<SPropValue> props) {
    return new PropBlockWriter(0, null).all(props);
  }

  /** The values in a block of {@link #count} bytes whose pointers hold at the base address. */
  static byte[] write(List<SPropValue> props, int cb, long base) {
    byte[] block = new byte[cb];
    new PropBlockWriter(base, ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN)).all(props);
    return block;
  }

  @CanIgnoreReturnValue
  private long all(List<SPropValue> props) {
    end = (long) PROP_BYTES * props.size();
    long at = 0;
    for (SPropValue prop : props) {
      putInt(at, prop.ulPropTag());
      value(at + VALUE, prop);
      at += PROP_BYTES;
    }
    return end;
  }

  private void value(long at, SPropValue prop) {
    switch (form(prop.type())) {
      case INLINE -> scalar(at, prop.type(), prop.value());
      case POINTER -> putLong(at, pointed(prop.type(), prop.value()));
      case BINARY -> binary(at, prop.asBytes());
      case MULTI -> multi(at, prop.type() & ~MV_FLAG, prop.asList());
      case UNKNOWN -> throw new IllegalArgumentException("unknown type: " + prop);
    }
  }

  private void multi(long at, int type, List<?> values) {
    putInt(at, values.size());
    if (values.isEmpty()) {
      return;
    }
    int width = elementBytes(type);
    long element = place((long) width * values.size());
    putLong(at + VALUE, base + element);
    for (Object value : values) {
      switch (type) {
        case PT_STRING8, PT_UNICODE -> putLong(element, pointed(type, value));
        case PT_BINARY -> binary(element, (Bytes) value);
        case PT_CLSID -> putBytes(element, ((Guid) value).toBytes());
        default -> scalar(element, type, value);
      }
      element += width;
    }
  }

  /** Writes a string or GUID behind the rest; its address. */
  private long pointed(int type, Object value) {
    if (type == PT_CLSID) {
      long at = place(GUID_BYTES);
      putBytes(at, ((Guid) value).toBytes());
      return base + at;
    }
    if (type == PT_STRING8) {
      Bytes bytes = ((String8) value).bytes();
      long at = place(bytes.size() + 1L);
      putBytes(at, bytes);
      return base + at;
    }
    String text = (String) value;
    long at = place(2L * (text.length() + 1L));
    if (out != null) {
      out.position((int) at).slice().order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(text);
    }
    return base + at;
  }

  private void binary(long at, Bytes bytes) {
    putInt(at, bytes.size());
    if (!bytes.isEmpty()) {
      long data = place(bytes.size());
      putBytes(data, bytes);
      putLong(at + VALUE, base + data);
    }
  }

  private void scalar(long at, int type, Object value) {
    switch (type) {
      case PT_I2 -> putShort(at, (Short) value);
      case PT_BOOLEAN -> putShort(at, (short) ((Boolean) value ? 1 : 0));
      case PT_LONG, PT_ERROR -> putInt(at, (Integer) value);
      case PT_R4 -> putInt(at, Float.floatToRawIntBits((Float) value));
      case PT_DOUBLE, PT_APPTIME -> putLong(at, Double.doubleToRawLongBits((Double) value));
      case PT_CURRENCY -> putLong(at, ((Currency) value).int64());
      case PT_SYSTIME -> putLong(at, ((FILETIME) value).ticks());
      default -> putLong(at, value == null ? 0 : (Long) value);
    }
  }

  /** Room for so many bytes at the next multiple of eight; its offset. */
  private long place(long cb) {
    long at = end + 7 & ~7L;
    end = at + cb;
    return at;
  }

  private void putShort(long at, short value) {
    if (out != null) {
      out.putShort((int) at, value);
    }
  }

  private void putInt(long at, int value) {
    if (out != null) {
      out.putInt((int) at, value);
    }
  }

  private void putLong(long at, long value) {
    if (out != null) {
      out.putLong((int) at, value);
    }
  }

  private void putBytes(long at, Bytes bytes) {
    if (out != null) {
      out.put((int) at, bytes.sharedArray());
    }
  }
}
