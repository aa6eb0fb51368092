package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.com.SlotPlan.Crossing;

/**
 * A call of a slot as a C program would make it, with arguments that are valid but empty: flags 0,
 * counts of 1, zeroed memory behind every pointer, one object behind every interface pointer.
 */
final class RawCall {
  /** Room behind a pointer. */
  private static final int ROOM = 256;

  private static final long DIRT = 0xD1D1_D1D1_D1D1_D1D1L;

  private final Bridge bridge;
  private final SlotPlan plan;
  private final long[] words;
  private final List<Long> blocks = new ArrayList<>();

  RawCall(Bridge bridge, Slot slot, long self, StoreObjects objects) {
    this.bridge = bridge;
    this.plan = SlotPlan.of(slot);
    this.words = new long[plan.words()];
    words[0] = self;
    for (Crossing c : plan.parameters()) {
      words[c.word()] = word(c, objects);
    }
  }

  private long word(Crossing c, StoreObjects objects) {
    if (c.in() && c.carrier() instanceof ObjectCarrier object) {
      return objects.argument(object.type());
    }
    if (!isPointer(c)) {
      return isCount(c) ? 1 : 0;
    }
    long block = bridge.memory().allocate(ROOM);
    blocks.add(block);
    if (c.pointerOut() || (c.out() && c.number() != 0)) {
      // What a call leaves of this is an output that nobody wrote.
      bridge.memory().putLong(block, DIRT);
    }
    return block;
  }

  SlotPlan plan() {
    return plan;
  }

  List<Crossing> pointers() {
    return plan.parameters().stream().filter(RawCall::isPointer).toList();
  }

  List<Crossing> counts() {
    return plan.parameters().stream().filter(this::isCount).toList();
  }

  List<Crossing> flags() {
    return plan.parameters().stream()
        .filter(c -> c.number() == 4 && !c.pointer() && c.parameter().name().contains("Flags"))
        .toList();
  }

  static boolean isPointer(Crossing c) {
    return c.number() == 0 || c.pointer();
  }

  private boolean isCount(Crossing c) {
    return c.in()
        && !c.pointer()
        && plan.parameters().stream().anyMatch(other -> other.countWord() == c.word());
  }

  RawCall with(Crossing c, long value) {
    words[c.word()] = value;
    return this;
  }

  /** Memory behind a pointer begins with a number. */
  RawCall holding(Crossing c, int number) {
    bridge.memory().putInt(words[c.word()], number);
    return this;
  }

  /**
   * Makes the call. After a failure every output is NULL or 0; after a success what came out is
   * freed.
   */
  int run() {
    int hr = (int) bridge.call(plan.slot().index(), words);
    for (Crossing c : plan.parameters()) {
      if (c.pointerOut() && words[c.word()] != 0) {
        long output = bridge.memory().getLong(words[c.word()]);
        if (hr < 0 && !ParameterNotes.has(ParameterNotes.ON_FAILURE, plan.slot(), c.parameter())) {
          assertEquals(0, output, this + " failed with an output in " + c.parameter().name());
        }
        c.carrier().free(bridge.objects().find(words[0]).logon(), output);
      } else if (c.out() && c.number() == 4 && hr < 0 && words[c.word()] != 0) {
        assertEquals(0, bridge.memory().getInt(words[c.word()]), this + " " + c.parameter().name());
      } else if (c.type().equals("LPSPropTagArray *") && c.inOut() && words[c.word()] != 0) {
        // The caller had none, so a success has given it one.
        bridge.own().freeBuffer(bridge.memory().getLong(words[c.word()]));
      }
    }
    blocks.forEach(bridge.memory()::free);
    blocks.clear();
    return hr;
  }

  @Override
  public String toString() {
    return plan.slot().declaredBy() + "::" + plan.slot().name();
  }
}
