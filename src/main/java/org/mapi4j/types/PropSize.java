package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;

/** The size of values, as UlPropSize counts it. */
public final class PropSize {
  private PropSize() {}

  /**
   * Bytes of a property's value without its structure: the union member of fixed types, the
   * characters and the final NUL of strings, the bytes of a binary, the sum of the elements of a
   * multivalue; 0 for PT_NULL and PT_OBJECT. Saturates at Integer.MAX_VALUE. Source: MAPI
   * "UlPropSize".
   */
  public static int of(SPropValue prop) {
    int type = prop.type();
    long bytes = 0;
    if (prop.value() instanceof List<?> list) {
      for (Object one : list) {
        bytes += one(type & ~MV_FLAG, one);
      }
    } else {
      bytes = one(type, prop.value());
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static long one(int type, Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.size();
    }
    if (value instanceof String8 narrow) {
      return narrow.bytes().size() + 1L;
    }
    if (value instanceof String wide) {
      return 2L * (wide.length() + 1L);
    }
    return switch (type) {
      case PT_NULL, PT_OBJECT, PT_UNSPECIFIED -> 0;
      case PT_I2, PT_BOOLEAN -> 2;
      case PT_LONG, PT_R4, PT_ERROR -> 4;
      case PT_CLSID -> Guid.SIZE;
      default -> 8;
    };
  }
}
