package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.String8;

/**
 * Multivalued properties: values of fixed size packed in one stream; strings and binaries as a
 * stream of lengths and a stream per value. Source: [MS-OXMSG] 2.1.4.
 */
final class MultiValues {
  private MultiValues() {}

  /** The values; null where lengths and streams contradict each other. */
  static List<Object> read(Storage storage, int tag, String stream, Charset page)
      throws IOException {
    int max = storage.limits().multiValueBytesMax();
    byte[] bytes = storage.bytes(stream, "multiValueBytesMax", max);
    int type = PropTag.type(tag) & ~MV_FLAG;
    return switch (type) {
      case PT_STRING8, PT_UNICODE, PT_BINARY -> variable(storage, type, stream, bytes, page);
      default -> packed(type, bytes);
    };
  }

  /** The tag that these values stand under: decoded strings are PT_MV_UNICODE. */
  static int tag(int tag, List<Object> values) {
    boolean text = values.get(0) instanceof String;
    return text ? PropTag.changePropType(tag, PT_MV_UNICODE) : tag;
  }

  private static List<Object> packed(int type, byte[] bytes) {
    int size = size(type);
    if (size == 0 || bytes.length % size != 0) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Object> values = new ArrayList<>(bytes.length / size);
    for (int at = 0; at < bytes.length; at += size) {
      values.add(one(type, in, at));
    }
    return values;
  }

  private static int size(int type) {
    return switch (type) {
      case PT_I2 -> 2;
      case PT_LONG, PT_R4 -> 4;
      case PT_DOUBLE, PT_APPTIME, PT_CURRENCY, PT_SYSTIME, PT_I8 -> 8;
      case PT_CLSID -> Guid.SIZE;
      default -> 0;
    };
  }

  private static Object one(int type, ByteBuffer in, int at) {
    return switch (type) {
      case PT_I2 -> in.getShort(at);
      case PT_LONG -> in.getInt(at);
      case PT_R4 -> in.getFloat(at);
      case PT_DOUBLE, PT_APPTIME -> in.getDouble(at);
      case PT_CURRENCY -> new Currency(in.getLong(at));
      case PT_SYSTIME -> new FILETIME(in.getLong(at));
      case PT_CLSID -> {
        byte[] guid = new byte[Guid.SIZE];
        in.get(at, guid);
        yield Guid.fromBytes(guid, 0);
      }
      default -> in.getLong(at);
    };
  }

  private static List<Object> variable(
      Storage storage, int type, String stream, byte[] lengths, Charset page) throws IOException {
    int count = lengths.length / (type == PT_BINARY ? 8 : 4);
    List<Object> raw = new ArrayList<>();
    int rest = storage.limits().multiValueBytesMax();
    for (int i = 0; i < count; i++) {
      String value = "%s-%08X".formatted(stream, i);
      if (!storage.hasStream(value)) {
        return null;
      }
      byte[] bytes = storage.bytes(value, "multiValueBytesMax, what is left of it,", rest);
      rest -= bytes.length;
      raw.add(
          switch (type) {
            case PT_UNICODE -> Texts.unicode(bytes, bytes.length);
            case PT_STRING8 -> Texts.narrow(bytes, bytes.length);
            default -> Bytes.wrap(bytes);
          });
    }
    return type == PT_STRING8 ? decoded(raw, page) : raw;
  }

  /** All of them as text, or all of them as they are. */
  private static List<Object> decoded(List<Object> narrow, Charset page) {
    List<Object> texts = new ArrayList<>();
    for (Object value : narrow) {
      Optional<String> text = ((String8) value).decode(page);
      if (text.isEmpty()) {
        return narrow;
      }
      texts.add(text.get());
    }
    return texts;
  }
}
