package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mapi4j.spi.Row;
import org.mapi4j.table.RowColumns;
import org.mapi4j.table.TableRow;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/**
 * The rows of a search folder's contents table: the real messages, in the order of their ids, with
 * the columns of any contents table and PR_PARENT_DISPLAY. One for each view.
 */
final class SearchSource extends StoreRows {
  private static final SPropTagArray COLUMNS =
      SPropTagArray.tags(
          IntStream.concat(ContentsRow.COLUMNS.stream(), IntStream.of(PR_PARENT_DISPLAY_W))
              .toArray());
  private static final SPropTagArray ALL =
      SPropTagArray.tags(IntStream.concat(COLUMNS.stream(), ContentsRow.MORE.stream()).toArray());
  private static final int PAGE = 250;

  private final StoreCore core;
  private final SearchResults results;
  private final RowColumns columns;
  private long told;

  /**
   * @param columns shared by the tables of the folder; null for the source that they are read from
   */
  SearchSource(StoreCore core, SearchResults results, RowColumns columns) {
    super(core);
    this.core = core;
    this.results = results;
    this.columns = columns;
  }

  @Override
  public SPropTagArray initialColumns() {
    return COLUMNS;
  }

  @Override
  public SPropTagArray allColumns() {
    return ALL;
  }

  @Override
  public RowColumns columns() {
    return columns;
  }

  @Override
  public long stamp() {
    results.refresh();
    return results.version();
  }

  @Override
  public List<? extends TableRow> rows() {
    List<TableRow> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }

  @Override
  public void forEach(Consumer<TableRow> each) {
    if (told == 0) { // later ones may be for a column alone: what changed is still to be asked for
      told = results.version();
    }
    List<TableRow> page = after(null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(each);
      page = after(page.get(page.size() - 1).instanceKey(), PAGE);
    }
  }

  @Override
  public boolean isOrderedByKey() {
    return true;
  }

  @Override
  public Optional<List<List<Bytes>>> changes() {
    long now = results.version();
    Optional<List<List<Bytes>>> changed = results.changesAfter(told);
    told = now;
    return changed;
  }

  @Override
  public AutoCloseable listen(Listener listener) {
    return core.tableFeed().listen(SearchResults.RANGES, listener);
  }

  @Override
  public TableRow row(Bytes key) {
    Bytes folder = results.folderOf(key);
    return folder == null
        ? null
        : core.shard()
            .get(Keys.index(folder, false, key))
            .map(row -> ContentsRow.shown(core, results, folder, key, row.value()))
            .orElse(null);
  }

  @Override
  public TableRow unread(Bytes key) {
    return ContentsRow.shown(core, results, results.folderOf(key), key, null);
  }

  @Override
  public List<? extends TableRow> unread(List<Bytes> keys, int[] propIds) {
    if (Arrays.stream(propIds).noneMatch(ContentsRow::keeps)) {
      return keys.stream().map(this::unread).toList();
    }
    List<Bytes> folders = results.foldersOf(keys);
    List<Bytes> known = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      if (folders.get(i) != null) {
        known.add(Keys.index(folders.get(i), false, keys.get(i)));
      }
    }
    Iterator<Optional<Row>> read = core.shard().getAll(known).iterator();
    List<TableRow> rows = new ArrayList<>(keys.size());
    for (int i = 0; i < folders.size(); i++) {
      Bytes encoded = folders.get(i) == null ? null : read.next().map(Row::value).orElse(null);
      rows.add(ContentsRow.shown(core, results, folders.get(i), keys.get(i), encoded));
    }
    return rows;
  }

  /** A message that has just gone is left out; what follows is passed all the same. */
  @Override
  public List<TableRow> after(Bytes key, int count) {
    List<TableRow> rows = new ArrayList<>();
    List<SearchResults.Hit> hits = results.after(key, count);
    while (!hits.isEmpty() && rows.size() < count) {
      List<Optional<Row>> read =
          core.shard()
              .getAll(
                  hits.stream()
                      .map(hit -> Keys.index(hit.folder(), false, hit.message()))
                      .toList());
      for (int i = 0; i < read.size(); i++) {
        SearchResults.Hit hit = hits.get(i);
        read.get(i)
            .ifPresent(
                row ->
                    rows.add(
                        ContentsRow.shown(
                            core, results, hit.folder(), hit.message(), row.value())));
      }
      hits = results.after(hits.get(hits.size() - 1).message(), count - rows.size());
    }
    return rows;
  }

  @Override
  public boolean keeps(int propId) {
    return ContentsRow.keeps(propId) || propId == PropTag.id(PR_PARENT_DISPLAY_W);
  }
}
