package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.com.CrossingTypes.Crossing;
import org.mapi4j.com.CrossingTypes.Result;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.STATSTG;

/** What goes out comes in again as it was, for every type that the interfaces pass. */
class RoundTripTest {
  private static final int RUNS = Boolean.getBoolean("mapi4j.long") ? 2000 : 60;
  private static final Set<String> NUMBER_TYPES = Set.of("int", "long", "boolean", "Integer");

  /** Buffers of a stream, which are copied as they are. */
  private static final String BUFFER = "byte[]";

  private final FakeMemory memory = new FakeMemory();
  private final RecordingAllocators allocators = new RecordingAllocators(memory);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyType_outAndIn_isTheSameAndOneChainHoldsIt(long seed) {
    RandomValues values = new RandomValues(seed);
    for (int run = 0; run < RUNS; run++) {
      CrossingTypes.BY_TYPE.forEach((type, crossing) -> check(type, crossing, values));
    }
  }

  private <T> void check(String type, Crossing<T> crossing, RandomValues values) {
    Result<T> result = crossing.cross(memory, allocators, values);
    assertEquals(result.sent(), result.received(), type);
    if (type.startsWith("LPSRowSet") || type.startsWith("LPADRLIST")) {
      Encoder.freeRows(memory, allocators, result.address());
    } else {
      assertTrue(allocators.live().size() <= 1, type + ": more than one chain");
      allocators.freeBuffer(result.address());
    }
    assertEquals(Map.of(), allocators.live(), type);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyPropertyType_outAndIn_isTheSame(long seed) {
    RandomValues values = new RandomValues(seed);
    Encoder encoder = new Encoder(memory, allocators, StandardCharsets.ISO_8859_1);
    for (int type : RandomValues.TYPES) {
      for (int run = 0; run < RUNS; run++) {
        List<SPropValue> sent = List.of(values.prop(type));
        long address = encoder.props(sent);
        Decoder decoder = new Decoder(memory, StandardCharsets.ISO_8859_1, ComLimits.DEFAULT);
        assertEquals(sent, decoder.props(address, 1));
        allocators.freeBuffer(address);
      }
    }
  }

  /** Strings are copied in pieces of 512 units; a pair of surrogates may stand on the border. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 511, 512, 513, 1024, 1025, 5000})
  void text_ofAnyLength_isTheSame(int units) {
    Encoder encoder = new Encoder(memory, allocators, StandardCharsets.ISO_8859_1);
    Decoder decoder = new Decoder(memory, StandardCharsets.ISO_8859_1, ComLimits.DEFAULT);
    for (String piece : List.of("0123456789", "\u20AC\u0416", "\uD83D\uDE00x")) {
      String text = piece.repeat(units).substring(0, units);
      assertEquals(text, decoder.text(encoder.text(text, true), true));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void statstg_outAndIn_isTheSame(long seed) {
    RandomValues values = new RandomValues(seed);
    for (int run = 0; run < RUNS; run++) {
      STATSTG sent = values.statstg();
      assertEquals(sent, CrossingTypes.statstg(memory, allocators, sent));
    }
    assertEquals(Map.of(), allocators.tasks());
  }

  @Test
  void statstg_withAName_hasItFromTheTaskAllocator() {
    STATSTG sent = new STATSTG("a name", 2, 5, null, null, null, 1, 0);
    assertEquals(sent, CrossingTypes.statstg(memory, allocators, sent));
    assertEquals(List.of(14), List.copyOf(allocators.tasks().values()));
    assertEquals(Map.of(), allocators.live());
  }

  /** The proof that nothing of the descriptors was left out, whatever is added to them. */
  @Test
  void everyTypeOfTheDescriptors_isANumberAnObjectOrCrosses() throws IOException {
    Map<String, String> javaTypes = javaTypes();
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (String[] row : rows("/org/mapi4j/spec/descriptors.tsv")) {
      if (row[6].equals("java")) {
        continue;
      }
      List<String> names = names(row);
      String known = names.stream().filter(javaTypes::containsKey).findFirst().orElse(null);
      if (known == null) {
        missing.add(row[0] + "::" + row[2] + " " + row[5] + " " + row[4]);
      } else if (!isServed(known, javaTypes.get(known))) {
        missing.add(known);
      } else {
        seen.add(known);
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(seen.size() > 80, seen::toString);
  }

  /** From the most particular name of a parameter's type in java-types.tsv to the plain one. */
  private static List<String> names(String[] row) {
    List<String> names = new ArrayList<>(List.of(row[5] + " " + row[4]));
    if (!row[7].isEmpty()) {
      names.add(row[5] + " counted");
    }
    names.add(row[5]);
    return names;
  }

  private static boolean isServed(String type, String java) {
    if (NUMBER_TYPES.contains(java) || java.equals(BUFFER) || java.equals("Object")) {
      return true;
    }
    if (type.equals("STATSTG *") || CrossingTypes.BY_TYPE.containsKey(type)) {
      return true;
    }
    try {
      return Class.forName("org.mapi4j.api." + java).isInterface();
    } catch (ClassNotFoundException noObject) {
      return false;
    }
  }

  private static Map<String, String> javaTypes() throws IOException {
    Map<String, String> types = new HashMap<>();
    for (String[] row : rows("/org/mapi4j/api/java-types.tsv")) {
      types.put(row[0], row[1]);
    }
    return types;
  }

  private static List<String[]> rows(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RoundTripTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    }
  }
}
