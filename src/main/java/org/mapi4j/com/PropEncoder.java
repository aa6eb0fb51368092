package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** Property values into a block: the structures first, then what they point to. */
final class PropEncoder {
  private PropEncoder() {}

  /** Places an array of SPropValue; its offset. */
  static int array(Block block, List<SPropValue> props) {
    int first = block.place(props.size(), PROP);
    int at = first;
    for (SPropValue prop : props) {
      prop(block, at, prop);
      at += PROP;
    }
    return first;
  }

  /** Points at an array and writes its count; NULL and 0 for null and for none. */
  static void counted(Block block, int count, int pointer, List<SPropValue> props) {
    if (props != null && !props.isEmpty()) {
      block.putInt(count, props.size());
      block.point(pointer, array(block, props));
    }
  }

  /** Points at one property, or stays NULL for null. */
  static void pointer(Block block, int at, SPropValue prop) {
    if (prop != null) {
      int target = block.place(PROP);
      prop(block, target, prop);
      block.point(at, target);
    }
  }

  /** Fills a zeroed SPropValue. */
  static void prop(Block block, int at, SPropValue prop) {
    int tag = prop.ulPropTag();
    Object value = prop.value();
    int union = at + VALUE;
    block.putInt(at + PROP_TAG, tag);
    int type = PropTag.type(tag);
    switch (type) {
      case PT_UNICODE -> block.point(union, block.wide((String) value));
      case PT_STRING8 -> block.point(union, narrow(block, value));
      case PT_CLSID -> block.guid(union, (Guid) value);
      case PT_BINARY -> block.counted(union, at + VALUE_POINTER, (Bytes) value);
      case PropType.PT_SRESTRICTION, PropType.PT_ACTIONS -> throw unsupported(tag);
      default -> {
        if (value instanceof List<?> list) {
          multi(block, union, type & ~MV_FLAG, list);
        } else {
          scalar(block, union, type, value);
        }
      }
    }
  }

  /**
   * In C these types are trees of pointers, for which the bytes of types.SPropValue do not stand.
   */
  static ComFault unsupported(int tag) {
    return new ComFault(MAPI_E_NO_SUPPORT, PropTag.toString(tag) + " does not cross the bridge");
  }

  private static int narrow(Block block, Object value) {
    return block.terminated(((String8) value).bytes().sharedArray());
  }

  private static void scalar(Block block, int at, int type, Object value) {
    switch (type) {
      case PT_I2 -> block.putShort(at, (Short) value);
      case PT_BOOLEAN -> block.putShort(at, (Boolean) value ? 1 : 0);
      case PT_LONG, PT_ERROR -> block.putInt(at, (Integer) value);
      case PT_R4 -> block.putInt(at, Float.floatToRawIntBits((Float) value));
      case PT_DOUBLE, PT_APPTIME -> block.putLong(at, Double.doubleToRawLongBits((Double) value));
      case PT_CURRENCY -> block.putLong(at, ((Currency) value).int64());
      case PT_SYSTIME -> block.putLong(at, ((FILETIME) value).ticks());
      default -> block.putLong(at, value == null ? 0 : (Long) value);
    }
  }

  private static void multi(Block block, int union, int type, List<?> values) {
    if (values.isEmpty()) {
      return;
    }
    int width = elementBytes(type);
    int at = block.place(values.size(), width);
    block.putInt(union, values.size());
    block.point(union + COUNTED_POINTER, at);
    for (Object value : values) {
      switch (type) {
        case PT_UNICODE -> block.point(at, block.wide((String) value));
        case PT_STRING8 -> block.point(at, narrow(block, value));
        case PT_CLSID -> block.putGuid(at, (Guid) value);
        case PT_BINARY -> block.counted(at, at + COUNTED_POINTER, (Bytes) value);
        default -> scalar(block, at, type, value);
      }
      at += width;
    }
  }

  /** Bytes of one element of a multivalued type's array. */
  static int elementBytes(int type) {
    return switch (type & ~MV_FLAG) {
      case PT_I2 -> 2;
      case PT_LONG, PT_R4 -> 4;
      case PT_CLSID -> GUID;
      case PT_BINARY -> COUNTED;
      default -> 8;
    };
  }
}
