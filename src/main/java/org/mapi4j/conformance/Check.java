package org.mapi4j.conformance;

import java.util.List;

/**
 * A test of one or more rows.
 *
 * @param ids the rows it verifies
 * @param title what it does, for the report
 * @param body asserts through the context; what it throws is its failure
 */
record Check(List<String> ids, String title, Body body) {
  /** What a check does. */
  @FunctionalInterface
  interface Body {
    void run(Context c) throws Exception;
  }

  Check {
    ids = List.copyOf(ids);
  }
}
