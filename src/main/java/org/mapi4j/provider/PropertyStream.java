package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.Stg.*;

import java.util.Set;
import java.util.function.IntSupplier;
import org.mapi4j.api.IStream;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.STATSTG;

/**
 * An IStream over a property. Position and size are unsigned in COM; here they stay below 2^63.
 * Shares its owner's lock.
 */
final class PropertyStream extends MapiObject implements IStream {
  private static final int COPY_BYTES = BlobRef.CHUNK_BYTES;

  private final StreamContent content;
  private long position;

  PropertyStream(StreamContent content) {
    super(content.owner.core, content.owner.lock);
    this.content = content;
    content.opened();
    content.owner.retain();
  }

  @Override
  Set<Guid> interfaces() {
    return Set.of(MapiGuid.IID_IStream, MapiGuid.IID_ISequentialStream);
  }

  @Override
  void released() {
    try {
      content.released();
    } finally {
      content.owner.letGo();
    }
  }

  @Override
  int invalid() {
    return STG_E_REVERTED;
  }

  @Override
  int code(StorageFault fault) {
    return code(fault, STG_E_READFAULT);
  }

  private static int code(StorageFault fault, int otherwise) {
    return StreamCodes.of(Faults.toHResult(fault), otherwise);
  }

  /** Runs a method that writes. */
  private int writing(IntSupplier body) {
    return call(
        () -> {
          try {
            return StreamCodes.of(body.getAsInt(), STG_E_WRITEFAULT);
          } catch (StorageFault fault) {
            return because(code(fault, STG_E_WRITEFAULT), fault.getMessage());
          }
        });
  }

  @Override
  public MapiResult<Integer> read(byte[] pv, int offset, int cb) {
    return query(
        () -> {
          if (pv == null || offset < 0 || cb < 0 || cb > pv.length - offset) {
            return MapiResult.error(STG_E_INVALIDPOINTER);
          }
          int read = content.buffer.read(position, pv, offset, cb);
          position += read;
          return MapiResult.ok(read);
        });
  }

  @Override
  public MapiResult<Integer> write(byte[] pv, int offset, int cb) {
    int hr =
        writing(
            () -> {
              if (pv == null || offset < 0 || cb < 0 || cb > pv.length - offset) {
                return STG_E_INVALIDPOINTER;
              }
              if (!mayWrite()) {
                return STG_E_ACCESSDENIED;
              }
              if (position > core.limits().streamBytesMax() - cb) {
                return tooLong();
              }
              if (cb > 0) {
                content.buffer.write(position, pv, offset, cb);
                position += cb;
                content.changed();
              }
              return S_OK;
            });
    return hr == S_OK ? MapiResult.ok(cb) : MapiResult.error(hr);
  }

  private int tooLong() {
    return because(
        STG_E_MEDIUMFULL,
        "a stream of more than %d bytes".formatted(core.limits().streamBytesMax()));
  }

  private boolean mayWrite() {
    return content.writable && content.owner.canWrite();
  }

  @Override
  public MapiResult<Long> seek(long dlibMove, int dwOrigin) {
    return query(
        () -> {
          long from =
              switch (dwOrigin) {
                case STREAM_SEEK_SET -> 0;
                case STREAM_SEEK_CUR -> position;
                case STREAM_SEEK_END -> content.buffer.size();
                default -> -1;
              };
          if (from < 0 || from + dlibMove < 0) {
            return MapiResult.error(STG_E_INVALIDFUNCTION);
          }
          position = from + dlibMove;
          return MapiResult.ok(position);
        });
  }

  @Override
  public int setSize(long libNewSize) {
    return writing(
        () -> {
          if (!mayWrite()) {
            return STG_E_ACCESSDENIED;
          }
          if (libNewSize < 0 || libNewSize > core.limits().streamBytesMax()) {
            return tooLong();
          }
          content.buffer.setSize(libNewSize);
          content.changed();
          return S_OK;
        });
  }

  @Override
  public MapiResult<Copied> copyTo(IStream pstm, long cb) {
    if (pstm == null) {
      return MapiResult.error(STG_E_INVALIDPOINTER);
    }
    byte[] buffer = new byte[COPY_BYTES];
    MapiResult<Long> left = bytesLeft();
    if (left.failed()) {
      return MapiResult.error(left.hr());
    }
    // A ULARGE_INTEGER: programs say all bits set and mean everything.
    long wanted = cb < 0 ? left.value() : Math.min(cb, left.value());
    long read = 0;
    long written = 0;
    while (read < wanted) {
      MapiResult<Integer> in = read(buffer, 0, (int) Math.min(buffer.length, wanted - read));
      if (in.failed()) {
        return MapiResult.of(in.hr(), null);
      }
      if (in.value() == 0) {
        break;
      }
      read += in.value();
      MapiResult<Integer> out = pstm.write(buffer, 0, in.value());
      if (out.failed()) {
        return MapiResult.of(out.hr(), null);
      }
      written += out.value();
    }
    return MapiResult.ok(new Copied(read, written));
  }

  /** What a copy takes: the end is where it was at its start, also when it copies to its clone. */
  private MapiResult<Long> bytesLeft() {
    return query(() -> MapiResult.ok(Math.max(0, content.buffer.size() - position)));
  }

  @Override
  public int commit(int grfCommitFlags) {
    return writing(
        () -> mayWrite() ? content.commit() : content.writable ? STG_E_ACCESSDENIED : S_OK);
  }

  @Override
  public int revert() {
    return call(
        () -> {
          if (content.transacted) {
            content.revert();
          }
          return S_OK;
        });
  }

  @Override
  public int lockRegion(long libOffset, long cb, int dwLockType) {
    return call(() -> STG_E_INVALIDFUNCTION);
  }

  @Override
  public int unlockRegion(long libOffset, long cb, int dwLockType) {
    return call(() -> STG_E_INVALIDFUNCTION);
  }

  @Override
  public MapiResult<STATSTG> stat(int grfStatFlag) {
    return query(
        () -> {
          if ((grfStatFlag & ~STATFLAG_NONAME) != 0) {
            return MapiResult.error(STG_E_INVALIDFLAG);
          }
          int mode =
              (content.writable ? STGM_READWRITE : STGM_READ)
                  | (content.transacted ? STGM_TRANSACTED : 0);
          return MapiResult.ok(
              new STATSTG(null, STGTY_STREAM, content.buffer.size(), null, null, null, mode, 0));
        });
  }

  @Override
  public MapiResult<IStream> cloneStream() {
    return query(
        () -> {
          PropertyStream clone = new PropertyStream(content);
          clone.position = position;
          return MapiResult.ok(clone);
        });
  }
}
