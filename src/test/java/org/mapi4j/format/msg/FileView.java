package org.mapi4j.format.msg;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.PropTag;

/** What our reader has of a file, for comparison. */
class FileView implements Agreement.View {
  private final MsgObject object;

  FileView(MsgObject object) {
    this.object = object;
  }

  static final class OfMessage extends FileView implements Agreement.MessageView {
    private final MsgMessage message;

    OfMessage(MsgMessage message) throws Exception {
      super(message.properties());
      this.message = message;
    }

    @Override
    public List<FileView> recipients() throws Exception {
      List<FileView> views = new ArrayList<>();
      for (int i = 0; i < message.recipientCount(); i++) {
        views.add(new FileView(message.recipient(i)));
      }
      return views;
    }

    @Override
    public List<OfAttachment> attachments() throws Exception {
      List<OfAttachment> views = new ArrayList<>();
      for (int i = 0; i < message.attachmentCount(); i++) {
        views.add(new OfAttachment(message.attachment(i)));
      }
      return views;
    }
  }

  static final class OfAttachment extends FileView implements Agreement.AttachmentView {
    private final MsgAttachment attachment;

    OfAttachment(MsgAttachment attachment) throws Exception {
      super(attachment.properties());
      this.attachment = attachment;
    }

    @Override
    public Agreement.MessageView embedded() throws Exception {
      Optional<MsgMessage> inner = attachment.embedded();
      return inner.isPresent() ? new OfMessage(inner.get()) : null;
    }
  }

  @Override
  public Object value(int fileId) throws Exception {
    for (MsgProperty property : object.properties()) {
      if (PropTag.id(property.tag()) == fileId) {
        return property.value() instanceof LargeValue large
            ? whole(large, PropTag.type(property.tag()))
            : property.value();
      }
    }
    return null;
  }

  private static Object whole(LargeValue large, int type) throws Exception {
    try (InputStream in = large.open()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != large.size()) {
        throw new AssertionError("size " + large.size() + ", read " + bytes.length);
      }
      return type == MapiDefs.PT_UNICODE ? Texts.unicode(bytes, bytes.length) : Bytes.wrap(bytes);
    }
  }
}
