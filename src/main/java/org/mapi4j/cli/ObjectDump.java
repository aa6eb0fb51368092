package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IMessage;
import static org.mapi4j.types.MapiGuid.IID_IStream;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.STATFLAG_NONAME;
import static org.mapi4j.types.Stg.STGM_READ;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.STATSTG;

/**
 * Everything an object has, as data: {@code properties} with tag, name, type and value; of messages
 * {@code recipients} and {@code attachments}, embedded messages within those. Values beyond what
 * GetProps gives are told by their size.
 */
final class ObjectDump {
  private final IMAPIProp object;

  ObjectDump(IMAPIProp object) {
    this.object = object;
  }

  Map<String, Object> whole() {
    Map<String, Object> dump = new LinkedHashMap<>();
    dump.put("properties", properties());
    if (object instanceof IMessage message) {
      dump.put("recipients", recipients(message));
      dump.put("attachments", attachments(message));
    }
    return dump;
  }

  private List<Map<String, Object>> properties() {
    SPropTagArray tags =
        MapiException.require(object.getPropList(MAPI_UNICODE), "IMAPIProp::GetPropList");
    List<SPropValue> values =
        MapiException.require(object.getProps(tags, MAPI_UNICODE), "IMAPIProp::GetProps");
    return described(
        IntStream.range(0, tags.size())
            .mapToObj(i -> describable(tags.get(i), values.get(i)))
            .toList());
  }

  /** A value under the tag that was asked for: errors and objects lose their type otherwise. */
  private record Property(int tag, SPropValue value) {}

  private static Property describable(int tag, SPropValue value) {
    boolean typed = PropTag.type(tag) != PT_UNSPECIFIED;
    return new Property(typed ? tag : value.ulPropTag(), value);
  }

  private List<Map<String, Object>> described(List<Property> properties) {
    Map<Integer, MAPINAMEID> names = names(properties);
    List<Property> sorted = new ArrayList<>(properties);
    sorted.sort(Comparator.comparingInt(property -> PropTag.id(property.tag())));
    List<Map<String, Object>> all = new ArrayList<>();
    for (Property property : sorted) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("tag", "0x%08X".formatted(property.tag()));
      MAPINAMEID name = names.get(PropTag.id(property.tag()));
      one.put("name", name == null ? TagNames.name(property.tag()) : name.toString());
      NamedNames.of(name).ifPresent(known -> one.put("known", known));
      one.put("type", ValueText.type(PropTag.type(property.tag())));
      describe(property, one);
      all.add(one);
    }
    return all;
  }

  private void describe(Property property, Map<String, Object> into) {
    if (!property.value().isError()) {
      into.put("value", ValueText.json(property.value()));
      into.put("text", ValueText.line(property.value()));
    } else if (PropTag.type(property.tag()) == PT_OBJECT) {
      into.put("text", "(object)");
    } else if (property.value().scode() == MAPI_E_NOT_ENOUGH_MEMORY) {
      long size = streamSize(property.tag());
      into.put("size", size);
      into.put("text", "(" + size + " bytes, through a stream)");
    } else {
      into.put("error", HResult.name(property.value().scode()));
      into.put("text", HResult.toString(property.value().scode()));
    }
  }

  private long streamSize(int tag) {
    IUnknown opened =
        MapiException.require(
            object.openProperty(tag, IID_IStream, STGM_READ, 0), "IMAPIProp::OpenProperty");
    try (IStream stream = (IStream) opened) {
      STATSTG stat = MapiException.require(stream.stat(STATFLAG_NONAME), "IStream::Stat");
      return stat.cbSize();
    }
  }

  private Map<Integer, MAPINAMEID> names(List<Property> properties) {
    int[] named = properties.stream().mapToInt(Property::tag).filter(PropTag::isNamed).toArray();
    Map<Integer, MAPINAMEID> names = new LinkedHashMap<>();
    if (named.length > 0) {
      List<MAPINAMEID> found =
          MapiException.require(
                  object.getNamesFromIDs(SPropTagArray.tags(named), null, 0),
                  "IMAPIProp::GetNamesFromIDs")
              .lpppPropNames();
      for (int i = 0; i < named.length; i++) {
        if (found.get(i) != null) {
          names.put(PropTag.id(named[i]), found.get(i));
        }
      }
    }
    return names;
  }

  private List<Object> recipients(IMessage message) {
    List<Object> all = new ArrayList<>();
    try (IMAPITable table =
        MapiException.require(
            message.getRecipientTable(MAPI_UNICODE), "IMessage::GetRecipientTable")) {
      SPropTagArray columns =
          MapiException.require(table.queryColumns(TBL_ALL_COLUMNS), "IMAPITable::QueryColumns");
      StoreView.rows(
          table,
          columns,
          row ->
              all.add(
                  described(
                      row.lpProps().stream()
                          .filter(value -> !value.isError())
                          .map(value -> new Property(value.ulPropTag(), value))
                          .toList())));
    }
    return all;
  }

  private static List<Object> attachments(IMessage message) {
    List<Integer> numbers = new ArrayList<>();
    try (IMAPITable table =
        MapiException.require(
            message.getAttachmentTable(MAPI_UNICODE), "IMessage::GetAttachmentTable")) {
      StoreView.rows(
          table,
          SPropTagArray.tags(PR_ATTACH_NUM),
          row -> numbers.add(StoreView.number(row, PR_ATTACH_NUM)));
    }
    List<Object> all = new ArrayList<>();
    for (int number : numbers) {
      try (IAttach attachment =
          MapiException.require(message.openAttach(number, null, 0), "IMessage::OpenAttach")) {
        all.add(attachment(attachment));
      }
    }
    return all;
  }

  private static Map<String, Object> attachment(IAttach attachment) {
    Map<String, Object> dump = new ObjectDump(attachment).whole();
    MapiResult<IUnknown> inner = attachment.openProperty(PR_ATTACH_DATA_OBJ, IID_IMessage, 0, 0);
    if (inner.succeeded()) {
      try (IMessage message = (IMessage) inner.value()) {
        dump.put("message", new ObjectDump(message).whole());
      }
    }
    return dump;
  }
}
