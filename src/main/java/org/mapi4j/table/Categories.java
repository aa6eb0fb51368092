package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;

import java.util.List;
import org.mapi4j.api.IMAPITable.Expanded;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SRowSet;

/**
 * The calls that open and close a view's categories. No sink is told of them. Confined to the
 * view's monitor. Source: MAPI "IMAPITable::ExpandRow", "IMAPITable::CollapseRow",
 * "IMAPITable::GetCollapseState", "IMAPITable::SetCollapseState"; ADR 0010.
 */
final class Categories {
  private final ShownRows rows;
  private final Places places;
  private final TableOptions options;

  Categories(ShownRows rows, TableOptions options) {
    this.rows = rows;
    this.places = rows.places;
    this.options = options;
  }

  MapiResult<Expanded> expand(Bytes instanceKey, long count) {
    int heading = heading(instanceKey);
    if (heading < 0) {
      return MapiResult.error(options.categorizable() ? MAPI_E_NOT_FOUND : MAPI_E_NO_SUPPORT);
    }
    int before = rows.shown().size();
    if (!((HeadingRow) rows.shown().get(heading)).isOpen()) {
      rows.toggle(heading);
    }
    int more = rows.shown().size() - before;
    int last = heading + 1 + (int) Math.min(count, more);
    SRowSet added = rows.read(heading + 1, last);
    places.cursorTo(last, rows.shown());
    return MapiResult.ok(new Expanded(added, more));
  }

  MapiResult<Integer> collapse(Bytes instanceKey) {
    int heading = heading(instanceKey);
    if (heading < 0) {
      return MapiResult.error(options.categorizable() ? MAPI_E_NOT_FOUND : MAPI_E_NO_SUPPORT);
    }
    int before = rows.shown().size();
    if (((HeadingRow) rows.shown().get(heading)).isOpen()) {
      rows.toggle(heading);
    }
    return MapiResult.ok(before - rows.shown().size());
  }

  /** Index of the visible heading with an instance key; -1 for none. */
  private int heading(Bytes instanceKey) {
    List<ViewRow> all = rows.present();
    return rows.shape().order().cCategories() == 0 || instanceKey == null
        ? -1
        : Outline.find(all, rows.view, instanceKey);
  }

  MapiResult<Bytes> state(Bytes instanceKey) {
    if (!options.categorizable()) {
      return MapiResult.error(MAPI_E_NO_SUPPORT);
    }
    if (instanceKey == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    Bytes row = Bytes.EMPTY;
    for (ViewRow one : rows.present()) {
      if (rows.view.instanceKey(one.identity()).equals(instanceKey)) {
        row = one.identity();
        break;
      }
    }
    Bytes digest = CollapseState.digest(rows.shape());
    return MapiResult.ok(new CollapseState(digest, row, rows.outline.toggled()).encode());
  }

  MapiResult<Integer> restore(Bytes bytes) {
    if (!options.categorizable()) {
      return MapiResult.error(MAPI_E_NO_SUPPORT);
    }
    CollapseState state = bytes == null ? null : CollapseState.decode(bytes).orElse(null);
    if (state == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (!state.shape().equals(CollapseState.digest(rows.shape()))) {
      return MapiResult.error(MAPI_E_UNABLE_TO_COMPLETE);
    }
    List<ViewRow> all = rows.restore(state.toggled());
    int row = 0;
    for (int i = 0; i < all.size() && row == 0; i++) {
      row = all.get(i).identity().equals(state.row()) ? i : 0;
    }
    int bookmark = places.mark(row, all);
    return bookmark == 0 ? MapiResult.error(MAPI_E_UNABLE_TO_COMPLETE) : MapiResult.ok(bookmark);
  }
}
