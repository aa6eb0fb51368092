package org.mapi4j;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * A process that deletes and restores messages of the Inbox until it is killed, and prints each
 * call that was acknowledged: {@code number state}. Argument: the store's directory.
 */
final class DeletingProcess {
  static final StoreOptions OPTIONS =
      StoreOptions.builder().deletedRetention(Duration.ofDays(1)).build();

  static final int MESSAGES = 6;

  private DeletingProcess() {}

  static IMAPIFolder inbox(IMsgStore store) {
    Bytes id = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    return (IMAPIFolder) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  /** Subjects and identifiers of what is there, or of what was deleted and is kept. */
  static List<SRow> rows(IMAPIFolder folder, int flags) {
    try (IMAPITable table = folder.getContentsTable(flags | MAPI_UNICODE).value()) {
      need(table.setColumns(SPropTagArray.tags(PR_SUBJECT_W, PR_ENTRYID), 0));
      return table.queryRows(1000, 0).value().aRow();
    }
  }

  private static void need(int hr) {
    if (hr != S_OK) {
      throw new IllegalStateException(HResult.toString(hr));
    }
  }

  private static Bytes make(IMAPIFolder folder, int number) {
    try (IMessage message = folder.createMessage(null, 0).value()) {
      List<SPropValue> props =
          List.of(
              SPropValue.of(PR_SUBJECT_W, "" + number),
              SPropValue.of(PR_BODY_W, "b".repeat(number * 20_000)));
      need(message.setProps(props).hr());
      need(message.saveChanges(KEEP_OPEN_READONLY));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    MessageStore session = Mapi4j.open(Path.of(args[0]), OPTIONS);
    IMAPIFolder inbox = inbox(session.store());
    List<Bytes> ids = new ArrayList<>();
    for (int flags : new int[] {0, SHOW_SOFT_DELETES}) {
      rows(inbox, flags).forEach(row -> ids.add(row.lpProps().get(1).asBytes()));
    }
    while (ids.size() < MESSAGES) {
      ids.add(make(inbox, ids.size()));
    }
    need(inbox.copyMessages(new ENTRYLIST(ids), null, inbox, 0, null, MESSAGE_MOVE));
    for (int step = 0; step < 1_000_000; step++) {
      Bytes id = ids.get(step % MESSAGES);
      boolean deletes = step / MESSAGES % 2 == 0;
      need(
          deletes
              ? inbox.deleteMessages(ENTRYLIST.of(id), 0, null, 0)
              : inbox.copyMessages(ENTRYLIST.of(id), null, inbox, 0, null, MESSAGE_MOVE));
      out.print(id + " " + (deletes ? "deleted" : "there") + "\n");
      out.flush();
    }
  }
}
