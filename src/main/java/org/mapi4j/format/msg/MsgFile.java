package org.mapi4j.format.msg;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An open .msg file. Read in place, so the file must not change while it is open.
 *
 * <pre>
 * try (MsgFile file = MsgFile.open(path, MsgLimits.DEFAULT)) {
 *   List&lt;KeptOut&gt; keptOut = MsgImport.into(message, file.message());
 * }
 * </pre>
 */
public final class MsgFile implements AutoCloseable {
  private final Ole2File container;
  private final MsgMessage message;

  private MsgFile(Ole2File container, MsgMessage message) {
    this.container = container;
    this.message = message;
  }

  /**
   * Opens a file. Throws FormatException for what is no .msg, damaged, or beyond the limits; its
   * message says where in the file, the caller knows which file.
   */
  public static MsgFile open(Path path, MsgLimits limits) throws IOException {
    Ole2File container = Ole2File.open(path, limits);
    try {
      Storage root = container.root();
      if (!root.hasStream(PropertyEntries.STREAM)) {
        throw new FormatException(
            PropertyEntries.STREAM + ": an OLE2 file without it is no .msg [MS-OXMSG] 2.4");
      }
      return new MsgFile(container, MsgMessage.outermost(root));
    } catch (IOException | RuntimeException | Error e) {
      container.close();
      throw e;
    }
  }

  /** The message. */
  public MsgMessage message() {
    return message;
  }

  @Override
  public void close() throws IOException {
    container.close();
  }
}
