package org.mapi4j.engine.je;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mapi4j.spi.StorageFault;

/**
 * The open store, and its replacement when JE gives up on an environment: after an I/O error, a
 * full disk or damage it answers nothing more until it is opened again. Damage opens read-only, so
 * that what is whole can be rescued and nothing is written over it; a full disk opens read-only
 * until there is room. The monitor keeps replacement and group commits apart. On threads of the
 * engine only.
 */
final class LiveStore {
  private final Path directory;
  private final JeOptions options;
  private final Runnable replaced;
  private final Consumer<OpeningStep> watcher;
  private volatile JeStore current;
  private volatile StorageFault refusal;

  /** Opens; afterwards, whenever the store was replaced, runs an action under the monitor. */
  LiveStore(Path directory, JeOptions options, Runnable replaced, Consumer<OpeningStep> watcher)
      throws IOException {
    this.directory = directory;
    this.replaced = replaced;
    this.options = options;
    this.watcher = watcher;
    this.current = open(!options.writable());
    this.refusal =
        options.writable()
            ? null
            : new StorageFault.ReadOnly("%s is open for reading".formatted(directory), null);
  }

  private JeStore open(boolean readOnly) throws IOException {
    return JeStore.open(directory, options, readOnly, watcher);
  }

  /** The store for reading. Throws StorageFault when it could not be opened again. */
  JeStore current() {
    JeStore store = current;
    return store != null ? store : afterReplacement();
  }

  /**
   * There is none for a moment while another thread opens it again: its monitor ends the moment.
   */
  private synchronized JeStore afterReplacement() {
    if (current == null) {
      throw refusal;
    }
    return current;
  }

  /** True while a store is what it was. */
  boolean is(JeStore store) {
    return current == store;
  }

  /** The store for writing, opened again if a full disk had closed it. Throws StorageFault. */
  synchronized JeStore writable() {
    StorageFault why = refusal;
    if (why == null) {
      return current;
    }
    if (!(why instanceof StorageFault.DiskFull)) {
      throw why;
    }
    JeStore reading = current;
    if (reading != null) {
      closeQuietly(reading, why);
    }
    reopen(why);
    if (refusal != null) {
      throw refusal;
    }
    return current;
  }

  /**
   * Opens again after a failure, unless another thread has done so. Throws StorageFault when not
   * even reading is possible.
   */
  @CanIgnoreReturnValue
  synchronized JeStore replace(JeStore failed, Throwable cause) {
    if (current == failed) {
      closeQuietly(failed, cause);
      reopen(JeFaults.of(cause, directory));
    }
    return current();
  }

  private void reopen(StorageFault why) {
    current = null;
    refusal = why; // an Error below leaves it, and it must say something
    StorageFault first = why;
    replaced.run();
    if (options.writable() && !(why instanceof StorageFault.Damaged)) {
      try {
        current = open(false);
        refusal = null;
        return;
      } catch (IOException | RuntimeException stillFailing) {
        first = JeFaults.of(stillFailing, directory);
      }
    }
    refusal = first;
    try {
      current = open(true);
    } catch (IOException | RuntimeException unreadable) {
      if (first != unreadable) {
        first.addSuppressed(unreadable);
      }
    }
  }

  /** What closing a failed environment says is kept beside why it failed. */
  private static void closeQuietly(JeStore store, Throwable cause) {
    try {
      store.close();
    } catch (RuntimeException alsoFailed) {
      if (alsoFailed != cause) {
        cause.addSuppressed(alsoFailed);
      }
    }
  }

  /** Closes for good. Throws StorageFault when files could not be closed; nothing is lost. */
  synchronized void close() {
    JeStore store = current;
    current = null;
    refusal = new StorageFault.Closed("the store was closed", null);
    if (store == null) {
      return;
    }
    StorageFault fault = null;
    try {
      if (!store.isReadOnly()) {
        OwnerFile.remove(directory);
      }
    } catch (IOException e) {
      fault = JeFaults.of(e, directory);
    }
    try {
      store.close();
      if (!store.isReadOnly()) {
        CleanMark.write(directory);
      }
    } catch (IOException | RuntimeException e) {
      fault = JeFaults.of(e, directory);
    }
    // Without room JE closes without its last checkpoint, so the next opening reads more log.
    if (fault != null && !(fault instanceof StorageFault.DiskFull)) {
      throw fault;
    }
  }
}
