package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IMessage;
import static org.mapi4j.types.MapiGuid.IID_IStream;
import static org.mapi4j.types.MapiTags.*;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;

/**
 * What a store has of an imported file, for comparison: identifiers of the file are looked up by
 * name, and what the import said that it kept out is left out.
 */
abstract class StoredView implements Agreement.View {
  private final MsgObject source;
  private final IMAPIProp names;
  private final List<KeptOut> keptOut;

  StoredView(MsgObject source, IMAPIProp names, List<KeptOut> keptOut) {
    this.source = source;
    this.names = names;
    this.keptOut = keptOut;
  }

  @Override
  public Object value(int fileId) throws Exception {
    if (fileId == PropTag.id(PR_MESSAGE_FLAGS)
        && stored(PR_MESSAGE_FLAGS) instanceof Integer flags) {
      // The store decides the other bits; these two are the file's.
      int kept = MSGFLAG_READ | MSGFLAG_UNSENT;
      int wanted =
          source.properties().stream()
              .filter(property -> property.tag() == PR_MESSAGE_FLAGS)
              .mapToInt(property -> (Integer) property.value())
              .findFirst()
              .orElseThrow();
      return flags & kept | wanted & ~kept;
    }
    for (KeptOut each : keptOut) {
      if (each.place().equals(source.place()) && PropTag.id(each.tag()) == fileId) {
        return Agreement.NOT_COMPARED;
      }
    }
    for (MsgProperty property : source.properties()) {
      if (PropTag.id(property.tag()) == fileId) {
        int[] ids = StoreIds.of(names, List.of(property));
        return stored(PropTag.of(ids[0], PropTag.type(property.tag())));
      }
    }
    return null;
  }

  abstract Object stored(int tag) throws Exception;

  /** A message of the store. */
  static final class OfMessage extends StoredView implements Agreement.MessageView {
    private final IMessage message;
    private final MsgMessage source;
    private final List<KeptOut> keptOut;

    OfMessage(IMessage message, MsgMessage source, List<KeptOut> keptOut) throws Exception {
      super(source.properties(), message, keptOut);
      this.message = message;
      this.source = source;
      this.keptOut = keptOut;
    }

    @Override
    Object stored(int tag) {
      return read(message, tag);
    }

    @Override
    public List<OfRecipient> recipients() throws Exception {
      List<OfRecipient> views = new ArrayList<>();
      try (IMAPITable table =
          MapiException.require(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable")) {
        SPropTagArray all =
            MapiException.require(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
        MapiException.require(table.setColumns(all, 0), "SetColumns");
        SRowSet rows = MapiException.require(table.queryRows(10_000, 0), "QueryRows");
        for (SRow row : rows) {
          int index = views.size();
          views.add(new OfRecipient(row, source.recipient(index), message, keptOut));
        }
      }
      return views;
    }

    @Override
    public List<OfAttachment> attachments() throws Exception {
      List<OfAttachment> views = new ArrayList<>();
      try (IMAPITable table =
          MapiException.require(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable")) {
        MapiException.require(table.setColumns(SPropTagArray.tags(PR_ATTACH_NUM), 0), "SetColumns");
        for (SRow row : MapiException.require(table.queryRows(10_000, 0), "QueryRows")) {
          int number = row.find(PR_ATTACH_NUM).orElseThrow().asInt();
          IAttach attach = MapiException.require(message.openAttach(number, null, 0), "OpenAttach");
          views.add(new OfAttachment(attach, source.attachment(views.size()), keptOut));
        }
      }
      return views;
    }
  }

  /** A row of a recipient table. */
  static final class OfRecipient extends StoredView {
    private final SRow row;

    OfRecipient(SRow row, MsgObject source, IMessage names, List<KeptOut> keptOut) {
      super(source, names, keptOut);
      this.row = row;
    }

    @Override
    Object stored(int tag) {
      return row.find(tag).map(SPropValue::value).orElse(null);
    }
  }

  /** An attachment of the store. */
  static final class OfAttachment extends StoredView implements Agreement.AttachmentView {
    private final IAttach attach;
    private final MsgAttachment source;
    private final List<KeptOut> keptOut;

    OfAttachment(IAttach attach, MsgAttachment source, List<KeptOut> keptOut) throws Exception {
      super(source.properties(), attach, keptOut);
      this.attach = attach;
      this.source = source;
      this.keptOut = keptOut;
    }

    @Override
    Object stored(int tag) {
      return read(attach, tag);
    }

    @Override
    public Agreement.MessageView embedded() throws Exception {
      IMessage inner =
          (IMessage)
              MapiException.require(
                  attach.openProperty(PR_ATTACH_DATA_OBJ, IID_IMessage, 0, 0), "OpenProperty");
      return new OfMessage(inner, source.embedded().orElseThrow(), keptOut);
    }
  }

  private static Object read(IMAPIProp object, int tag) {
    SPropValue value =
        MapiException.require(object.getProps(SPropTagArray.tags(tag), MAPI_UNICODE), "GetProps")
            .get(0);
    if (value.scode() == MapiCode.MAPI_E_NOT_ENOUGH_MEMORY) {
      return stream(object, tag);
    }
    return value.isError() ? null : value.value();
  }

  private static Object stream(IMAPIProp object, int tag) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    try (IStream stream =
        (IStream)
            MapiException.require(object.openProperty(tag, IID_IStream, 0, 0), "OpenProperty")) {
      int n;
      do {
        n = MapiException.require(stream.read(buffer, 0, buffer.length), "Read");
        bytes.write(buffer, 0, n);
      } while (n > 0);
    }
    byte[] all = bytes.toByteArray();
    return PropTag.type(tag) == PT_UNICODE ? Texts.unicode(all, all.length) : Bytes.wrap(all);
  }
}
