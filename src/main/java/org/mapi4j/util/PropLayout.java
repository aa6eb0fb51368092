package org.mapi4j.util;

import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.types.PropType;

/**
 * Where the parts of an SPropValue lie in memory on x64: tag at 0, the union at 8; a counted value
 * has its count at 8 and its pointer at 16. Source: mapidefs.h, "SPropValue".
 */
final class PropLayout {
  /** sizeof(SPropValue). */
  static final int PROP_BYTES = 24;

  /** Offset of the union; also of a count. */
  static final int VALUE = 8;

  /** Offset of the pointer of SBinary and of the multivalued structures. */
  static final int COUNTED_POINTER = 16;

  /** sizeof of a pointer. */
  static final int POINTER_BYTES = 8;

  /** sizeof(SBinary): count, padding, pointer. */
  static final int BINARY_BYTES = 16;

  /** sizeof(GUID). */
  static final int GUID_BYTES = 16;

  /** How the value of a type lies in the union. */
  enum Form {
    /** The value itself. */
    INLINE,
    /** A pointer to a string or GUID. */
    POINTER,
    /** A count and a pointer: SBinary. */
    BINARY,
    /** A count and a pointer to elements. */
    MULTI,
    /** A type that MAPI does not define. */
    UNKNOWN
  }

  private PropLayout() {}

  static Form form(int type) {
    if (!PropType.isDefined(type)) {
      return Form.UNKNOWN;
    }
    if ((type & MV_FLAG) != 0) {
      return Form.MULTI;
    }
    return switch (type) {
      case PT_STRING8, PT_UNICODE, PT_CLSID -> Form.POINTER;
      case PT_BINARY -> Form.BINARY;
      default -> Form.INLINE;
    };
  }

  /** Bytes of one element of a multivalued type's array; of an inline value its own bytes. */
  static int elementBytes(int type) {
    return switch (type & ~MV_FLAG) {
      case PT_I2, PT_BOOLEAN -> 2;
      case PT_LONG, PT_R4, PT_ERROR -> 4;
      case PT_CLSID -> GUID_BYTES;
      case PT_BINARY -> BINARY_BYTES;
      default -> POINTER_BYTES;
    };
  }
}
