package org.mapi4j.conformance;

/** Areas store, message, attach, named, recipient, receive and notification. */
final class ObjectAreas {
  private ObjectAreas() {}

  static void register(Checks checks) {
    StorePropertyChecks.register(checks);
    StoreMaskChecks.register(checks);
    StoreFolderChecks.register(checks);
    StoreEntryChecks.register(checks);
    IpmSubtreeChecks.register(checks);
    ObjectVtableChecks.register(checks);
    ReadOnlyStoreChecks.register(checks);
    MessageChecks.register(checks);
    ConflictChecks.register(checks);
    MessagePropertyChecks.register(checks);
    MessageFlagChecks.register(checks);
    ReadFlagChecks.register(checks);
    SubjectChecks.register(checks);
    AttachChecks.register(checks);
    AttachDataChecks.register(checks);
    AttachTableChecks.register(checks);
    NamedChecks.register(checks);
    NamesFromIdsChecks.register(checks);
    RecipientChecks.register(checks);
    RecipientTableChecks.register(checks);
    ReceiveChecks.register(checks);
    ReceiveTableChecks.register(checks);
    StoreAdviseChecks.register(checks);
    ObjectEventChecks.register(checks);
    MailEventChecks.register(checks);
    NativeNotifyChecks.register(checks);
  }
}
