package org.mapi4j.conformance;

/** Areas prop, stream, entryid and util. */
final class PropertyAreas {
  private PropertyAreas() {}

  static void register(Checks checks) {
    PropErrorChecks.register(checks);
    PropSaveChecks.register(checks);
    PropReadChecks.register(checks);
    PropOpenChecks.register(checks);
    PropSetChecks.register(checks);
    PropDeleteChecks.register(checks);
    CopyChecks.register(checks);
    CopyPropsChecks.register(checks);
    FolderCopyChecks.register(checks);
  }
}
