package org.mapi4j.conformance;

/** Areas prop, stream, entryid and util. */
final class PropertyAreas {
  private PropertyAreas() {}

  static void register(Checks checks) {
    PropReadChecks.register(checks);
  }
}
