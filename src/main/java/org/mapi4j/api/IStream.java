package org.mapi4j.api;

import org.mapi4j.types.MapiResult;
import org.mapi4j.types.STATSTG;

/**
 * A stream over a property or file. Returns COM codes (STG_E_…), not MAPI's. Source: COM "IStream".
 */
public interface IStream extends ISequentialStream {
  /** Outputs of {@link #copyTo}. */
  record Copied(long pcbRead, long pcbWritten) {}

  /**
   * Moves the position; the value is the new one. Origins: STREAM_SEEK_SET, STREAM_SEEK_CUR,
   * STREAM_SEEK_END. STG_E_INVALIDFUNCTION before the start.
   */
  MapiResult<Long> seek(long dlibMove, int dwOrigin);

  /** Sets the size, bytes; new bytes are 0. */
  int setSize(long libNewSize);

  /** Copies up to {@code cb} bytes from here to another stream's position. */
  MapiResult<Copied> copyTo(IStream pstm, long cb);

  /** Makes what was written count, in a transacted stream. */
  int commit(int grfCommitFlags);

  /** Drops what was written since the last commit, in a transacted stream. */
  int revert();

  /** STG_E_INVALIDFUNCTION: no locks. */
  int lockRegion(long libOffset, long cb, int dwLockType);

  /** STG_E_INVALIDFUNCTION: no locks. */
  int unlockRegion(long libOffset, long cb, int dwLockType);

  /** Size and mode. Flags: STATFLAG_NONAME. */
  MapiResult<STATSTG> stat(int grfStatFlag);

  /** Another stream over the same bytes with a position of its own. */
  MapiResult<IStream> cloneStream();
}
