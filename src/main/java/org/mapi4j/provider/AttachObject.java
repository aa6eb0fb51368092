package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * An open attachment: a transaction within its message's. Its SaveChanges makes it part of the
 * message's pending edits.
 */
final class AttachObject extends EditedObject implements IAttach {
  private static final Set<Guid> INTERFACES =
      Set.of(MapiGuid.IID_IAttachment, MapiGuid.IID_IMAPIProp);
  private static final int DATA = PropTag.id(PR_ATTACH_DATA_BIN);

  private final MessageObject parent;
  private final int number;
  private MessageImage embedded;
  private long embeddedVersion;
  private long version;
  private boolean edited;
  private boolean fresh;

  /** An attachment that was saved at attachment level. */
  AttachObject(MessageObject parent, int number, Attachments.Slot slot, boolean readWrite) {
    super(parent.core, parent.lock, readWrite);
    continueFrom(slot.image().props());
    this.parent = parent;
    this.number = number;
    this.embedded = slot.image().embedded();
    this.version = slot.version();
    parent.retain();
  }

  @Override
  void released() {
    parent.letGo();
  }

  /** A new one. */
  static AttachObject create(MessageObject parent, int number) {
    StoreCore core = parent.core;
    PropSet initial =
        PropSet.of(
            List.of(
                new Stored.Whole(new SPropValue(PR_RECORD_KEY, core.newId())),
                new Stored.Whole(new SPropValue(PR_ATTACH_METHOD, NO_ATTACHMENT)),
                new Stored.Whole(new SPropValue(PR_RENDERING_POSITION, -1)),
                new Stored.Whole(new SPropValue(PR_CREATION_TIME, core.now()))));
    AttachObject attach =
        new AttachObject(
            parent,
            number,
            new Attachments.Slot(new MessageImage.Attachment(number, initial, null), 0),
            true);
    attach.fresh = true;
    return attach;
  }

  MessageObject parent() {
    return parent;
  }

  int number() {
    return number;
  }

  MessageImage embedded() {
    return embedded;
  }

  long embeddedVersion() {
    return embeddedVersion;
  }

  /** An embedded message was saved into this attachment. */
  void embeddedSaved(MessageImage image) {
    become(image);
  }

  /** The message takes the place of data, and of what streams on it wrote before. */
  private void become(MessageImage image) {
    props().remove(DATA);
    streams().show(List.of(), List.of(DATA));
    embedded = image;
    embeddedVersion++;
    edited = true;
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  @Override
  Computed.Bound computed(int id) {
    return AttachProps.HANDLERS.bind(id, this);
  }

  @Override
  List<Computed.Bound> allComputed() {
    return AttachProps.HANDLERS.bind(this);
  }

  @Override
  boolean canWrite() {
    return isReadWrite() && parent.canWrite();
  }

  @Override
  BlobSpace blobs() {
    return parent.blobs();
  }

  @Override
  int apply(List<Stored> put, List<Integer> deletedIds) {
    if (checkCount(put) != S_OK) {
      return MAPI_E_TOO_BIG;
    }
    if (deletedIds.contains(DATA) || put.stream().anyMatch(prop -> prop.id() == DATA)) {
      dropEmbedded();
    }
    put.forEach(props()::put);
    deletedIds.forEach(props()::remove);
    edited = true;
    return S_OK;
  }

  /** Other data takes its place; who has the embedded message open meets a conflict. */
  private void dropEmbedded() {
    embedded = null;
    embeddedVersion++;
  }

  @Override
  int deletable(int tag) {
    return PropTag.id(tag) == DATA && embedded != null ? S_OK : super.deletable(tag);
  }

  @Override
  void edited() {
    edited = true;
  }

  /** The attachment as it would be saved now. */
  MessageImage.Attachment present() {
    TreeMap<Integer, Stored> present = presentProps();
    int modified = PropTag.id(PR_LAST_MODIFICATION_TIME);
    present.putIfAbsent(
        modified, new Stored.Whole(new SPropValue(PR_LAST_MODIFICATION_TIME, core.now())));
    return new MessageImage.Attachment(number, PropSet.of(present.values()), embedded);
  }

  @Override
  int save(int flags) {
    return call(
        () -> {
          if (!canWrite()) {
            return MAPI_E_NO_ACCESS;
          }
          int settled = streams().settle();
          if (settled < 0) {
            return settled;
          }
          Attachments.Slot slot = parent.attachments().get(number);
          if (!fresh && slot == null) {
            return MAPI_E_OBJECT_DELETED;
          }
          if (slot == null && parent.attachments().size() >= core.limits().attachmentsMax()) {
            return tooManyAttachments();
          }
          if (fresh || edited) {
            if (!fresh && slot.version() != version && (flags & FORCE_SAVE) == 0) {
              return because(
                  MAPI_E_OBJECT_CHANGED,
                  "attachment %d was saved through another handle since it was opened"
                      .formatted(number));
            }
            version = (slot == null ? 0 : slot.version()) + 1;
            MessageImage.Attachment image = present();
            parent.attachmentSaved(image, version);
            continueFrom(image.props());
            fresh = false;
            edited = false;
          }
          keepOpen(flags);
          return S_OK;
        });
  }

  @Override
  MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags) {
    if (PropTag.id(tag) != DATA
        || !(iid.equals(MapiGuid.IID_IMessage)
            || iid.equals(MapiGuid.IID_IMAPIProp) && PropTag.type(tag) == PT_OBJECT)) {
      return null;
    }
    boolean modify = (flags & MAPI_MODIFY) != 0;
    if (modify && !canWrite()) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    boolean create = (flags & MAPI_CREATE) != 0;
    if (!create && embedded == null) {
      return MapiResult.error(MAPI_E_NOT_FOUND);
    }
    int depth = parent.home().depth() + 1;
    if (depth > core.limits().embeddingDepthMax()) {
      return MapiResult.error(
          because(
              MAPI_E_TOO_COMPLEX,
              "more than %d messages within messages"
                  .formatted(core.limits().embeddingDepthMax())));
    }
    if (create) {
      become(null);
    }
    MessageImage image = create ? MessageProps.initial(core.newId(), core.now()) : embedded;
    MessageObject message = new MessageObject(core, lock, blobs(), image, create, modify);
    message.settle(new EmbeddedHome(message, this, depth));
    return MapiResult.ok(message);
  }

  @Override
  int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress) {
    if (embedded == null || !chosen.includes(PR_ATTACH_DATA_OBJ)) {
      return S_OK;
    }
    MapiResult<IUnknown> from = openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0);
    if (from.failed()) {
      return from.hr();
    }
    try (IUnknown source = from.value()) {
      MapiResult<IUnknown> to =
          target.openProperty(
              PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY);
      if (to.failed()) {
        return to.hr();
      }
      try (IUnknown copy = to.value()) {
        var copied =
            ((IMessage) source).copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0);
        if (copied.failed()) {
          return copied.hr();
        }
        int lost = PropCopy.lost((PropObject) source, copied.value());
        if (lost != S_OK) {
          chosen.lost(PR_ATTACH_DATA_OBJ, lost);
        }
        return ((IMessage) copy).saveChanges(0);
      }
    }
  }
}
