package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Row;
import org.mapi4j.table.RowColumns;
import org.mapi4j.table.RowSource;
import org.mapi4j.table.TableOptions;
import org.mapi4j.table.TableRow;
import org.mapi4j.table.TableView;
import org.mapi4j.table.Values;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * Contents and hierarchy tables of a folder; hierarchy tables are read anew when a commit touched
 * their rows. They show committed messages only.
 */
final class FolderTables {
  private static final SPropTagArray CONTENTS =
      SPropTagArray.tags(
          PR_ENTRYID,
          PR_INSTANCE_KEY,
          PR_OBJECT_TYPE,
          PR_RECORD_KEY,
          PR_PARENT_ENTRYID,
          PR_STORE_ENTRYID,
          PR_STORE_RECORD_KEY,
          PR_MAPPING_SIGNATURE,
          PR_DISPLAY_TO_W,
          PR_DISPLAY_CC_W,
          PR_HASATTACH,
          PR_LAST_MODIFICATION_TIME,
          PR_MESSAGE_CLASS_W,
          PR_MESSAGE_FLAGS,
          PR_MESSAGE_SIZE,
          PR_MSG_STATUS,
          PR_CLIENT_SUBMIT_TIME,
          PR_CONVERSATION_INDEX,
          PR_IMPORTANCE,
          PR_MESSAGE_DELIVERY_TIME,
          PR_NORMALIZED_SUBJECT_W,
          PR_PRIORITY,
          PR_SENDER_NAME_W,
          PR_SENSITIVITY,
          PR_SUBJECT_W,
          PR_ACCESS);
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
  private static final Set<Integer> IN_THE_ROW =
      Set.of(PropTag.id(PR_HASATTACH), PropTag.id(PR_MESSAGE_FLAGS), PropTag.id(PR_MSG_STATUS));

  private FolderTables() {}

  static IMAPITable contents(FolderObject folder, boolean associated, boolean unicode) {
    StoreCore core = folder.core;
    RowColumns columns =
        core.tables()
            .of(
                Keys.indexes(folder.id(), associated).from(),
                () -> new MessageSource(core, folder.id(), associated, null));
    RowSource source = new MessageSource(core, folder.id(), associated, columns);
    return TableView.open(
        source, options(core, unicode).withSubobjects(true).withCategorizable(true));
  }

  static IMAPITable hierarchy(FolderObject folder, boolean convenientDepth, boolean unicode) {
    StoreCore core = folder.core;
    RowSource source =
        new Source(
            core,
            HIERARCHY,
            Source.kind(Keys.FOLDERS),
            Source.kind(Keys.CHILDREN),
            Source.kind(Keys.COUNTERS),
            Source.names()) {
          @Override
          void read(Consumer<TableRow> each) {
            addChildren(core, folder.id(), 0, convenientDepth, each);
          }
        };
    return TableView.open(source, options(core, unicode));
  }

  private static TableOptions options(StoreCore core, boolean unicode) {
    return StoreRows.options(core, unicode);
  }

  private static void addChildren(
      StoreCore core, Bytes parent, int depth, boolean deep, Consumer<TableRow> each) {
    for (Bytes child : new FolderTree(core).children(parent)) {
      StoreCore.Versioned<FolderRow> row = core.folder(child);
      if (row != null) {
        each.accept(
            new StoreTables.Plain(core, child, folderValues(core, child, row.value(), depth)));
        if (deep) {
          addChildren(core, child, depth + 1, true, each);
        }
      }
    }
  }

  private static Map<Integer, SPropValue> folderValues(
      StoreCore core, Bytes id, FolderRow row, int depth) {
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
        Object value = PropTag.type(computed.tag()) == PT_OBJECT ? null : computed.get();
        if (value != null) {
          put(values, computed.tag(), value);
        }
      }
    }
    put(values, PR_DEPTH, depth);
    put(values, PR_DISPLAY_TYPE, DT_FOLDER);
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
      super(core, CONTENTS, Keys.indexes(folder, associated), Source.names());
      this.core = core;
      this.folder = folder;
      this.associated = associated;
      this.indexes = Keys.indexes(folder, associated);
      this.columns = columns;
    }

    @Override
    public RowColumns columns() {
      return columns;
    }

    @Override
    public boolean keeps(int propId) {
      return IndexRow.isColumn(propId) || IN_THE_ROW.contains(propId);
    }

    @Override
    public TableRow unread(Bytes key) {
      return new MessageRow(core, folder, associated, key, null);
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
        read.add(new MessageRow(core, folder, associated, keys.get(i), encoded));
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
      return new MessageRow(core, folder, associated, Keys.indexed(row.key()), row.value());
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

  /**
   * A message's row: what the index row holds, what follows from it, and every other property from
   * the message itself.
   */
  private static final class MessageRow implements TableRow {
    private final StoreCore core;
    private final Bytes folder;
    private final Bytes id;
    private final boolean associated;
    private static final int PEEKS_MAX = 3;

    private Bytes encoded;
    private IndexRow index;
    private int peeks;
    private SoftReference<StoreCore.StoredMessage> message;

    /**
     * @param encoded the index row; null to read it when it is needed
     */
    MessageRow(StoreCore core, Bytes folder, boolean associated, Bytes id, Bytes encoded) {
      this.core = core;
      this.folder = folder;
      this.associated = associated;
      this.id = id;
      this.encoded = encoded;
    }

    private IndexRow index() {
      if (index == null) {
        index = encoded == null ? reread() : IndexRow.decode(encoded);
      }
      return index;
    }

    /** Of the index row; who asks for a few columns has the others not decoded. */
    private Stored indexed(int propId) {
      return index == null && encoded != null && ++peeks <= PEEKS_MAX
          ? IndexRow.column(encoded, propId)
          : index().columns().get(propId);
    }

    private int flags() {
      return index == null && encoded != null ? IndexRow.flags(encoded) : index().flags();
    }

    /** What the index row has in one pass over it, the rest as {@link #get} has it. */
    @Override
    public void values(int[] propIds, Values into) {
      boolean indexed = false;
      for (int i = 0; i < propIds.length; i++) {
        if (IndexRow.isColumn(propIds[i])) {
          indexed = true;
          continue;
        }
        SPropValue value = get(PropTag.of(propIds[i], PT_UNSPECIFIED));
        if (value != null) {
          into.value(i, value);
        }
      }
      if (indexed && encoded == null) {
        encoded = core.shard().get(Keys.index(folder, associated, id)).map(Row::value).orElse(null);
      }
      if (indexed && encoded != null) {
        IndexRow.pass(encoded, propIds, new Passed(this, into));
      }
    }

    /** Values of the index row on their way: text wide, those that lie elsewhere read. */
    private record Passed(MessageRow row, Values into) implements PropCodec.Sink {
      @Override
      public void number(int index, int tag, long number) {
        into.number(index, tag, number);
      }

      @Override
      public void whole(int index, SPropValue value) {
        SPropValue wide =
            PropWidth.convert(value, PT_UNSPECIFIED, true, row.core.options().codePage());
        if (!wide.isError()) {
          into.value(index, wide);
        }
      }

      @Override
      public void large(int index, Stored.Large large) {
        SPropValue value = row.load(large);
        if (value != null && value.isError()) {
          into.value(index, value);
        } else if (value != null) {
          whole(index, value);
        }
      }
    }

    /** The row as it is now; one that has gone meanwhile has no values. */
    private IndexRow reread() {
      return core.shard()
          .get(Keys.index(folder, associated, id))
          .map(row -> IndexRow.decode(row.value()))
          .orElse(new IndexRow(0, 0, 0, PropSet.of(List.of())));
    }

    @Override
    public void forget() {
      encoded = null;
      index = null;
      message = null;
    }

    @Override
    public Bytes instanceKey() {
      return id;
    }

    @Override
    public SPropValue get(int propTag) {
      SPropValue value = value(PropTag.id(propTag));
      if (value == null || value.isError()) {
        return value;
      }
      SPropValue converted = PropWidth.convert(value, propTag, true, core.options().codePage());
      return converted.isError() ? null : converted;
    }

    private SPropValue value(int propId) {
      SPropValue own = OwnColumns.get(this, propId);
      if (own != null) {
        return own;
      }
      Stored kept = IndexRow.isColumn(propId) ? indexed(propId) : image().props().get(propId);
      return kept instanceof Stored.Large large
          ? load(large)
          : kept == null ? null : ((Stored.Whole) kept).prop();
    }

    /** Under a lease, so that the value is not swept; from the message as it is then. */
    private SPropValue load(Stored.Large known) {
      Lease lease = core.shard().lease(Keys.message(id), core.session(), Lease.Mode.READ);
      try {
        StoreCore.StoredMessage now = core.message(id);
        Stored prop = now == null ? null : now.image().props().get(known.id());
        if (!(prop instanceof Stored.Large large)) {
          return prop == null ? null : ((Stored.Whole) prop).prop();
        }
        return large.blob().size() > core.limits().getPropsBytesMax()
            ? SPropValue.error(large.tag(), MAPI_E_NOT_ENOUGH_MEMORY)
            : LargeValues.load(large, new BlobSpace(core));
      } finally {
        lease.close();
      }
    }

    /** Kept for the next column while there is room: a view may have a million rows. */
    private MessageImage image() {
      StoreCore.StoredMessage known = message == null ? null : message.get();
      if (known == null) {
        known = core.message(id);
        message = known == null ? null : new SoftReference<>(known);
      }
      return known == null ? MessageImage.EMPTY : known.image();
    }

    @Override
    public Iterable<? extends org.mapi4j.types.RowView> subobjects(int propTag) {
      MessageImage image = image();
      boolean recipients = PropTag.id(propTag) == PropTag.id(PR_MESSAGE_RECIPIENTS);
      List<PropSet> sets =
          recipients
              ? image.recipients()
              : image.attachments().stream().map(MessageImage.Attachment::props).toList();
      List<TableRow> rows = new ArrayList<>();
      for (PropSet set : sets) {
        Map<Integer, SPropValue> values = new HashMap<>();
        set.forEach(
            prop ->
                values.put(
                    prop.id(),
                    prop instanceof Stored.Large large
                        ? SPropValue.error(large.tag(), MAPI_E_NOT_ENOUGH_MEMORY)
                        : ((Stored.Whole) prop).prop()));
        rows.add(new StoreTables.Plain(core, Bytes.EMPTY, values));
      }
      return rows;
    }
  }

  /** Columns that a contents row has without keeping them. */
  private static final class OwnColumns {
    private OwnColumns() {}

    static SPropValue get(MessageRow row, int propId) {
      for (int tag : TAGS) {
        if (PropTag.id(tag) == propId) {
          return new SPropValue(tag, of(row, row.core, tag));
        }
      }
      return null;
    }

    private static final int[] TAGS = {
      PR_ENTRYID,
      PR_OBJECT_TYPE,
      PR_RECORD_KEY,
      PR_PARENT_ENTRYID,
      PR_STORE_ENTRYID,
      PR_STORE_RECORD_KEY,
      PR_MAPPING_SIGNATURE,
      PR_HASATTACH,
      PR_MESSAGE_FLAGS,
      PR_MSG_STATUS,
      PR_ACCESS
    };

    private static Object of(MessageRow row, StoreCore core, int tag) {
      return switch (tag) {
        case PR_ENTRYID -> core.entryId(EntryId.MESSAGE, row.id);
        case PR_OBJECT_TYPE -> MAPI_MESSAGE;
        case PR_RECORD_KEY -> row.id;
        case PR_PARENT_ENTRYID -> core.entryId(EntryId.FOLDER, row.folder);
        case PR_STORE_ENTRYID -> core.storeEntryId();
        case PR_STORE_RECORD_KEY -> core.uid();
        case PR_MAPPING_SIGNATURE -> core.mappingSignature();
        case PR_HASATTACH -> (row.flags() & MSGFLAG_HASATTACH) != 0;
        case PR_MESSAGE_FLAGS -> row.flags();
        case PR_MSG_STATUS -> row.index().status();
        default ->
            core.writable()
                ? MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE
                : MAPI_ACCESS_READ;
      };
    }
  }
}
