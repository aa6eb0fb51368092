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
    CopyDeepChecks.register(checks);
    CopyPropsChecks.register(checks);
    FolderCopyChecks.register(checks);
    PropTypeChecks.register(checks);
    ObjectPropChecks.register(checks);
    StreamChecks.register(checks);
    FileStreamChecks.register(checks);
    EntryIdChecks.register(checks);
    UtilValueChecks.register(checks);
    UtilCompareChecks.register(checks);
    UtilDataChecks.register(checks);
    UtilTextChecks.register(checks);
    UtilValidityChecks.register(checks);
    UtilStoreChecks.register(checks);
    UtilTableChecks.register(checks);
  }
}
