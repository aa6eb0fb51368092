package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.KEEP_OPEN_READWRITE;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mapi4j.types.PropTag;

/**
 * An open object that is a transaction, a message or an attachment: the properties it was opened
 * with under its pending edits, which a save makes one.
 */
abstract class EditedObject extends PropObject {
  private PropBag props;
  private boolean readWrite;

  /** Without properties until the first {@link #continueFrom}. */
  EditedObject(StoreCore core, ReentrantLock lock, boolean readWrite) {
    super(core, lock);
    this.readWrite = readWrite;
  }

  /** The properties, edits included. */
  final PropBag props() {
    return props;
  }

  /** Goes on from saved properties, without edits. */
  final void continueFrom(PropSet saved) {
    props = new PropBag(saved);
  }

  /** How the handle was opened, and what saves have left of that. */
  final boolean isReadWrite() {
    return readWrite;
  }

  /** What the KEEP_OPEN_ bits of a successful save leave of the handle. */
  final void keepOpen(int flags) {
    if ((flags & KEEP_OPEN_READWRITE) == 0 && !core.outlookProfile()) {
      readWrite = false;
    }
  }

  @Override
  final boolean countsAtOnce() {
    return false;
  }

  @Override
  final int roomFor(int tag) {
    return props.get(PropTag.id(tag)) == null && props.size() >= core.limits().propertiesMax()
        ? tooManyProperties()
        : S_OK;
  }

  @Override
  final Stored stored(int id) {
    streams().settle(id);
    return props.get(id);
  }

  @Override
  final void forEachStored(Consumer<Stored> action) {
    streams().settle();
    props.forEach(action);
  }

  /** The properties as they would be saved now. */
  final TreeMap<Integer, Stored> presentProps() {
    TreeMap<Integer, Stored> present = new TreeMap<>();
    forEachStored(prop -> present.put(prop.id(), prop));
    return present;
  }

  /** MAPI_E_TOO_BIG when an object would have too many properties with these. */
  final int checkCount(List<Stored> put) {
    return props.sizeWith(put) > core.limits().propertiesMax() ? tooManyProperties() : S_OK;
  }

  private int tooManyProperties() {
    return because(
        MAPI_E_TOO_BIG, "more than %d properties".formatted(core.limits().propertiesMax()));
  }

  final int tooManyAttachments() {
    return because(
        MAPI_E_TOO_BIG, "more than %d attachments".formatted(core.limits().attachmentsMax()));
  }
}
