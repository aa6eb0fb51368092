package org.mapi4j.api;

import org.mapi4j.types.MapiResult;
import org.mapi4j.types.STATSTG;

/**
 * A stream over a property or file. Returns COM codes (STG_E_…), not MAPI's: beside those named
 * here STG_E_REVERTED once its object or session ended, STG_E_READFAULT, STG_E_WRITEFAULT and
 * STG_E_DOCFILECORRUPT. Of a message or attachment, what counts is taken up by its SaveChanges.
 * Source: COM "IStream".
 */
public interface IStream extends ISequentialStream {
  /** Outputs of {@link #copyTo}. */
  record Copied(long pcbRead, long pcbWritten) {}

  /**
   * Moves the position; the value is the new one. Origins: STREAM_SEEK_SET, STREAM_SEEK_CUR,
   * STREAM_SEEK_END. STG_E_INVALIDFUNCTION before the start. Source: COM "IStream::Seek".
   */
  MapiResult<Long> seek(long dlibMove, int dwOrigin);

  /**
   * Sets the size, bytes; new bytes are 0. STG_E_ACCESSDENIED, STG_E_MEDIUMFULL. Source: COM
   * "IStream::SetSize".
   */
  int setSize(long libNewSize);

  /**
   * Copies up to {@code cb} bytes from here to another stream's position. STG_E_INVALIDPOINTER, and
   * what the other stream answers. Source: COM "IStream::CopyTo".
   */
  MapiResult<Copied> copyTo(IStream pstm, long cb);

  /**
   * Makes what was written count, in a transacted stream; when it fails, what was committed before
   * still does. STG_E_ACCESSDENIED, STG_E_MEDIUMFULL. Source: COM "IStream::Commit".
   */
  int commit(int grfCommitFlags);

  /**
   * Drops what was written since the last commit, in a transacted stream. Source: COM
   * "IStream::Revert".
   */
  int revert();

  /** STG_E_INVALIDFUNCTION: no locks. Source: COM "IStream::LockRegion". */
  int lockRegion(long libOffset, long cb, int dwLockType);

  /** STG_E_INVALIDFUNCTION: no locks. Source: COM "IStream::UnlockRegion". */
  int unlockRegion(long libOffset, long cb, int dwLockType);

  /** Size and mode. Flags: STATFLAG_NONAME. STG_E_INVALIDFLAG. Source: COM "IStream::Stat". */
  MapiResult<STATSTG> stat(int grfStatFlag);

  /**
   * Another stream over the same bytes with a position of its own. Source: COM "IStream::Clone".
   */
  MapiResult<IStream> cloneStream();
}
