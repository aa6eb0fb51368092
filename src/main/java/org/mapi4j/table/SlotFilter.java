package org.mapi4j.table;

/** A restriction made ready for slots. */
interface SlotFilter {
  /** True for a slot whose row meets it. */
  boolean test(int slot);

  /**
   * Keeps those of the first slots that meet it, at the front and in their order; how many. A
   * filter may have a quicker way through many slots than {@link #test}.
   */
  default int select(int[] slots, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (test(slots[i])) {
        slots[kept++] = slots[i];
      }
    }
    return kept;
  }
}
