package org.mapi4j.com;

import com.sun.jna.Callback;
import java.lang.invoke.MethodHandle;

/**
 * Callbacks for JNA, one shape for each number of words: JNA reads a callback's signature from the
 * one method of its interface.
 */
final class JnaCallbacks {
  private JnaCallbacks() {}

  /** The callback of a handle of type {@code (long, …)long}. */
  static Callback of(MethodHandle target) {
    return switch (target.type().parameterCount()) {
      case 1 -> (W1) a -> (long) target.invokeExact(a);
      case 2 -> (W2) (a, b) -> (long) target.invokeExact(a, b);
      case 3 -> (W3) (a, b, c) -> (long) target.invokeExact(a, b, c);
      case 4 -> (W4) (a, b, c, d) -> (long) target.invokeExact(a, b, c, d);
      case 5 -> (W5) (a, b, c, d, e) -> (long) target.invokeExact(a, b, c, d, e);
      case 6 -> (W6) (a, b, c, d, e, f) -> (long) target.invokeExact(a, b, c, d, e, f);
      case 7 -> (W7) (a, b, c, d, e, f, g) -> (long) target.invokeExact(a, b, c, d, e, f, g);
      case 8 -> (W8) (a, b, c, d, e, f, g, h) -> (long) target.invokeExact(a, b, c, d, e, f, g, h);
      case 9 ->
          (W9) (a, b, c, d, e, f, g, h, i) -> (long) target.invokeExact(a, b, c, d, e, f, g, h, i);
      case 10 ->
          (W10)
              (a, b, c, d, e, f, g, h, i, j) ->
                  (long) target.invokeExact(a, b, c, d, e, f, g, h, i, j);
      case 11 ->
          (W11)
              (a, b, c, d, e, f, g, h, i, j, k) ->
                  (long) target.invokeExact(a, b, c, d, e, f, g, h, i, j, k);
      case 12 ->
          (W12)
              (a, b, c, d, e, f, g, h, i, j, k, l) ->
                  (long) target.invokeExact(a, b, c, d, e, f, g, h, i, j, k, l);
      case 13 ->
          (W13)
              (a, b, c, d, e, f, g, h, i, j, k, l, m) ->
                  (long) target.invokeExact(a, b, c, d, e, f, g, h, i, j, k, l, m);
      default -> throw new IllegalArgumentException("no call has so many words: " + target.type());
    };
  }

  /** 1 word. */
  interface W1 extends Callback {
    long invoke(long a) throws Throwable;
  }

  /** 2 words. */
  interface W2 extends Callback {
    long invoke(long a, long b) throws Throwable;
  }

  /** 3 words. */
  interface W3 extends Callback {
    long invoke(long a, long b, long c) throws Throwable;
  }

  /** 4 words. */
  interface W4 extends Callback {
    long invoke(long a, long b, long c, long d) throws Throwable;
  }

  /** 5 words. */
  interface W5 extends Callback {
    long invoke(long a, long b, long c, long d, long e) throws Throwable;
  }

  /** 6 words. */
  interface W6 extends Callback {
    long invoke(long a, long b, long c, long d, long e, long f) throws Throwable;
  }

  /** 7 words. */
  interface W7 extends Callback {
    long invoke(long a, long b, long c, long d, long e, long f, long g) throws Throwable;
  }

  /** 8 words. */
  interface W8 extends Callback {
    long invoke(long a, long b, long c, long d, long e, long f, long g, long h) throws Throwable;
  }

  /** 9 words. */
  interface W9 extends Callback {
    long invoke(long a, long b, long c, long d, long e, long f, long g, long h, long i)
        throws Throwable;
  }

  /** 10 words. */
  interface W10 extends Callback {
    long invoke(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j)
        throws Throwable;
  }

  /** 11 words. */
  interface W11 extends Callback {
    long invoke(
        long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k)
        throws Throwable;
  }

  /** 12 words. */
  interface W12 extends Callback {
    long invoke(
        long a,
        long b,
        long c,
        long d,
        long e,
        long f,
        long g,
        long h,
        long i,
        long j,
        long k,
        long l)
        throws Throwable;
  }

  /** 13 words. */
  interface W13 extends Callback {
    long invoke(
        long a,
        long b,
        long c,
        long d,
        long e,
        long f,
        long g,
        long h,
        long i,
        long j,
        long k,
        long l,
        long m)
        throws Throwable;
  }
}
