package org.mapi4j.conformance;

/** The groups of checks. */
final class AreaChecks {
  private AreaChecks() {}

  static void register(Checks checks) {
    PropertyAreas.register(checks);
    ObjectAreas.register(checks);
    NativeAreas.register(checks);
    TableAreas.register(checks);
    FolderAreas.register(checks);
  }
}
