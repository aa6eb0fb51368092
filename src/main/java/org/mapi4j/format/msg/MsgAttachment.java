package org.mapi4j.format.msg;

import java.io.IOException;
import java.util.Optional;

/**
 * An attachment of a .msg: its properties, small or large PR_ATTACH_DATA_BIN among them, and a
 * message or an OLE object when it holds one.
 */
public final class MsgAttachment {
  static final String DATA_OBJECT = "__substg1.0_3701000D";

  private final MsgMessage message;
  private final Storage storage;

  MsgAttachment(MsgMessage message, Storage storage) {
    this.message = message;
    this.storage = storage;
  }

  /** Its properties. */
  public MsgObject properties() throws IOException {
    return message.attachmentPart(storage);
  }

  /** The message it embeds. */
  public Optional<MsgMessage> embedded() throws IOException {
    Optional<Storage> object = dataObject();
    return object.isPresent() && object.get().hasStream(PropertyEntries.STREAM)
        ? Optional.of(message.embedded(object.get()))
        : Optional.empty();
  }

  /** The OLE object it holds, as a file of its own. */
  public Optional<byte[]> oleObject() throws IOException {
    Optional<Storage> object = dataObject();
    return object.isPresent() && !object.get().hasStream(PropertyEntries.STREAM)
        ? Optional.of(object.get().asFile(storage.limits().objectBytesMax()))
        : Optional.empty();
  }

  private Optional<Storage> dataObject() throws IOException {
    return storage.hasStorage(DATA_OBJECT)
        ? Optional.of(storage.child(DATA_OBJECT))
        : Optional.empty();
  }
}
