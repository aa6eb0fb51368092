package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.function.IntPredicate;
import org.mapi4j.types.SPropValue;

/** Numbers of a column in a range. */
final class NumberFilter implements SlotFilter {
  private final NumberColumn column;
  private final long least;
  private final long most;
  private final IntPredicate odd;

  /**
   * @param odd what decides where the column has no number
   */
  private NumberFilter(NumberColumn column, long least, long most, IntPredicate odd) {
    this.column = column;
    this.least = least;
    this.most = most;
    this.odd = odd;
  }

  /** Numbers that stand to a value of the column's type as an operator says; null if no range. */
  static NumberFilter of(NumberColumn column, int relop, SPropValue value, IntPredicate odd) {
    long number = NumberColumn.number(value);
    long first = NumberColumn.NONE + 1;
    if (number < first || relop == RELOP_GT && number == Long.MAX_VALUE) {
      return null;
    }
    return switch (relop) {
      case RELOP_LT -> number == first ? null : new NumberFilter(column, first, number - 1, odd);
      case RELOP_LE -> new NumberFilter(column, first, number, odd);
      case RELOP_GT -> new NumberFilter(column, number + 1, Long.MAX_VALUE, odd);
      case RELOP_GE -> new NumberFilter(column, number, Long.MAX_VALUE, odd);
      case RELOP_EQ -> new NumberFilter(column, number, number, odd);
      default -> null;
    };
  }

  @Override
  public boolean test(int slot) {
    long number = column.numbers()[slot];
    return number == NumberColumn.NONE ? odd.test(slot) : number >= least && number <= most;
  }

  @Override
  public int select(int[] from, int count, int[] to) {
    long[] numbers = column.numbers();
    if (!column.odd.isEmpty()) {
      return SlotFilter.super.select(from, count, to);
    }
    // One comparison without a branch, which would be foretold wrongly as often as not: in the
    // range is what is no farther above its least number than its greatest is, unsigned.
    long span = most - least + Long.MIN_VALUE;
    long shift = Long.MIN_VALUE - least;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = from[i];
      to[kept] = slot;
      kept += numbers[slot] + shift <= span ? 1 : 0;
    }
    return kept;
  }
}
