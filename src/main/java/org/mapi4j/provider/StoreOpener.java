package org.mapi4j.provider;

import java.nio.file.Path;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.MapiCode;

/** Opens sessions on stores by their path, for logons. The wiring has it. */
@FunctionalInterface
public interface StoreOpener {
  /** A new session on the store of a directory, or why there is none. */
  Opened open(Path directory, StoreOptions options);

  /**
   * What came of it.
   *
   * @param hr S_OK; MAPI_E_NOT_FOUND, MAPI_E_BUSY, MAPI_E_CORRUPT_STORE, MAPI_E_VERSION,
   *     MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_DISK or MAPI_E_DISK_ERROR
   * @param problem a sentence that names the store and the reason; null with S_OK
   * @param store the store of this package; null unless S_OK
   */
  record Opened(int hr, String problem, IMsgStore store) {
    /** A session. */
    public static Opened of(IMsgStore store) {
      return new Opened(MapiCode.S_OK, null, store);
    }

    /** A failure. */
    public static Opened failure(int hr, String problem) {
      return new Opened(hr, problem, null);
    }
  }
}
