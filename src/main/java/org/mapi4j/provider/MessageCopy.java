package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMessage.CreatedAttach;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

/**
 * Recipients and attachments of CopyTo and CopyProps between messages, the destination through its
 * interface alone.
 */
final class MessageCopy {
  private final MessageObject source;
  private final IMessage target;
  private final int flags;

  MessageCopy(MessageObject source, IMessage target, int flags) {
    this.source = source;
    this.target = target;
    this.flags = flags;
  }

  int copy(PropCopy.Subobjects chosen, IMAPIProgress progress) {
    int hr = S_OK;
    if (chosen.includes(PR_MESSAGE_RECIPIENTS)) {
      hr = unlessThere(target::getRecipientTable, this::copyRecipients);
    }
    if (hr >= 0 && chosen.includes(PR_MESSAGE_ATTACHMENTS)) {
      hr = unlessThere(target::getAttachmentTable, () -> copyAttachments(chosen, progress));
    }
    return hr;
  }

  /** With MAPI_NOREPLACE nothing is copied where there is something already. */
  private int unlessThere(IntFunction<MapiResult<IMAPITable>> opening, IntSupplier copy) {
    if ((flags & MAPI_NOREPLACE) == 0) {
      return copy.getAsInt();
    }
    MapiResult<IMAPITable> table = opening.apply(0);
    if (table.failed()) {
      return table.hr();
    }
    try (IMAPITable rows = table.value()) {
      MapiResult<Integer> count = rows.getRowCount(0);
      return count.failed() ? count.hr() : count.value() > 0 ? S_OK : copy.getAsInt();
    }
  }

  private int copyRecipients() {
    List<ADRENTRY> entries = new ArrayList<>();
    source.lock.lock();
    try {
      for (PropSet recipient : source.recipients().rows().values()) {
        List<SPropValue> props = new ArrayList<>();
        recipient.forEach(
            prop ->
                props.add(
                    prop instanceof Stored.Large large
                        ? LargeValues.load(large, source.blobs())
                        : ((Stored.Whole) prop).prop()));
        entries.add(new ADRENTRY(props));
      }
    } finally {
      source.lock.unlock();
    }
    int hr = target.modifyRecipients(0, new ADRLIST(entries));
    if (hr >= 0 && (flags & MAPI_MOVE) != 0) {
      hr = source.modifyRecipients(0, new ADRLIST(List.of()));
    }
    return hr;
  }

  private int copyAttachments(PropCopy.Subobjects chosen, IMAPIProgress progress) {
    List<Integer> numbers = new ArrayList<>();
    source.lock.lock();
    try {
      source.attachments().freeze().forEach(attachment -> numbers.add(attachment.number()));
    } finally {
      source.lock.unlock();
    }
    ProgressSteps steps = new ProgressSteps(progress, numbers.size());
    for (int number : numbers) {
      int hr = copyAttachment(number, chosen);
      if (hr < 0) {
        return hr;
      }
      if (steps.did()) {
        return MAPI_E_USER_CANCEL;
      }
    }
    return S_OK;
  }

  private int copyAttachment(int number, PropCopy.Subobjects chosen) {
    MapiResult<IAttach> from = source.openAttach(number, null, 0);
    if (from.failed()) {
      return from.hr();
    }
    try (IAttach attach = from.value()) {
      MapiResult<CreatedAttach> to = target.createAttach(null, 0);
      if (to.failed()) {
        return to.hr();
      }
      try (IAttach copy = to.value().lppAttach()) {
        MapiResult<List<SPropProblem>> copied =
            attach.copyTo(List.of(), null, 0, null, MapiGuid.IID_IAttachment, copy, 0);
        int hr = copied.failed() ? copied.hr() : copy.saveChanges(0);
        int lost = hr < 0 ? hr : PropCopy.lost((PropObject) attach, copied.value());
        if (hr >= 0 && lost != S_OK) {
          chosen.lost(PR_MESSAGE_ATTACHMENTS, lost);
        } else if (hr >= 0 && (flags & MAPI_MOVE) != 0) {
          hr = source.deleteAttach(number, 0, null, 0);
        }
        return hr;
      }
    }
  }
}
