package org.mapi4j.table;

/** Sorts slots by the numbers of one column, which lie beside them while it works; stable. */
final class NumberSort {
  private static final int FEW = 12;

  private NumberSort() {}

  /** Puts slots in the order of a column without odd values, those without a number last. */
  static void sort(int[] slots, NumberColumn column, boolean descending) {
    long[] all = column.numbers();
    int[] none = new int[slots.length];
    long[] numbers = new long[slots.length];
    int count = 0;
    int without = 0;
    for (int slot : slots) {
      long number = all[slot];
      if (number == NumberColumn.NONE) {
        none[without++] = slot;
      } else {
        numbers[count] = descending ? ~number : number;
        slots[count++] = slot;
      }
    }
    System.arraycopy(none, 0, slots, count, without);
    System.arraycopy(slots, 0, none, 0, count);
    sort(new Pairs(numbers, slots), new Pairs(numbers.clone(), none), 0, count);
  }

  private record Pairs(long[] numbers, int[] slots) {}

  /** Merges halves of {@code to} out of {@code from}, which hold the same. */
  private static void sort(Pairs to, Pairs from, int start, int end) {
    if (end - start < FEW) {
      insertionSort(to.numbers(), to.slots(), start, end);
      return;
    }
    if (end - start >= SlotOrder.LOOK_ROWS) {
      Aborted.look();
    }
    int middle = start + end >>> 1;
    sort(from, to, start, middle);
    sort(from, to, middle, end);
    long[] numbers = from.numbers();
    if (numbers[middle - 1] <= numbers[middle]) {
      System.arraycopy(numbers, start, to.numbers(), start, end - start);
      System.arraycopy(from.slots(), start, to.slots(), start, end - start);
      return;
    }
    merge(to, from, start, middle, end);
  }

  private static void merge(Pairs to, Pairs from, int start, int middle, int end) {
    long[] numbers = from.numbers();
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      int taken =
          right >= end || left < middle && numbers[left] <= numbers[right] ? left++ : right++;
      to.numbers()[i] = numbers[taken];
      to.slots()[i] = from.slots()[taken];
    }
  }

  private static void insertionSort(long[] numbers, int[] slots, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      long number = numbers[i];
      int slot = slots[i];
      int at = i;
      for (; at > start && numbers[at - 1] > number; at--) {
        numbers[at] = numbers[at - 1];
        slots[at] = slots[at - 1];
      }
      numbers[at] = number;
      slots[at] = slot;
    }
  }
}
