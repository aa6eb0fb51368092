package org.mapi4j.format.msg;

import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * A property of a .msg. A PT_STRING8 text whose code page is known is already PT_UNICODE.
 *
 * @param tag identifier within the file, and type
 * @param name the name of a named property, else null: its identifier means nothing elsewhere
 * @param value what SPropValue holds under this type, or a {@link LargeValue}
 */
public record MsgProperty(int tag, MAPINAMEID name, Object value) {
  /** True when the value is a {@link LargeValue}. */
  public boolean isLarge() {
    return value instanceof LargeValue;
  }

  /** The property under the identifier it has in a store. Not for large values. */
  public SPropValue withId(int id) {
    return new SPropValue(PropTag.of(id, PropTag.type(tag)), value);
  }
}
