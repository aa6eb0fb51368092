package org.mapi4j.advise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is registered with one object, by connection number: never 0, below 2^32, and not given
 * again soon. Whoever adds and removes holds a lock; {@link #all} is for any thread. Source: MAPI
 * "IMsgStore::Advise", "IMAPITable::Advise".
 *
 * @param <T> a registration
 */
public final class Connections<T> {
  private static final long NUMBER_MAX = 0xFFFF_FFFFL;

  private final int countMax;
  private final Map<Long, T> byNumber = new ConcurrentHashMap<>();
  private long lastNumber;

  /**
   * Nothing registered.
   *
   * @param countMax registrations at one time
   */
  public Connections(int countMax) {
    this.countMax = countMax;
  }

  /** True when no more can be registered. */
  public boolean isFull() {
    return byNumber.size() >= countMax;
  }

  /** True without registrations. */
  public boolean isEmpty() {
    return byNumber.isEmpty();
  }

  /** Registers; the connection number, or empty when there are too many. */
  public OptionalLong add(T registration) {
    if (isFull()) {
      return OptionalLong.empty();
    }
    do {
      lastNumber = lastNumber % NUMBER_MAX + 1;
    } while (byNumber.containsKey(lastNumber));
    byNumber.put(lastNumber, registration);
    return OptionalLong.of(lastNumber);
  }

  /** Takes a registration out; null for a number that there is not. */
  public T remove(long number) {
    return byNumber.remove(number);
  }

  /** The present registrations. */
  public Collection<T> all() {
    return byNumber.values();
  }

  /** Takes all out. */
  public List<T> clear() {
    List<T> all = new ArrayList<>(byNumber.values());
    byNumber.clear();
    return all;
  }
}
