package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls into Java and out of it, and memory, on every back end that this Java has. */
class ThunksTest {
  /** Each word weighs differently, so that no two may be mixed up. */
  static long weigh(long[] words) {
    long sum = 0;
    for (int i = 0; i < words.length; i++) {
      sum += (i + 1) * words[i];
    }
    return sum;
  }

  private static MethodHandle weighing(int words) throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findStatic(ThunksTest.class, "weigh", MethodType.methodType(long.class, long[].class))
        .asCollector(long[].class, words);
  }

  @ParameterizedTest
  @MethodSource("org.mapi4j.com.BackEnds#stream")
  void function_everyNumberOfWords_carriesAllOfThem(Thunks thunks) throws Throwable {
    for (int words = 1; words <= Thunks.WORDS_MAX; words++) {
      MethodHandle target = weighing(words);
      long function = thunks.function(target);
      assertNotEquals(0, function);
      Object[] call = new Object[words + 1];
      long[] given = new long[words];
      call[0] = function;
      for (int i = 0; i < words; i++) {
        given[i] = 0x7FFF_0000_1234_5678L - i;
        call[i + 1] = given[i];
      }
      Object result = thunks.caller(words).invokeWithArguments(call);
      assertEquals(weigh(given), result, words + " words");
    }
  }

  @ParameterizedTest
  @MethodSource("org.mapi4j.com.BackEnds#stream")
  void bound_severalFunctions_eachCallsItsOwn(Thunks thunks) throws Throwable {
    long[] functions = new long[4];
    for (int words = 1; words <= 3; words++) {
      functions[words] = thunks.function(weighing(words));
    }
    MethodHandle one = thunks.bound(functions[1], 1);
    MethodHandle two = thunks.bound(functions[2], 2);
    MethodHandle three = thunks.bound(functions[3], 3);
    long high = 0x7FFF_0000_1234_5678L;
    assertEquals(high, (long) one.invokeExact(high));
    assertEquals(weigh(new long[] {high, -2}), (long) two.invokeExact(high, -2L));
    assertEquals(weigh(new long[] {1, -2, high}), (long) three.invokeExact(1L, -2L, high));
    assertEquals(5, (long) thunks.bound(functions[1], 1).invokeExact(5L));
  }

  @ParameterizedTest
  @MethodSource("org.mapi4j.com.BackEnds#stream")
  void caller_type_isWords(Thunks thunks) {
    MethodType expected = MethodType.methodType(long.class, Collections.nCopies(4, long.class));
    assertEquals(expected, thunks.caller(3).type());
  }

  @ParameterizedTest
  @MethodSource("org.mapi4j.com.BackEnds#stream")
  void memory_everyAccess_isLittleEndianAndUnaligned(Thunks thunks) {
    NativeMemory memory = thunks.memory();
    long block = memory.allocate(32);
    assertEquals(0, block & 15);
    assertEquals(0, memory.getLong(block + 24));
    memory.putLong(block + 1, 0x0807060504030201L);
    byte[] read = new byte[10];
    memory.read(block, read, 1, 9);
    assertArrayEquals(new byte[] {0, 0, 1, 2, 3, 4, 5, 6, 7, 8}, read);
    assertEquals(0x05040302, memory.getInt(block + 2));
    memory.putInt(block + 2, -1);
    assertEquals(0x080706FF_FFFFFF01L, memory.getLong(block + 1));
    memory.write(block, new byte[] {9, 8, 7}, 1, 2);
    assertEquals(0xFFFF0708, memory.getInt(block));
    memory.free(block);
    memory.free(0);
  }

  @ParameterizedTest
  @MethodSource("org.mapi4j.com.BackEnds#stream")
  void symbol_ofAnAbsentLibrary_isNull(Thunks thunks) {
    assertEquals(0, thunks.symbol("no-such-library-of-mapi4j", "malloc"));
  }

  @Test
  void choose_unknownName_saysWhatIsKnown() {
    String said =
        assertThrows(IllegalStateException.class, () -> BackEnd.choose("jni", 17)).getMessage();
    assertEquals("mapi4j.thunks=jni: expected jna or ffm", said);
  }

  @Test
  void choose_ffmOnJava17_isRefused() {
    String said =
        assertThrows(IllegalStateException.class, () -> BackEnd.choose("ffm", 17)).getMessage();
    assertEquals("mapi4j.thunks=ffm needs Java 22 or later; this is Java 17", said);
  }

  @Test
  void choose_noNameOnJava17_isJna() {
    assertEquals("jna", BackEnd.choose(null, 17).name());
  }

  @Test
  void choose_noNameHere_isFfmWhereJavaHasIt() {
    int feature = Runtime.version().feature();
    String name = BackEnd.choose(null, feature).name();
    if (feature < 22) {
      assertEquals("jna", name);
    } else if (name.equals("jna")) {
      System.out.println("NOT RUN: ffm thunks, because the build found no JDK 22 or later");
    }
    assertTrue(name.equals("jna") || feature >= 22);
  }
}
