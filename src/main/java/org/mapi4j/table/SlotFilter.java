package org.mapi4j.table;

/** A restriction made ready for slots. */
interface SlotFilter {
  /** So many rows are judged before it is asked whether that is still wanted. */
  int LOOK_ROWS = 64;

  /** True for a slot whose row meets it. */
  boolean test(int slot);

  /**
   * Puts those of the first slots that meet it into another array, which may be the same one, in
   * their order; how many. It has room for all. A filter may have a quicker way through many slots
   * than {@link #test}.
   */
  default int select(int[] from, int count, int[] to) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i % LOOK_ROWS == 0) {
        Aborted.look();
      }
      if (test(from[i])) {
        to[kept++] = from[i];
      }
    }
    return kept;
  }
}
