package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.function.IntPredicate;
import org.mapi4j.types.FuzzyLevel;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

/**
 * Makes restrictions ready for columns, once for all rows. Where there is no quick way, or a value
 * is not like the others of its column, {@link Restrictions} decides.
 */
final class SlotFilters {
  private final RowSlots slots;
  private final ViewContext view;
  private final RowSource source;

  SlotFilters(RowSlots slots, ViewContext view, RowSource source) {
    this.slots = slots;
    this.view = view;
    this.source = source;
  }

  /** The filter for a checked restriction whose strings are wide. */
  SlotFilter of(SRestriction r) {
    if (r instanceof SAndRestriction and) {
      return new All(and.lpRes().stream().map(this::of).toList());
    } else if (r instanceof SOrRestriction or) {
      List<SlotFilter> any = or.lpRes().stream().map(this::of).toList();
      return slot -> any.stream().anyMatch(one -> one.test(slot));
    } else if (r instanceof SNotRestriction not) {
      SlotFilter inverted = of(not.lpRes());
      return slot -> !inverted.test(slot);
    } else if (r instanceof SPropertyRestriction p) {
      return property(p);
    } else if (r instanceof SContentRestriction c) {
      return content(c);
    } else if (r instanceof SBitMaskRestriction b) {
      return mask(b);
    }
    return slowly(r)::test;
  }

  private IntPredicate slowly(SRestriction r) {
    return slot -> Restrictions.test(r, SlotRows.leaf(view, source, slots, slot));
  }

  /** Each in turn, on what those before have left. */
  private record All(List<SlotFilter> filters) implements SlotFilter {
    @Override
    public boolean test(int slot) {
      for (SlotFilter filter : filters) {
        if (!filter.test(slot)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int select(int[] from, int count, int[] to) {
      int left = count;
      int[] slots = from;
      for (SlotFilter filter : filters) {
        left = filter.select(slots, left, to);
        slots = to;
      }
      if (slots != to) {
        System.arraycopy(from, 0, to, 0, count); // none: every row meets it
      }
      return left;
    }
  }

  private SlotFilter property(SPropertyRestriction p) {
    IntPredicate slowly = slowly(p);
    Column column = columnOf(p.ulPropTag(), p.lpProp());
    if (column instanceof ObjectColumn texts
        && p.lpProp().value() instanceof String text
        && !PropCompare.ignoresCase(p.ulPropTag())) {
      return new TextFilter(texts, p.relop(), text, slowly);
    }
    SlotFilter quick =
        column instanceof NumberColumn numbers
            ? NumberFilter.of(numbers, p.relop(), p.lpProp(), slowly)
            : null;
    return quick != null ? quick : slowly::test;
  }

  /** The column that has values of a tag's and a constant's one type; null for none. */
  private Column columnOf(int tag, SPropValue constant) {
    Column column = slots.column(PropTag.id(tag));
    return column != null && column.isOf(tag) && column.isOf(constant.ulPropTag()) ? column : null;
  }

  private SlotFilter content(SContentRestriction c) {
    IntPredicate slowly = slowly(c);
    if (columnOf(c.ulPropTag(), c.lpProp()) instanceof ObjectColumn texts
        && c.lpProp().type() == PT_UNICODE) {
      int level = c.ulFuzzyLevel() | (PropCompare.ignoresCase(c.ulPropTag()) ? FL_IGNORECASE : 0);
      FuzzyLevel.Search search = FuzzyLevel.search(c.lpProp().asString(), level);
      return slot ->
          texts.values()[slot] instanceof String text ? search.finds(text) : slowly.test(slot);
    }
    return slowly::test;
  }

  private SlotFilter mask(SBitMaskRestriction b) {
    IntPredicate slowly = slowly(b);
    Column column = slots.column(PropTag.id(b.ulPropTag()));
    if (column instanceof NumberColumn numbers
        && column.isOf(b.ulPropTag())
        && PropTag.type(column.tag) == PT_LONG) {
      boolean zero = b.relBMR() == BMR_EQZ;
      return slot -> {
        long number = numbers.numbers()[slot];
        return number == NumberColumn.NONE
            ? slowly.test(slot)
            : ((int) number & b.ulMask()) == 0 == zero;
      };
    }
    return slowly::test;
  }
}
