package org.mapi4j.conformance;

/** Areas table, restriction, sort and search. */
final class TableAreas {
  private TableAreas() {}

  static void register(Checks checks) {
    TableCallChecks.register(checks);
    TableColumnChecks.register(checks);
    TableKindChecks.register(checks);
    TablePositionChecks.register(checks);
    TableBookmarkChecks.register(checks);
    RestrictionChecks.register(checks);
    SortChecks.register(checks);
    CategoryChecks.register(checks);
    TableDataChecks.register(checks);
    RowEventChecks.register(checks);
    RowScopeChecks.register(checks);
    SearchChecks.register(checks);
    SearchFolderChecks.register(checks);
  }
}
