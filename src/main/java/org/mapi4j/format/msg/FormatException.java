package org.mapi4j.format.msg;

import java.io.IOException;

/**
 * A file that is not what its format says, or exceeds a named limit. The message names field,
 * place, value and source; it is for people.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** A fault found in the data. */
  public FormatException(String message) {
    super(message);
  }

  /** A fault that a library found in the data. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A field that exceeds a named limit. */
  public static FormatException tooLarge(String field, long found, String limit, long max) {
    return new FormatException("%s: found %d, %s is %d".formatted(field, found, limit, max));
  }
}
