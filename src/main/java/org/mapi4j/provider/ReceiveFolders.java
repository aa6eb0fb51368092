package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/**
 * Which folder the messages of a class arrive in. Classes compare without regard to case. Source:
 * MAPI "MAPI Receive Folders"; ADR 0031.
 */
final class ReceiveFolders {
  private final StoreCore core;

  ReceiveFolders(StoreCore core) {
    this.core = core;
  }

  /** A class as it was registered, and its folder's id. */
  record Association(String messageClass, Bytes folder) {}

  static Bytes key(String messageClass) {
    return Keys.own(
        Keys.RECEIVE_FOLDERS,
        Bytes.wrap(messageClass.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
  }

  static void put(Batch.Builder batch, Association association, long version) {
    RowWriter out = new RowWriter(64);
    out.raw(association.folder());
    out.utf16(association.messageClass());
    batch.put(key(association.messageClass()), version, out.toBytes());
  }

  static Association decode(Row row) {
    RowReader in = new RowReader(row.value());
    Bytes folder = in.raw(16);
    return new Association(in.utf16(), folder);
  }

  /**
   * The association of the longest registered prefix; the root with the class "" when there is
   * none.
   */
  Association find(String messageClass, Bytes root) {
    String prefix = messageClass == null ? "" : messageClass;
    while (true) {
      Row row = core.shard().get(key(prefix)).orElse(null);
      if (row != null && core.folderExists(decode(row).folder())) {
        return decode(row);
      }
      if (prefix.isEmpty()) {
        return new Association("", root);
      }
      prefix = prefix.substring(0, Math.max(0, prefix.lastIndexOf('.')));
    }
  }

  /** Sets an association, or removes it with a null folder. */
  int set(String messageClass, Bytes folder) {
    String name = messageClass == null ? "" : messageClass;
    Batch.Builder batch = Batch.builder();
    if (folder == null) {
      batch.delete(key(name));
    } else {
      batch.expectPresent(Keys.folder(folder));
      put(batch, new Association(name, folder), 1);
    }
    return core.commit(batch) instanceof Outcome.Committed ? S_OK : MAPI_E_NOT_FOUND;
  }

  /** Those whose folder exists, in order of class. */
  List<Association> all() {
    List<Association> all = new ArrayList<>();
    for (Row row : core.scanAll(KeyRange.prefix(Bytes.of(Keys.RECEIVE_FOLDERS)))) {
      Association association = decode(row);
      if (core.folderExists(association.folder())) {
        all.add(association);
      }
    }
    return all;
  }
}
