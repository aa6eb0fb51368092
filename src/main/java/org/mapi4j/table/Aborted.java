package org.mapi4j.table;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Ends an asynchronous operation in the midst of its work, once Abort was called. Whatever takes
 * long looks now and then; on a thread that does nothing which can be aborted, looking does
 * nothing. What it leaves half done is as after a fault of the source: nothing counts before all is
 * read. Source: MAPI "IMAPITable::Abort".
 */
final class Aborted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final ThreadLocal<BooleanSupplier> RUNNING = new ThreadLocal<>();

  private Aborted() {
    super("aborted", null, false, false);
  }

  /**
   * Does something on this thread that may be aborted. Throws {@link Aborted} when it was in time.
   *
   * @param aborted asked often; from other threads' calls
   */
  static <T> T during(BooleanSupplier aborted, Supplier<T> work) {
    RUNNING.set(aborted);
    try {
      return work.get();
    } finally {
      RUNNING.remove();
    }
  }

  /** Throws when what this thread does was aborted. */
  static void look() {
    BooleanSupplier aborted = RUNNING.get();
    if (aborted != null && aborted.getAsBoolean()) {
      throw new Aborted();
    }
  }
}
