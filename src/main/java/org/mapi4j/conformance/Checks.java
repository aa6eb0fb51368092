package org.mapi4j.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects checks: {@code checks.rows("PROP-024").check("GetProps keeps the order", c -> …)}. A row
 * may have several checks and a check several rows.
 */
final class Checks {
  private final List<Check> list = new ArrayList<>();

  /** Every check of the kit. */
  static List<Check> all() {
    Checks checks = new Checks();
    AreaChecks.register(checks);
    return List.copyOf(checks.list);
  }

  /** The checks so far. */
  List<Check> list() {
    return List.copyOf(list);
  }

  /** Names the rows of the check that follows. */
  Rows rows(String... ids) {
    return new Rows(List.of(ids));
  }

  /** Rows waiting for their check. */
  final class Rows {
    private final List<String> ids;

    private Rows(List<String> ids) {
      this.ids = ids;
    }

    /** Adds a check. It must assert something: a body without an assertion is a failure. */
    void check(String title, Check.Body body) {
      list.add(new Check(ids, title, body));
    }

    /**
     * Adds a check of a refusal: when the body passes, the rows are not applicable for a reason
     * that their page gives.
     */
    void notApplicable(String reason, Check.Body refusal) {
      list.add(
          new Check(
              ids,
              reason,
              c -> {
                refusal.run(c);
                c.notApplicable(reason);
              }));
    }
  }
}
