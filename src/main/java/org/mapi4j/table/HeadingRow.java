package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;

/** The heading of a category. Source: MAPI "Sorting and Categorization". */
final class HeadingRow implements ViewRow {
  private final ViewContext view;
  private final Bytes identity;
  private final int level;
  private final boolean open;
  private final SPropValue[] keys;
  private int count;
  private int unread;

  /**
   * @param keys of its level and those above, null where the rows have no value
   */
  HeadingRow(ViewContext view, Bytes identity, int level, boolean open, SPropValue[] keys) {
    this.view = view;
    this.identity = identity;
    this.level = level;
    this.open = open;
    this.keys = keys;
  }

  /** A leaf belongs to the category. */
  void add(LeafRow leaf) {
    count++;
    unread += leaf.isUnread() ? 1 : 0;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public Bytes identity() {
    return identity;
  }

  @Override
  public ViewContext view() {
    return view;
  }

  @Override
  public SPropValue get(int tag) {
    if (ViewRow.isInstanceKey(tag)) {
      return instanceKey(tag);
    }
    SPropValue own = own(PropTag.id(tag));
    if (own != null) {
      return Widths.fits(own, tag) ? own : null;
    }
    int wanted = ViewRow.isInstance(tag) ? tag & ~MVI_FLAG : tag;
    for (SPropValue key : keys) {
      if (key != null && key.id() == PropTag.id(tag) && Widths.fits(key, wanted)) {
        return Widths.shown(key, wanted, view.options());
      }
    }
    return null;
  }

  private SPropValue own(int id) {
    if (id == PropTag.id(PR_DEPTH)) {
      return new SPropValue(PR_DEPTH, level);
    } else if (id == PropTag.id(PR_ROW_TYPE)) {
      return new SPropValue(PR_ROW_TYPE, open ? TBL_EXPANDED_CATEGORY : TBL_COLLAPSED_CATEGORY);
    } else if (id == PropTag.id(PR_CONTENT_COUNT)) {
      return new SPropValue(PR_CONTENT_COUNT, count);
    }
    return id == PropTag.id(PR_CONTENT_UNREAD) ? new SPropValue(PR_CONTENT_UNREAD, unread) : null;
  }

  @Override
  public Iterable<? extends RowView> subobjects(int propTag) {
    return List.of();
  }
}
