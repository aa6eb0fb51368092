package org.mapi4j.com;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiDefs.*;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * One property of each type, byte by byte as mapidefs.h lays it out on x64, so that encoder and
 * decoder cannot be wrong together.
 */
class GoldenPropsTest {
  private static final Guid GUID = Guid.parse("00020307-0000-0000-C000-000000000046");
  private static final long EIGHT = 0x0102030405060708L;

  private final Map<Integer, Object> values = new LinkedHashMap<>();
  private final Map<Integer, String> images = new LinkedHashMap<>();

  /** The union and what follows it; {@code @18} is a pointer to that offset, 8 bytes. */
  private void golden(int type, Object value, String image) {
    values.put(type, value);
    images.put(type, image);
  }

  private void scalars() {
    golden(PT_UNSPECIFIED, EIGHT, "0807060504030201 0000000000000000");
    golden(PT_NULL, null, "0000000000000000 0000000000000000");
    golden(PT_OBJECT, null, "0000000000000000 0000000000000000");
    golden(PT_I2, (short) -2, "FEFF 000000000000 0000000000000000");
    golden(PT_LONG, -2, "FEFFFFFF 00000000 0000000000000000");
    golden(PT_ERROR, 0x8004010F, "0F010480 00000000 0000000000000000");
    golden(PT_BOOLEAN, true, "0100 000000000000 0000000000000000");
    golden(PT_R4, 1.5f, "0000C03F 00000000 0000000000000000");
    golden(PT_DOUBLE, -2.0, "00000000000000C0 0000000000000000");
    golden(PT_APPTIME, 2.5, "0000000000000440 0000000000000000");
    golden(PT_CURRENCY, new Currency(12345), "3930000000000000 0000000000000000");
    golden(PT_I8, EIGHT, "0807060504030201 0000000000000000");
    golden(PT_SYSTIME, new FILETIME(EIGHT), "0807060504030201 0000000000000000");
    golden(0x77, EIGHT, "0807060504030201 0000000000000000");
    golden(MV_FLAG | PT_BOOLEAN, EIGHT, "0807060504030201 0000000000000000");
    golden(PT_STRING8, "ab", "@18 0000000000000000 616200");
    golden(PT_UNICODE, "a\u00E9\u20AC", "@18 0000000000000000 6100 E900 AC20 0000");
    golden(PT_CLSID, GUID, "@18 0000000000000000 07030200 0000 0000 C000000000000046");
    golden(PT_BINARY, Bytes.of(1, 2, 255), "03000000 00000000 @18 0102FF");
  }

  private void multivalued() {
    golden(PT_MV_I2, List.of(1, -1), "02000000 00000000 @18 0100 FFFF");
    golden(PT_MV_LONG, List.of(1, -1), "02000000 00000000 @18 01000000 FFFFFFFF");
    golden(PT_MV_R4, List.of(1.5f), "01000000 00000000 @18 0000C03F");
    golden(PT_MV_DOUBLE, List.of(-2.0), "01000000 00000000 @18 00000000000000C0");
    golden(PT_MV_APPTIME, List.of(2.5), "01000000 00000000 @18 0000000000000440");
    golden(
        PT_MV_CURRENCY,
        List.of(new Currency(12345), new Currency(-1)),
        "02000000 00000000 @18 3930000000000000 FFFFFFFFFFFFFFFF");
    golden(PT_MV_SYSTIME, List.of(new FILETIME(EIGHT)), "01000000 00000000 @18 0807060504030201");
    golden(PT_MV_I8, List.of(EIGHT), "01000000 00000000 @18 0807060504030201");
    golden(PT_MV_CLSID, List.of(GUID), "01000000 00000000 @18 07030200 0000 0000 C000000000000046");
    golden(PT_MV_STRING8, List.of("a", "bc"), "02000000 00000000 @18 @28 @2A 6100 626300");
    golden(PT_MV_UNICODE, List.of("a"), "01000000 00000000 @18 @20 6100 0000");
    golden(
        PT_MV_BINARY,
        List.of(Bytes.of(1, 2), Bytes.EMPTY),
        "02000000 00000000 @18 02000000 00000000 @38 00000000 00000000 0000000000000000 0102");
  }

  @Test
  void props_ofEveryType_areTheBytesThatCExpects() {
    scalars();
    multivalued();
    assertEquals(new TreeSet<>(RandomValues.TYPES), new TreeSet<>(images.keySet()));
    images.forEach(
        (type, image) -> {
          FakeMemory memory = new FakeMemory();
          RecordingAllocators allocators = new RecordingAllocators(memory);
          SPropValue prop = SPropValue.of(PropTag.of(0x6600, type), values.get(type));
          long address = new Encoder(memory, allocators, ISO_8859_1).props(List.of(prop));
          int size = allocators.live().get(address);
          String name = PropTag.toString(prop.ulPropTag());
          byte[] expected = bytes(header(type) + image, address);
          assertEquals(hex(expected), hex(memory.get(address, size)), name);
          long other = memory.put(bytes(header(type) + image, address));
          assertEquals(
              List.of(prop),
              new Decoder(memory, ISO_8859_1, ComLimits.DEFAULT).props(other, 1),
              name);
        });
  }

  /** The second of two values follows the first, before anything that they point to. */
  @Test
  void props_severalOfThem_areAnArrayInFrontOfTheirData() {
    FakeMemory memory = new FakeMemory();
    RecordingAllocators allocators = new RecordingAllocators(memory);
    long address =
        new Encoder(memory, allocators, ISO_8859_1)
            .props(
                List.of(
                    SPropValue.of(PropTag.of(0x6600, PT_BINARY), Bytes.of(9)),
                    SPropValue.of(PropTag.of(0x6601, PT_UNICODE), "x")));
    String image =
        "02010066 00000000 01000000 00000000 @30 1F000166 00000000 @32 0000000000000000"
            + " 09 00 7800 0000";
    assertEquals(
        hex(bytes(image, address)), hex(memory.get(address, allocators.live().get(address))));
  }

  private static String header(int type) {
    return String.format(Locale.ROOT, "%02X%02X0066 00000000 ", type & 0xFF, type >> 8);
  }

  private static byte[] bytes(String image, long base) {
    StringBuilder hex = new StringBuilder();
    for (String part : image.split(" ")) {
      if (part.startsWith("@")) {
        long pointer = base + Long.parseLong(part.substring(1), 16);
        hex.append(String.format(Locale.ROOT, "%016X", Long.reverseBytes(pointer)));
      } else {
        hex.append(part);
      }
    }
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
