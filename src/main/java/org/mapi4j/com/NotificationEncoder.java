package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;

import java.nio.charset.Charset;
import java.util.List;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.EXTENDED_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.STATUS_OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropValue;

/**
 * Notifications into a block. A structure's own MAPI_UNICODE says what its strings are, so a copy
 * that is made wide gets that flag.
 */
final class NotificationEncoder {
  private final Block block;
  private final boolean wide;
  private final Charset ansi;

  NotificationEncoder(Block block, boolean wide, Charset ansi) {
    this.block = block;
    this.wide = wide;
    this.ansi = ansi;
  }

  /** Places an array of NOTIFICATION; its offset. */
  int array(List<NOTIFICATION> notifications) {
    int first = block.place(notifications.size(), NOTIFICATION_BYTES);
    int at = first;
    for (NOTIFICATION n : notifications) {
      block.putInt(at, n.ulEventType());
      fill(at, n);
      at += NOTIFICATION_BYTES;
    }
    return first;
  }

  private void fill(int at, NOTIFICATION n) {
    if (n instanceof OBJECT_NOTIFICATION object) {
      object(at, object);
    } else if (n instanceof TABLE_NOTIFICATION table) {
      table(at, table);
    } else if (n instanceof NEWMAIL_NOTIFICATION mail) {
      newMail(at, mail);
    } else if (n instanceof ERROR_NOTIFICATION error) {
      error(at, error);
    } else if (n instanceof EXTENDED_NOTIFICATION extended) {
      block.putInt(at + EXTENDED_EVENT, extended.ulEvent());
      block.counted(at + EXTENDED_COUNT, at + EXTENDED_PARAMETERS, extended.pbEventParameters());
    } else if (n instanceof STATUS_OBJECT_NOTIFICATION status) {
      block.counted(at + STATUS_ENTRY_ID, at + STATUS_ENTRY_ID + POINTER, status.lpEntryID());
      PropEncoder.counted(block, at + STATUS_COUNT, at + STATUS_PROPS, status.lpPropVals());
    }
  }

  private void object(int at, OBJECT_NOTIFICATION n) {
    block.counted(at + OBJECT_ENTRY_ID, at + OBJECT_ENTRY_ID + POINTER, n.lpEntryID());
    block.putInt(at + OBJECT_TYPE, n.ulObjType());
    block.counted(at + OBJECT_PARENT_COUNT, at + OBJECT_PARENT_ID, n.lpParentID());
    block.counted(at + OBJECT_OLD_ID, at + OBJECT_OLD_ID + POINTER, n.lpOldID());
    block.counted(
        at + OBJECT_OLD_PARENT_ID, at + OBJECT_OLD_PARENT_ID + POINTER, n.lpOldParentID());
    if (n.lpPropTagArray() != null) {
      block.point(at + OBJECT_TAGS, StructEncoder.tags(block, n.lpPropTagArray()));
    }
  }

  private void table(int at, TABLE_NOTIFICATION n) {
    block.putInt(at + TABLE_EVENT, n.ulTableEvent());
    block.putInt(at + TABLE_RESULT, n.hResult());
    prop(at + TABLE_INDEX, n.propIndex());
    prop(at + TABLE_PRIOR, n.propPrior());
    if (n.row() != null) {
      PropEncoder.counted(
          block, at + TABLE_ROW + ROW_COUNT, at + TABLE_ROW + ROW_PROPS, n.row().lpProps());
    }
  }

  private void prop(int at, SPropValue prop) {
    if (prop == null) {
      block.putInt(at, MapiTags.PR_NULL);
    } else {
      PropEncoder.prop(block, at, prop);
    }
  }

  private void newMail(int at, NEWMAIL_NOTIFICATION n) {
    int flags = flags(n.ulFlags());
    block.counted(at + NEWMAIL_ENTRY_ID, at + NEWMAIL_ENTRY_ID + POINTER, n.lpEntryID());
    block.counted(at + NEWMAIL_PARENT_ID, at + NEWMAIL_PARENT_ID + POINTER, n.lpParentID());
    block.putInt(at + NEWMAIL_FLAGS, flags);
    block.text(at + NEWMAIL_CLASS, n.lpszMessageClass(), isWide(flags), ansi);
    block.putInt(at + NEWMAIL_MESSAGE_FLAGS, n.ulMessageFlags());
  }

  private void error(int at, ERROR_NOTIFICATION n) {
    int flags = flags(n.ulFlags());
    block.counted(at + ERROR_ENTRY_ID, at + ERROR_ENTRY_ID + POINTER, n.lpEntryID());
    block.putInt(at + ERROR_SCODE, n.scode());
    block.putInt(at + ERROR_FLAGS, flags);
    if (n.lpMAPIError() != null) {
      int detail = StructEncoder.mapiError(block, n.lpMAPIError(), isWide(flags), ansi);
      block.point(at + ERROR_DETAIL, detail);
    }
  }

  private int flags(int flags) {
    return wide ? flags | MAPI_UNICODE : flags;
  }

  private static boolean isWide(int flags) {
    return (flags & MAPI_UNICODE) != 0;
  }
}
