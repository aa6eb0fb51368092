package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.MSGFLAG_ASSOCIATED;
import static org.mapi4j.types.MapiDefs.MSGFLAG_READ;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * Reads every row of a store and holds the rows against each other: src/docs/formats/store-rows.md,
 * "What refers to what". For a store that nobody writes meanwhile. Keeps 16 octets of every blob in
 * memory.
 */
final class StoreCheck {
  private static final int PROBLEMS_MAX = 100;

  private final Shard shard;
  private final List<String> problems = new ArrayList<>();
  private final Map<Bytes, long[]> counts = new HashMap<>();
  private final Map<Bytes, List<Row>> counters = new HashMap<>();
  private final Set<Bytes> blobs = new HashSet<>();

  StoreCheck(Shard shard) {
    this.shard = shard;
  }

  /** What is wrong, a sentence each, the first hundred; empty when nothing is. */
  List<String> run() {
    store();
    forEach(Keys.FOLDERS, this::folder);
    forEach(Keys.CHILDREN, this::place);
    forEach('d', this::name);
    forEach(Keys.IMAGES, this::message);
    forEach('l', this::location);
    forEach(Keys.INDEXES, this::index);
    forEach(
        'c',
        row -> counters.computeIfAbsent(Keys.owner(row.key()), k -> new ArrayList<>()).add(row));
    counts.keySet().forEach(folder -> counters.putIfAbsent(folder, List.of()));
    counters.forEach(this::counted);
    forEach('q', this::listed);
    forEach(Keys.STATUSES, this::status);
    forEach('z', row -> blobs.add(Keys.member(row.key())));
    forEach('g', row -> blobs.add(Keys.owner(row.key())));
    forEach('b', this::chunk);
    forEach(Keys.RECEIVE_FOLDERS, this::receiveFolder);
    forEach('k', this::contentsSort);
    forEach('o', this::kept);
    guarded(Keys.nameCount(), this::names);
    return List.copyOf(problems);
  }

  @FormatMethod
  private void problem(String text, Object... values) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(text.formatted(values));
    }
  }

  private void forEach(char kind, Consumer<Row> action) {
    StoreCore.eachRow(
        shard,
        KeyRange.prefix(Bytes.of(kind)),
        row -> guarded(row.key(), () -> action.accept(row)));
  }

  /** One unreadable row is one problem, and the check goes on. */
  private void guarded(Bytes key, Runnable action) {
    try {
      action.run();
    } catch (StorageFault.Unreadable unreadable) {
      problem("row %s: %s", key, unreadable.getMessage());
    }
  }

  private Optional<FolderRow> folderOf(Bytes id) {
    return shard.get(Keys.folder(id)).map(row -> FolderRow.decode(row.value()));
  }

  private boolean exists(Bytes key) {
    return shard.get(key).isPresent();
  }

  private void store() {
    Optional<Row> row = shard.get(Keys.store());
    if (row.isEmpty()) {
      problem("there is no store row");
      return;
    }
    StoreInit.StoreRow store = StoreInit.StoreRow.decode(row.get().value());
    if (!exists(Keys.folder(store.root()))) {
      problem("the root folder %s is missing", store.root());
    }
    blobs(Keys.store(), ObjectProps.blobs(store.props()));
  }

  private void folder(Row row) {
    Bytes id = Keys.owner(row.key());
    FolderRow folder = FolderRow.decode(row.value());
    blobs(row.key(), folder.blobs());
    search(id, folder);
    if (folder.parent().equals(id)) {
      return;
    }
    if (!exists(Keys.folder(folder.parent())) && !exists(Keys.tombstone(folder.parent()))) {
      problem("folder %s lies in %s, which does not exist", id, folder.parent());
    }
    if (isInACircle(id)) {
      problem("folder %s lies in itself", id);
    }
    if (!exists(Keys.child(folder.parent(), id))) {
      problem("folder %s is not listed in its parent %s", id, folder.parent());
    }
    Optional<Row> named = shard.get(FolderRow.nameKey(folder.parent(), folder.name()));
    if (named.isEmpty() || !named.get().value().equals(id)) {
      problem("folder %s has the name \"%s\", which is not its own", id, folder.name());
    }
  }

  /** Of messages that may be gone, in a search folder that is there or about to be swept. */
  private void status(Row row) {
    Bytes search = Keys.owner(row.key());
    int status = SearchStatus.of(row);
    boolean there = folderOf(search).map(FolderRow::isSearch).orElse(false);
    if (!there && !exists(Keys.tombstone(search))) {
      problem("status 0x%X is kept for folder %s, which is no search folder", status, search);
    }
  }

  private void search(Bytes id, FolderRow folder) {
    boolean runs = folder.search() != null && folder.search().isRunning();
    boolean known = folder.search() == null || folder.search().unread() == null;
    if (known && runs != exists(Keys.search(id))) {
      problem("folder %s: its search %s and is listed otherwise", id, runs ? "runs" : "rests");
    }
    if (folder.search() != null) {
      guarded(
          Keys.folder(id),
          () -> {
            if (!folder.isSearch()) {
              problem("folder %s has criteria and is no search folder", id);
            }
            var read = RestrictionCodec.decode(folder.search().readable().restriction());
            assert read != null;
          });
    }
  }

  private void listed(Row row) {
    Bytes id = Keys.owner(row.key());
    if (folderOf(id).isEmpty()) {
      problem("the search of folder %s is listed, which does not exist", id);
    }
  }

  private boolean isInACircle(Bytes id) {
    Set<Bytes> passed = new HashSet<>();
    Bytes at = id;
    Optional<FolderRow> row = folderOf(at);
    while (row.isPresent() && !row.get().parent().equals(at)) {
      if (!passed.add(at)) {
        return true;
      }
      at = row.get().parent();
      row = folderOf(at);
    }
    return false;
  }

  private void place(Row row) {
    Bytes parent = Keys.owner(row.key());
    Bytes child = Keys.member(row.key());
    if (folderOf(child).filter(folder -> folder.parent().equals(parent)).isEmpty()) {
      problem("folder %s lists %s, which is not in it", parent, child);
    }
  }

  private void name(Row row) {
    Bytes parent = Keys.owner(row.key());
    boolean right =
        folderOf(row.value())
            .filter(folder -> FolderRow.nameKey(parent, folder.name()).equals(row.key()))
            .filter(folder -> folder.parent().equals(parent))
            .isPresent();
    if (!right) {
      problem("a name in folder %s belongs to %s, which has another", parent, row.value());
    }
  }

  private void message(Row row) {
    Bytes id = Keys.owner(row.key());
    StoreCore.StoredMessage stored =
        MessageCodec.decodeRow(
            new RowReader(row.value()), row.version(), blob -> Blobs.readAll(shard, blob));
    blobs(row.key(), stored.blobs());
    Location location = MessageRows.location(shard.get(Keys.location(id)).orElse(null), row);
    if (location == null) {
      problem("message %s lies nowhere", id);
      return;
    }
    Bytes folder = location.folder();
    boolean there = exists(Keys.folder(folder)) || exists(Keys.tombstone(folder));
    if (!there && !isBin(folder)) {
      problem("message %s lies in folder %s, which does not exist", id, folder);
    } else if (!there && !exists(Keys.retained(id))) {
      problem("message %s lies among what was deleted, and nothing says until when", id);
    }
    Optional<Row> index = shard.get(Keys.index(location.folder(), location.associated(), id));
    IndexRow expected = IndexRow.of(location, row.version(), stored.image());
    if (index.isEmpty() || !IndexRow.decode(index.get().value()).equals(expected)) {
      problem("the table row of message %s does not agree with it", id);
    }
  }

  /** The bin of a folder, one that is being removed included. */
  private boolean isBin(Bytes folder) {
    Bytes owner = SoftDeletes.bin(folder);
    return exists(Keys.folder(owner)) || exists(Keys.tombstone(owner));
  }

  /** Each message of a bin has a row that says until when, and one in order of time. */
  private void kept(Row row) {
    Bytes id = Keys.retainedMessage(row.key());
    if (!Keys.isRetained(row.key())) {
      boolean right =
          shard
              .get(Keys.retained(id))
              .filter(until -> SoftDeletes.until(until) == Keys.ticks(row.key()))
              .isPresent();
      if (!right) {
        problem("message %s is to go at a time that is not its own", id);
      }
      return;
    }
    if (!exists(Keys.expiry(SoftDeletes.until(row), id))) {
      problem("message %s was deleted and would be kept for ever", id);
    }
    boolean deleted =
        shard
            .get(Keys.message(id))
            .map(
                message -> MessageRows.location(shard.get(Keys.location(id)).orElse(null), message))
            .filter(at -> !exists(Keys.folder(at.folder())))
            .isPresent();
    if (!deleted) {
      problem("message %s is kept as deleted and is not", id);
    }
  }

  private void location(Row row) {
    Bytes id = Keys.owner(row.key());
    if (!exists(Keys.message(id))) {
      problem("message %s has a place and no content", id);
    }
  }

  private void index(Row row) {
    Bytes folder = Keys.owner(row.key());
    boolean associated = row.key().get(17) != 0;
    Bytes id = Keys.indexed(row.key());
    Row moved = shard.get(Keys.location(id)).orElse(null);
    boolean right =
        shard
            .get(Keys.message(id))
            .map(message -> MessageRows.location(moved, message))
            .filter(at -> at.folder().equals(folder) && at.associated() == associated)
            .isPresent();
    if (!right) {
      problem("folder %s lists message %s, which is not in it", folder, id);
    }
    int flags = IndexRow.decode(row.value()).flags();
    long[] counted = counts.computeIfAbsent(folder, key -> new long[3]);
    if (associated != ((flags & MSGFLAG_ASSOCIATED) != 0)) {
      problem("message %s is in the wrong table of folder %s", id, folder);
    }
    counted[associated ? Keys.ASSOCIATED : Keys.CONTENT]++;
    counted[Keys.UNREAD] += !associated && (flags & MSGFLAG_READ) == 0 ? 1 : 0;
  }

  private void counted(Bytes folder, List<Row> rows) {
    if (exists(Keys.tombstone(folder)) || exists(Keys.tombstone(SoftDeletes.bin(folder)))) {
      return;
    }
    if (!exists(Keys.folder(folder)) && !isBin(folder)) {
      problem("folder %s is counted and does not exist", folder);
    }
    FolderCounts says;
    try {
      says = FolderCounts.of(rows);
    } catch (StorageFault.Unreadable unreadable) {
      problem("folder %s: %s", folder, unreadable.getMessage());
      return;
    }
    long[] there = counts.getOrDefault(folder, new long[3]);
    FolderCounts counted =
        new FolderCounts(there[Keys.CONTENT], there[Keys.UNREAD], there[Keys.ASSOCIATED]);
    if (!says.equals(counted)) {
      problem("the counters of folder %s say %s, there are %s", folder, says, counted);
    }
  }

  private void blobs(Bytes owner, List<BlobRef> referenced) {
    for (BlobRef blob : referenced) {
      if (!blobs.add(blob.id())) {
        problem("blob %s of row %s has another owner too", blob.id(), owner);
      }
      long size = 0;
      for (int i = 0; i < blob.chunks(); i++) {
        size += shard.get(Keys.chunk(blob.id(), i)).map(row -> row.value().size()).orElse(0);
      }
      if (size != blob.size()) {
        problem("blob %s of row %s has %d of its %d bytes", blob.id(), owner, size, blob.size());
      }
    }
  }

  private void chunk(Row row) {
    if (!blobs.contains(Keys.owner(row.key()))) {
      problem("chunk %s belongs to nothing", row.key());
    }
  }

  /** One whose folder an older build deleted is left over and harms nobody. */
  private void contentsSort(Row row) {
    if (ContentsSorts.decode(row.value()).aSort().isEmpty()) {
      problem("the kept order of folder %s has no keys", Keys.owner(row.key()));
    }
  }

  private void receiveFolder(Row row) {
    ReceiveFolders.Association association = ReceiveFolders.decode(row);
    if (!ReceiveFolders.key(association.messageClass()).equals(row.key())) {
      problem("the receive folder at %s is of class \"%s\"", row.key(), association.messageClass());
    }
  }

  private void names() {
    int registered =
        shard.get(Keys.nameCount()).map(row -> new RowReader(row.value()).fixed32()).orElse(0);
    for (int id = NamedProperties.FIRST; id < NamedProperties.FIRST + registered; id++) {
      int number = id;
      guarded(Keys.nameOfId(id), () -> name(number));
    }
  }

  private void name(int id) {
    Optional<Row> name = shard.get(Keys.nameOfId(id));
    Optional<Row> back = name.flatMap(row -> shard.get(Keys.idOfName(row.value())));
    if (back.isEmpty() || new RowReader(back.get().value()).fixed32() != id) {
      problem("named property 0x%04X does not lead back to itself", id);
    }
  }
}
