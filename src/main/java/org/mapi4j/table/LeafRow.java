package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Map;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/** A source's row in a view, or one instance of it where multivalued columns are expanded. */
final class LeafRow implements ViewRow {
  private static final SPropValue[] NO_KEYS = new SPropValue[0];

  private final ViewContext view;
  private final TableRow base;
  private final Bytes identity;
  private final Map<Integer, SPropValue> instances;
  private SPropValue[] keys = NO_KEYS;
  private boolean unread;
  private int depth;

  /**
   * @param identity the first instance of a row has the row's own
   * @param instances by property identifier the value that this instance shows, or PT_ERROR
   */
  LeafRow(ViewContext view, TableRow base, Bytes identity, Map<Integer, SPropValue> instances) {
    this.view = view;
    this.base = base;
    this.identity = identity;
    this.instances = instances;
  }

  /** Reads what its place in the order depends on, so that the source's row need not be kept. */
  void place(SortOrder order) {
    keys = order.keysOf(this);
    depth = order.levels();
    if (depth > 0) {
      SPropValue flags = base.get(PR_MESSAGE_FLAGS);
      unread = flags != null && !flags.isError() && (flags.asInt() & MSGFLAG_READ) == 0;
    }
  }

  /** The values of the sort keys, null where there is none. */
  SPropValue[] keys() {
    return keys;
  }

  /** True for a message that nobody has read. */
  boolean isUnread() {
    return unread;
  }

  /** The source's row. */
  TableRow base() {
    return base;
  }

  @Override
  public Bytes identity() {
    return identity;
  }

  /** A row that is no longer expanded, or is now, is still the same row. */
  @Override
  public Bytes origin() {
    return base.instanceKey();
  }

  @Override
  public ViewContext view() {
    return view;
  }

  /** The value whose type fits the tag, in the tag's string width; PT_ERROR, or null if absent. */
  @Override
  public SPropValue get(int tag) {
    if (ViewRow.isInstanceKey(tag)) {
      return instanceKey(tag);
    }
    if (view.options().categorizable()) {
      SPropValue own = own(tag);
      if (own != null) {
        return Widths.fits(own, tag) ? own : null;
      }
    }
    boolean expanded = ViewRow.isInstance(tag) && instances.containsKey(PropTag.id(tag));
    int single = tag & ~MVI_FLAG;
    int wanted = expanded ? single : tag & ~MV_INSTANCE;
    SPropValue value = expanded ? instances.get(PropTag.id(tag)) : base.get(wanted);
    if (value == null || value.isError()) {
      return value;
    }
    if (!Widths.fits(value, wanted)) {
      // A property that has one value is its own instance.
      return ViewRow.isInstance(tag) && Widths.fits(value, single)
          ? Widths.shown(value, single, view.options())
          : null;
    }
    return Widths.shown(value, wanted, view.options());
  }

  private SPropValue own(int tag) {
    if (PropTag.id(tag) == PropTag.id(PR_ROW_TYPE)) {
      return new SPropValue(PR_ROW_TYPE, TBL_LEAF_ROW);
    }
    if (PropTag.id(tag) != PropTag.id(PR_DEPTH)) {
      return null;
    }
    SPropValue own = depth == 0 ? base.depth() : null;
    return own == null ? new SPropValue(PR_DEPTH, depth) : own;
  }

  @Override
  public Iterable<? extends RowView> subobjects(int propTag) {
    return base.subobjects(propTag);
  }
}
