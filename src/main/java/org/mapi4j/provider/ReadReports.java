package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * SetReadFlags with SUPPRESS_RECEIPT and GENERATE_RECEIPT_ONLY: a message that asked for a read
 * report asks for it no longer. PR_READ_RECEIPT_REQUESTED is the message's own, so this is a save
 * of it, by the conflict rule: its version rises. Source: MAPI "IMAPIFolder::SetReadFlags".
 */
final class ReadReports {
  private static final int BOTH = SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY;

  private ReadReports() {}

  /** True for the flags of a call that withdraws requests. */
  static boolean withdraws(int flags) {
    return (flags & BOTH) == BOTH;
  }

  /** Codes as {@link MessageRows#setReadFlag}. */
  static int withdraw(StoreCore core, Bytes id, MessageRows.Except except) {
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !core.folderExists(location.value().folder())) {
        return MAPI_E_OBJECT_DELETED;
      }
      if (location.value().associated() || !asks(stored.image())) {
        return MessageRows.setReadFlag(core, id, BOTH, except);
      }
      if ((location.value().flags() & MSGFLAG_SUBMIT) != 0) {
        return MAPI_E_SUBMITTED;
      }
      Outcome outcome = commit(core, id, stored, location, except);
      if (outcome instanceof Outcome.Committed) {
        core.sweepSoon();
        return S_OK;
      }
      if (outcome instanceof Outcome.Conflict conflict
          && conflict.reason() == Outcome.Reason.LEASED) {
        return MAPI_E_NO_ACCESS;
      }
    }
  }

  private static boolean asks(MessageImage image) {
    return image.props().get(PropTag.id(PR_READ_RECEIPT_REQUESTED)) instanceof Stored.Whole whole
        && Boolean.TRUE.equals(whole.prop().value());
  }

  private static Outcome commit(
      StoreCore core,
      Bytes id,
      StoreCore.StoredMessage stored,
      StoreCore.Versioned<Location> location,
      MessageRows.Except except) {
    MessageImage image =
        stored
            .image()
            .with(new SPropValue(PR_READ_RECEIPT_REQUESTED, false))
            .with(new SPropValue(PR_LAST_MODIFICATION_TIME, core.now()));
    Location at = location.value();
    Location after = at.withFlags(MessageFlags.afterSetReadFlag(at.flags(), BOTH));
    long version = stored.version() + 1;
    BlobSpace space = new BlobSpace(core);
    boolean done = false;
    try {
      Set<BlobRef> blobs = new HashSet<>(image.blobs());
      Batch.Builder batch = MessageRows.guarded(core, id, stored, location);
      except.expect(batch, id);
      batch.put(
          Keys.message(id), version, MessageCodec.encodeRow(stored.born(), image, space, blobs));
      MessageRows.putLocation(batch, id, location, after);
      MessageRows.putIndex(batch, after, id, version, image, core);
      ChangeMarks.changed(
          batch,
          EntryId.MESSAGE,
          id,
          List.of(PR_READ_RECEIPT_REQUESTED, PR_LAST_MODIFICATION_TIME, PR_MESSAGE_FLAGS));
      stored.blobs().stream()
          .filter(blob -> !blobs.contains(blob)) // a large image's own
          .forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
      space.prepare(blobs);
      space.takeUp(blobs, batch);
      Outcome outcome = core.commit(batch);
      done = outcome instanceof Outcome.Committed;
      if (done) {
        space.takenUp(blobs);
      }
      return outcome;
    } finally {
      if (!done) {
        space.discard();
      }
    }
  }
}
