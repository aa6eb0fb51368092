package org.mapi4j.spi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Why the system refused I/O, which Java tells in words only. */
public final class IoReasons {
  private IoReasons() {}

  /** True for ENOSPC, EDQUOT and what Windows calls them, of what was thrown or a cause of it. */
  public static boolean isDiskFull(Throwable thrown) {
    return isAny(
        thrown, "no space left on device", "disk quota exceeded", "not enough space on the disk");
  }

  /** True for EROFS, EACCES and what Windows calls them. */
  public static boolean isReadOnly(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof AccessDeniedException) {
        return true;
      }
    }
    return isAny(thrown, "read-only file system", "permission denied", "access is denied");
  }

  private static boolean isAny(Throwable thrown, String... texts) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        String reason = io instanceof FileSystemException file ? file.getReason() : io.getMessage();
        String text = String.valueOf(reason).toLowerCase(Locale.ROOT);
        for (String sought : texts) {
          if (text.contains(sought)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
