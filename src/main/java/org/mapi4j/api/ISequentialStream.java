package org.mapi4j.api;

import org.mapi4j.types.MapiResult;

/** Sequential bytes. Returns COM codes (STG_E_…), not MAPI's. Source: COM "ISequentialStream". */
public interface ISequentialStream extends IUnknown {
  /**
   * Reads up to {@code cb} bytes into {@code pv} from {@code offset}; fewer, or 0, at the end. The
   * value is pcbRead.
   */
  MapiResult<Integer> read(byte[] pv, int offset, int cb);

  /**
   * Writes {@code cb} bytes of {@code pv} from {@code offset}. The value is pcbWritten.
   * STG_E_ACCESSDENIED, STG_E_MEDIUMFULL.
   */
  MapiResult<Integer> write(byte[] pv, int offset, int cb);
}
