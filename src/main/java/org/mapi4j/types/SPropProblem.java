package org.mapi4j.types;

/**
 * One property that an otherwise successful call could not process: its place in the caller's
 * array, its tag, the code. Source: MAPI "SPropProblem".
 */
public record SPropProblem(int ulIndex, int ulPropTag, int scode) {
  @Override
  public String toString() {
    return "#%d %s: %s".formatted(ulIndex, PropTag.toString(ulPropTag), HResult.toString(scode));
  }
}
