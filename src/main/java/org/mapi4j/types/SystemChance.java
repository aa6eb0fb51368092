package org.mapi4j.types;

import java.nio.ByteBuffer;
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
public final class SystemChance implements RandomGenerator {
  private static final int BULK_BYTES = 1024;

  private final SecureRandom source;
  private ByteBuffer bulk = ByteBuffer.allocate(0);

  private SystemChance(SecureRandom source) {
    this.source = source;
  }

  /** The generator of this system. */
  public static RandomGenerator get() {
    return Holder.CHANCE;
  }

  /** So many bytes that nobody can foresee. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    get().nextBytes(bytes);
    return bytes;
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
    if (bulk.remaining() < Long.BYTES) {
      bulk = ByteBuffer.wrap(source.generateSeed(BULK_BYTES));
    }
    return bulk.getLong();
  }

  private static final class Holder {
    static final RandomGenerator CHANCE = of(System.getProperty("os.name"));
  }
}
