package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Row;
import org.mapi4j.table.TableRow;
import org.mapi4j.table.Values;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * A message's row in the contents table of its folder or of a search folder: what the index row
 * holds, what follows from it, and every other property from the message itself.
 */
final class ContentsRow implements TableRow {
  /** The columns of a contents table. */
  static final SPropTagArray COLUMNS =
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

  /** What rows have besides. */
  static final SPropTagArray MORE = SPropTagArray.tags(PR_LONGTERM_ENTRYID_FROM_TABLE);

  /** The same of messages that were deleted and are kept. */
  static final SPropTagArray MORE_DELETED =
      SPropTagArray.tags(PR_LONGTERM_ENTRYID_FROM_TABLE, PR_DELETED_ON);

  private static final Set<Integer> IN_THE_ROW =
      Set.of(PropTag.id(PR_HASATTACH), PropTag.id(PR_MESSAGE_FLAGS), PropTag.id(PR_MSG_STATUS));
  private static final int PARENT_DISPLAY = PropTag.id(PR_PARENT_DISPLAY_W);
  private static final int PEEKS_MAX = 3;

  private final StoreCore core;
  private final Bytes id;
  private final boolean associated;
  private final boolean found;
  private final SearchResults results;
  private Bytes folder;
  private Bytes encoded;
  private IndexRow index;
  private int peeks;
  private SoftReference<StoreCore.StoredMessage> message;

  private ContentsRow(
      StoreCore core,
      Bytes folder,
      boolean associated,
      Bytes id,
      Bytes encoded,
      boolean found,
      SearchResults results) {
    this.core = core;
    this.results = results;
    this.folder = folder;
    this.associated = associated;
    this.id = id;
    this.encoded = encoded;
    this.found = found;
  }

  /**
   * A row of a folder's own table.
   *
   * @param encoded the index row; null to read it when it is needed
   */
  static ContentsRow of(StoreCore core, Bytes folder, boolean associated, Bytes id, Bytes encoded) {
    return new ContentsRow(core, folder, associated, id, encoded, false, null);
  }

  /**
   * A row of a search folder's table. Also after the message has moved it has the values of where
   * it is.
   *
   * @param folder where the message was found; null to look where it is
   */
  static ContentsRow found(StoreCore core, Bytes folder, Bytes id, Bytes encoded) {
    return new ContentsRow(core, folder, false, id, encoded, true, null);
  }

  /**
   * The same as the search folder shows it: with its own status.
   *
   * @param results of the search folder
   */
  static ContentsRow shown(
      StoreCore core, SearchResults results, Bytes folder, Bytes id, Bytes encoded) {
    return new ContentsRow(core, folder, false, id, encoded, true, results);
  }

  /** True for an identifier whose values are small and lie in the index row. */
  static boolean keeps(int propId) {
    return IndexRow.isColumn(propId) || IN_THE_ROW.contains(propId);
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
      encoded = present();
    }
    if (indexed && encoded != null) {
      IndexRow.pass(encoded, propIds, new Passed(this, into));
    }
  }

  /** Values of the index row on their way: text wide, those that lie elsewhere read. */
  private record Passed(ContentsRow row, Values into) implements PropCodec.Sink {
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
    Bytes now = present();
    return now == null ? new IndexRow(0, 0, 0, PropSet.of(List.of())) : IndexRow.decode(now);
  }

  /** The index row as it is now; null when it has gone. */
  private Bytes present() {
    Bytes row = folder == null ? null : indexIn(folder);
    if (row == null && found) {
      StoreCore.Versioned<Location> now = core.location(id);
      if (now != null && !now.value().folder().equals(folder)) {
        folder = now.value().folder();
        row = indexIn(folder);
      }
    }
    return row;
  }

  private Bytes indexIn(Bytes place) {
    return core.shard().get(Keys.index(place, associated, id)).map(Row::value).orElse(null);
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
    if (propId == PARENT_DISPLAY) {
      return parentDisplay();
    }
    SPropValue own = own(propId);
    if (own != null) {
      return own;
    }
    Stored kept = IndexRow.isColumn(propId) ? indexed(propId) : image().props().get(propId);
    return kept instanceof Stored.Large large
        ? load(large)
        : kept == null ? null : ((Stored.Whole) kept).prop();
  }

  /** Where a search found the message, in words; no other table has it. */
  private SPropValue parentDisplay() {
    Bytes parent = found ? parent() : null;
    StoreCore.Versioned<FolderRow> row = parent == null ? null : core.folder(parent);
    return row == null ? null : new SPropValue(PR_PARENT_DISPLAY_W, row.value().name());
  }

  /** The folder of the message; null when it is gone. */
  private Bytes parent() {
    if (folder == null) {
      StoreCore.Versioned<Location> now = core.location(id);
      folder = now == null ? null : now.value().folder();
    }
    return folder;
  }

  private Bytes parentId() {
    Bytes parent = parent();
    return parent == null ? null : core.entryId(EntryId.FOLDER, SoftDeletes.shown(core, parent));
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
  public Iterable<? extends RowView> subobjects(int propTag) {
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

  private static final int[] OWN = {
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
    PR_ACCESS,
    PR_LONGTERM_ENTRYID_FROM_TABLE,
    PR_DELETED_ON
  };

  /** A column that the row has without keeping it, or null. */
  private SPropValue own(int propId) {
    for (int tag : OWN) {
      if (PropTag.id(tag) == propId) {
        Object value = ownValue(tag);
        return value == null ? null : new SPropValue(tag, value);
      }
    }
    return null;
  }

  private int status() {
    Integer there = results == null ? null : results.statusOf(id);
    return there == null ? index().status() : there;
  }

  private Object ownValue(int tag) {
    return switch (tag) {
      case PR_ENTRYID, PR_LONGTERM_ENTRYID_FROM_TABLE -> core.entryId(EntryId.MESSAGE, id);
      case PR_OBJECT_TYPE -> MAPI_MESSAGE;
      case PR_RECORD_KEY -> id;
      case PR_PARENT_ENTRYID -> parentId();
      case PR_STORE_ENTRYID -> core.storeEntryId();
      case PR_STORE_RECORD_KEY -> core.uid();
      case PR_MAPPING_SIGNATURE -> core.mappingSignature();
      case PR_HASATTACH -> (flags() & MSGFLAG_HASATTACH) != 0;
      case PR_MESSAGE_FLAGS -> flags();
      case PR_MSG_STATUS -> status();
      case PR_DELETED_ON -> found ? null : SoftDeletes.deletedOn(core, id).orElse(null);
      default ->
          core.writable()
              ? MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE
              : MAPI_ACCESS_READ;
    };
  }
}
