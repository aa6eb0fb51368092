package org.mapi4j.provider;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;

/**
 * What lies outside a message's version: the folder it is in, its flags, its status. Written by a
 * first save, SetReadFlag, SetMessageStatus and moves. Where a message was born lies in its own
 * row; the first change gives it a row for its location, which then counts.
 *
 * @param folder id of the folder
 * @param flags MSGFLAG_ bits but those computed from the image (HASATTACH, UNMODIFIED)
 * @param status MSGSTATUS_ bits
 * @param submit SUBMITFLAG_ bits
 */
record Location(Bytes folder, int flags, int status, int submit) {
  private static final int FORMAT = 1;

  /** Without its layout. */
  static final int BYTES = 28;

  Location withFolder(Bytes to) {
    return new Location(to, flags, status, submit);
  }

  Location withFlags(int newFlags) {
    return new Location(folder, newFlags, status, submit);
  }

  Location withStatus(int newStatus) {
    return new Location(folder, flags, newStatus, submit);
  }

  boolean associated() {
    return (flags & org.mapi4j.types.MapiDefs.MSGFLAG_ASSOCIATED) != 0;
  }

  boolean unread() {
    return (flags & org.mapi4j.types.MapiDefs.MSGFLAG_READ) == 0;
  }

  Bytes encode() {
    RowWriter out = new RowWriter(1 + BYTES);
    out.octet(FORMAT);
    write(out);
    return out.toBytes();
  }

  /** Writes it without a layout of its own, {@link #BYTES} long, into another row. */
  void write(RowWriter out) {
    out.raw(folder);
    out.fixed32(flags);
    out.fixed32(status);
    out.fixed32(submit);
  }

  static Location decode(Bytes row) {
    RowReader in = new RowReader(row);
    RowFormat.expect("location row", FORMAT, in.octet());
    return read(in);
  }

  /** Reads what {@link #write} wrote. */
  static Location read(RowReader in) {
    return new Location(in.raw(EntryId.ID_BYTES), in.fixed32(), in.fixed32(), in.fixed32());
  }
}
