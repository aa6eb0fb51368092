package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;

/**
 * The properties an object's storage has: the entries of its property stream, joined with value
 * streams that no entry names, since some writers leave entries out. Source: [MS-OXMSG] 2.4.
 */
final class PropertyEntries {
  static final String STREAM = "__properties_version1.0";
  private static final Pattern VALUE =
      Pattern.compile("__substg1\\.0_([0-9A-F]{4})([0-9A-F]{4})", Pattern.CASE_INSENSITIVE);
  private static final int ENTRY_BYTES = 16;

  /** The outermost message's header, the longest there is. */
  private static final int HEADER_BYTES_MAX = 32;

  private final Map<Integer, Object> fixed = new LinkedHashMap<>();
  private final Map<Integer, String> streams = new LinkedHashMap<>();
  private final Set<Integer> objects = new TreeSet<>();

  /** Values that stand in the entry itself, by tag. */
  Map<Integer, Object> fixed() {
    return fixed;
  }

  /** Tags whose value is a stream, with its name; null when the stream is missing. */
  Map<Integer, String> streams() {
    return streams;
  }

  /** Tags of type PT_OBJECT, whose value is a storage, with or without one. */
  Set<Integer> objects() {
    return objects;
  }

  /**
   * @param headerBytes what precedes the entries: 32 in the outermost message, 24 in an embedded
   *     one, 8 elsewhere
   */
  static PropertyEntries read(Storage storage, int headerBytes) throws IOException {
    PropertyEntries entries = new PropertyEntries();
    Map<Integer, String> values = valueStreams(storage);
    if (storage.hasStream(STREAM)) {
      entries.readStream(storage, headerBytes, values);
    }
    values.forEach(
        (tag, stream) -> {
          if (PropTag.type(tag) == PT_OBJECT) {
            entries.objects.add(tag);
          } else if (!entries.fixed.containsKey(tag)) {
            entries.streams.putIfAbsent(tag, stream);
          }
        });
    storage.storages().forEach(entries::addObject);
    checkCount(
        storage, (long) entries.fixed.size() + entries.streams.size() + entries.objects.size());
    return entries;
  }

  private void addObject(String storage) {
    Matcher matcher = VALUE.matcher(storage);
    if (matcher.matches() && Integer.parseInt(matcher.group(2), 16) == PT_OBJECT) {
      objects.add(PropTag.of(Integer.parseInt(matcher.group(1), 16), PT_OBJECT));
    }
  }

  private static void checkCount(Storage storage, long count) throws FormatException {
    if (count > storage.limits().propertiesMax()) {
      throw FormatException.tooLarge(
          storage.place(STREAM) + ": properties",
          count,
          "propertiesMax",
          storage.limits().propertiesMax());
    }
  }

  private static Map<Integer, String> valueStreams(Storage storage) {
    Map<Integer, String> values = new TreeMap<>();
    for (String name : storage.streams()) {
      Matcher matcher = VALUE.matcher(name);
      if (matcher.matches()) {
        int id = Integer.parseInt(matcher.group(1), 16);
        values.put(PropTag.of(id, Integer.parseInt(matcher.group(2), 16)), name);
      }
    }
    return values;
  }

  private void readStream(Storage storage, int headerBytes, Map<Integer, String> values)
      throws IOException {
    int bytesMax = HEADER_BYTES_MAX + ENTRY_BYTES * storage.limits().propertiesMax();
    byte[] bytes = storage.bytes(STREAM, "propertiesMax * 16", bytesMax);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = start(storage, bytes.length, headerBytes);
        at + ENTRY_BYTES <= bytes.length;
        at += ENTRY_BYTES) {
      int tag = in.getInt(at);
      int type = PropTag.type(tag);
      Object value = fixed(type, in, at + 8);
      if (value != null) {
        fixed.put(tag, value);
      } else if (type == PT_OBJECT) {
        objects.add(tag);
      } else if (type != PT_UNSPECIFIED) {
        streams.put(tag, values.get(tag));
      }
    }
  }

  /** Some writers give embedded messages the outermost one's header: the remainder tells. */
  private static int start(Storage storage, int length, int headerBytes) throws FormatException {
    if (length < headerBytes) {
      throw new FormatException(
          "%s: expected a header of %d bytes, found %d bytes [MS-OXMSG] 2.4.1"
              .formatted(storage.place(STREAM), headerBytes, length));
    }
    boolean longer = headerBytes == 24 && (length - headerBytes) % ENTRY_BYTES == 8;
    return longer ? HEADER_BYTES_MAX : headerBytes;
  }

  /** The value in an entry; null for types whose value is a stream. */
  private static Object fixed(int type, ByteBuffer in, int at) {
    return switch (type) {
      case PT_I2 -> in.getShort(at);
      case PT_LONG, PT_ERROR -> in.getInt(at);
      case PT_R4 -> in.getFloat(at);
      case PT_DOUBLE, PT_APPTIME -> in.getDouble(at);
      case PT_CURRENCY -> new Currency(in.getLong(at));
      case PT_BOOLEAN -> in.getShort(at) != 0;
      case PT_I8 -> in.getLong(at);
      case PT_SYSTIME -> new FILETIME(in.getLong(at));
      case PT_NULL -> in.getLong(at);
      case PropType.PT_SRESTRICTION, PropType.PT_ACTIONS -> null;
      default -> PropType.isDefined(type) ? null : in.getLong(at);
    };
  }
}
