package org.mapi4j.provider;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Properties of one saved object, by identifier. Immutable. */
final class PropSet {
  static final PropSet EMPTY = new PropSet(new int[0], new Stored[0]);

  private final int[] ids;
  private final Stored[] props;

  private PropSet(int[] ids, Stored[] props) {
    this.ids = ids;
    this.props = props;
  }

  /** The set of these; one per identifier. */
  static PropSet of(Collection<Stored> props) {
    Stored[] sorted = props.toArray(Stored[]::new);
    if (!isSorted(sorted)) {
      Arrays.sort(sorted, Comparator.comparingInt(Stored::id));
    }
    int[] ids = new int[sorted.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = sorted[i].id();
      if (i > 0 && ids[i] == ids[i - 1]) {
        throw new IllegalArgumentException(
            "two properties have the identifier 0x%04X".formatted(ids[i]));
      }
    }
    return new PropSet(ids, sorted);
  }

  private static boolean isSorted(Stored[] props) {
    for (int i = 1; i < props.length; i++) {
      if (props[i].id() < props[i - 1].id()) {
        return false;
      }
    }
    return true;
  }

  /** The property with an identifier, or null. */
  Stored get(int id) {
    int at = Arrays.binarySearch(ids, id);
    return at < 0 ? null : props[at];
  }

  int size() {
    return ids.length;
  }

  Stored at(int index) {
    return props[index];
  }

  /** The same properties with every blob replaced. */
  PropSet mapBlobs(UnaryOperator<BlobRef> copy) {
    Stored[] mapped = props.clone();
    for (int i = 0; i < mapped.length; i++) {
      if (mapped[i] instanceof Stored.Large large) {
        mapped[i] = new Stored.Large(large.tag(), copy.apply(large.blob()));
      }
    }
    return new PropSet(ids, mapped);
  }

  void forEach(Consumer<Stored> action) {
    for (Stored prop : props) {
      action.accept(prop);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PropSet set && Arrays.equals(props, set.props);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(props);
  }

  @Override
  public String toString() {
    return Arrays.toString(props);
  }
}
