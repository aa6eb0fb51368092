package org.mapi4j.provider;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Properties of an open object: those it was opened with under its pending edits. Guarded by its
 * owner's lock.
 */
final class PropBag {
  private PropSet base;
  private TreeMap<Integer, Stored> edited;

  PropBag(PropSet base) {
    this.base = base;
  }

  /** The property with an identifier, or null. */
  Stored get(int id) {
    return edited == null ? base.get(id) : edited.get(id);
  }

  void put(Stored prop) {
    edits().put(prop.id(), prop);
  }

  /** True when there was one. */
  @CanIgnoreReturnValue
  boolean remove(int id) {
    return get(id) != null && edits().remove(id) != null;
  }

  /** How many there would be with these. */
  int sizeWith(List<Stored> more) {
    Set<Integer> added = new HashSet<>();
    for (Stored prop : more) {
      if (get(prop.id()) == null) {
        added.add(prop.id());
      }
    }
    return size() + added.size();
  }

  int size() {
    return edited == null ? base.size() : edited.size();
  }

  void forEach(Consumer<Stored> action) {
    if (edited == null) {
      base.forEach(action);
    } else {
      edited.values().forEach(action);
    }
  }

  /** The present properties as a set. */
  PropSet freeze() {
    if (edited != null) {
      base = PropSet.of(edited.values());
      edited = null;
    }
    return base;
  }

  private TreeMap<Integer, Stored> edits() {
    if (edited == null) {
      edited = new TreeMap<>();
      base.forEach(prop -> edited.put(prop.id(), prop));
    }
    return edited;
  }
}
