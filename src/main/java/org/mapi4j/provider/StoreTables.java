package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.table.RowSource;
import org.mapi4j.table.TableRow;
import org.mapi4j.table.TableView;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** The receive-folder table. Source: MAPI "Receive Folder Tables". */
final class StoreTables {
  private static final SPropTagArray COLUMNS =
      SPropTagArray.tags(PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_RECORD_KEY, PR_INSTANCE_KEY);

  private StoreTables() {}

  static IMAPITable receiveFolders(StoreCore core, ReceiveFolders folders, boolean unicode) {
    RowSource source =
        new StoreRows.Committed(
            core,
            StoreRows.Committed.kind(Keys.RECEIVE_FOLDERS),
            StoreRows.Committed.kind(Keys.FOLDERS)) {
          @Override
          public SPropTagArray allColumns() {
            return COLUMNS;
          }

          @Override
          public SPropTagArray initialColumns() {
            return COLUMNS;
          }

          @Override
          void read(Consumer<TableRow> each) {
            folders
                .all()
                .forEach(
                    association ->
                        each.accept(new Plain(core, key(association), values(core, association))));
          }
        };
    return TableView.open(source, StoreRows.options(core, unicode));
  }

  private static Bytes key(ReceiveFolders.Association association) {
    return Bytes.wrap(
        association.messageClass().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<Integer, SPropValue> values(
      StoreCore core, ReceiveFolders.Association association) {
    return Map.of(
        PropTag.id(PR_ENTRYID),
        new SPropValue(PR_ENTRYID, core.entryId(EntryId.FOLDER, association.folder())),
        PropTag.id(PR_MESSAGE_CLASS_W),
        new SPropValue(PR_MESSAGE_CLASS_W, association.messageClass()),
        PropTag.id(PR_RECORD_KEY),
        new SPropValue(PR_RECORD_KEY, association.folder()));
  }

  /** A row whose values are all at hand. */
  record Plain(StoreCore core, Bytes instanceKey, Map<Integer, SPropValue> values)
      implements TableRow {
    @Override
    public SPropValue get(int propTag) {
      SPropValue value = values.get(PropTag.id(propTag));
      if (value == null) {
        return null;
      }
      SPropValue converted = PropWidth.convert(value, propTag, true, core.options().codePage());
      return converted.isError() ? null : converted;
    }

    @Override
    public SPropValue depth() {
      return values.get(PropTag.id(PR_DEPTH));
    }

    @Override
    public Iterable<? extends RowView> subobjects(int propTag) {
      return List.of();
    }
  }
}
