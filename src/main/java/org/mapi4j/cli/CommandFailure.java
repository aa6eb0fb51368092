package org.mapi4j.cli;

import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/** A command that was understood and cannot be done; the message is for the user. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The value of a result; a failure becomes this exception, naming the operation and the code. */
  static <T> T require(MapiResult<T> result, String operation) {
    require(result.hr(), operation);
    return result.value();
  }

  /** Throws when the code is a failure. */
  static void require(int hr, String operation) {
    if (HResult.failed(hr)) {
      throw new CommandFailure(operation + ": " + HResult.toString(hr));
    }
  }
}
