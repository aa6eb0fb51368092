package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_UNSPECIFIED;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * A row that a program put into a {@link TableData}; never changes.
 *
 * @param instanceKey its place in the order of insertion
 * @param index its index column
 * @param row as it was given
 */
record DataRow(Bytes instanceKey, SPropValue index, SRow row) implements TableRow {
  @Override
  public SPropValue get(int propTag) {
    int id = PropTag.id(propTag);
    for (SPropValue prop : row.lpProps()) {
      if (prop.id() == id && !prop.isError()) {
        return Widths.fits(prop, propTag) ? inWidthOf(propTag, prop) : null;
      }
    }
    return null;
  }

  /** Null for text that the width lacks. */
  private static SPropValue inWidthOf(int propTag, SPropValue prop) {
    boolean unicode = Widths.wide(propTag) == propTag;
    return PropTag.type(propTag) == PT_UNSPECIFIED
        ? prop
        : Widths.convert(prop, unicode, TableData.CODE_PAGE).orElse(null);
  }

  @Override
  public Iterable<? extends RowView> subobjects(int propTag) {
    return List.of();
  }
}
