package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/**
 * A row of a view: a source's row, or one instance of it where multivalued columns are expanded.
 *
 * @param view number of the view, part of PR_INSTANCE_KEY
 * @param base the source's row
 * @param identity of this row within the view; the first instance of a row has the row's own
 * @param instances by property identifier the value that this instance shows, or PT_ERROR
 */
record ViewRow(
    long view,
    TableRow base,
    Bytes identity,
    Map<Integer, SPropValue> instances,
    TableOptions options)
    implements RowView {

  /** The value whose type fits the tag, in the tag's string width; PT_ERROR, or null if absent. */
  @Override
  public SPropValue get(int tag) {
    if (PropTag.id(tag) == PropTag.id(PR_INSTANCE_KEY)) {
      return Widths.fits(instanceKey(), tag) ? instanceKey() : null;
    }
    boolean expanded = isInstance(tag) && instances.containsKey(PropTag.id(tag));
    int single = tag & ~MVI_FLAG;
    int wanted = expanded ? single : tag & ~MV_INSTANCE;
    SPropValue value = expanded ? instances.get(PropTag.id(tag)) : base.get(wanted);
    if (value == null || value.isError()) {
      return value;
    }
    if (!Widths.fits(value, wanted)) {
      // A property that has one value is its own instance.
      return isInstance(tag) && Widths.fits(value, single) ? inWidth(value, single) : null;
    }
    return inWidth(value, wanted);
  }

  @Override
  public Iterable<? extends RowView> subobjects(int propTag) {
    return base.subobjects(propTag);
  }

  /** What QueryRows gives for a column. */
  SPropValue cell(int column) {
    if (PropTag.type(column) == PT_NULL) {
      return new SPropValue(column, null);
    }
    SPropValue value = get(column);
    if (value == null || value.type() == PT_OBJECT) {
      return SPropValue.error(column, MAPI_E_NOT_FOUND);
    }
    if (PropSize.of(value) > options.columnBytesMax()) {
      return SPropValue.error(column, MAPI_E_NOT_ENOUGH_MEMORY);
    }
    return value;
  }

  /** True for a tag of type MVI_FLAG. */
  static boolean isInstance(int tag) {
    return (tag & MVI_FLAG) == MVI_FLAG;
  }

  private SPropValue inWidth(SPropValue value, int wanted) {
    boolean unicode =
        PropTag.type(wanted) == PT_UNSPECIFIED
            ? options.unicode()
            : PropType.withWidth(PropTag.type(wanted), true) == PropTag.type(wanted);
    Optional<SPropValue> converted = Widths.convert(value, unicode, options.codePage());
    return converted.orElseGet(() -> SPropValue.error(value.ulPropTag(), MAPI_E_BAD_CHARWIDTH));
  }

  /** Sixteen bytes that differ between rows and between views. */
  private SPropValue instanceKey() {
    Bytes name = Bytes.copyOf(Long.toString(view).getBytes(StandardCharsets.US_ASCII));
    UUID key = UUID.nameUUIDFromBytes(name.concat(Bytes.of(':')).concat(identity).sharedArray());
    return new SPropValue(PR_INSTANCE_KEY, Guid.of(key).toBytes());
  }
}
