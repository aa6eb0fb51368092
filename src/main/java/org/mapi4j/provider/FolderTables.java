package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.RowColumns;
import org.mapi4j.table.RowSource;
import org.mapi4j.table.TableOptions;
import org.mapi4j.table.TableRow;
import org.mapi4j.table.TableView;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrderSet;

/**
 * Contents and hierarchy tables of a folder; hierarchy tables are read anew when a commit touched
 * their rows. They show committed messages only.
 */
final class FolderTables {
  private static final SPropTagArray HIERARCHY =
      SPropTagArray.tags(
          PR_COMMENT_W,
          PR_DEPTH,
          PR_DISPLAY_NAME_W,
          PR_DISPLAY_TYPE,
          PR_ENTRYID,
          PR_INSTANCE_KEY,
          PR_OBJECT_TYPE,
          PR_RECORD_KEY,
          PR_PARENT_ENTRYID,
          PR_STATUS,
          PR_FOLDER_TYPE,
          PR_SUBFOLDERS,
          PR_CONTENT_COUNT,
          PR_CONTENT_UNREAD);

  private static final Set<Integer> COUNTS =
      Set.of(
          PropTag.id(PR_CONTENT_COUNT),
          PropTag.id(PR_CONTENT_UNREAD),
          PropTag.id(PR_ASSOC_CONTENT_COUNT));

  private FolderTables() {}

  /**
   * @param deleted what was deleted and is kept, instead of what is there
   */
  static IMAPITable contents(
      FolderObject folder, boolean deleted, boolean associated, boolean unicode) {
    StoreCore core = folder.core;
    Bytes from = deleted ? SoftDeletes.bin(folder.id()) : folder.id();
    Bytes prefix = Keys.indexes(from, associated).from();
    RowSource source;
    if (folder.row().isSearch() && !associated && !deleted) {
      SearchResults results = core.searches().of(from);
      RowColumns columns = core.tables().of(prefix, () -> new SearchSource(core, results, null));
      source = new SearchSource(core, results, columns);
    } else {
      RowColumns columns =
          core.tables().of(prefix, () -> new MessageSource(core, from, associated, null));
      source = new MessageSource(core, from, associated, columns);
    }
    return open(core, folder.id(), source, unicode);
  }

  /** In the order that was kept for the folder. */
  private static IMAPITable open(StoreCore core, Bytes folder, RowSource source, boolean unicode) {
    SSortOrderSet kept = core.sorts().of(folder);
    TableOptions options = ContentsSorts.options(options(core, unicode));
    IMAPITable table =
        TableView.open(source, kept.aSort().isEmpty() ? options : options.withDefaultSort(kept));
    if (kept.cCategories() > 0) {
      int hr = table.sortTable(kept, 0);
      assert hr == S_OK : hr; // an order is checked before it is kept
    }
    return table;
  }

  /**
   * @param deleted what was deleted and is kept, which no folder is, instead of what is there
   */
  static IMAPITable hierarchy(
      FolderObject folder, boolean deleted, boolean convenientDepth, boolean unicode) {
    StoreCore core = folder.core;
    Bytes from = deleted ? SoftDeletes.bin(folder.id()) : folder.id();
    RowSource source = new FolderSource(core, from, convenientDepth);
    return TableView.open(source, options(core, unicode));
  }

  private static TableOptions options(StoreCore core, boolean unicode) {
    return StoreRows.options(core, unicode);
  }

  /**
   * @param counted false leaves out how many messages there are
   */
  private static Map<Integer, SPropValue> folderValues(
      StoreCore core, Bytes id, FolderRow row, int depth, boolean counted) {
    Map<Integer, SPropValue> values = new HashMap<>();
    put(values, PR_COMMENT_W, "");
    row.props()
        .forEach(
            prop -> {
              if (prop instanceof Stored.Whole whole) {
                values.put(prop.id(), whole.prop());
              }
            });
    try (FolderObject folder = new FolderObject(core, id, row)) {
      for (Computed.Bound computed : folder.allComputed()) {
        boolean given =
            PropTag.type(computed.tag()) != PT_OBJECT
                && (counted || !COUNTS.contains(PropTag.id(computed.tag())));
        Object value = given ? computed.get() : null;
        if (value != null) {
          put(values, computed.tag(), value);
        }
      }
    }
    put(values, PR_DEPTH, depth);
    put(values, PR_DISPLAY_TYPE, row.isSearch() ? DT_FOLDER_LINK : DT_FOLDER);
    values.putIfAbsent(PropTag.id(PR_STATUS), new SPropValue(PR_STATUS, 0));
    return values;
  }

  private static void put(Map<Integer, SPropValue> values, int tag, Object value) {
    values.put(PropTag.id(tag), new SPropValue(tag, value));
  }

  private abstract static class Source extends StoreRows.Committed {
    private final SPropTagArray columns;

    Source(StoreCore core, SPropTagArray columns, KeyRange... ranges) {
      super(core, ranges);
      this.columns = columns;
    }

    /** How many named properties there are, which the mapping signature tells. */
    static KeyRange names() {
      return KeyRange.prefix(Keys.nameCount());
    }

    @Override
    public SPropTagArray initialColumns() {
      return columns;
    }

    @Override
    public SPropTagArray allColumns() {
      Set<Integer> tags = new LinkedHashSet<>(columns.stream().boxed().toList());
      return SPropTagArray.of(new ArrayList<>(tags));
    }
  }

  /** Subfolders; the counts of search folders change without any row of theirs. */
  private static final class FolderSource extends Source {
    /** Of a search whose criteria cannot be read. */
    private static final long DAMAGED = -1;

    private static final KeyRange[] RANGES = {
      kind(Keys.FOLDERS), kind(Keys.CHILDREN), kind(Keys.COUNTERS), Source.names()
    };

    /** With the rows of messages, which searches may count or count no more. */
    private static final List<KeyRange> HEARD =
        Stream.concat(Stream.of(RANGES), Stream.of(kind(Keys.INDEXES))).toList();

    private final StoreCore core;
    private final Bytes folder;
    private final boolean deep;
    private final Map<Bytes, Long> searches = new HashMap<>();
    private long recounts;

    FolderSource(StoreCore core, Bytes folder, boolean deep) {
      super(core, HIERARCHY, RANGES);
      this.core = core;
      this.folder = folder;
      this.deep = deep;
    }

    @Override
    public long stamp() {
      boolean recounted = false;
      for (Map.Entry<Bytes, Long> search : searches.entrySet()) {
        long now = version(search.getKey());
        recounted |= now != search.getValue();
        search.setValue(now);
      }
      recounts += recounted ? 1 : 0;
      return super.stamp() + recounts;
    }

    @Override
    public AutoCloseable listen(Listener listener) {
      return core.tableFeed().listen(HEARD, listener);
    }

    /** A damaged search must not take its parent's table along: its own calls fail. */
    private long version(Bytes search) {
      SearchResults results = core.searches().of(search);
      try {
        results.refresh();
      } catch (StorageFault.Unreadable unreadable) {
        return DAMAGED;
      }
      return results.version();
    }

    @Override
    void read(Consumer<TableRow> each) {
      searches.clear();
      addChildren(folder, 0, each);
    }

    private void addChildren(Bytes parent, int depth, Consumer<TableRow> each) {
      for (Bytes child : new FolderTree(core).children(parent)) {
        StoreCore.Versioned<FolderRow> row = core.folder(child);
        if (row != null) {
          boolean counted = true;
          if (row.value().isSearch()) {
            long version = version(child);
            searches.put(child, version);
            counted = version != DAMAGED;
          }
          Map<Integer, SPropValue> values = folderValues(core, child, row.value(), depth, counted);
          each.accept(new StoreTables.Plain(core, child, values));
          if (deep) {
            addChildren(child, depth + 1, each);
          }
        }
      }
    }
  }

  /** Every save and every change of flags writes the index row; the signature is a column too. */
  private static final class MessageSource extends Source {
    private final StoreCore core;
    private final Bytes folder;
    private final boolean associated;
    private final KeyRange indexes;
    private final RowColumns columns;

    /**
     * @param columns shared by the tables of the folder; null for the source that they are read
     *     from
     */
    MessageSource(StoreCore core, Bytes folder, boolean associated, RowColumns columns) {
      super(core, ContentsRow.COLUMNS, Keys.indexes(folder, associated), Source.names());
      this.core = core;
      this.folder = folder;
      this.associated = associated;
      this.indexes = Keys.indexes(folder, associated);
      this.columns = columns;
    }

    @Override
    public SPropTagArray allColumns() {
      SPropTagArray more =
          SoftDeletes.isBin(core, folder) ? ContentsRow.MORE_DELETED : ContentsRow.MORE;
      return SPropTagArray.tags(
          IntStream.concat(ContentsRow.COLUMNS.stream(), more.stream()).toArray());
    }

    @Override
    public RowColumns columns() {
      return columns;
    }

    @Override
    public boolean keeps(int propId) {
      return ContentsRow.keeps(propId);
    }

    @Override
    public TableRow unread(Bytes key) {
      return ContentsRow.of(core, folder, associated, key, null);
    }

    @Override
    public List<? extends TableRow> unread(List<Bytes> keys, int[] propIds) {
      if (Arrays.stream(propIds).noneMatch(this::keeps)) {
        return keys.stream().map(this::unread).toList();
      }
      List<Optional<Row>> rows =
          core.shard()
              .getAll(keys.stream().map(key -> Keys.index(folder, associated, key)).toList());
      List<TableRow> read = new ArrayList<>(keys.size());
      for (int i = 0; i < rows.size(); i++) {
        Bytes encoded = rows.get(i).map(Row::value).orElse(null);
        read.add(ContentsRow.of(core, folder, associated, keys.get(i), encoded));
      }
      return read;
    }

    @Override
    public List<? extends TableRow> after(Bytes key, int count) {
      KeyRange rest =
          key == null ? indexes : indexes.startingAfter(Keys.index(folder, associated, key));
      return core.shard().scan(rest, false, count).stream().map(this::message).toList();
    }

    @Override
    void read(Consumer<TableRow> each) {
      core.eachRow(indexes, row -> each.accept(message(row)));
    }

    private TableRow message(Row row) {
      return ContentsRow.of(core, folder, associated, Keys.indexed(row.key()), row.value());
    }

    @Override
    public boolean isOrderedByKey() {
      return true;
    }

    @Override
    public Optional<List<List<Bytes>>> changes() {
      return touched().map(commits -> commits.stream().map(MessageSource::ids).toList());
    }

    private static List<Bytes> ids(List<Bytes> keys) {
      return keys.stream().map(Keys::indexed).toList();
    }

    @Override
    public TableRow row(Bytes key) {
      return core.shard().get(Keys.index(folder, associated, key)).map(this::message).orElse(null);
    }
  }
}
