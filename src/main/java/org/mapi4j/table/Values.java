package org.mapi4j.table;

import org.mapi4j.types.SPropValue;

/** Takes what a row has under some identifiers, each by its index among them. */
public interface Values {
  /**
   * A value of PT_I2, PT_LONG, PT_BOOLEAN (0 or 1), PT_I8, PT_CURRENCY or PT_SYSTIME (its ticks).
   *
   * @param tag with the value's type
   */
  void number(int index, int tag, long number);

  /** A value of any type, or the error that stands for one. */
  void value(int index, SPropValue value);
}
