package org.mapi4j.provider;

import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * A property as it is kept: its value, or a reference to chunks that hold a string's or binary's
 * bytes.
 */
sealed interface Stored {
  /** The tag with the type it was set with. */
  int tag();

  /** PROP_ID. */
  default int id() {
    return PropTag.id(tag());
  }

  /** A value kept whole. */
  record Whole(SPropValue prop) implements Stored {
    @Override
    public int tag() {
      return prop.ulPropTag();
    }
  }

  /** A PT_BINARY, PT_STRING8 or PT_UNICODE (UTF-16LE) value in chunks. */
  record Large(int tag, BlobRef blob) implements Stored {}
}
