package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * What QueryRows gives for rows under a column set, made ready once for all of them: a value from
 * its column where there is one, the others from the row, which is asked for all at once. For
 * sources whose rows give text of type PT_UNSPECIFIED wide. Tells what {@link ViewRow#cell} does.
 */
final class Cells implements Values {
  private final TableOptions options;
  private final SPropTagArray tags;

  /** By cell the column that has its value, or null. */
  private final Column[] kept;

  /** By cell numbers of its column that were seen lately, or null. */
  private final Recent[] recent;

  /** By cell the index of its identifier among those asked; -1 where the view must tell. */
  private final int[] places;

  private final int[] asked;
  private final SPropValue[] read;

  /** False where some cell of each row is for the view to tell. */
  private boolean whole = true;

  /**
   * @param slots what has columns; null for rows without any
   */
  Cells(ViewContext view, SPropTagArray tags, RowSlots slots) {
    this.options = view.options();
    this.tags = tags;
    kept = new Column[tags.size()];
    recent = new Recent[tags.size()];
    places = new int[tags.size()];
    int[] ids = new int[tags.size()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      int id = PropTag.id(tags.get(i));
      places[i] = -1;
      if (!isPlain(tags.get(i))) {
        whole = false;
        continue;
      }
      kept[i] = slots == null ? null : slots.column(id);
      if (kept[i] instanceof NumberColumn numbers && numbers.tag == tags.get(i)) {
        recent[i] = new Recent(numbers);
      } else if (kept[i] == null) {
        places[i] = indexOf(ids, count, id);
        if (places[i] == count) {
          ids[count++] = id;
        }
      }
    }
    asked = Arrays.copyOf(ids, count);
    read = new SPropValue[count];
  }

  private static int indexOf(int[] ids, int count, int id) {
    int i = 0;
    while (i < count && ids[i] != id) {
      i++;
    }
    return i;
  }

  /** True where a cell depends on nothing but the value of its row, whose text is wide. */
  private boolean isPlain(int tag) {
    int id = PropTag.id(tag);
    boolean own =
        options.categorizable() && (id == PropTag.id(PR_ROW_TYPE) || id == PropTag.id(PR_DEPTH));
    return !own
        && !ViewRow.isInstanceKey(tag)
        && !ViewRow.isInstance(tag)
        && PropTag.type(tag) != PT_NULL
        && (tag & ~MV_FLAG & 0xFFFF) != PT_STRING8;
  }

  /** Identifiers that rows are asked for. */
  int[] asked() {
    return asked.clone();
  }

  /**
   * Adds the rows of some slots, which are filled column by column: so the processor fetches many
   * at a time.
   *
   * @param slots from {@code from} to {@code to}; null for rows without columns
   * @param rows answer what is {@link #asked}, in the same order; may be null when that is nothing
   * @param leaves gives the row as the view has it, by its index, where that must tell
   */
  void addTo(
      List<SRow> found,
      int[] slots,
      int from,
      int to,
      List<? extends TableRow> rows,
      IntFunction<? extends ViewRow> leaves) {
    SPropValue[][] grid = new SPropValue[to - from][places.length];
    for (int cell = 0; cell < places.length; cell++) {
      if (recent[cell] != null) {
        recent[cell].fill(grid, cell, slots, from);
      } else if (kept[cell] != null) {
        fill(grid, cell, slots, from);
      }
    }
    if (asked.length > 0) {
      for (int i = 0; i < grid.length; i++) {
        ask(rows.get(i), grid[i]);
      }
    }
    for (int i = 0; i < grid.length; i++) {
      if (!whole || hasGap(grid[i])) {
        ask(leaves.apply(from + i), grid[i]);
      }
      found.add(SRow.of(grid[i]));
    }
  }

  /** Leaves out what the column does not have as it is asked for. */
  private void fill(SPropValue[][] grid, int cell, int[] slots, int from) {
    Column column = kept[cell];
    int tag = tags.get(cell);
    if (column instanceof ObjectColumn objects && column.tag == tag) {
      Object[] values = objects.values();
      if (objects.longest() <= options.columnBytesMax()) {
        SPropValue absent = absent(column, tag);
        for (int i = 0; i < grid.length; i++) {
          Object value = values[slots[from + i]];
          grid[i][cell] = value == null ? absent : new SPropValue(tag, value);
        }
        return;
      }
    }
    for (int i = 0; i < grid.length; i++) {
      SPropValue value = column.get(slots[from + i]);
      grid[i][cell] = value == null || Column.isKnown(value) ? cell(tag, value) : null;
    }
  }

  /** What a slot without a value gives; null where the column has odd ones. */
  private static SPropValue absent(Column column, int tag) {
    return column.odd.isEmpty() ? SPropValue.error(tag, MAPI_E_NOT_FOUND) : null;
  }

  private static boolean hasGap(SPropValue[] cells) {
    for (SPropValue cell : cells) {
      if (cell == null) {
        return true;
      }
    }
    return false;
  }

  private void ask(TableRow row, SPropValue[] cells) {
    Arrays.fill(read, null);
    row.values(asked, this);
    for (int i = 0; i < cells.length; i++) {
      if (places[i] >= 0) {
        cells[i] = cell(tags.get(i), read[places[i]]);
      }
    }
  }

  private void ask(ViewRow row, SPropValue[] cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == null) {
        cells[i] = row.cell(tags.get(i));
      }
    }
  }

  private SPropValue cell(int tag, SPropValue value) {
    if (value == null || value.ulPropTag() == tag || value.isError()) {
      return ViewRow.cell(tag, value, options);
    }
    return ViewRow.cell(
        tag, Widths.fits(value, tag) ? Widths.shown(value, tag, options) : null, options);
  }

  @Override
  public void number(int index, int tag, long number) {
    read[index] = NumberColumn.value(tag, number);
  }

  @Override
  public void value(int index, SPropValue value) {
    read[index] = value;
  }

  /** Values of a column of numbers, of which many rows have the same. */
  private static final class Recent {
    private static final int SIZE = 16;

    private final NumberColumn column;
    private final long[] numbers = new long[SIZE];
    private final SPropValue[] values = new SPropValue[SIZE];

    Recent(NumberColumn column) {
      this.column = column;
    }

    /** Leaves out what has no number. */
    void fill(SPropValue[][] grid, int cell, int[] slots, int from) {
      long[] all = column.numbers();
      SPropValue absent = absent(column, column.tag);
      for (int i = 0; i < grid.length; i++) {
        long number = all[slots[from + i]];
        int at = (int) number & SIZE - 1;
        if (number == NumberColumn.NONE) {
          grid[i][cell] = absent;
          continue;
        }
        if (values[at] == null || numbers[at] != number) {
          values[at] = column.valueOf(number);
          numbers[at] = number;
        }
        grid[i][cell] = values[at];
      }
    }
  }
}
