package org.mapi4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIContainer;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;

/** The slots of store, message and attachment, as the descriptors of {@code api} have them. */
final class ObjectVtableChecks {
  private static final List<String> PROP =
      List.of(
          "QueryInterface",
          "AddRef",
          "Release",
          "GetLastError",
          "SaveChanges",
          "GetProps",
          "GetPropList",
          "OpenProperty",
          "SetProps",
          "DeleteProps",
          "CopyTo",
          "CopyProps",
          "GetNamesFromIDs",
          "GetIDsFromNames");

  private static final String[] CONTAINER = {
    "GetContentsTable", "GetHierarchyTable", "OpenEntry", "SetSearchCriteria", "GetSearchCriteria"
  };
  private static final String[] FOLDER = {
    "CreateMessage",
    "CopyMessages",
    "DeleteMessages",
    "CreateFolder",
    "CopyFolder",
    "DeleteFolder",
    "SetReadFlags",
    "GetMessageStatus",
    "SetMessageStatus",
    "SaveContentsSort",
    "EmptyFolder"
  };

  private ObjectVtableChecks() {}

  static void register(Checks checks) {
    vtable(
        checks,
        "STORE-001",
        IMsgStore.class,
        "Advise",
        "Unadvise",
        "CompareEntryIDs",
        "OpenEntry",
        "SetReceiveFolder",
        "GetReceiveFolder",
        "GetReceiveFolderTable",
        "StoreLogoff",
        "AbortSubmit",
        "GetOutgoingQueue",
        "SetLockState",
        "FinishedMsg",
        "NotifyNewMail");
    vtable(
        checks,
        "MSG-006",
        IMessage.class,
        "GetAttachmentTable",
        "OpenAttach",
        "CreateAttach",
        "DeleteAttach",
        "GetRecipientTable",
        "ModifyRecipients",
        "SubmitMessage",
        "SetReadFlag");
    vtable(checks, "ATT-020", IAttach.class);
    vtable(checks, "CONT-001", IMAPIContainer.class, CONTAINER);
    vtable(
        checks,
        "FOLDER-001",
        IMAPIFolder.class,
        Stream.concat(Stream.of(CONTAINER), Stream.of(FOLDER)).toArray(String[]::new));
    slots(
        checks,
        "PROG-001",
        IMAPIProgress.class,
        List.of(
            "QueryInterface",
            "AddRef",
            "Release",
            "Progress",
            "GetFlags",
            "GetMax",
            "GetMin",
            "SetLimits"));
  }

  private static void vtable(
      Checks checks, String row, Class<? extends IUnknown> type, String... own) {
    List<String> expected = new ArrayList<>(PROP);
    expected.addAll(List.of(own));
    slots(checks, row, type, expected);
  }

  private static void slots(
      Checks checks, String row, Class<? extends IUnknown> type, List<String> expected) {
    checks
        .rows(row)
        .check(
            "The slots of " + type.getSimpleName(),
            c -> {
              List<Vtables.Slot> slots = Vtables.of(type);
              c.assertEqual(
                  expected, slots.stream().map(Vtables.Slot::name).toList(), "names of the slots");
              for (Vtables.Slot slot : slots) {
                c.assertTrue(
                    slot.method().isPresent() || slot.name().equals("AddRef"),
                    "a method behind the slot",
                    slot);
              }
            });
  }
}
