package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.MSGFLAG_READ;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The floor: the same columns in plain arrays, and plain loops over them. */
final class TableFloor {
  private final Bytes[] ids;
  private final String[] subjects;
  private final String[] senders;
  private final long[] ticks;
  private final int[] importances;
  private int[] kept;
  private int size;

  TableFloor(int rows) {
    ids = new Bytes[rows];
    subjects = new String[rows];
    senders = new String[rows];
    ticks = new long[rows];
    importances = new int[rows];
    for (int i = 0; i < rows; i++) {
      TableSample sample = TableSample.of(i);
      ids[i] = Bytes.wrap(TableSample.key(i));
      subjects[i] = sample.subject();
      senders[i] = sample.sender();
      ticks[i] = sample.ticks();
      importances[i] = sample.importance();
    }
  }

  int rows() {
    return ticks.length;
  }

  /** Rows in the order of their times. */
  int[] sorted() {
    int[] order = new int[ticks.length];
    Arrays.setAll(order, i -> i);
    sort(order, order.clone(), 0, order.length);
    return order;
  }

  /** Merges halves of {@code to} out of {@code from}, which hold the same. */
  private void sort(int[] to, int[] from, int start, int end) {
    if (end - start < 8) {
      for (int i = start + 1; i < end; i++) {
        int row = to[i];
        int at = i;
        for (; at > start && ticks[to[at - 1]] > ticks[row]; at--) {
          to[at] = to[at - 1];
        }
        to[at] = row;
      }
      return;
    }
    int middle = start + end >>> 1;
    sort(from, to, start, middle);
    sort(from, to, middle, end);
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      to[i] =
          right >= end || left < middle && ticks[from[left]] <= ticks[from[right]]
              ? from[left++]
              : from[right++];
    }
  }

  /** Rows of an importance that were delivered after a time. */
  int[] restricted(int importance, long after) {
    int[] found = new int[ticks.length];
    int count = 0;
    for (int i = 0; i < ticks.length; i++) {
      if (importances[i] == importance && ticks[i] > after) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Rows whose subject contains a text, whatever the case. */
  int[] containing(String text) {
    int[] found = new int[ticks.length];
    int count = 0;
    for (int i = 0; i < subjects.length; i++) {
      String subject = subjects[i];
      int last = subject.length() - text.length();
      for (int at = 0; at <= last; at++) {
        if (subject.regionMatches(true, at, text, 0, text.length())) {
          found[count++] = i;
          break;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Begins a kept order with room for more rows. */
  void keep(int[] order) {
    kept = Arrays.copyOf(order, order.length + 100_000);
    size = order.length;
  }

  /** Puts a row's double where it belongs in the kept order; where that is. */
  int insert(int row) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = low + high >>> 1;
      if (ticks[kept[middle]] <= ticks[row]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(kept, low, kept, low + 1, size - low);
    kept[low] = row;
    size++;
    return low;
  }

  /** Eight columns of some rows of an order. */
  List<SRow> rows(int[] order, int from, int to) {
    List<SRow> rows = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      int row = order[i];
      rows.add(
          SRow.of(
              new SPropValue(PR_ENTRYID, ids[row]),
              new SPropValue(PR_SUBJECT_W, subjects[row]),
              new SPropValue(PR_SENDER_NAME_W, senders[row]),
              new SPropValue(PR_MESSAGE_CLASS_W, TableSample.MESSAGE_CLASS),
              new SPropValue(PR_MESSAGE_DELIVERY_TIME, new FILETIME(ticks[row])),
              new SPropValue(PR_IMPORTANCE, importances[row]),
              new SPropValue(PR_SENSITIVITY, 0),
              new SPropValue(PR_MESSAGE_FLAGS, MSGFLAG_READ)));
    }
    return rows;
  }
}
