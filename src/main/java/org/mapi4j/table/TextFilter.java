package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.function.IntPredicate;
import org.mapi4j.types.PropCompare;

/** Texts of a column that stand to another as an operator says; case counts. */
final class TextFilter implements SlotFilter {
  private final ObjectColumn column;
  private final int relop;
  private final String text;
  private final IntPredicate odd;

  /**
   * @param odd what decides where the column has no text
   */
  TextFilter(ObjectColumn column, int relop, String text, IntPredicate odd) {
    this.column = column;
    this.relop = relop;
    this.text = text;
    this.odd = odd;
  }

  @Override
  public boolean test(int slot) {
    return column.values()[slot] instanceof String found ? meets(found) : odd.test(slot);
  }

  private boolean meets(String found) {
    return switch (relop) {
      case RELOP_EQ -> found.equals(text);
      case RELOP_NE -> !found.equals(text);
      default -> PropCompare.holds(relop, PropCompare.compareElements(found, text));
    };
  }

  @Override
  public int select(int[] from, int count, int[] to) {
    if (relop != RELOP_EQ || !column.odd.isEmpty()) {
      return SlotFilter.super.select(from, count, to);
    }
    Object[] values = column.values();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = from[i];
      if (text.equals(values[slot])) {
        to[kept++] = slot;
      }
    }
    return kept;
  }
}
