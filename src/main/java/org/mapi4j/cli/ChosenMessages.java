package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;

/**
 * Messages that a command names, by their folders. All are found before anything is done: what goes
 * or comes gives the others other numbers.
 */
final class ChosenMessages {
  private final StoreView view;
  private final int flags;
  private final Map<Bytes, Set<Bytes>> byFolder = new LinkedHashMap<>();

  /** What is done to one message of a folder; a code. */
  interface Action {
    int on(IMAPIFolder folder, ENTRYLIST message);
  }

  /**
   * @param deleted messages that were deleted and are kept, instead of those that are there
   */
  ChosenMessages(StoreView view, boolean deleted) {
    this.view = view;
    this.flags = deleted ? SHOW_SOFT_DELETES : 0;
  }

  /**
   * Adds {@code /Inbox#3}, a message's entry identifier or, where that is allowed, all of {@code
   * /Inbox}.
   */
  void add(String address, boolean foldersToo) {
    int hash = StoreView.number(address);
    if (hash < 0 && address.startsWith("/")) {
      if (!foldersToo) {
        throw new CommandFailure(address + ": a folder; expected a message such as /Inbox#1");
      }
      try (IMAPIFolder folder = view.folder(address, 0);
          IMAPITable table = StoreView.contents(folder, tags(PR_ENTRYID), flags)) {
        StoreView.rows(
            table,
            null,
            row ->
                add(
                    StoreView.property(folder, PR_ENTRYID),
                    row.find(PR_ENTRYID).orElseThrow().asBytes()));
      }
    } else if (hash >= 0) {
      String path = address.substring(0, hash);
      try (IMAPIFolder folder = view.folder(path, 0)) {
        add(
            StoreView.property(folder, PR_ENTRYID),
            StoreView.messageId(folder, path, address.substring(hash + 1), flags));
      }
    } else {
      try (StoreView.Found found = view.find(address, flags)) {
        if (found.type() != MAPI_MESSAGE) {
          throw new CommandFailure(address + ": expected a message");
        }
        add(
            StoreView.property(found.object(), PR_PARENT_ENTRYID),
            StoreView.property(found.object(), PR_ENTRYID));
      }
    }
  }

  private void add(Bytes folder, Bytes message) {
    byFolder.computeIfAbsent(folder, id -> new LinkedHashSet<>()).add(message);
  }

  /**
   * Does something to each by itself, and tells what became of them; the exit code.
   *
   * @param did what was done, in a word
   * @param remark behind the number of messages
   */
  int each(Console console, boolean json, String did, String remark, Action action) {
    List<String> done = new ArrayList<>();
    Map<String, Object> failed = new LinkedHashMap<>();
    byFolder.forEach(
        (id, messages) -> {
          try (IMAPIFolder folder = view.folder(id.toHex(), MAPI_MODIFY)) {
            for (Bytes message : messages) {
              int hr = action.on(folder, ENTRYLIST.of(message));
              if (hr == S_OK) {
                done.add(message.toHex());
              } else {
                failed.put(message.toHex(), HResult.name(hr));
              }
            }
          }
        });
    if (json) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put(did, done);
      told.put("failed", failed);
      console.out().println(Json.pretty(told));
    } else {
      String kind = done.size() == 1 ? " message" : " messages";
      console.out().println(did + " " + done.size() + kind + remark);
    }
    failed.forEach(
        (message, code) ->
            console
                .err()
                .println(
                    "%s: %s: it is gone, or open for writing elsewhere".formatted(message, code)));
    return failed.isEmpty() ? Main.GOOD : Main.FAILED;
  }
}
