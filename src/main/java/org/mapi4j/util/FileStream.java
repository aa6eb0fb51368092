package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.Stg.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.STATSTG;

/**
 * A stream over a file: direct, without locks. Clones share the file and have their own position;
 * the last one that is released closes it, and deletes it where that was asked for. Calls on one
 * file are serialised. Source: MAPI "OpenStreamOnFile"; COM "IStream".
 */
final class FileStream implements IStream {
  private static final int COPY_BYTES = 64 << 10;

  private final SharedFile file;
  private long position;
  private boolean closed;

  private FileStream(SharedFile file, long position) {
    this.file = file;
    this.position = position;
  }

  static FileStream open(Path path, boolean writable, boolean deleteOnRelease) throws IOException {
    return new FileStream(new SharedFile(path, writable, deleteOnRelease), 0);
  }

  @Override
  public MapiResult<Integer> read(byte[] pv, int offset, int cb) {
    synchronized (file) {
      int hr = check(pv, offset, cb);
      if (hr < 0) {
        return MapiResult.error(hr);
      }
      try {
        int n = file.read(position, pv, offset, cb);
        position += n;
        return MapiResult.ok(n);
      } catch (IOException e) {
        return MapiResult.error(STG_E_READFAULT);
      }
    }
  }

  @Override
  public MapiResult<Integer> write(byte[] pv, int offset, int cb) {
    synchronized (file) {
      int hr = check(pv, offset, cb);
      if (hr >= 0 && !file.writable()) {
        hr = STG_E_ACCESSDENIED;
      }
      if (hr < 0) {
        return MapiResult.error(hr);
      }
      try {
        file.write(position, pv, offset, cb);
        position += cb;
        return MapiResult.ok(cb);
      } catch (IOException e) {
        return MapiResult.error(file.isFull() ? STG_E_MEDIUMFULL : STG_E_WRITEFAULT);
      }
    }
  }

  private int check(byte[] pv, int offset, int cb) {
    if (closed) {
      return STG_E_REVERTED;
    }
    if (pv == null) {
      return STG_E_INVALIDPOINTER;
    }
    return offset < 0 || cb < 0 || cb > pv.length - offset ? STG_E_INVALIDPARAMETER : S_OK;
  }

  @Override
  public MapiResult<Long> seek(long dlibMove, int dwOrigin) {
    synchronized (file) {
      if (closed) {
        return MapiResult.error(STG_E_REVERTED);
      }
      long target;
      try {
        switch (dwOrigin) {
          case STREAM_SEEK_SET -> target = dlibMove;
          case STREAM_SEEK_CUR -> target = position + dlibMove;
          case STREAM_SEEK_END -> target = file.size() + dlibMove;
          default -> {
            return MapiResult.error(STG_E_INVALIDFUNCTION);
          }
        }
      } catch (IOException e) {
        return MapiResult.error(STG_E_READFAULT);
      }
      if (target < 0) {
        return MapiResult.error(STG_E_INVALIDFUNCTION);
      }
      position = target;
      return MapiResult.ok(target);
    }
  }

  @Override
  public int setSize(long libNewSize) {
    synchronized (file) {
      if (closed) {
        return STG_E_REVERTED;
      }
      if (!file.writable()) {
        return STG_E_ACCESSDENIED;
      }
      if (libNewSize < 0) {
        return STG_E_INVALIDPARAMETER;
      }
      try {
        file.setSize(libNewSize);
        return S_OK;
      } catch (IOException e) {
        return STG_E_MEDIUMFULL;
      }
    }
  }

  @Override
  public MapiResult<Copied> copyTo(IStream pstm, long cb) {
    if (pstm == null) {
      return MapiResult.error(STG_E_INVALIDPOINTER);
    }
    byte[] buffer = new byte[COPY_BYTES];
    // A ULARGE_INTEGER: programs say all bits set and mean everything.
    long wanted = cb < 0 ? Long.MAX_VALUE : cb;
    long copied = 0;
    while (copied < wanted) {
      MapiResult<Integer> in = read(buffer, 0, (int) Math.min(buffer.length, wanted - copied));
      if (in.failed()) {
        return MapiResult.error(in.hr());
      }
      if (in.value() == 0) {
        break;
      }
      MapiResult<Integer> out = pstm.write(buffer, 0, in.value());
      if (out.failed()) {
        return MapiResult.error(out.hr());
      }
      copied += in.value();
    }
    return MapiResult.ok(new Copied(copied, copied));
  }

  @Override
  public int commit(int grfCommitFlags) {
    synchronized (file) {
      if (closed) {
        return STG_E_REVERTED;
      }
      try {
        file.sync();
        return S_OK;
      } catch (IOException e) {
        return STG_E_WRITEFAULT;
      }
    }
  }

  /** A direct stream has nothing to take back. */
  @Override
  public int revert() {
    return S_OK;
  }

  @Override
  public int lockRegion(long libOffset, long cb, int dwLockType) {
    return STG_E_INVALIDFUNCTION;
  }

  @Override
  public int unlockRegion(long libOffset, long cb, int dwLockType) {
    return STG_E_INVALIDFUNCTION;
  }

  @Override
  public MapiResult<STATSTG> stat(int grfStatFlag) {
    synchronized (file) {
      if (closed) {
        return MapiResult.error(STG_E_REVERTED);
      }
      if ((grfStatFlag & ~STATFLAG_NONAME) != 0) {
        return MapiResult.error(STG_E_INVALIDFLAG);
      }
      try {
        BasicFileAttributes is = Files.readAttributes(file.path(), BasicFileAttributes.class);
        return MapiResult.ok(
            new STATSTG(
                grfStatFlag == STATFLAG_NONAME ? null : file.path().toString(),
                STGTY_STREAM,
                file.size(),
                FILETIME.of(is.lastModifiedTime().toInstant()),
                FILETIME.of(is.creationTime().toInstant()),
                FILETIME.of(is.lastAccessTime().toInstant()),
                file.writable() ? STGM_READWRITE : STGM_READ,
                0));
      } catch (IOException e) {
        return MapiResult.error(STG_E_READFAULT);
      }
    }
  }

  @Override
  public MapiResult<IStream> cloneStream() {
    synchronized (file) {
      if (closed) {
        return MapiResult.error(STG_E_REVERTED);
      }
      file.use();
      return MapiResult.ok(new FileStream(file, position));
    }
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    boolean known =
        MapiGuid.IID_IStream.equals(riid)
            || MapiGuid.IID_ISequentialStream.equals(riid)
            || MapiGuid.IID_IUnknown.equals(riid);
    return known ? MapiResult.ok(this) : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public void close() {
    synchronized (file) {
      if (!closed) {
        closed = true;
        file.release();
      }
    }
  }
}
