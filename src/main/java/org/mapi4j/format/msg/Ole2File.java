package org.mapi4j.format.msg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentNode;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * An OLE2 container, read in place: nothing of the file is held but its tables. The library answers
 * damaged files with whatever its code runs into; {@link #guarded} is the one place that turns
 * those faults into FormatException.
 */
final class Ole2File implements AutoCloseable {
  private final FileChannel channel;
  private final POIFSFileSystem container;
  private final MsgLimits limits;

  /** Work of the library on the file. */
  interface Reading<T> {
    T read() throws IOException;
  }

  private Ole2File(FileChannel channel, POIFSFileSystem container, MsgLimits limits) {
    this.channel = channel;
    this.container = container;
    this.limits = limits;
  }

  static Ole2File open(Path path, MsgLimits limits) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      Ole2Header.check(channel, limits);
      POIFSFileSystem container =
          guarded("the container's tables", () -> new POIFSFileSystem(channel, true));
      Ole2File file = new Ole2File(channel, container, limits);
      guarded("the container's directory", file::checkSizes);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** The outermost storage. */
  Storage root() {
    return new Storage(container.getRoot(), "", limits);
  }

  /**
   * Runs the library; what it throws over damaged data becomes a FormatException that names the
   * place. Not caught: errors of the machine, but for the stack that nested storages exhaust.
   */
  static <T> T guarded(String place, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (FormatException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw new FormatException(place + ": " + e.getCause().getMessage() + " [MS-CFB]", e);
    } catch (IOException | RuntimeException e) {
      throw new FormatException(place + ": " + reason(e) + " [MS-CFB]", e);
    } catch (StackOverflowError e) {
      throw new FormatException(place + ": storages nested too deeply [MS-CFB] 2.6", e);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
  }

  /**
   * No byte of a file belongs to two streams, so their sizes together cannot exceed the file: this
   * bounds time and memory of all that is read later.
   */
  private Void checkSizes() throws IOException {
    long rest = channel.size();
    sum(container.getRoot(), 0, new long[] {rest});
    return null;
  }

  private void sum(DirectoryNode storage, int depth, long[] rest) throws FormatException {
    if (depth > limits.storageDepthMax()) {
      throw FormatException.tooLarge(
          "storages within storages", depth, "storageDepthMax", limits.storageDepthMax());
    }
    for (Entry entry : storage) {
      if (entry instanceof DirectoryNode child) {
        sum(child, depth + 1, rest);
      } else if (entry instanceof DocumentNode document) {
        int size = document.getSize();
        rest[0] -= size;
        if (size < 0 || rest[0] < 0) {
          throw new FormatException(
              "stream %s: its size %d does not fit into the file [MS-CFB] 2.6.3"
                  .formatted(document.getName(), size));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    container.close();
    channel.close();
  }
}
