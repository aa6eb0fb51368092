package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;

/** There is always a key between two others, and it stays short. */
class BetweenKeysTest {
  private static void put(List<Bytes> keys, int at) {
    Bytes low = at == 0 ? null : keys.get(at - 1);
    Bytes high = at == keys.size() ? null : keys.get(at);
    Bytes key = BetweenKeys.between(low, high);
    assertTrue(low == null || low.compareTo(key) < 0, () -> low + " before " + key);
    assertTrue(high == null || key.compareTo(high) < 0, () -> key + " before " + high);
    keys.add(at, key);
  }

  private static int longest(List<Bytes> keys) {
    return keys.stream().mapToInt(Bytes::size).max().orElse(0);
  }

  @Test
  void between_anywhere_isBetween_seed5() {
    Random chance = new Random(5);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      put(keys, chance.nextInt(keys.size() + 1));
    }
    assertTrue(longest(keys) <= 24, () -> "bytes: " + longest(keys));
  }

  @Test
  void between_atTheEnds_staysAtEightBytes() {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      put(keys, i % 2 == 0 ? 0 : keys.size());
    }
    assertTrue(longest(keys) == 8, () -> "bytes: " + longest(keys));
  }

  @Test
  void between_alwaysAtOnePlace_staysShort() {
    for (int place : new int[] {0, 1}) {
      List<Bytes> keys = new ArrayList<>();
      put(keys, 0);
      put(keys, 1);
      for (int i = 0; i < 10_000; i++) {
        put(keys, place == 0 ? 1 : keys.size() - 1);
      }
      assertTrue(longest(keys) < 64, () -> "bytes: " + longest(keys));
    }
  }

  @Test
  void between_alwaysInTheMiddle_isBetween() {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      put(keys, keys.size() / 2);
    }
    assertTrue(longest(keys) < 16 + 1_000 / 4, () -> "bytes: " + longest(keys));
  }

  @Test
  void between_rowsComeAndGoNearFewPlaces_isBetween_seed6() {
    Random chance = new Random(6);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int at = Math.min(keys.size(), chance.nextInt(4));
      if (keys.size() > 8 && chance.nextInt(3) == 0) {
        keys.remove(at);
      } else {
        put(keys, at);
      }
    }
  }

  @Test
  void between_whereTheNumbersEnd_goesOn() {
    Bytes last = Bytes.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
    Bytes first = Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
    List<Bytes> keys = new ArrayList<>(List.of(first, last));
    for (int i = 0; i < 100; i++) {
      put(keys, keys.size());
      put(keys, 0);
    }
    assertTrue(longest(keys) == 16, () -> "bytes: " + longest(keys));
  }
}
