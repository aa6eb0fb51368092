package org.mapi4j.bench;

/** A call by JNI, for comparison. */
final class JniCall {
  private JniCall() {}

  /** Calls {@link #nothing} so often. */
  static native long run(long count);

  @SuppressWarnings("unused") // C++ calls it
  static long nothing(long self, long flags) {
    return 0;
  }
}
