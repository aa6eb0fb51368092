package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.TableOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * The orders that IMAPIFolder::SaveContentsSort keeps: a row beside the folder's own, so that
 * builds which do not know it read the folder as before. Byte by byte:
 * src/docs/formats/store-rows.md. Source: MAPI "IMAPIFolder::SaveContentsSort".
 */
final class ContentsSorts {
  /** What a folder has without a kept order. */
  static final SSortOrderSet NONE = SSortOrderSet.of();

  /** What an order is checked for is the same in every table. */
  private static final TableOptions ANY = TableOptions.of(true, StandardCharsets.US_ASCII, 1);

  private static final int FORMAT = 1;
  private static final int CACHED = 4096;
  private static final long CACHED_BYTES = 1 << 20;

  private final StoreCore core;
  private final RowCache<SSortOrderSet> cache;

  ContentsSorts(StoreCore core) {
    this.core = core;
    this.cache =
        new RowCache<>(
            core.shard(), CACHED, CACHED_BYTES, row -> readable(row.value()), absent -> NONE);
  }

  /** A damaged order must not close the folder: it is none. */
  private static SSortOrderSet readable(Bytes row) {
    try {
      return decode(row);
    } catch (StorageFault.Unreadable unreadable) {
      return NONE;
    }
  }

  /** The order of a folder's contents tables; {@link #NONE} for the store's own. */
  SSortOrderSet of(Bytes folder) {
    return cache.get(Keys.contentsSort(folder));
  }

  /**
   * Keeps an order for a folder, and with {@code recursive} for all below it; without keys none is
   * kept. The code that SortTable has for an order that cannot be applied; MAPI_E_OBJECT_DELETED.
   */
  int save(Bytes folder, SSortOrderSet order, boolean recursive) {
    if (order == null) {
      return MAPI_E_INVALID_PARAMETER;
    }
    int checked = options(StoreRows.options(core, true)).check(order);
    if (checked != S_OK) {
      return checked;
    }
    for (Bytes one : recursive ? new FolderTree(core).subtree(folder) : List.of(folder)) {
      Batch.Builder batch = Batch.builder().expectPresent(Keys.folder(one));
      if (order.aSort().isEmpty()) {
        batch.delete(Keys.contentsSort(one));
      } else {
        batch.put(Keys.contentsSort(one), 1, encode(order));
      }
      boolean kept = core.commit(batch) instanceof Outcome.Committed;
      if (!kept && one.equals(folder)) { // a subfolder that went meanwhile needs none
        return MAPI_E_OBJECT_DELETED;
      }
    }
    return S_OK;
  }

  /** Contents tables as this store has them. */
  static TableOptions options(TableOptions options) {
    return options.withSubobjects(true).withCategorizable(true);
  }

  private static Bytes encode(SSortOrderSet order) {
    RowWriter out = new RowWriter(11 + 8 * order.aSort().size());
    out.octet(FORMAT);
    out.octet(order.aSort().size());
    out.octet(order.cCategories());
    out.octet(order.cExpanded());
    for (SSortOrder key : order.aSort()) {
      out.fixed32(key.ulPropTag());
      out.fixed32(key.ulOrder());
    }
    return out.toBytes();
  }

  /** Reads a row; StorageFault.Damaged for one that is none. */
  static SSortOrderSet decode(Bytes row) {
    RowReader in = new RowReader(row);
    RowFormat.expect("contents sort row", FORMAT, in.octet());
    int keys = in.octet();
    int categories = in.octet();
    int expanded = in.octet();
    List<SSortOrder> sort = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      sort.add(new SSortOrder(in.fixed32(), in.fixed32()));
    }
    SSortOrderSet order = new SSortOrderSet(sort, categories, expanded);
    if (!in.atEnd() || options(ANY).check(order) != S_OK) {
      throw new StorageFault.Damaged("contents sort row: no order that can be kept", null);
    }
    return order;
  }
}
