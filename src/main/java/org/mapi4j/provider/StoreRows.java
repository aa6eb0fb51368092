package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.RowSource;
import org.mapi4j.table.TableOptions;
import org.mapi4j.table.TableRow;
import org.mapi4j.types.Bytes;

/** What the sources of all tables of a store share: they end with it, and its faults are codes. */
abstract class StoreRows implements RowSource {
  private final StoreCore core;

  StoreRows(StoreCore core) {
    this.core = core;
  }

  /** How tables of a store behave unless their kind says otherwise. */
  static TableOptions options(StoreCore core, boolean unicode) {
    return TableOptions.of(unicode, core.options().codePage(), core.limits().columnBytesMax())
        .withLenientFlags(core.outlookProfile())
        .withCategorizable(true);
  }

  @Override
  public int state() {
    return core.isClosed() ? MAPI_E_INVALID_OBJECT : S_OK;
  }

  @Override
  public int codeOf(RuntimeException thrown) {
    return thrown instanceof StorageFault fault ? Faults.toHResult(fault) : S_OK;
  }

  /** Of committed rows, all in some ranges of keys: read again only when a commit touched those. */
  abstract static class Committed extends StoreRows {
    private final StoreCore core;
    private final List<KeyRange> ranges;
    private final RangeStamp stamp;
    private int rows;

    Committed(StoreCore core, KeyRange... ranges) {
      super(core);
      this.core = core;
      this.ranges = List.of(ranges);
      this.stamp = new RangeStamp(core.shard(), this.ranges);
    }

    /** Passes every row, in natural order. */
    abstract void read(Consumer<TableRow> each);

    @Override
    public final List<? extends TableRow> rows() {
      List<TableRow> all = new ArrayList<>();
      forEach(all::add);
      return all;
    }

    @Override
    public final void forEach(Consumer<TableRow> each) {
      stamp.forget(); // they are read as of the stamp or later
      int[] read = {0};
      read(
          row -> {
            read[0]++;
            each.accept(row);
          });
      rows = read[0];
    }

    @Override
    public AutoCloseable listen(Listener listener) {
      return core.tableFeed().listen(ranges, listener);
    }

    /** Keys of the first range that changed, a list for each commit, when that is all that did. */
    final Optional<List<List<Bytes>>> touched() {
      return stamp.take();
    }

    @Override
    public long stamp() {
      return stamp.get(rows);
    }

    /** Every row of a kind. */
    static KeyRange kind(char kind) {
      return KeyRange.prefix(Bytes.of(kind));
    }
  }
}
