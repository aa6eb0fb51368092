package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_NULL;

import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;

/**
 * One property of every slot of {@link RowSlots}. What a slot holds never changes; slots are added
 * by one thread at a time, and read by any that was told of them.
 */
abstract class Column {
  /** Stands for a value that nobody looked at. */
  static final SPropValue UNKNOWN = SPropValue.none();

  /** False for {@link #UNKNOWN}; no property's value has its type. */
  static boolean isKnown(SPropValue value) {
    return value.type() != PT_NULL;
  }

  /** Values that are not like the others: of another type, errors, not known. */
  final ConcurrentHashMap<Integer, SPropValue> odd = new ConcurrentHashMap<>();

  /** The tag that all other values have. */
  final int tag;

  Column(int tag) {
    this.tag = tag;
  }

  /** A column for values like one. */
  static Column like(SPropValue value, int slots) {
    return NumberColumn.takes(value.type())
        ? new NumberColumn(value.ulPropTag(), slots)
        : new ObjectColumn(value.ulPropTag(), slots);
  }

  /** The value of a slot, null for none, or {@link #UNKNOWN}. */
  abstract SPropValue get(int slot);

  /** Takes the value of a slot beyond those taken before, null for none. */
  abstract void put(int slot, SPropValue value);

  /** Has room for so many slots, those without a value included. */
  final void reach(int slots) {
    if (slots > 0) {
      put(slots - 1, null);
    }
  }

  /** Bytes of heap, about. */
  abstract long bytes();

  /** True when the values have a tag's type, string width aside for none. */
  final boolean isOf(int otherTag) {
    return PropTag.type(tag) == PropTag.type(otherTag) && PropType.isDefined(PropTag.type(tag));
  }
}
