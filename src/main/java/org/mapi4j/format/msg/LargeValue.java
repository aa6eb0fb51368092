package org.mapi4j.format.msg;

import java.io.IOException;
import java.io.InputStream;

/**
 * A string or binary too large to hold: its bytes as an IStream over the property has them, UTF-16
 * little-endian for PT_UNICODE.
 */
public interface LargeValue {
  /** Size, bytes. */
  long size();

  /**
   * The bytes, from the start; the caller closes. Throws FormatException where they are damaged.
   */
  InputStream open() throws IOException;
}
