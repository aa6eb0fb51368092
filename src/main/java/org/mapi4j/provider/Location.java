package org.mapi4j.provider;

import java.nio.ByteBuffer;
import org.mapi4j.types.Bytes;

/**
 * What lies outside a message's version: the folder it is in, its flags, its status. Written by a
 * first save, SetReadFlag, SetMessageStatus and moves.
 *
 * @param folder id of the folder
 * @param flags MSGFLAG_ bits but those computed from the image (HASATTACH, UNMODIFIED)
 * @param status MSGSTATUS_ bits
 * @param submit SUBMITFLAG_ bits
 */
record Location(Bytes folder, int flags, int status, int submit) {
  private static final byte FORMAT = 1;

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
    ByteBuffer out = ByteBuffer.allocate(29);
    out.put(FORMAT).put(folder.sharedArray(), 0, 16).putInt(flags).putInt(status).putInt(submit);
    return Bytes.wrap(out.array());
  }

  static Location decode(Bytes row) {
    ByteBuffer in = ByteBuffer.wrap(row.sharedArray());
    RowFormat.expect("location row", FORMAT, in.get());
    byte[] folder = new byte[16];
    in.get(folder);
    return new Location(Bytes.wrap(folder), in.getInt(), in.getInt(), in.getInt());
  }
}
