package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.com.LittleEndian.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.EXTENDED_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.STATUS_OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** Notifications from native memory. */
final class NotificationDecoder {
  private static final String WHAT = "NOTIFICATION";

  private final NativeReader reader;
  private final PropDecoder props;
  private final StructDecoder structures;
  private final boolean wide;

  /** With {@code wide} strings are wide whatever the structure's flags say. */
  NotificationDecoder(
      NativeReader reader, PropDecoder props, StructDecoder structures, boolean wide) {
    this.reader = reader;
    this.props = props;
    this.structures = structures;
    this.wide = wide;
  }

  List<NOTIFICATION> array(long address, long count) {
    byte[] b = reader.array(WHAT, address, count, NOTIFICATION_BYTES);
    List<NOTIFICATION> all = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += NOTIFICATION_BYTES) {
      all.add(one(b, at));
    }
    return List.copyOf(all);
  }

  private NOTIFICATION one(byte[] b, int at) {
    int event = getInt(b, at);
    return switch (event) {
      case fnevCriticalError -> error(b, at);
      case fnevNewMail -> newMail(b, at);
      case fnevObjectCreated,
          fnevObjectDeleted,
          fnevObjectModified,
          fnevObjectMoved,
          fnevObjectCopied,
          fnevSearchComplete ->
          object(event, b, at);
      case fnevTableModified -> table(b, at);
      case fnevExtended ->
          new EXTENDED_NOTIFICATION(
              getInt(b, at + EXTENDED_EVENT),
              bytes(b, at + EXTENDED_COUNT, at + EXTENDED_PARAMETERS));
      case fnevStatusObjectModified ->
          new STATUS_OBJECT_NOTIFICATION(
              entryId(b, at + STATUS_ENTRY_ID),
              props.array(WHAT, getLong(b, at + STATUS_PROPS), getCount(b, at + STATUS_COUNT)));
      default -> throw NativeReader.invalid("NOTIFICATION.ulEventType: 0x%08X is no event", event);
    };
  }

  private ERROR_NOTIFICATION error(byte[] b, int at) {
    int flags = getInt(b, at + ERROR_FLAGS);
    MAPIERROR detail = structures.mapiError(getLong(b, at + ERROR_DETAIL), isWide(flags));
    return new ERROR_NOTIFICATION(
        entryId(b, at + ERROR_ENTRY_ID), getInt(b, at + ERROR_SCODE), flags, detail);
  }

  private NEWMAIL_NOTIFICATION newMail(byte[] b, int at) {
    int flags = getInt(b, at + NEWMAIL_FLAGS);
    return new NEWMAIL_NOTIFICATION(
        entryId(b, at + NEWMAIL_ENTRY_ID),
        entryId(b, at + NEWMAIL_PARENT_ID),
        flags,
        reader.text(WHAT, getLong(b, at + NEWMAIL_CLASS), isWide(flags)),
        getInt(b, at + NEWMAIL_MESSAGE_FLAGS));
  }

  private OBJECT_NOTIFICATION object(int event, byte[] b, int at) {
    SPropTagArray tags = structures.tags(getLong(b, at + OBJECT_TAGS));
    return new OBJECT_NOTIFICATION(
        event,
        entryId(b, at + OBJECT_ENTRY_ID),
        getInt(b, at + OBJECT_TYPE),
        bytes(b, at + OBJECT_PARENT_COUNT, at + OBJECT_PARENT_ID),
        entryId(b, at + OBJECT_OLD_ID),
        entryId(b, at + OBJECT_OLD_PARENT_ID),
        tags);
  }

  /**
   * A row only for the events that have one: for others its fields are not documented, and a sender
   * that leaves them as they were would have us follow stray pointers.
   */
  private TABLE_NOTIFICATION table(byte[] b, int at) {
    int event = getInt(b, at + TABLE_EVENT);
    boolean filled = event == TABLE_ROW_ADDED || event == TABLE_ROW_MODIFIED;
    boolean indexed = filled || event == TABLE_ROW_DELETED;
    SPropValue index = indexed ? props.prop(b, at + TABLE_INDEX) : null;
    SPropValue prior = filled ? props.prop(b, at + TABLE_PRIOR) : null;
    return new TABLE_NOTIFICATION(
        event, getInt(b, at + TABLE_RESULT), index, prior, filled ? row(b, at + TABLE_ROW) : null);
  }

  private SRow row(byte[] b, int at) {
    return new SRow(props.array(WHAT, getLong(b, at + ROW_PROPS), getCount(b, at + ROW_COUNT)));
  }

  private Bytes entryId(byte[] b, int at) {
    return bytes(b, at, at + POINTER);
  }

  private Bytes bytes(byte[] b, int count, int pointer) {
    return reader.optional(WHAT, getLong(b, pointer), getCount(b, count));
  }

  private boolean isWide(int flags) {
    return wide || (flags & MAPI_UNICODE) != 0;
  }
}
