package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.com.LittleEndian.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * Property values from native memory. Its toString names the property at hand, for the reader's
 * messages: names are made only for those.
 */
final class PropDecoder {
  private final NativeReader reader;
  private int tag;

  PropDecoder(NativeReader reader) {
    this.reader = reader;
  }

  /** An array of SPropValue; none for a count of 0. */
  List<SPropValue> array(Object what, long address, long count) {
    if (count == 0) {
      return List.of();
    }
    byte[] b = reader.array(what, address, count, PROP);
    SPropValue[] props = new SPropValue[(int) count];
    for (int i = 0; i < props.length; i++) {
      props[i] = prop(b, PROP * i);
    }
    return List.of(props);
  }

  /** The property that a pointer names; null for NULL. */
  SPropValue pointer(Object what, long address) {
    return address == 0 ? null : prop(reader.structure(what, address, PROP), 0);
  }

  /** The SPropValue at an offset. */
  SPropValue prop(byte[] b, int at) {
    tag = getInt(b, at + PROP_TAG);
    return new SPropValue(tag, value(b, at + VALUE));
  }

  private Object value(byte[] b, int at) {
    int type = PropTag.type(tag);
    return switch (type) {
      case PT_UNICODE, PT_STRING8, PT_CLSID -> pointed(type, getLong(b, at));
      case PT_BINARY -> binary(b, at);
      case PT_NULL, PT_OBJECT, PT_UNSPECIFIED -> getLong(b, at) == 0 ? null : getLong(b, at);
      case PropType.PT_SRESTRICTION, PropType.PT_ACTIONS -> throw PropEncoder.unsupported(tag);
      default ->
          (type & MV_FLAG) != 0 && PropType.isDefined(type)
              ? multi(type & ~MV_FLAG, b, at)
              : scalar(type, b, at);
    };
  }

  private static Object scalar(int type, byte[] b, int at) {
    return switch (type) {
      case PT_I2 -> getShort(b, at);
      case PT_BOOLEAN -> getShort(b, at) != 0;
      case PT_LONG, PT_ERROR -> getInt(b, at);
      case PT_R4 -> Float.intBitsToFloat(getInt(b, at));
      case PT_DOUBLE, PT_APPTIME -> Double.longBitsToDouble(getLong(b, at));
      case PT_CURRENCY -> new Currency(getLong(b, at));
      case PT_SYSTIME -> new FILETIME(getLong(b, at));
      default -> getLong(b, at);
    };
  }

  private Object pointed(int type, long address) {
    return switch (type) {
      case PT_UNICODE -> reader.requiredText(this, address);
      case PT_STRING8 -> new String8(reader.requiredNarrow(this, address));
      default -> Guid.fromBytes(reader.structure(this, address, GUID), 0);
    };
  }

  private Object binary(byte[] b, int at) {
    return reader.data(this, getLong(b, at + COUNTED_POINTER), getCount(b, at));
  }

  private List<Object> multi(int type, byte[] union, int at) {
    long count = getCount(union, at);
    int width = PropEncoder.elementBytes(type);
    byte[] b = reader.array(this, getLong(union, at + COUNTED_POINTER), count, width);
    List<Object> values = new ArrayList<>((int) count);
    for (int from = 0; from < b.length; from += width) {
      values.add(
          switch (type) {
            case PT_UNICODE, PT_STRING8 -> pointed(type, getLong(b, from));
            case PT_CLSID -> Guid.fromBytes(b, from);
            case PT_BINARY -> binary(b, from);
            default -> scalar(type, b, from);
          });
    }
    return values;
  }

  @Override
  public String toString() {
    return PropTag.toString(tag);
  }
}
