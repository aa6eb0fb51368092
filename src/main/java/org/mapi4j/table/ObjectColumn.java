package org.mapi4j.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.SPropValue;

/** Values that are objects, equal ones once as long as there are few. */
final class ObjectColumn extends Column {
  private static final int DISTINCT_MAX = 4096;
  private static final int OBJECT_BYTES = 48;

  private Map<Object, Object> distinct = new HashMap<>();
  private volatile Object[] values;
  private long valueBytes;
  private int longest;

  ObjectColumn(int tag, int slots) {
    super(tag);
    values = new Object[Math.max(16, slots)];
  }

  /** The values by slot, null where there is none or it is odd; more than there are slots. */
  Object[] values() {
    return values;
  }

  /** Bytes of the largest of the values that were handed out before. */
  int longest() {
    return longest;
  }

  @Override
  SPropValue get(int slot) {
    Object value = values[slot];
    if (value == null) {
      return odd.isEmpty() ? null : odd.get(slot);
    }
    return new SPropValue(tag, value);
  }

  @Override
  void put(int slot, SPropValue value) {
    Object[] present = values;
    if (slot >= present.length) {
      present = Arrays.copyOf(present, slot + (slot >> 2) + 16);
    }
    if (value != null && value.ulPropTag() == tag) {
      present[slot] = known(value);
    } else if (value != null) {
      odd.put(slot, value);
    }
    values = present; // published with what it holds
  }

  private Object known(SPropValue value) {
    if (distinct != null) {
      Object same = distinct.putIfAbsent(value.value(), value.value());
      if (same != null) {
        return same;
      }
      if (distinct.size() > DISTINCT_MAX) {
        distinct = null;
      }
    }
    int size = PropSize.of(value);
    valueBytes += OBJECT_BYTES + size;
    longest = Math.max(longest, size);
    return value.value();
  }

  @Override
  long bytes() {
    return 4L * values.length + valueBytes;
  }
}
