package org.mapi4j.engine.je;

import com.sleepycat.je.DiskLimitException;
import com.sleepycat.je.EnvironmentFailureException;
import com.sleepycat.je.EnvironmentLockedException;
import com.sleepycat.je.EnvironmentNotFoundException;
import com.sleepycat.je.VersionMismatchException;
import com.sleepycat.je.dbi.EnvironmentFailureReason;
import java.io.IOError;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapi4j.spi.IoReasons;
import org.mapi4j.spi.StorageFault;

/** Turns what JE and the file system throw into the kinds of {@link StorageFault}. */
final class JeFaults {
  private static final Set<EnvironmentFailureReason> DAMAGE =
      EnumSet.of(
          EnvironmentFailureReason.LOG_CHECKSUM,
          EnvironmentFailureReason.LOG_FILE_NOT_FOUND,
          EnvironmentFailureReason.LOG_INCOMPLETE,
          EnvironmentFailureReason.LOG_INTEGRITY,
          EnvironmentFailureReason.LOG_READ,
          EnvironmentFailureReason.BTREE_CORRUPTION,
          EnvironmentFailureReason.FOUND_COMMITTED_TXN);
  private static final Pattern FILE = Pattern.compile("\\b([0-9a-f]{8})\\.jdb");
  private static final Pattern LSN = Pattern.compile("\\b0x([0-9a-f]{1,8})/0x[0-9a-f]+");

  private JeFaults() {}

  static StorageFault of(Throwable thrown, Path directory) {
    if (thrown instanceof StorageFault fault) {
      return fault;
    }
    if (thrown instanceof EnvironmentLockedException) {
      return new StorageFault.Locked(
          "%s is in use by %s".formatted(directory, OwnerFile.read(directory)), thrown);
    }
    if (thrown instanceof EnvironmentNotFoundException) {
      return new StorageFault.Absent("no store in %s".formatted(directory), thrown);
    }
    if (thrown instanceof DiskLimitException || IoReasons.isDiskFull(thrown)) {
      return new StorageFault.DiskFull(
          "no room for %s: %s".formatted(directory, firstLine(thrown)), thrown);
    }
    if (thrown instanceof VersionMismatchException) {
      return new StorageFault.NewerFormat(
          "%s was written by a newer storage engine: %s".formatted(directory, firstLine(thrown)),
          thrown);
    }
    if (IoReasons.isReadOnly(thrown)) {
      return new StorageFault.ReadOnly(
          "%s cannot be written: %s".formatted(directory, firstLine(thrown)), thrown);
    }
    if (isDamage(thrown)) {
      return new StorageFault.Damaged(
          "%s is damaged in %s: %s".formatted(directory, damagedFile(thrown), firstLine(thrown)),
          thrown);
    }
    return new StorageFault("%s: %s".formatted(directory, firstLine(thrown)), thrown);
  }

  /**
   * What a caller is told: a fault, or the Error behind it when no I/O caused it. A class that is
   * missing is no fault of the disk.
   */
  static Throwable reported(Throwable thrown, Path directory) {
    StorageFault fault = of(thrown, directory);
    if (fault == thrown || fault.getClass() != StorageFault.class) {
      return fault;
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof Error && !(t instanceof IOError)) {
        return t;
      }
    }
    return fault;
  }

  private static boolean isDamage(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof EnvironmentFailureException failure
          && DAMAGE.contains(failure.getReason())) {
        return true;
      }
    }
    return false;
  }

  /** The log file that the messages name, by name or by a log sequence number's upper half. */
  static String damagedFile(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      Matcher file = FILE.matcher(text);
      if (file.find()) {
        return file.group();
      }
      Matcher lsn = LSN.matcher(text);
      if (lsn.find()) {
        return "%08x.jdb".formatted(Long.parseLong(lsn.group(1), 16));
      }
    }
    return "a file that the cause does not name";
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse(thrown.toString());
  }
}
