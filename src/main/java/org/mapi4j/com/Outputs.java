package org.mapi4j.com;

import static java.lang.invoke.MethodHandles.permuteArguments;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import org.mapi4j.com.SlotPlan.Crossing;

/**
 * The places where a call's outputs go, before it begins: all are cleared, then missing ones
 * refused, so that a refusal leaves none dirty. One method for each number of outputs, since a
 * chain of handles for each would be too deep for the compiler. Immutable; any thread.
 */
@SuppressWarnings("UnusedMethod") // a handle finds them by their name
final class Outputs {
  private static final int MAX = 5;

  private final NativeMemory memory;
  private final String[] names;
  private final boolean[] optional;

  /** Bytes to clear, in eights or four; 0 where a buffer of the caller waits. */
  private final int[] bytes;

  private Outputs(NativeMemory memory, List<Crossing> outs) {
    this.memory = memory;
    names = new String[outs.size()];
    optional = new boolean[outs.size()];
    bytes = new int[outs.size()];
    for (int i = 0; i < names.length; i++) {
      Crossing out = outs.get(i);
      names[i] = out.parameter().name();
      optional[i] = out.optional();
      bytes[i] = bytes(out);
    }
  }

  /** {@code (long…)void} over the words of a call of this type; null for a slot without outputs. */
  static MethodHandle prologue(NativeMemory memory, SlotPlan plan, MethodType words) {
    List<Crossing> outs = plan.parameters().stream().filter(c -> c.out() || c.inOut()).toList();
    if (outs.isEmpty()) {
      return null;
    }
    if (outs.size() > MAX) {
      throw new IllegalStateException(plan.slot() + " has too many outputs");
    }
    try {
      MethodHandle prepare =
          MethodHandles.lookup()
              .findVirtual(
                  Outputs.class,
                  "prepare",
                  MethodType.methodType(void.class, Collections.nCopies(outs.size(), long.class)))
              .bindTo(new Outputs(memory, outs));
      int[] places = outs.stream().mapToInt(Crossing::word).toArray();
      return permuteArguments(prepare, words.changeReturnType(void.class), places);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError("prepare", renamed);
    }
  }

  private static int bytes(Crossing out) {
    if (!out.out() || out.isBuffer()) {
      return 0;
    }
    if (out.filled()) {
      return out.structureBytes();
    }
    return out.number() == 4 ? 4 : 8;
  }

  private void clear(int i, long place) {
    if (place != 0) {
      if (bytes[i] == 4) {
        memory.putInt(place, 0);
      } else {
        for (int at = 0; at < bytes[i]; at += 8) {
          memory.putLong(place + at, 0);
        }
      }
    }
  }

  private void require(int i, long place) {
    if (place == 0 && !optional[i]) {
      Guard.require(names[i], place);
    }
  }

  private void prepare(long a) {
    clear(0, a);
    require(0, a);
  }

  private void prepare(long a, long b) {
    clear(0, a);
    clear(1, b);
    require(0, a);
    require(1, b);
  }

  private void prepare(long a, long b, long c) {
    clear(0, a);
    clear(1, b);
    clear(2, c);
    require(0, a);
    require(1, b);
    require(2, c);
  }

  private void prepare(long a, long b, long c, long d) {
    all(a, b, c, d);
  }

  private void prepare(long a, long b, long c, long d, long e) {
    all(a, b, c, d, e);
  }

  private void all(long... places) {
    for (int i = 0; i < places.length; i++) {
      clear(i, places[i]);
    }
    for (int i = 0; i < places.length; i++) {
      require(i, places[i]);
    }
  }
}
