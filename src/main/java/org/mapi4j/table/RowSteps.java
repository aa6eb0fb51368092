package org.mapi4j.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mapi4j.types.Bytes;

/**
 * The events of rows that came, went or changed in an order, commit by commit, out of the rows as
 * they were: nothing is copied, so they cost what the changes are, not what the rows are. Within a
 * commit first what went, then what is there in the order of the view.
 *
 * @param <T> a row, equal to itself alone
 */
final class RowSteps<T> {
  /**
   * A row that a commit touched.
   *
   * @param old as it was in the source, or null
   * @param now as it is, or null
   */
  record Step<T>(T old, T now) {}

  private final List<T> before;
  private final Comparator<T> order;
  private final Predicate<T> shows;
  private final Function<T, ViewRow> view;
  private final Set<Integer> gone = new HashSet<>();
  private final List<T> come = new ArrayList<>();
  private final List<RowEvent> events = new ArrayList<>();

  /**
   * @param before in order
   * @param order 0 for two versions of one row alone
   * @param shows what is in the view
   * @param view a row as the view has it
   */
  RowSteps(List<T> before, Comparator<T> order, Predicate<T> shows, Function<T, ViewRow> view) {
    this.before = before;
    this.order = order;
    this.shows = shows;
    this.view = view;
  }

  /** A commit touched rows, each once; false when there are too many by now. */
  boolean commit(List<Step<T>> touched) {
    List<Step<T>> there = new ArrayList<>();
    for (Step<T> step : touched) {
      if (step.now() != null && shows.test(step.now())) {
        there.add(step);
      } else if (step.old() != null && take(step.old())) {
        events.add(RowEvent.deleted(view.apply(step.old()).identity()));
      }
    }
    there.sort(Comparator.comparing(Step::now, order));
    for (Step<T> step : there) {
      boolean wasThere = step.old() != null && take(step.old());
      events.add(RowEvent.put(wasThere, view.apply(step.now()), put(step.now())));
      if (events.size() > RowEvent.ROWS_MAX) {
        return false;
      }
    }
    return events.size() <= RowEvent.ROWS_MAX;
  }

  List<RowEvent> events() {
    return events;
  }

  /** Takes a row out; false for one that was not in the view. */
  private boolean take(T row) {
    int at = search(come, row);
    if (at >= 0 && come.get(at).equals(row)) {
      come.remove(at);
      return true;
    }
    at = search(before, row);
    return at >= 0 && before.get(at).equals(row) && gone.add(at);
  }

  /** Puts a row in; the identity of the one before it, or null. */
  private Bytes put(T row) {
    int at = search(come, row);
    int among = at < 0 ? -1 - at : at;
    T prior = among == 0 ? null : come.get(among - 1);
    come.add(among, row);
    at = search(before, row);
    for (int i = (at < 0 ? -1 - at : at) - 1; i >= 0; i--) {
      if (!gone.contains(i)) {
        T other = before.get(i);
        prior = prior == null || order.compare(prior, other) < 0 ? other : prior;
        break;
      }
    }
    return prior == null ? null : view.apply(prior).identity();
  }

  /** Index of a version of the row; where it belongs as -1 - index. */
  private int search(List<T> rows, T row) {
    int from = 0;
    int to = rows.size() - 1;
    while (from <= to) {
      int middle = from + to >>> 1;
      int sign = order.compare(rows.get(middle), row);
      if (sign == 0) {
        return middle;
      } else if (sign < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1 - from;
  }
}
