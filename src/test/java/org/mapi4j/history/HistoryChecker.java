package org.mapi4j.history;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of a message's events that respects real time and the conflict rule: an open
 * sees the last write; a save without FORCE_SAVE succeeds exactly when the last write is the one
 * its handle was opened at; one with FORCE_SAVE always succeeds. So versions advance by one write
 * each, no save is lost, every S_OK is read back, and nobody sees a newer and then an older write.
 */
final class HistoryChecker {
  private static final int EVENTS_MAX = 62;

  private final List<Event> events;
  private final Set<Long> dead = new HashSet<>();

  private HistoryChecker(List<Event> events) {
    this.events = events;
  }

  /**
   * What is wrong with the history of one message that began with a write; empty when an order
   * explains it.
   */
  static Optional<String> check(List<Event> history, int first) {
    if (history.size() > EVENTS_MAX) {
      throw new IllegalArgumentException(
          "at most %d events of one message, found %d".formatted(EVENTS_MAX, history.size()));
    }
    List<Event> ordered = new ArrayList<>(history);
    ordered.sort(Comparator.comparingLong(Event::from));
    HistoryChecker checker = new HistoryChecker(ordered);
    long all = (1L << ordered.size()) - 1;
    if (checker.explains(all, first)) {
      return Optional.empty();
    }
    StringBuilder text =
        new StringBuilder("no order explains this history that began with " + first + ":\n");
    ordered.forEach(event -> text.append("  ").append(event).append('\n'));
    return Optional.of(text.toString());
  }

  private boolean explains(long left, int last) {
    if (onlyUnanswered(left)) {
      return true;
    }
    long state = left * 1_000_003L + last;
    if (dead.contains(state)) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (long rest = left; rest != 0; rest &= rest - 1) {
      Event event = events.get(Long.numberOfTrailingZeros(rest));
      firstEnd = Math.min(firstEnd, event.maybe() ? Long.MAX_VALUE : event.to());
    }
    for (long rest = left; rest != 0; rest &= rest - 1) {
      int at = Long.numberOfTrailingZeros(rest);
      Event event = events.get(at);
      if (event.from() <= firstEnd && step(left & ~(1L << at), event, last)) {
        return true;
      }
    }
    dead.add(state);
    return false;
  }

  private boolean step(long left, Event event, int last) {
    return switch (event.kind()) {
      case OPEN -> event.value() == last && explains(left, last);
      case SAVE -> save(left, event, last);
      case FORCE -> (event.maybe() || event.hr() == S_OK) && explains(left, event.value());
    };
  }

  private boolean save(long left, Event event, int last) {
    boolean current = event.base() == last;
    if (event.maybe()) {
      return current && explains(left, event.value());
    }
    if (event.hr() == S_OK) {
      return current && explains(left, event.value());
    }
    return event.hr() == MAPI_E_OBJECT_CHANGED && !current && explains(left, last);
  }

  private boolean onlyUnanswered(long left) {
    for (long rest = left; rest != 0; rest &= rest - 1) {
      if (!events.get(Long.numberOfTrailingZeros(rest)).maybe()) {
        return false;
      }
    }
    return true;
  }
}
