package org.mapi4j.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Stg;

/**
 * Java streams over IStream, from its position on. A failure is a {@link MapiException} with the
 * stream's STG_E_ code. Closing releases the IStream; closing an output commits it first. Not for
 * several threads at once.
 */
public final class MapiStreams {
  private MapiStreams() {}

  /** Reads a stream; holds no more than the caller's buffer. */
  public static InputStream input(IStream stream) {
    return new Input(stream);
  }

  /** Writes a stream. What was written counts when the stream's owner is saved. */
  public static OutputStream output(IStream stream) {
    return new Output(stream);
  }

  private static final class Input extends InputStream {
    private final IStream stream;

    Input(IStream stream) {
      this.stream = Objects.requireNonNull(stream);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) {
      Objects.checkFromIndexSize(off, len, b.length);
      if (len == 0) {
        return 0;
      }
      int read = MapiException.require(stream.read(b, off, len), "IStream::Read");
      return read == 0 ? -1 : read;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static final class Output extends OutputStream {
    private final IStream stream;
    private boolean closed;

    Output(IStream stream) {
      this.stream = Objects.requireNonNull(stream);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      Objects.checkFromIndexSize(off, len, b.length);
      int done = 0;
      while (done < len) {
        int written =
            MapiException.require(stream.write(b, off + done, len - done), "IStream::Write");
        if (written <= 0) {
          throw new MapiException(Stg.STG_E_MEDIUMFULL, "IStream::Write");
        }
        done += written;
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        MapiException.require(stream.commit(Stg.STGC_DEFAULT), "IStream::Commit");
      } finally {
        stream.close();
      }
    }
  }
}
