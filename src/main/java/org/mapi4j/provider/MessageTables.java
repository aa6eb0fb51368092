package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.table.TableOptions;
import org.mapi4j.table.TableRow;
import org.mapi4j.table.TableView;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The attachment and the recipient table of an open message: what its own handle saved at
 * attachment level, and its recipients with ModifyRecipients at once.
 */
final class MessageTables {
  private static final List<Integer> RECIPIENT_COLUMNS =
      List.of(
          PR_ROWID,
          PR_DISPLAY_NAME_W,
          PR_RECIPIENT_TYPE,
          PR_ADDRTYPE_W,
          PR_EMAIL_ADDRESS_W,
          PR_ENTRYID,
          PR_OBJECT_TYPE,
          PR_DISPLAY_TYPE,
          PR_INSTANCE_KEY);
  private static final List<Integer> ATTACHMENT_COLUMNS =
      List.of(
          PR_ATTACH_NUM,
          PR_INSTANCE_KEY,
          PR_RECORD_KEY,
          PR_RENDERING_POSITION,
          PR_ATTACH_METHOD,
          PR_ATTACH_SIZE,
          PR_ATTACH_FILENAME_W,
          PR_ATTACH_LONG_FILENAME_W,
          PR_ATTACH_EXTENSION_W,
          PR_ATTACH_MIME_TAG_W,
          PR_DISPLAY_NAME_W);

  private MessageTables() {}

  static IMAPITable attachments(MessageObject message, boolean unicode) {
    return TableView.open(
        new AttachmentRows(message), options(message, unicode).withBookmarkable(false));
  }

  static IMAPITable recipients(MessageObject message, boolean unicode) {
    return TableView.open(new RecipientRows(message), options(message, unicode));
  }

  private static TableOptions options(MessageObject message, boolean unicode) {
    return StoreRows.options(message.core, unicode);
  }

  /** A row with properties that the table adds to those kept. */
  private record Row(
      Bytes instanceKey, Map<Integer, SPropValue> own, PropSet kept, MessageObject message)
      implements TableRow {
    @Override
    public SPropValue get(int propTag) {
      SPropValue added = own.get(PropTag.id(propTag));
      SPropValue value = added != null ? added : load(kept.get(PropTag.id(propTag)));
      if (value == null) {
        return null;
      }
      SPropValue converted =
          PropWidth.convert(value, propTag, true, message.core.options().codePage());
      return converted.isError() ? null : converted;
    }

    private SPropValue load(Stored prop) {
      if (prop instanceof Stored.Large large) {
        return large.blob().size() > message.core.limits().getPropsBytesMax()
            ? SPropValue.error(large.tag(), MapiCode.MAPI_E_NOT_ENOUGH_MEMORY)
            : LargeValues.load(large, message.blobs());
      }
      return prop == null ? null : ((Stored.Whole) prop).prop();
    }

    @Override
    public Iterable<? extends RowView> subobjects(int propTag) {
      return List.of();
    }
  }

  private abstract static class Source extends StoreRows {
    final MessageObject message;

    Source(MessageObject message) {
      super(message.core);
      this.message = message;
    }

    abstract List<Row> present();

    abstract List<Integer> fixedColumns();

    @Override
    public List<? extends TableRow> rows() {
      message.lock.lock();
      try {
        return present();
      } finally {
        message.lock.unlock();
      }
    }

    @Override
    public long stamp() {
      message.lock.lock();
      try {
        return message.changes();
      } finally {
        message.lock.unlock();
      }
    }

    /** The message says what its handle changed, the session when it ends. */
    @Override
    public AutoCloseable listen(Listener listener) {
      AutoCloseable session = message.core.tableFeed().listen(List.of(), listener);
      AutoCloseable changes = message.onSubobjectsChanged(listener::changed);
      return () -> {
        changes.close();
        session.close();
      };
    }

    @Override
    public SPropTagArray initialColumns() {
      return SPropTagArray.of(fixedColumns());
    }

    @Override
    public SPropTagArray allColumns() {
      Map<Integer, Integer> byId = new LinkedHashMap<>();
      fixedColumns().forEach(tag -> byId.put(PropTag.id(tag), tag));
      TreeSet<Integer> more = new TreeSet<>();
      message.lock.lock();
      try {
        present()
            .forEach(
                row ->
                    row.kept()
                        .forEach(
                            prop ->
                                more.add(
                                    PropTag.changePropType(
                                        prop.tag(),
                                        PropType.withWidth(PropTag.type(prop.tag()), true)))));
      } finally {
        message.lock.unlock();
      }
      more.forEach(tag -> byId.putIfAbsent(PropTag.id(tag), tag));
      return SPropTagArray.of(new ArrayList<>(byId.values()));
    }
  }

  private static final class RecipientRows extends Source {
    RecipientRows(MessageObject message) {
      super(message);
    }

    @Override
    List<Integer> fixedColumns() {
      return RECIPIENT_COLUMNS;
    }

    @Override
    List<Row> present() {
      List<Row> rows = new ArrayList<>();
      message
          .recipients()
          .rows()
          .forEach(
              (rowId, kept) ->
                  rows.add(
                      new Row(
                          key(rowId),
                          Map.of(PropTag.id(PR_ROWID), new SPropValue(PR_ROWID, rowId)),
                          kept,
                          message)));
      return rows;
    }
  }

  private static final class AttachmentRows extends Source {
    AttachmentRows(MessageObject message) {
      super(message);
    }

    @Override
    List<Integer> fixedColumns() {
      return ATTACHMENT_COLUMNS;
    }

    @Override
    List<Row> present() {
      List<MessageImage.Attachment> images = new ArrayList<>(message.attachments().freeze());
      images.sort(
          Comparator.comparingInt(AttachmentRows::renderingPosition)
              .thenComparingInt(MessageImage.Attachment::number));
      List<Row> rows = new ArrayList<>(images.size());
      for (MessageImage.Attachment image : images) {
        Map<Integer, SPropValue> own =
            Map.of(
                PropTag.id(PR_ATTACH_NUM),
                new SPropValue(PR_ATTACH_NUM, image.number()),
                PropTag.id(PR_ATTACH_SIZE),
                new SPropValue(PR_ATTACH_SIZE, AttachProps.size(image)),
                PropTag.id(PR_OBJECT_TYPE),
                new SPropValue(PR_OBJECT_TYPE, MAPI_ATTACH));
        rows.add(new Row(key(image.number()), own, image.props(), message));
      }
      return rows;
    }

    private static int renderingPosition(MessageImage.Attachment image) {
      return image.props().get(PropTag.id(PR_RENDERING_POSITION)) instanceof Stored.Whole whole
          ? whole.prop().asInt()
          : -1;
    }
  }

  private static Bytes key(int number) {
    return Bytes.of(number >>> 24, number >>> 16, number >>> 8, number);
  }
}
