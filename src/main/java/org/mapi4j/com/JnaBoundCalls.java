package org.mapi4j.com;

/** What {@link JnaBound} copies for each function: all methods of a copy call that one. */
final class JnaBoundCalls {
  private JnaBoundCalls() {}

  static native long call(long first);

  static native long call(long first, long second);

  static native long call(long first, long second, long third);
}
