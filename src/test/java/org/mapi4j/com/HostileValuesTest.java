package org.mapi4j.com;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.String8;

/**
 * What faulty and hostile callers pass. Memory that is not there is an AssertionError here, so a
 * ComFault shows that nothing was read, and a small heap that nothing was allocated.
 */
class HostileValuesTest {
  private static final long[] COUNTS = {0x8000_0000L, 0xFFFF_FFFFL, 0x7FFF_FFFFL, (1 << 20) + 1};
  private static final int FUZZ_RUNS = Boolean.getBoolean("mapi4j.long") ? 20_000 : 400;

  private final FakeMemory memory = new FakeMemory();
  private final RecordingAllocators allocators = new RecordingAllocators(memory);
  private final Encoder encoder = new Encoder(memory, allocators, ISO_8859_1);

  private Decoder decoder() {
    return new Decoder(memory, ISO_8859_1, ComLimits.DEFAULT);
  }

  private static void refused(int hr, Executable call) {
    ComFault fault = assertThrows(ComFault.class, call);
    assertEquals(hr, fault.hr(), fault::getMessage);
  }

  /** A structure that begins with a count and has a pointer at 8. */
  private long counted(long count, long pointer) {
    byte[] b = new byte[16];
    LittleEndian.putInt(b, 0, (int) count);
    LittleEndian.putLong(b, 8, pointer);
    return memory.put(b);
  }

  private long prop(int tag, long first, long second) {
    byte[] b = new byte[Layouts.PROP];
    LittleEndian.putInt(b, 0, tag);
    LittleEndian.putLong(b, 8, first);
    LittleEndian.putLong(b, 16, second);
    return memory.put(b);
  }

  static Stream<Map.Entry<String, Reading>> countedArguments() {
    return Stream.of(
        Map.entry("props", (d, a, n) -> d.props(a, n)),
        Map.entry("guids", (d, a, n) -> d.guids(a, n)),
        Map.entry("guidPointers", (d, a, n) -> d.guidPointers(a, n)),
        Map.entry("texts", (d, a, n) -> d.texts(a, n, true)),
        Map.entry("names", (d, a, n) -> d.names(a, n)),
        Map.entry("numbers", (d, a, n) -> d.numbers(a, n)),
        Map.entry("options", (d, a, n) -> d.options(a, n, true)),
        Map.entry("notifications", (d, a, n) -> d.notifications(a, n)));
  }

  /** Reads an array with a count beside it. */
  interface Reading {
    Object read(Decoder decoder, long address, long count);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("countedArguments")
  void hostileCount_isInvalidBeforeAnythingIsRead(Map.Entry<String, Reading> argument) {
    long address = memory.allocate(8);
    for (long count : COUNTS) {
      refused(MAPI_E_INVALID_PARAMETER, () -> argument.getValue().read(decoder(), address, count));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("countedArguments")
  void nullArrayWithACount_isInvalid(Map.Entry<String, Reading> argument) {
    refused(MAPI_E_INVALID_PARAMETER, () -> argument.getValue().read(decoder(), 0, 1));
  }

  @Test
  void bytes_hostileCountOrNull_isInvalid() {
    long address = memory.allocate(8);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().bytes(address, 0x8000_0000L));
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().bytes(address, 0xFFFF_FFFFL));
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().bytes(0, 4));
  }

  @Test
  void countWithinAStructure_isHeldToTheSame() {
    for (long count : COUNTS) {
      long list = counted(count, memory.allocate(8));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().tags(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().rows(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().addressList(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().entryList(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().sortOrder(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().problems(list));
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().flagList(list));
    }
    long key = counted(0xFFFF_FFFFL, 0);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().notifyKey(key));
    long noEntries = counted(3, 0);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().entryList(noEntries));
  }

  @Test
  void rowWithACountAndNoProperties_isInvalid() {
    byte[] set = new byte[Layouts.ROW_SET_HEADER + Layouts.ROW];
    LittleEndian.putInt(set, 0, 1);
    LittleEndian.putInt(set, Layouts.ROW_SET_HEADER + Layouts.ROW_COUNT, 2);
    long address = memory.put(set);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().rows(address));
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().addressList(address));
  }

  @Test
  void countOfAProperty_isHeldToTheSame() {
    for (int type : RandomValues.TYPES) {
      int tag = PropTag.of(0x6001, type);
      boolean multi = PropType.isDefined(type) && (type & MV_FLAG) != 0;
      if (multi || type == PT_BINARY) {
        long wild = prop(tag, 0xFFFF_FFFFL, memory.allocate(8));
        refused(MAPI_E_INVALID_PARAMETER, () -> decoder().props(wild, 1));
        long noArray = prop(tag, 1, 0);
        refused(MAPI_E_INVALID_PARAMETER, () -> decoder().props(noArray, 1));
      }
    }
  }

  @Test
  void propertyWhoseStringOrGuidIsNull_isInvalid() {
    for (int type : new int[] {PT_UNICODE, PT_STRING8, PT_CLSID}) {
      long address = prop(PropTag.of(0x6001, type), 0, 0);
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().props(address, 1));
    }
    long array = counted(0, 0);
    for (int type : new int[] {PT_MV_UNICODE, PT_MV_STRING8}) {
      long address = prop(PropTag.of(0x6001, type), 2, array);
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().props(address, 1));
    }
  }

  /** The message names the property, since GetLastError tells it to people. */
  @Test
  void faultNamesTheProperty() {
    long address = prop(PR_SUBJECT_W, 0, 0);
    ComFault fault = assertThrows(ComFault.class, () -> decoder().props(address, 1));
    assertTrue(fault.getMessage().contains("PR_SUBJECT"), fault::getMessage);
  }

  @Test
  void typesThatAreTreesInC_areRefusedBothWays() {
    int tag = PropTag.of(0x6679, PropType.PT_SRESTRICTION);
    long address = prop(tag, 0x1234, 0);
    refused(MAPI_E_NO_SUPPORT, () -> decoder().props(address, 1));
    List<SPropValue> value = List.of(SPropValue.of(tag, new byte[4]));
    refused(MAPI_E_NO_SUPPORT, () -> encoder.props(value));
  }

  @Test
  void unknownType_keepsItsUnionAndFollowsNoPointer() {
    long address = prop(0x6001_0077, 0x1234_5678_9ABC_DEFFL, -1);
    assertEquals(
        List.of(new SPropValue(0x6001_0077, 0x1234_5678_9ABC_DEFFL)), decoder().props(address, 1));
  }

  private long not(long child) {
    byte[] b = new byte[Layouts.RESTRICTION];
    LittleEndian.putInt(b, 0, RES_NOT);
    LittleEndian.putLong(b, Layouts.RES_POINTER, child);
    return memory.put(b);
  }

  @Test
  void restrictionOfTenThousandLevels_isTooComplex() {
    long at = 0;
    for (int i = 0; i < 10_000; i++) {
      at = not(at);
    }
    long address = at;
    refused(MAPI_E_TOO_COMPLEX, () -> decoder().restriction(address));
  }

  @Test
  void restrictionThatContainsItself_isTooComplex() {
    long address = not(0);
    memory.putLong(address + Layouts.RES_POINTER, address);
    refused(MAPI_E_TOO_COMPLEX, () -> decoder().restriction(address));
    memory.putInt(address, RES_AND);
    memory.putInt(address + Layouts.RES_FIRST, 1);
    refused(MAPI_E_TOO_COMPLEX, () -> decoder().restriction(address));
  }

  @Test
  void restrictionAtTheDepthThatIsAllowed_isRead() {
    int depth = ComLimits.DEFAULT.restrictionDepthMax();
    SRestriction deep = new SRestriction.SExistRestriction(PR_SUBJECT_W);
    for (int i = 1; i < depth; i++) {
      deep = new SRestriction.SNotRestriction(deep);
    }
    assertEquals(deep, decoder().restriction(encoder.restriction(deep)));
  }

  @Test
  void restrictionCounts_areBounded() {
    byte[] and = new byte[Layouts.RESTRICTION];
    LittleEndian.putLong(and, Layouts.RES_POINTER, memory.allocate(8));
    for (int kind : new int[] {RES_AND, RES_OR}) {
      LittleEndian.putInt(and, 0, kind);
      LittleEndian.putInt(and, Layouts.RES_FIRST, -1);
      long wild = memory.put(and);
      refused(MAPI_E_INVALID_PARAMETER, () -> decoder().restriction(wild));
      LittleEndian.putInt(and, Layouts.RES_FIRST, 200_000);
      long large = memory.put(and);
      refused(MAPI_E_TOO_COMPLEX, () -> decoder().restriction(large));
    }
    LittleEndian.putInt(and, 0, 0x77);
    long unknown = memory.put(and);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().restriction(unknown));
  }

  /** 1,000 conditions that are all the same array of 1,000: a million from 64 KB. */
  @Test
  void restrictionThatGrowsWithoutEnd_isTooComplex() {
    byte[] children = new byte[1000 * Layouts.RESTRICTION];
    long address = memory.put(children);
    for (int at = 0; at < children.length; at += Layouts.RESTRICTION) {
      LittleEndian.putInt(children, at, RES_OR);
      LittleEndian.putInt(children, at + Layouts.RES_FIRST, 1000);
      LittleEndian.putLong(children, at + Layouts.RES_POINTER, address);
    }
    memory.write(address, children, 0, children.length);
    refused(MAPI_E_TOO_COMPLEX, () -> decoder().restriction(address));
  }

  @Test
  void notificationOfAnUnknownKind_isInvalid() {
    byte[] b = new byte[Layouts.NOTIFICATION_BYTES];
    LittleEndian.putInt(b, 0, fnevReservedForMapi);
    long address = memory.put(b);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().notifications(address, 1));
  }

  /** A table that changed as a whole has no row, whatever its sender left in those fields. */
  @Test
  void tableNotificationWithoutARow_followsNoStrayPointer() {
    byte[] b = new byte[Layouts.NOTIFICATION_BYTES];
    Arrays.fill(b, (byte) 0xEE);
    LittleEndian.putInt(b, 0, fnevTableModified);
    LittleEndian.putInt(b, Layouts.TABLE_EVENT, TABLE_CHANGED);
    long address = memory.put(b);
    assertEquals(1, decoder().notifications(address, 1).size());
  }

  /** Every string ends where its page ends, at every alignment; the next page is not there. */
  @Test
  void stringThatEndsAtTheEndOfItsPage_isReadWithoutTheNextPage() {
    for (int length :
        new int[] {0, 1, 2, 63, 64, 127, 128, 129, 255, 2047, 2048, 4095, 4096, 9000}) {
      String text = "t".repeat(length);
      long narrow = memory.put((text + '\0').getBytes(ISO_8859_1));
      assertEquals(text, decoder().text(narrow, false));
      byte[] wide = new byte[2 * length + 2];
      for (int i = 0; i < length; i++) {
        wide[2 * i] = 't';
      }
      assertEquals(text, decoder().text(memory.put(wide), true));
      byte[] odd = Arrays.copyOf(wide, wide.length + 1);
      assertEquals(text, decoder().text(memory.put(odd), true), "at an odd address");
    }
  }

  @Test
  void unitWithOneZeroByte_doesNotEndAWideString() {
    byte[] wide = {0, 1, 1, 0, 0, 2, 0, 0};
    assertEquals("\u0100\u0001\u0200", decoder().text(memory.put(wide), true));
  }

  @Test
  void stringLongerThanTheLimit_isInvalid() {
    ComLimits limits = new ComLimits(10, 100, 300, 8, 100, 1 << 20);
    long exact = memory.put(("x".repeat(300) + '\0').getBytes(ISO_8859_1));
    long longer = memory.put(("x".repeat(301) + '\0').getBytes(ISO_8859_1));
    assertEquals(300, new Decoder(memory, ISO_8859_1, limits).text(exact, false).length());
    refused(
        MAPI_E_INVALID_PARAMETER,
        () -> new Decoder(memory, ISO_8859_1, limits).text(longer, false));
  }

  /** One large value that a thousand properties share would fill the heap a thousand times. */
  @Test
  void copiesOfOneCall_areBoundedTogether() {
    ComLimits limits = new ComLimits(1 << 20, 1 << 20, 1 << 20, 8, 100, 1 << 20);
    long data = memory.put(new byte[100_000]);
    byte[] props = new byte[20 * Layouts.PROP];
    for (int at = 0; at < props.length; at += Layouts.PROP) {
      LittleEndian.putInt(props, at, PR_ENTRYID);
      LittleEndian.putInt(props, at + Layouts.VALUE, 100_000);
      LittleEndian.putLong(props, at + Layouts.VALUE_POINTER, data);
    }
    long address = memory.put(props);
    Decoder decoder = new Decoder(memory, ISO_8859_1, limits);
    assertEquals(10, decoder.props(address, 10).size());
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder.props(address, 10));
  }

  @Test
  void addressParameters_countOfFields_isBounded() {
    byte[] b = new byte[Layouts.ADRPARM_BYTES];
    LittleEndian.putInt(b, Layouts.ADRPARM_DEST_FIELDS, -2);
    LittleEndian.putLong(b, Layouts.ADRPARM_DEST_TITLES, memory.allocate(8));
    long address = memory.put(b);
    refused(MAPI_E_INVALID_PARAMETER, () -> decoder().addressParameters(address, null, null, null));
  }

  @Test
  void narrowText_isConvertedByTheCodePage_propertiesKeepTheirBytes() {
    long address = memory.put(new byte[] {(byte) 0xE4, 0});
    assertEquals("\u00E4", decoder().text(address, false));
    long prop = prop(PropTag.of(0x6001, PT_STRING8), address, 0);
    String8 value = (String8) decoder().props(prop, 1).get(0).value();
    assertEquals("E4", value.bytes().toHex());
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 4);
  }

  /** Any tag over a count that nothing backs: what reads no count is read, the rest refused. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyTagOverAWildCount_isReadOrRefused(long seed) {
    Random random = new Random(seed);
    int refusals = 0;
    for (int run = 0; run < FUZZ_RUNS; run++) {
      byte[] props = new byte[Layouts.PROP];
      LittleEndian.putInt(props, 0, PropTag.of(random.nextInt(0x10000), anyType(random)));
      LittleEndian.putLong(props, 8, 0xFFFF_FFFFL & (random.nextInt() | 0x8000_0000));
      try {
        assertEquals(1, decoder().props(memory.put(props), 1).size());
      } catch (ComFault refusal) {
        assertTrue(
            refusal.hr() == MAPI_E_INVALID_PARAMETER || refusal.hr() == MAPI_E_NO_SUPPORT,
            refusal::getMessage);
        refusals++;
      }
    }
    assertTrue(refusals > 0 && refusals < FUZZ_RUNS, "refusals: " + refusals);
  }

  /** Any type but those whose first word is itself a pointer. */
  private static int anyType(Random random) {
    while (true) {
      int type =
          random.nextBoolean()
              ? RandomValues.TYPES.get(random.nextInt(RandomValues.TYPES.size()))
              : random.nextInt(0x10000);
      if (type != PT_UNICODE && type != PT_STRING8 && type != PT_CLSID) {
        return type;
      }
    }
  }
}
