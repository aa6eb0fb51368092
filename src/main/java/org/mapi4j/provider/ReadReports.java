package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * SetReadFlag and SetReadFlags with SUPPRESS_RECEIPT and GENERATE_RECEIPT_ONLY: a message that
 * asked for a read report asks for it no longer. PR_READ_RECEIPT_REQUESTED is the message's own, so
 * this is a save of it, by the conflict rule: its version rises. Source: MAPI
 * "IMAPIFolder::SetReadFlags", "IMessage::SetReadFlag".
 */
final class ReadReports {
  private static final int BOTH = SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY;

  private ReadReports() {}

  /** True for the flags of a call that withdraws requests. */
  static boolean withdraws(int flags) {
    return (flags & BOTH) == BOTH;
  }

  /**
   * What became of a withdrawal.
   *
   * @param hr codes as {@link MessageRows#setReadFlag}
   * @param version of the message that the save made; 0 where the message asked for nothing
   * @param values of the message that it changed
   */
  record Withdrawn(int hr, long version, List<SPropValue> values) {
    static Withdrawn without(int hr) {
      return new Withdrawn(hr, 0, List.of());
    }
  }

  /**
   * A withdrawal that is about to be committed, to be looked up when that ends in a fault.
   *
   * @param values of the message that it changes
   */
  record Given(Unresolved commit, List<SPropValue> values) {}

  /**
   * Withdraws the request of a message, if it has one.
   *
   * @param beforeEach is told of each commit
   */
  static Withdrawn withdraw(
      StoreCore core, Bytes id, MessageRows.Except except, Consumer<Given> beforeEach) {
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !core.folderExists(location.value().folder())) {
        return Withdrawn.without(MAPI_E_OBJECT_DELETED);
      }
      if (location.value().associated() || !asks(stored.image())) {
        return Withdrawn.without(MessageRows.setReadFlag(core, id, BOTH, except));
      }
      if ((location.value().flags() & MSGFLAG_SUBMIT) != 0) {
        return Withdrawn.without(MAPI_E_SUBMITTED);
      }
      List<SPropValue> values =
          List.of(
              new SPropValue(PR_READ_RECEIPT_REQUESTED, false),
              new SPropValue(PR_LAST_MODIFICATION_TIME, core.now()));
      Outcome outcome = commit(core, id, stored, location, values, except, beforeEach);
      if (outcome instanceof Outcome.Committed) {
        core.sweepSoon();
        return new Withdrawn(S_OK, stored.version() + 1, values);
      }
      if (outcome instanceof Outcome.Conflict conflict
          && conflict.reason() == Outcome.Reason.LEASED) {
        return Withdrawn.without(MAPI_E_NO_ACCESS);
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
      List<SPropValue> values,
      MessageRows.Except except,
      Consumer<Given> beforeEach) {
    MessageImage image = stored.image();
    for (SPropValue value : values) {
      image = image.with(value);
    }
    Location at = location.value();
    Location after = at.withFlags(MessageFlags.afterSetReadFlag(at.flags(), BOTH));
    long version = stored.version() + 1;
    BlobSpace space = new BlobSpace(core);
    boolean done = false;
    try {
      Set<BlobRef> blobs = new HashSet<>(image.blobs());
      Batch.Builder batch = MessageRows.guarded(core, id, stored, location);
      except.expect(batch, id);
      Bytes encoded = MessageCodec.encodeRow(stored.born(), image, space, blobs);
      Row row = new Row(Keys.message(id), version, encoded);
      batch.put(row.key(), version, row.value());
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
      CommitToken token = core.newToken();
      beforeEach.accept(new Given(new Unresolved(token, row, image, blobs), values));
      Outcome outcome = core.commit(batch, token);
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
