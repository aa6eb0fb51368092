package org.mapi4j.com;

import java.util.List;
import java.util.stream.Stream;

/** The thunk back ends that this Java has; the tests of the bridge run on each. */
final class BackEnds {
  private static final List<Thunks> ALL = all();

  private BackEnds() {}

  static Stream<Thunks> stream() {
    return ALL.stream();
  }

  private static List<Thunks> all() {
    int feature = Runtime.version().feature();
    Thunks jna = BackEnd.choose("jna", feature);
    Thunks best = BackEnd.choose(null, feature);
    return best.name().equals("jna") ? List.of(jna) : List.of(jna, best);
  }
}
