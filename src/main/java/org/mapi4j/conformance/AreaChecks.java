package org.mapi4j.conformance;

/** The groups of checks, in the order of the report. */
final class AreaChecks {
  private AreaChecks() {}

  static void register(Checks checks) {
    PropReadChecks.register(checks);
  }
}
