package org.mapi4j.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.mapi4j.types.Bytes;

/** The events of rows in an order of which it is known what commits touched. */
final class TouchedRows {
  private TouchedRows() {}

  /** What commits made of one slot's row, all together. */
  private static final class Touch {
    final Integer old;
    Integer now;
    int commit;

    Touch(Integer old) {
      this.old = old;
    }
  }

  /** Keys of the rows that went, came or changed. */
  static Set<Bytes> keys(RowSlots slots, List<RowColumns.Change> commits) {
    Set<Bytes> keys = new HashSet<>();
    for (RowColumns.Change commit : commits) {
      for (int slot : commit.gone()) {
        keys.add(slots.key(slot));
      }
      for (int slot : commit.come()) {
        keys.add(slots.key(slot));
      }
    }
    return keys;
  }

  /**
   * Events of slots in an order.
   *
   * @param before the rows as they were
   * @param after the same order, brought forward
   */
  static List<RowEvent> events(
      SlotRows before,
      KeptOrder after,
      List<RowColumns.Change> commits,
      Function<Integer, ViewRow> row) {
    RowSlots slots = after.slots();
    Map<Bytes, Touch> touched = new LinkedHashMap<>();
    for (int i = 0; i < commits.size(); i++) {
      for (int slot : commits.get(i).gone()) {
        Touch touch = touched.computeIfAbsent(slots.key(slot), key -> new Touch(slot));
        touch.now = null;
        touch.commit = i;
      }
      for (int slot : commits.get(i).come()) {
        Touch touch = touched.computeIfAbsent(slots.key(slot), key -> new Touch(null));
        touch.now = slot;
        touch.commit = i;
      }
    }
    Map<Integer, List<RowSteps.Step<Integer>>> steps = new TreeMap<>();
    touched
        .values()
        .forEach(
            touch ->
                steps
                    .computeIfAbsent(touch.commit, commit -> new ArrayList<>())
                    .add(new RowSteps.Step<>(touch.old, touch.now)));
    return events(
        new RowSteps<>(before.slotList(), after::compare, slot -> after.indexOf(slot) >= 0, row),
        steps.values());
  }

  /**
   * Events of leaves in an order.
   *
   * @param before in order, as they were
   * @param byKey the same by their keys
   * @param now what those that were touched are now
   */
  static List<RowEvent> events(
      List<LeafRow> before,
      Comparator<LeafRow> order,
      Map<Bytes, LeafRow> byKey,
      Map<Bytes, Optional<LeafRow>> now,
      List<List<Bytes>> commits) {
    List<List<RowSteps.Step<LeafRow>>> steps = new ArrayList<>();
    for (List<Bytes> commit : commits) {
      List<RowSteps.Step<LeafRow>> touched = new ArrayList<>();
      commit.forEach(
          key -> touched.add(new RowSteps.Step<>(byKey.get(key), now.get(key).orElse(null))));
      steps.add(touched);
    }
    return events(new RowSteps<>(before, order, leaf -> true, leaf -> leaf), steps);
  }

  private static <T> List<RowEvent> events(
      RowSteps<T> steps, Iterable<List<RowSteps.Step<T>>> commits) {
    for (List<RowSteps.Step<T>> commit : commits) {
      if (!steps.commit(commit)) {
        return RowEvent.CHANGED;
      }
    }
    return steps.events();
  }
}
