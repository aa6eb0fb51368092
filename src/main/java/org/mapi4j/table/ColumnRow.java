package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/** A row whose values are in columns, but for those that the source must be asked for. */
final class ColumnRow implements TableRow {
  private final RowSlots slots;
  private final RowSource source;
  private final int slot;
  private final Bytes key;
  private TableRow read;

  ColumnRow(RowSlots slots, RowSource source, int slot) {
    this.slots = slots;
    this.source = source;
    this.slot = slot;
    this.key = slots.key(slot);
  }

  @Override
  public Bytes instanceKey() {
    return key;
  }

  @Override
  public SPropValue get(int propTag) {
    Column column = slots.column(PropTag.id(propTag));
    // Narrow text is what the store holds, which need not be what the wide text converts to.
    if (column != null && (propTag & ~MV_FLAG & 0xFFFF) != PT_STRING8) {
      SPropValue value = column.get(slot);
      if (value == null
          || Column.isKnown(value) && (value.isError() || Widths.fits(value, propTag))) {
        return value;
      }
    }
    return source().get(propTag);
  }

  private TableRow source() {
    if (read == null) {
      read = source.unread(key);
    }
    return read;
  }

  @Override
  public void forget() {
    read = null;
  }

  @Override
  public Iterable<? extends RowView> subobjects(int propTag) {
    return source().subobjects(propTag);
  }
}
