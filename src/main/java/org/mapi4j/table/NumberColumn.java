package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.Arrays;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** Values that are numbers, in an order that signed comparison finds. */
final class NumberColumn extends Column {
  /** No value, or one that is odd. */
  static final long NONE = Long.MIN_VALUE;

  private final int type;
  private volatile long[] numbers;

  NumberColumn(int tag, int slots) {
    super(tag);
    type = PropTag.type(tag);
    numbers = new long[Math.max(16, slots)];
    Arrays.fill(numbers, NONE);
  }

  static boolean takes(int type) {
    return switch (type) {
      case PT_I2, PT_LONG, PT_BOOLEAN, PT_I8, PT_CURRENCY, PT_SYSTIME -> true;
      default -> false;
    };
  }

  /** The number that stands for a value of the column's type. */
  static long number(SPropValue value) {
    return switch (value.type()) {
      case PT_BOOLEAN -> value.asBoolean() ? 1 : 0;
      case PT_SYSTIME -> value.asTime().ticks() ^ Long.MIN_VALUE; // they are unsigned
      default -> value.asLong();
    };
  }

  /** The value that a row passed as a number. */
  static SPropValue value(int tag, long number) {
    Object value =
        switch (PropTag.type(tag)) {
          case PT_I2 -> (short) number;
          case PT_LONG -> (int) number;
          case PT_BOOLEAN -> number != 0;
          case PT_CURRENCY -> new Currency(number);
          case PT_SYSTIME -> new FILETIME(number);
          default -> number;
        };
    return new SPropValue(tag, value);
  }

  /** The numbers by slot, {@link #NONE} where there is none; more than there are slots. */
  long[] numbers() {
    return numbers;
  }

  @Override
  SPropValue get(int slot) {
    long number = numbers[slot];
    if (number == NONE) {
      return odd.isEmpty() ? null : odd.get(slot);
    }
    return valueOf(number);
  }

  /** The value that stands behind a number of {@link #numbers}. */
  SPropValue valueOf(long number) {
    return value(tag, type == PT_SYSTIME ? number ^ Long.MIN_VALUE : number);
  }

  @Override
  void put(int slot, SPropValue value) {
    long[] present = withRoom(slot);
    if (value != null) {
      long number = value.ulPropTag() == tag ? number(value) : NONE;
      if (number == NONE) {
        odd.put(slot, value);
      }
      present[slot] = number;
    }
    numbers = present; // published with what it holds
  }

  /** The same of a number as a row passes it, which has the column's tag. */
  void put(int slot, long passed) {
    long number = type == PT_SYSTIME ? passed ^ Long.MIN_VALUE : passed;
    if (number == NONE) {
      put(slot, value(tag, passed));
      return;
    }
    long[] present = withRoom(slot);
    present[slot] = number;
    numbers = present;
  }

  private long[] withRoom(int slot) {
    long[] present = numbers;
    if (slot < present.length) {
      return present;
    }
    long[] more = Arrays.copyOf(present, slot + (slot >> 2) + 16);
    Arrays.fill(more, present.length, more.length, NONE);
    return more;
  }

  @Override
  long bytes() {
    return 8L * numbers.length;
  }
}
