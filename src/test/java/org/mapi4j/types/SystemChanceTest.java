package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chance of either system: no number comes twice, every bit is drawn. */
class SystemChanceTest {
  @ParameterizedTest
  @ValueSource(strings = {"Windows 11", "Linux"})
  void nextLong_onSeveralThreads_drawsAnew(String system) {
    RandomGenerator chance = SystemChance.of(system);
    long[] drawn = IntStream.range(0, 2000).parallel().mapToLong(i -> chance.nextLong()).toArray();
    Set<Long> different = new HashSet<>();
    long ones = 0;
    long zeros = 0;
    for (long one : drawn) {
      different.add(one);
      ones |= one;
      zeros |= ~one;
    }
    assertEquals(drawn.length, different.size());
    assertEquals(-1, ones & zeros);
    byte[] bytes = new byte[16];
    chance.nextBytes(bytes);
    assertTrue(!Arrays.equals(new byte[16], bytes));
  }
}
