package org.mapi4j.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mapi4j.format.msg.Agreement;
import org.mapi4j.format.msg.KeptOut;
import org.mapi4j.format.msg.MsgAttachment;
import org.mapi4j.format.msg.MsgMessage;
import org.mapi4j.format.msg.MsgObject;
import org.mapi4j.format.msg.MsgProperty;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;

/** What dump says of an imported file, for comparison. */
class DumpView implements Agreement.View {
  private final List<?> properties;
  private final MsgObject source;
  private final List<KeptOut> keptOut;

  DumpView(List<?> properties, MsgObject source, List<KeptOut> keptOut) {
    this.properties = properties;
    this.source = source;
    this.keptOut = keptOut;
  }

  @Override
  public Object value(int fileId) {
    for (KeptOut each : keptOut) {
      if (each.place().equals(source.place()) && PropTag.id(each.tag()) == fileId) {
        return Agreement.NOT_COMPARED;
      }
    }
    for (MsgProperty property : source.properties()) {
      if (PropTag.id(property.tag()) == fileId) {
        return value(property);
      }
    }
    return null;
  }

  private Object value(MsgProperty property) {
    for (Object each : properties) {
      Map<?, ?> dumped = (Map<?, ?>) each;
      int tag = Integer.parseUnsignedInt(((String) dumped.get("tag")).substring(2), 16);
      boolean same =
          property.name() == null
              ? PropTag.id(tag) == PropTag.id(property.tag())
              : property.name().toString().equals(dumped.get("name"));
      if (same) {
        return dumped.containsKey("size")
            ? Agreement.NOT_COMPARED
            : parsed((String) dumped.get("type"), dumped.get("value"));
      }
    }
    return null;
  }

  private static Object parsed(String type, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> parsed(type.replace("MV_", ""), one)).toList();
    }
    return switch (type) {
      case "PT_BINARY" -> Bytes.fromHex((String) value);
      case "PT_SYSTIME" -> FILETIME.of(Instant.parse((String) value));
      case "PT_CLSID" -> Guid.parse((String) value);
      case "PT_CURRENCY" ->
          new Currency(new BigDecimal((String) value).movePointRight(4).longValueExact());
      default -> value;
    };
  }

  static final class OfMessage extends DumpView implements Agreement.MessageView {
    private final Map<String, ?> dump;
    private final MsgMessage source;
    private final List<KeptOut> keptOut;

    OfMessage(Map<String, ?> dump, MsgMessage source, List<KeptOut> keptOut) throws Exception {
      super((List<?>) dump.get("properties"), source.properties(), keptOut);
      this.dump = dump;
      this.source = source;
      this.keptOut = keptOut;
    }

    @Override
    public List<DumpView> recipients() throws Exception {
      List<DumpView> views = new ArrayList<>();
      for (Object recipient : (List<?>) dump.get("recipients")) {
        views.add(new DumpView((List<?>) recipient, source.recipient(views.size()), keptOut));
      }
      return views;
    }

    @Override
    public List<OfAttachment> attachments() throws Exception {
      List<OfAttachment> views = new ArrayList<>();
      for (Object attachment : (List<?>) dump.get("attachments")) {
        views.add(
            new OfAttachment((Map<?, ?>) attachment, source.attachment(views.size()), keptOut));
      }
      return views;
    }
  }

  static final class OfAttachment extends DumpView implements Agreement.AttachmentView {
    private final Map<?, ?> dump;
    private final MsgAttachment source;
    private final List<KeptOut> keptOut;

    OfAttachment(Map<?, ?> dump, MsgAttachment source, List<KeptOut> keptOut) throws Exception {
      super((List<?>) dump.get("properties"), source.properties(), keptOut);
      this.dump = dump;
      this.source = source;
      this.keptOut = keptOut;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Agreement.MessageView embedded() throws Exception {
      Object message = dump.get("message");
      return message == null
          ? null
          : new OfMessage((Map<String, ?>) message, source.embedded().orElseThrow(), keptOut);
    }
  }
}
