package org.mapi4j.util;

import org.mapi4j.types.FILETIME;

/**
 * MAPI's arithmetic on the 64-bit number of ticks in a FILETIME, unsigned and modulo 2^64.
 * Arguments stay as they are; nothing fails. Any thread. Source: MAPI "FtAddFt", "FtAdcFt",
 * "FtSubFt", "FtNegFt", "FtMulDw", "FtMulDwDw".
 */
public final class FileTimeMath {
  private static final long DWORD = 0xFFFF_FFFFL;

  private FileTimeMath() {}

  /** A sum, and the carry out of it: 1 when it did not fit into 64 bits, else 0. */
  public record Sum(FILETIME value, int wCarry) {}

  /** The sum of two numbers of ticks. Source: MAPI "FtAddFt". */
  public static FILETIME ftAddFt(FILETIME addend1, FILETIME addend2) {
    return new FILETIME(addend1.ticks() + addend2.ticks());
  }

  /**
   * The sum of two numbers of ticks and a carry, which links additions of numbers that have more
   * than 64 bits. Where C passes NULL for the carry this is {@link #ftAddFt}. Source: MAPI
   * "FtAdcFt".
   *
   * @param wCarry 1 or 0, what the addition of the lower 64 bits carried; any other number counts
   *     as 1
   */
  public static Sum ftAdcFt(FILETIME addend1, FILETIME addend2, int wCarry) {
    long without = addend1.ticks() + addend2.ticks();
    long sum = without + (wCarry == 0 ? 0 : 1);
    boolean over =
        Long.compareUnsigned(without, addend1.ticks()) < 0
            || Long.compareUnsigned(sum, without) < 0;
    return new Sum(new FILETIME(sum), over ? 1 : 0);
  }

  /** The first number of ticks less the second. Source: MAPI "FtSubFt". */
  public static FILETIME ftSubFt(FILETIME minuend, FILETIME subtrahend) {
    return new FILETIME(minuend.ticks() - subtrahend.ticks());
  }

  /** The two's complement of a number of ticks. Source: MAPI "FtNegFt". */
  public static FILETIME ftNegFt(FILETIME ft) {
    return new FILETIME(-ft.ticks());
  }

  /** A number of ticks times an unsigned 32-bit number. Source: MAPI "FtMulDw". */
  public static FILETIME ftMulDw(int multiplier, FILETIME multiplicand) {
    return new FILETIME((multiplier & DWORD) * multiplicand.ticks());
  }

  /** The product of two unsigned 32-bit numbers. Source: MAPI "FtMulDwDw". */
  public static FILETIME ftMulDwDw(int multiplicand, int multiplier) {
    return new FILETIME((multiplicand & DWORD) * (multiplier & DWORD));
  }
}
