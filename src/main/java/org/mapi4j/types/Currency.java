package org.mapi4j.types;

import java.math.BigDecimal;

/**
 * A PT_CURRENCY value: a signed 64-bit integer counting ten-thousandths. Source: MAPI "CURRENCY".
 */
public record Currency(long int64) implements Comparable<Currency> {
  /** The amount with its four decimals. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(int64, 4);
  }

  @Override
  public int compareTo(Currency other) {
    return Long.compare(int64, other.int64);
  }

  @Override
  public String toString() {
    return toBigDecimal().toPlainString();
  }
}
