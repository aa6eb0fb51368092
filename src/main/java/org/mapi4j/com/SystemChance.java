package org.mapi4j.com;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Chance from the operating system's own generator, drawn in bulk. On Windows a SecureRandom first
 * asks every network adapter for its addresses, to seed itself: that takes up to seconds, and ends
 * the process under Wine 8 with Java 21 and later. What it would add to the system's generator is
 * nothing. Elsewhere a SecureRandom asks the system alone. Any thread.
 */
final class SystemChance implements RandomGenerator {
  private static final int BULK_BYTES = 1024;

  private final SecureRandom source;
  private byte[] bulk = {};
  private int used;

  private SystemChance(SecureRandom source) {
    this.source = source;
  }

  /** The generator of this system. */
  static RandomGenerator get() {
    return Holder.CHANCE;
  }

  /** The generator of a system of a name. */
  static RandomGenerator of(String system) {
    if (!system.toLowerCase(Locale.ROOT).startsWith("windows")) {
      return new SecureRandom();
    }
    try {
      // Its seeds are the system generator's bytes; it never has to seed itself.
      return new SystemChance(SecureRandom.getInstance("DRBG"));
    } catch (NoSuchAlgorithmException absent) {
      return new SecureRandom();
    }
  }

  @Override
  public synchronized long nextLong() {
    if (used + Long.BYTES > bulk.length) {
      bulk = source.generateSeed(BULK_BYTES);
      used = 0;
    }
    long drawn = LittleEndian.getLong(bulk, used);
    used += Long.BYTES;
    return drawn;
  }

  private static final class Holder {
    static final RandomGenerator CHANCE = of(System.getProperty("os.name"));
  }
}
