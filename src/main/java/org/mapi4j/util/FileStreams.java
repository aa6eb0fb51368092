package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.SOF_UNIQUEFILENAME;
import static org.mapi4j.types.Stg.*;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.api.IStream;
import org.mapi4j.types.MapiResult;

/** OpenStreamOnFile: which file, whether it may be opened, and how. */
final class FileStreams {
  private static final int FLAGS =
      SOF_UNIQUEFILENAME | STGM_CREATE | STGM_DELETEONRELEASE | STGM_READ | STGM_READWRITE;
  private static final String DEFAULT_PREFIX = "SOF";
  private static final int PREFIX_MAX = 3;
  private static final int UNIQUE_NAMES = 0x10000;
  private static final AtomicInteger NEXT_NAME = new AtomicInteger();

  private FileStreams() {}

  static MapiResult<IStream> open(int flags, String fileName, String prefix) {
    int hr = check(flags, fileName, prefix);
    if (hr < 0) {
      return MapiResult.error(hr);
    }
    boolean temporary = fileName == null || isSet(flags, SOF_UNIQUEFILENAME);
    try {
      Path file = fileName == null ? temporaryFolder() : Path.of(fileName);
      if (temporary) {
        file = unique(file, prefixOr(flags, prefix));
      } else {
        hr = checkFile(file, flags);
        if (hr < 0) {
          return MapiResult.error(hr);
        }
        if (isSet(flags, STGM_CREATE)) {
          Files.write(file, new byte[0]);
        }
      }
      boolean delete = isSet(flags, STGM_DELETEONRELEASE);
      return MapiResult.ok(FileStream.open(file, isSet(flags, STGM_READWRITE), delete));
    } catch (InvalidPathException notAPath) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    } catch (IOException e) {
      return MapiResult.error(code(e));
    }
  }

  private static int check(int flags, String fileName, String prefix) {
    if ((flags & ~FLAGS) != 0) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    boolean create = isSet(flags, STGM_CREATE);
    boolean unique = isSet(flags, SOF_UNIQUEFILENAME);
    boolean bad =
        create && !isSet(flags, STGM_READWRITE)
            || unique && !create
            || fileName == null && !(create && isSet(flags, STGM_DELETEONRELEASE))
            || unique && prefix != null && prefix.length() > PREFIX_MAX;
    return bad ? MAPI_E_INVALID_PARAMETER : S_OK;
  }

  private static int checkFile(Path file, int flags) throws IOException {
    if (!Files.exists(file)) {
      return isSet(flags, STGM_CREATE) ? S_OK : MAPI_E_NOT_FOUND;
    }
    boolean refused =
        Files.isDirectory(file)
            || !Files.isReadable(file)
            || isSet(flags, STGM_READWRITE) && isReadOnly(file);
    return refused ? MAPI_E_NO_ACCESS : S_OK;
  }

  /** A file that nobody may write is read-only even to a superuser whom the system lets write. */
  private static boolean isReadOnly(Path file) throws IOException {
    if (!Files.isWritable(file)) {
      return true;
    }
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return !permissions.contains(PosixFilePermission.OWNER_WRITE)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir", "."));
  }

  /** The prefix counts only for a file that is asked to be unique. */
  private static String prefixOr(int flags, String prefix) {
    return prefix == null || !isSet(flags, SOF_UNIQUEFILENAME) ? DEFAULT_PREFIX : prefix;
  }

  private static Path unique(Path folder, String prefix) throws IOException {
    for (int i = 0; i < UNIQUE_NAMES; i++) {
      int number = NEXT_NAME.getAndIncrement() & UNIQUE_NAMES - 1;
      try {
        return Files.createFile(folder.resolve("%s%04X.TMP".formatted(prefix, number)));
      } catch (FileAlreadyExistsException taken) {
        continue; // the next number
      }
    }
    throw new FileSystemException(folder.toString(), null, "every temporary name is taken");
  }

  private static int code(IOException e) {
    if (e instanceof NoSuchFileException) {
      return MAPI_E_NOT_FOUND;
    }
    // RandomAccessFile says FileNotFoundException of a file that is there and may not be opened.
    boolean refused = e instanceof AccessDeniedException || e instanceof FileNotFoundException;
    return refused ? MAPI_E_NO_ACCESS : MAPI_E_DISK_ERROR;
  }

  private static boolean isSet(int flags, int bit) {
    return (flags & bit) != 0;
  }
}
