package org.mapi4j.provider;

import org.mapi4j.types.Bytes;

/**
 * Where an open message belongs: a folder of the store, or an attachment. Guarded by the message's
 * lock but for {@link #save}.
 */
interface MessageHome {
  /** The message's id; null for an embedded message, which has no entry identifier. */
  Bytes id();

  /** The message's folder now; null for an embedded message. */
  Bytes folder();

  /** MSGFLAG_ bits that lie outside the image, as they are now. */
  int flags();

  /** SaveChanges with flags that were checked; without the lock. */
  int save(int flags);

  /** SetReadFlag with flags that were checked. */
  int setReadFlag(int flags);

  /** The handle got its first pending edit since it was opened or saved. */
  void edited();

  /** How deep in other messages this one lies; 0 for one in a folder. */
  int depth();

  /** The client let go of the message while an attachment or a stream of it is open. */
  void outlived();

  /** Nobody reads the message through this handle any more. */
  void released();
}
