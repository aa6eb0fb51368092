package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

/**
 * What IMAPIFolder does with the messages of a folder, once flags and access were checked. Each
 * message is a commit of its own. One object per call.
 */
final class FolderMessages {
  private final StoreCore core;
  private final Bytes folder;
  private final IMAPIProgress progress;

  /**
   * @param progress told after each message; null for none
   */
  FolderMessages(StoreCore core, Bytes folder, IMAPIProgress progress) {
    this.core = core;
    this.folder = folder;
    this.progress = progress;
  }

  MapiResult<IMessage> create(Guid iid, boolean associated) {
    MessageObject message = MessageOpening.create(core, folder, associated);
    return message.refuses(iid)
        ? MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED)
        : MapiResult.ok(message);
  }

  int copy(ENTRYLIST list, Guid iid, IUnknown to, boolean move) {
    if (list == null || !(to instanceof IMAPIFolder destination)) {
      return MAPI_E_INVALID_PARAMETER;
    }
    if (iid != null && destination.queryInterface(iid).failed()) {
      return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    return move && !core.writable()
        ? MAPI_E_NO_ACCESS
        : new FolderCopy(core, progress).copyMessages(folder, list, destination, move);
  }

  /**
   * @param hard for good, those that are kept though they were deleted included
   */
  int delete(ENTRYLIST list, boolean hard) {
    if (list == null) {
      return MAPI_E_INVALID_PARAMETER;
    }
    MessageList messages = hard ? messages().withBin() : messages();
    return messages.each(list, one -> MessageList.delete(core, one, hard));
  }

  int setReadFlags(ENTRYLIST list, int flags) {
    if ((flags & CLEAR_READ_FLAG) != 0
        && (flags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)) != 0) {
      return MAPI_E_INVALID_PARAMETER;
    }
    MessageList messages = messages();
    return messages.each(
        list == IMAPIFolder.ALL_MESSAGES ? messages.all(false) : list,
        one -> {
          MessageRows.Except except = MessageRows.Except.of(core);
          return ReadReports.withdraws(flags)
              ? ReadReports.withdraw(core, one.id(), except, given -> {}).hr()
              : MessageRows.setReadFlag(core, one.id(), flags, except);
        });
  }

  MapiResult<Integer> status(Bytes entryId) {
    MapiResult<MessageList.Member> message = messages().member(entryId);
    if (message.failed()) {
      return MapiResult.error(message.hr());
    }
    if (core.isSearch(folder)) {
      return MapiResult.ok(SearchStatus.get(core, folder, message.value().id()));
    }
    StoreCore.Versioned<Location> location = core.location(message.value().id());
    return location == null
        ? MapiResult.error(MAPI_E_NOT_FOUND)
        : MapiResult.ok(location.value().status());
  }

  /** Changes the bits of a mask; the status before. */
  MapiResult<Integer> setStatus(Bytes entryId, int status, int mask) {
    MapiResult<MessageList.Member> message = messages().member(entryId);
    if (message.failed()) {
      return MapiResult.error(message.hr());
    }
    if (core.isSearch(folder)) {
      return MapiResult.ok(
          SearchStatus.change(
              core, folder, message.value().id(), old -> old & ~mask | status & mask));
    }
    int[] before = new int[1];
    int hr =
        MessageRows.setStatus(
            core,
            message.value().id(),
            location -> {
              before[0] = location.status();
              return location.withStatus(location.status() & ~mask | status & mask);
            });
    return hr < 0 ? MapiResult.error(hr) : MapiResult.ok(before[0]);
  }

  private MessageList messages() {
    return new MessageList(core, folder, progress);
  }
}
