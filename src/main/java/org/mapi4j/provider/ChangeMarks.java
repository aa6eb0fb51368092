package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;

/**
 * What the change log tells beside the keys that a commit wrote: the deletion of a key that no row
 * ever has. It costs no row, is in the log exactly when its commit is, and reaches every process.
 * Byte by byte: src/docs/formats/store-rows.md.
 */
final class ChangeMarks {
  /** First letter of the keys. */
  static final char LETTER = 'e';

  /** More properties than this are not listed one by one. */
  static final int TAGS_MAX = 64;

  private static final int CHANGED = 1;
  private static final int COPIED = 2;
  private static final int NEW_MAIL = 3;
  private static final int SEARCH_COMPLETE = 4;

  private ChangeMarks() {}

  /** What a mark says. */
  sealed interface Mark {
    /** These properties of an object are others now. */
    record Changed(int kind, Bytes id, SPropTagArray tags) implements Mark {}

    /** A new object is the copy of one in a folder. */
    record Copied(Bytes copy, Bytes source, Bytes sourceFolder) implements Mark {}

    /** The spooler told of a message. */
    record NewMail(NEWMAIL_NOTIFICATION event) implements Mark {}

    /** The search of a folder has found what there is. */
    record SearchComplete(Bytes folder) implements Mark {}
  }

  /**
   * Adds to a batch which properties it changes; nothing where there are none or too many to list.
   *
   * @param kind of the object, as in its entry identifier
   */
  static void changed(Batch.Builder batch, int kind, Bytes id, List<Integer> tags) {
    if (tags.isEmpty() || tags.size() > TAGS_MAX) {
      return;
    }
    RowWriter out = begin(CHANGED, 19 + 4 * tags.size());
    out.octet(kind);
    out.raw(id);
    tags.forEach(out::fixed32);
    batch.delete(out.toBytes());
  }

  /** Adds to a batch that the object it makes is a copy. */
  static void copied(Batch.Builder batch, Bytes copy, Bytes source, Bytes sourceFolder) {
    RowWriter out = begin(COPIED, 2 + 3 * EntryId.ID_BYTES);
    out.raw(copy);
    out.raw(source);
    out.raw(sourceFolder);
    batch.delete(out.toBytes());
  }

  /** Adds to a batch what the spooler says of a message. */
  static void newMail(Batch.Builder batch, NEWMAIL_NOTIFICATION event) {
    RowWriter out = begin(NEW_MAIL, 160);
    out.bytes(orEmpty(event.lpEntryID()));
    out.bytes(orEmpty(event.lpParentID()));
    out.fixed32(event.ulFlags());
    out.utf16(event.lpszMessageClass() == null ? "" : event.lpszMessageClass());
    out.fixed32(event.ulMessageFlags());
    batch.delete(out.toBytes());
  }

  /** Adds to a batch that the search of a folder is done. */
  static void searchComplete(Batch.Builder batch, Bytes folder) {
    RowWriter out = begin(SEARCH_COMPLETE, 2 + EntryId.ID_BYTES);
    out.raw(folder);
    batch.delete(out.toBytes());
  }

  private static Bytes orEmpty(Bytes bytes) {
    return bytes == null ? Bytes.EMPTY : bytes;
  }

  private static RowWriter begin(int what, int expectedBytes) {
    RowWriter out = new RowWriter(expectedBytes);
    out.octet(LETTER);
    out.octet(what);
    return out;
  }

  /** Reads a deleted key; empty for one that is no mark, or one of a newer build. */
  static Optional<Mark> parse(Bytes key) {
    if (key.size() < 2 || key.get(0) != LETTER) {
      return Optional.empty();
    }
    RowReader in = new RowReader(key.slice(2, key.size()));
    return switch (key.get(1)) {
      case CHANGED -> Optional.of(changed(in));
      case COPIED ->
          Optional.of(
              new Mark.Copied(
                  in.raw(EntryId.ID_BYTES), in.raw(EntryId.ID_BYTES), in.raw(EntryId.ID_BYTES)));
      case NEW_MAIL ->
          Optional.of(
              new Mark.NewMail(
                  new NEWMAIL_NOTIFICATION(
                      in.bytes(), in.bytes(), in.fixed32(), in.utf16(), in.fixed32())));
      case SEARCH_COMPLETE -> Optional.of(new Mark.SearchComplete(in.raw(EntryId.ID_BYTES)));
      default -> Optional.empty();
    };
  }

  private static Mark changed(RowReader in) {
    int kind = in.octet();
    if (kind < EntryId.STORE || kind > EntryId.MESSAGE) {
      throw new StorageFault.Damaged("a mark of the change log has kind " + kind, null);
    }
    Bytes id = in.raw(EntryId.ID_BYTES);
    List<Integer> tags = new ArrayList<>();
    while (!in.atEnd()) {
      tags.add(in.fixed32());
    }
    return new Mark.Changed(kind, id, SPropTagArray.of(tags));
  }

  /** Tags of the properties that two sets have not in common, by identifier. */
  static List<Integer> differences(PropSet before, PropSet after) {
    List<Integer> tags = new ArrayList<>();
    int b = 0;
    int a = 0;
    while (b < before.size() || a < after.size()) {
      int old = b < before.size() ? before.at(b).id() : Integer.MAX_VALUE;
      int now = a < after.size() ? after.at(a).id() : Integer.MAX_VALUE;
      if (old < now) {
        tags.add(before.at(b++).tag());
      } else if (now < old) {
        tags.add(after.at(a++).tag());
      } else {
        Stored present = after.at(a++);
        if (!present.equals(before.at(b++))) {
          tags.add(present.tag());
        }
      }
    }
    return tags;
  }
}
