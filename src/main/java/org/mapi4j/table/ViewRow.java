package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/** A row of a view: a leaf or the heading of a category. */
interface ViewRow extends RowView {
  /** What the row is within the view and stays while it is there. */
  Bytes identity();

  /** Where a place on this row goes when the row is not found by its identity any more. */
  default Bytes origin() {
    return identity();
  }

  /** The view it belongs to. */
  ViewContext view();

  /** What QueryRows gives for a column. */
  default SPropValue cell(int column) {
    if (PropTag.type(column) == PT_NULL) {
      return new SPropValue(column, null);
    }
    return cell(column, get(column), view().options());
  }

  /** What QueryRows gives for a column whose value, null for none, has its type. */
  static SPropValue cell(int column, SPropValue value, TableOptions options) {
    if (value == null || value.type() == PT_OBJECT) {
      return SPropValue.error(column, MAPI_E_NOT_FOUND);
    }
    if (PropSize.of(value) > options.columnBytesMax()) {
      return SPropValue.error(column, MAPI_E_NOT_ENOUGH_MEMORY);
    }
    return value;
  }

  /** PR_INSTANCE_KEY where a tag asks for it; null for another type. */
  default SPropValue instanceKey(int tag) {
    SPropValue key = new SPropValue(PR_INSTANCE_KEY, view().instanceKey(identity()));
    return Widths.fits(key, tag) ? key : null;
  }

  /** True for a tag of type MVI_FLAG. */
  static boolean isInstance(int tag) {
    return (tag & MVI_FLAG) == MVI_FLAG;
  }

  /** True for the tag of PR_INSTANCE_KEY, whatever its type. */
  static boolean isInstanceKey(int tag) {
    return PropTag.id(tag) == PropTag.id(PR_INSTANCE_KEY);
  }
}
