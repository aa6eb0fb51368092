package org.mapi4j.conformance;

/** Areas folder, container and progress. */
final class FolderAreas {
  private FolderAreas() {}

  static void register(Checks checks) {
    FolderCreateChecks.register(checks);
    FolderPropertyChecks.register(checks);
    FolderCountChecks.register(checks);
    RootFolderChecks.register(checks);
    FolderMessageChecks.register(checks);
    FolderMoveChecks.register(checks);
    FolderDeleteChecks.register(checks);
    FolderEmptyChecks.register(checks);
    FolderReadChecks.register(checks);
    MessageStatusChecks.register(checks);
    ContainerChecks.register(checks);
    ContainerOpenChecks.register(checks);
    SoftDeleteChecks.register(checks);
    ContentsSortChecks.register(checks);
    ProgressChecks.register(checks);
  }
}
