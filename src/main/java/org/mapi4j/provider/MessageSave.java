package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.ConflictHandler.Answer;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;

/**
 * SaveChanges of a message in a folder: the conflict table. The version is compared and the message
 * written in one commit; a commit that fails only because what lies outside the version moved on
 * (folder, flags) is made again. One object per call.
 */
final class MessageSave {
  private static final long NONE = -1;

  private final StoreCore core;
  private final MessageObject message;
  private final StoredHome home;
  private final int flags;
  private long approvedVersion = NONE;

  MessageSave(StoreCore core, MessageObject message, StoredHome home, int flags) {
    this.core = core;
    this.message = message;
    this.home = home;
    this.flags = flags;
  }

  int run() {
    boolean silent = (flags & FORCE_SAVE) != 0 || home.isAsking();
    ConflictHandler handler = silent ? null : core.options().conflictHandler();
    while (true) {
      int hr = message.call(this::attempt);
      boolean conflict =
          hr == MAPI_E_OBJECT_CHANGED || hr == MAPI_E_OBJECT_DELETED && message.isEdited();
      if (!conflict || handler == null) {
        return hr;
      }
      MapiResult<MessageConflict> described =
          message.query(() -> MapiResult.ok(describe(hr == MAPI_E_OBJECT_DELETED)));
      if (described.failed()) {
        return described.hr();
      }
      MessageConflict shown = described.value();
      Answer answer = ask(handler, shown);
      if (answer instanceof Answer.Overwrite && !shown.deleted()) {
        approvedVersion = shown.storedVersion();
      } else if (answer instanceof Answer.SaveElsewhere elsewhere) {
        int moved = message.call(() -> moveTo(elsewhere));
        if (moved != S_OK) {
          return hr;
        }
      } else {
        return hr;
      }
    }
  }

  private Answer ask(ConflictHandler handler, MessageConflict conflict) {
    home.asking(true);
    try {
      Answer answer = handler.onConflict(conflict);
      return answer == null ? Answer.keep() : answer;
    } catch (RuntimeException failed) {
      message.note(
          conflict.deleted() ? MAPI_E_OBJECT_DELETED : MAPI_E_OBJECT_CHANGED,
          "the conflict handler failed: " + failed);
      return Answer.keep();
    } finally {
      home.asking(false);
    }
  }

  /** One pass down the conflict table, with the lock held. */
  private int attempt() {
    if (!message.canWrite()) {
      return MAPI_E_NO_ACCESS;
    }
    int settled = message.streams().settle();
    if (settled < 0) {
      return settled;
    }
    boolean known = home.resolve();
    while (true) {
      StoreCore.StoredMessage stored = message.isFresh() ? null : core.message(home.id());
      StoreCore.Versioned<Location> location = message.isFresh() ? null : core.location(home.id());
      int refusal = refusal(stored, location);
      if (refusal != S_OK) {
        return refusal;
      }
      if (!known && (flags & FORCE_SAVE) == 0) {
        throw unknownBefore();
      }
      if (!message.isEdited()) {
        return finish();
      }
      boolean overwrite =
          (flags & FORCE_SAVE) != 0 || stored != null && approvedVersion == stored.version();
      if (stored != null && stored.version() != home.version() && !overwrite) {
        return message.because(
            MAPI_E_OBJECT_CHANGED,
            "opened at version %d, the store has version %d"
                .formatted(home.version(), stored.version()));
      }
      if (commit(stored, location)) {
        return finish();
      }
    }
  }

  private int refusal(StoreCore.StoredMessage stored, StoreCore.Versioned<Location> location) {
    if (message.isFresh()) {
      return core.folderExists(home.folder())
          ? S_OK
          : message.because(MAPI_E_OBJECT_DELETED, "the folder was deleted");
    }
    if (stored == null || location == null || !core.folderExists(location.value().folder())) {
      return message.because(
          MAPI_E_OBJECT_DELETED, "the message or its folder was deleted since it was opened");
    }
    if ((location.value().submit() & SUBMITFLAG_LOCKED) != 0) {
      return MAPI_E_NO_ACCESS;
    }
    return (location.value().flags() & MSGFLAG_SUBMIT) != 0 ? MAPI_E_SUBMITTED : S_OK;
  }

  private int finish() {
    message.keepOpen(flags);
    home.renewLease();
    return S_OK;
  }

  /**
   * A save that may stand is behind this one: saying that it does not would report lost what may
   * have been saved, a conflict would be a false one if it does. So it stays unknown, but for the
   * caller who wants the message to be what this handle sees, whatever happened to it.
   */
  private static StorageFault unknownBefore() {
    return new StorageFault.OutcomeUnknown(
        "whether an earlier save was made is no longer known; FORCE_SAVE saves again", null);
  }

  /**
   * Compares and writes in one commit. False when something moved on and the table must be read
   * again.
   */
  private boolean commit(StoreCore.StoredMessage stored, StoreCore.Versioned<Location> location) {
    Bytes id = home.id();
    long version = stored == null ? 1 : stored.version() + 1;
    MessageImage image = SaveImage.of(message, stored == null ? null : core.now());
    Location before = location == null ? null : location.value();
    Location after =
        before == null ? new Location(home.folder(), initialFlags(image), 0, 0) : before;

    long stamp = core.messageStamp(id);
    Batch.Builder batch = Batch.builder();
    batch.expect(Keys.message(id), stored == null ? Batch.ABSENT : stored.version());
    if (location != null) { // who is not born yet lies nowhere: no id is given twice
      batch.expect(Keys.location(id), location.version());
    }
    batch.expectPresent(Keys.folder(after.folder()));
    Set<BlobRef> blobs = new HashSet<>(image.blobs());
    Location born = stored == null ? after : stored.born();
    Row row =
        new Row(
            Keys.message(id), version, MessageCodec.encodeRow(born, image, message.blobs(), blobs));
    batch.put(row.key(), version, row.value());
    MessageRows.putIndex(batch, after, id, version, image, core);
    if (before == null) {
      MessageRows.countersForNew(batch, after);
    }
    if (stored != null) {
      ChangeMarks.changed(batch, EntryId.MESSAGE, id, changes(stored.image(), image));
    }
    garbage(batch, id, stored, blobs);
    if (message.isFresh()) {
      leaseBeforeBirth(!blobs.isEmpty());
    }
    message.blobs().prepare(blobs);
    message.blobs().takeUp(blobs, batch);

    CommitToken token = core.newToken();
    if (!home.commit(batch, new Unresolved(token, row, image, blobs))) {
      return false;
    }
    message.blobs().takenUp(blobs);
    message.saved(image);
    home.saved(version);
    if (stored != null) {
      core.wrote(stamp, row);
      core.sweepSoon();
    }
    return true;
  }

  /**
   * Others may see and delete the message before this call returns; and when the commit stands
   * nothing may be left that can fail.
   */
  private void leaseBeforeBirth(boolean hasBlobs) {
    if ((flags & KEEP_OPEN_READWRITE) != 0 && !core.outlookProfile()) {
      home.lease(Lease.Mode.MODIFY);
    } else if (hasBlobs) {
      home.lease(Lease.Mode.READ);
    }
  }

  /** Tags of what a save changes in the store, its recipients and attachments as a whole. */
  private static List<Integer> changes(MessageImage before, MessageImage after) {
    List<Integer> tags = ChangeMarks.differences(before.props(), after.props());
    if (!before.recipients().equals(after.recipients())) {
      tags.add(PR_MESSAGE_RECIPIENTS);
    }
    if (!before.attachments().equals(after.attachments())) {
      tags.add(PR_MESSAGE_ATTACHMENTS);
    }
    return tags;
  }

  /**
   * What the stored version keeps alive and this one does not becomes garbage; what this one takes
   * back from garbage no longer is.
   */
  private void garbage(
      Batch.Builder batch, Bytes id, StoreCore.StoredMessage stored, Set<BlobRef> blobs) {
    Set<BlobRef> before = stored == null ? Set.of() : new HashSet<>(stored.blobs());
    before.stream()
        .filter(blob -> !blobs.contains(blob))
        .forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
    blobs.stream()
        .filter(blob -> !before.contains(blob) && !message.blobs().isStaged(blob))
        .forEach(blob -> batch.delete(Keys.garbage(id, blob.id())));
  }

  private int initialFlags(MessageImage image) {
    int initial = message.newFlags() | MSGFLAG_UNMODIFIED;
    if (home.associated()) {
      return (initial | MSGFLAG_ASSOCIATED) & ~MSGFLAG_READ;
    }
    if ((initial & (MSGFLAG_UNSENT | MSGFLAG_READ)) == 0) {
      initial |= isTrue(image, PR_READ_RECEIPT_REQUESTED) ? MSGFLAG_RN_PENDING : 0;
      initial |= isTrue(image, PR_NON_RECEIPT_NOTIFICATION_REQUESTED) ? MSGFLAG_NRN_PENDING : 0;
    }
    return initial;
  }

  private static boolean isTrue(MessageImage image, int tag) {
    return image.props().get(PropTag.id(tag)) instanceof Stored.Whole whole
        && Boolean.TRUE.equals(whole.prop().value());
  }

  private MessageConflict describe(boolean deleted) {
    StoreCore.StoredMessage stored = deleted ? null : core.message(home.id());
    MessageImage theirs = stored == null ? MessageImage.EMPTY : stored.image();
    long storedVersion = stored == null ? 0 : stored.version();
    List<MessageConflict.Difference> differences =
        ConflictDiff.between(message.base(), theirs, message.present());
    return new MessageConflict(
        core.entryId(EntryId.MESSAGE, home.id()),
        stored == null,
        home.version(),
        storedVersion,
        differences);
  }

  /**
   * Save elsewhere: the handle becomes a new message, with values of its own. Fails for a folder of
   * another store.
   */
  private int moveTo(Answer.SaveElsewhere elsewhere) {
    Bytes folder =
        elsewhere.folder() == null ? home.folder() : FolderIds.of(core, elsewhere.folder());
    if (folder == null || !core.folderExists(folder)) {
      return message.because(MAPI_E_NO_SUPPORT, "save elsewhere: no folder of this store");
    }
    Map<BlobRef, BlobRef> copies = new HashMap<>();
    for (BlobRef blob : new ArrayList<>(message.present().blobs())) {
      copies.put(blob, message.blobs().copyOf(blob, message.blobs()));
    }
    message.startAnew(message.present().mapBlobs(copies::get));
    home.moveTo(core.newId(), folder);
    return S_OK;
  }
}
