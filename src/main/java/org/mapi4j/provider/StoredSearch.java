package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;

/**
 * The criteria of a search folder as its row keeps them. Layout: src/docs/formats/search.md.
 *
 * @param state SEARCH_RUNNING, SEARCH_RECURSIVE and SEARCH_FOREGROUND
 * @param folders ids of the folders to be searched, as they were listed
 * @param restriction what {@link RestrictionCodec} made of it, with wide strings; read when it is
 *     needed, so that a damaged one does not stand in the way of the folder
 * @param links ids of the messages that a stopped search goes on showing, one after the other; null
 *     for none
 * @param unread all of it, where it cannot be read: it goes on lying in the row, which can be
 */
record StoredSearch(int state, List<Bytes> folders, Bytes restriction, Stored links, Bytes unread) {
  /** Folders that one search lists; more are MAPI_E_TOO_COMPLEX. */
  static final int FOLDERS_MAX = 4096;

  /** Bytes of a restriction as it is kept; more are MAPI_E_TOO_COMPLEX. */
  static final int RESTRICTION_BYTES_MAX = 64 << 10;

  /** Of the property that holds the links within the row. */
  static final int LINKS = PropTag.of(1, PT_BINARY);

  private static final int FORMAT = 1;
  private static final int STATES = SEARCH_RUNNING | SEARCH_RECURSIVE | SEARCH_FOREGROUND;

  StoredSearch {
    folders = List.copyOf(folders);
  }

  StoredSearch(int state, List<Bytes> folders, Bytes restriction, Stored links) {
    this(state, folders, restriction, links, null);
  }

  /** Throws what is wrong with one that cannot be read. */
  StoredSearch readable() {
    return unread == null ? this : parse(new RowReader(unread));
  }

  boolean isRunning() {
    return (state & SEARCH_RUNNING) != 0;
  }

  boolean isRecursive() {
    return (state & SEARCH_RECURSIVE) != 0;
  }

  /** True when another one finds the same; links are nothing to a search that runs. */
  boolean findsAs(StoredSearch other) {
    return other != null
        && ((state ^ other.state) & ~SEARCH_FOREGROUND) == 0
        && folders.equals(other.folders)
        && restriction.equals(other.restriction)
        && Objects.equals(unread, other.unread)
        && (isRunning() || Objects.equals(links, other.links));
  }

  StoredSearch withLinks(Stored changed) {
    return new StoredSearch(state, folders, restriction, changed);
  }

  void write(RowWriter out) {
    if (unread != null) {
      out.raw(unread);
      return;
    }
    out.octet(FORMAT);
    out.fixed32(state);
    out.count(folders.size());
    folders.forEach(out::raw);
    out.bytes(restriction);
    PropCodec.write(out, links == null ? PropSet.EMPTY : PropSet.of(List.of(links)));
  }

  /** The rest of a row. What is wrong with it is thrown by {@link #readable} alone. */
  static StoredSearch read(RowReader in) {
    Bytes rest = in.rest();
    try {
      return parse(new RowReader(rest));
    } catch (StorageFault.Unreadable unreadable) {
      return new StoredSearch(0, List.of(), Bytes.EMPTY, null, rest);
    }
  }

  private static StoredSearch parse(RowReader in) {
    RowFormat.expect("search of a folder row", FORMAT, in.octet());
    int state = in.fixed32();
    int count = in.count();
    if ((state & ~STATES) != 0 || count > FOLDERS_MAX) {
      throw new StorageFault.Damaged(
          "search of a folder row: state 0x%X, %d folders".formatted(state, count), null);
    }
    List<Bytes> folders = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      folders.add(in.raw(EntryId.ID_BYTES));
    }
    Bytes restriction = in.bytes();
    PropSet links = PropCodec.read(in);
    if (!in.atEnd()) {
      throw new StorageFault.Damaged("search of a folder row: bytes follow it", null);
    }
    return new StoredSearch(state, folders, restriction, links.size() == 0 ? null : links.at(0));
  }
}
