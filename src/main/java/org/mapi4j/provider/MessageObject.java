package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * An open message: the snapshot it was opened at under its pending edits. What is saved where is
 * its {@link MessageHome}'s. All that is opened through it shares its lock.
 */
final class MessageObject extends EditedObject implements IMessage {
  private static final Set<Guid> INTERFACES = Set.of(MapiGuid.IID_IMessage, MapiGuid.IID_IMAPIProp);
  private static final int READ_FLAGS =
      SUPPRESS_RECEIPT
          | CLEAR_READ_FLAG
          | MAPI_DEFERRED_ERRORS
          | GENERATE_RECEIPT_ONLY
          | CLEAR_RN_PENDING
          | CLEAR_NRN_PENDING;

  private final BlobSpace blobs;
  private MessageHome home;
  private MessageImage base;
  private Recipients recipients;
  private Attachments attachments;
  private boolean fresh;
  private boolean edited;

  /** Edited since the last image that was given to a commit. */
  private boolean editedSince;

  private int newFlags = MSGFLAG_UNSENT;
  private final Set<Runnable> tables = new CopyOnWriteArraySet<>();
  private long changes;

  /**
   * @param base the saved image, or for a new message what it begins with
   * @param fresh true until its first save
   */
  MessageObject(
      StoreCore core,
      ReentrantLock lock,
      BlobSpace blobs,
      MessageImage base,
      boolean fresh,
      boolean readWrite) {
    super(core, lock, readWrite);
    this.blobs = blobs;
    this.fresh = fresh;
    begin(base);
  }

  private void begin(MessageImage image) {
    base = image;
    continueFrom(image.props());
    recipients = new Recipients(core, blobs, image.recipients());
    attachments = new Attachments(image);
  }

  void settle(MessageHome newHome) {
    home = newHome;
  }

  MessageHome home() {
    return home;
  }

  /** The image of the last save or, before one, of the opening. */
  MessageImage base() {
    return base;
  }

  boolean isFresh() {
    return fresh;
  }

  boolean isEdited() {
    return edited || fresh;
  }

  /** Flags that a client gave a new message. */
  int newFlags() {
    return newFlags;
  }

  Attachments attachments() {
    return attachments;
  }

  Recipients recipients() {
    return recipients;
  }

  private void subobjectsChanged() {
    changes++;
    tables.forEach(Runnable::run);
  }

  /**
   * Calls something, which returns at once, whenever recipients or attachments change; until it is
   * closed.
   */
  AutoCloseable onSubobjectsChanged(Runnable table) {
    tables.add(table);
    return () -> tables.remove(table);
  }

  /** Counts changes of recipients and attachments, for tables. */
  long changes() {
    return changes;
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  @Override
  void released() {
    home.released();
  }

  @Override
  void outlived() {
    home.outlived();
  }

  @Override
  Computed.Bound computed(int id) {
    return MessageProps.HANDLERS.bind(id, this);
  }

  @Override
  List<Computed.Bound> allComputed() {
    return MessageProps.HANDLERS.bind(this);
  }

  @Override
  boolean canWrite() {
    return isReadWrite();
  }

  @Override
  BlobSpace blobs() {
    return blobs;
  }

  @Override
  int apply(List<Stored> put, List<Integer> deletedIds) {
    if (checkCount(put) != S_OK) {
      return MAPI_E_TOO_BIG;
    }
    put.forEach(props()::put);
    for (int id : deletedIds) {
      if (id == PropTag.id(PR_MESSAGE_RECIPIENTS)) {
        recipients = new Recipients(core, blobs, List.of());
        subobjectsChanged();
      } else if (id == PropTag.id(PR_MESSAGE_ATTACHMENTS)) {
        attachments.freeze().forEach(attachment -> attachments.remove(attachment.number()));
        subobjectsChanged();
      } else {
        props().remove(id);
      }
    }
    edited();
    return S_OK;
  }

  @Override
  int deletable(int tag) {
    int id = PropTag.id(tag);
    boolean subobjects =
        id == PropTag.id(PR_MESSAGE_RECIPIENTS) || id == PropTag.id(PR_MESSAGE_ATTACHMENTS);
    return subobjects ? S_OK : super.deletable(tag);
  }

  @Override
  void edited() {
    editedSince = true;
    if (!edited) {
      edited = true;
      home.edited();
    }
  }

  /** PR_LAST_MODIFICATION_TIME of a new message, which its first save keeps. */
  void setModificationTime(FILETIME time) {
    base = base.with(new SPropValue(PR_LAST_MODIFICATION_TIME, time));
    props().put(new Stored.Whole(new SPropValue(PR_LAST_MODIFICATION_TIME, time)));
    edited();
  }

  /** SetProps of PR_MESSAGE_FLAGS: a new message takes some bits, a saved one none. */
  int setFlags(int flags) {
    if (!fresh) {
      return MAPI_E_COMPUTED;
    }
    newFlags = flags & (MSGFLAG_READ | MSGFLAG_UNSENT | MSGFLAG_FROMME | MSGFLAG_RESEND);
    edited();
    return S_OK;
  }

  /** The message as it would be saved now, without what a save computes. */
  MessageImage present() {
    return new MessageImage(
        PropSet.of(presentProps().values()),
        recipients.freeze(),
        attachments.freeze(),
        attachments.next());
  }

  /** A save succeeded: the handle goes on from this image. Row ids and attachment versions stay. */
  void saved(MessageImage image) {
    base = image;
    continueFrom(image.props());
    edited = false;
    fresh = false;
  }

  /**
   * An earlier commit of this handle turned out to stand: its image is the base, edits made since
   * stay pending. Without any it is saved, whoever saved after it.
   */
  void committed(MessageImage image) {
    if (editedSince) {
      base = image;
      fresh = false;
      edited = true;
    } else {
      saved(image);
    }
  }

  /** The present image is about to be committed. True when it has edits since the last that was. */
  boolean offered() {
    boolean edits = editedSince;
    editedSince = false;
    return edits;
  }

  /** The image was certainly not committed: the one before it counts, and edits since that. */
  void offeredInVain(boolean edits) {
    editedSince |= edits;
  }

  /** A commit beside the handle's edits: these are saved values now, shown where none is edited. */
  void savedBeside(List<SPropValue> values) {
    for (SPropValue value : values) {
      Stored before = base.props().get(value.id());
      base = base.with(value);
      if (Objects.equals(before, props().get(value.id()))) {
        props().put(new Stored.Whole(value));
      }
    }
  }

  /** The handle is a new message from here on: save elsewhere. */
  void startAnew(MessageImage image) {
    begin(image);
    subobjectsChanged();
    fresh = true;
    edited = true;
  }

  @Override
  int save(int flags) {
    return home.save(flags);
  }

  @Override
  MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags) {
    int id = PropTag.id(tag);
    boolean attachmentTable = id == PropTag.id(PR_MESSAGE_ATTACHMENTS);
    if (!attachmentTable && id != PropTag.id(PR_MESSAGE_RECIPIENTS)) {
      return null;
    }
    if (!iid.equals(MapiGuid.IID_IMAPITable)) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    if ((flags & MAPI_CREATE) != 0) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    boolean unicode = (options & MAPI_UNICODE) != 0;
    return MapiResult.ok(
        attachmentTable
            ? MessageTables.attachments(this, unicode)
            : MessageTables.recipients(this, unicode));
  }

  @Override
  public MapiResult<IMAPITable> getAttachmentTable(int ulFlags) {
    return query(
        () ->
            core.unknownFlags(ulFlags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : MapiResult.ok(MessageTables.attachments(this, (ulFlags & MAPI_UNICODE) != 0)));
  }

  @Override
  public MapiResult<IMAPITable> getRecipientTable(int ulFlags) {
    return query(
        () ->
            core.unknownFlags(ulFlags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : MapiResult.ok(MessageTables.recipients(this, (ulFlags & MAPI_UNICODE) != 0)));
  }

  @Override
  public MapiResult<IAttach> openAttach(int ulAttachmentNum, Guid lpInterface, int ulFlags) {
    return query(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          Attachments.Slot slot = attachments.get(ulAttachmentNum);
          if (slot == null) {
            return MapiResult.error(
                because(MAPI_E_NOT_FOUND, "no attachment %d".formatted(ulAttachmentNum)));
          }
          boolean write = (ulFlags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) != 0;
          if (write && !isReadWrite() && (ulFlags & MAPI_BEST_ACCESS) == 0) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          AttachObject attach =
              new AttachObject(this, ulAttachmentNum, slot, write && isReadWrite());
          return checked(attach, lpInterface).map(opened -> opened);
        });
  }

  @Override
  public MapiResult<CreatedAttach> createAttach(Guid lpInterface, int ulFlags) {
    return query(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_DEFERRED_ERRORS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          if (!isReadWrite()) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          if (attachments.size() >= core.limits().attachmentsMax()) {
            return MapiResult.error(tooManyAttachments());
          }
          AttachObject attach = AttachObject.create(this, attachments.next());
          return checked(attach, lpInterface)
              .map(created -> new CreatedAttach(attachments.newNumber(), created));
        });
  }

  private static MapiResult<AttachObject> checked(AttachObject attach, Guid iid) {
    if (attach.refuses(iid)) {
      attach.close();
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    return MapiResult.ok(attach);
  }

  @Override
  public int deleteAttach(
      int ulAttachmentNum, long ulUIParam, IMAPIProgress lpProgress, int ulFlags) {
    int hr = deleteAttach(ulAttachmentNum, ulFlags);
    if (hr == S_OK) { // told without the lock: the client's object may call this one
      try (ProgressDialog shown =
          ProgressDialog.of(core, (ulFlags & ATTACH_DIALOG) != 0, ulUIParam, lpProgress)) {
        new ProgressSteps(shown.progress(), 1).finish();
      }
    }
    return hr;
  }

  private int deleteAttach(int number, int flags) {
    return call(
        () -> {
          if (core.unknownFlags(flags, ATTACH_DIALOG)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if (!isReadWrite()) {
            return MAPI_E_NO_ACCESS;
          }
          if (!attachments.remove(number)) {
            return because(MAPI_E_NOT_FOUND, "no attachment %d".formatted(number));
          }
          subobjectsChanged();
          edited();
          return S_OK;
        });
  }

  /** An attachment was saved: part of this message's pending edits. */
  void attachmentSaved(MessageImage.Attachment image, long version) {
    attachments.put(image, version);
    subobjectsChanged();
    edited();
  }

  @Override
  public int modifyRecipients(int ulFlags, ADRLIST lpMods) {
    return call(
        () -> {
          if ((ulFlags & ~(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE)) != 0) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if (lpMods == null || Integer.bitCount(ulFlags) > 1) {
            return because(
                MAPI_E_INVALID_PARAMETER,
                "ModifyRecipients: no list, or flags 0x%X".formatted(ulFlags));
          }
          if (!isReadWrite()) {
            return MAPI_E_NO_ACCESS;
          }
          int hr = recipients.modify(ulFlags, lpMods);
          if (hr == S_OK) {
            subobjectsChanged();
            edited();
          }
          return hr;
        });
  }

  @Override
  public int submitMessage(int ulFlags) {
    return call(
        () -> core.unknownFlags(ulFlags, FORCE_SUBMIT) ? MAPI_E_UNKNOWN_FLAGS : MAPI_E_NO_SUPPORT);
  }

  @Override
  public int setReadFlag(int ulFlags) {
    return call(
        () -> {
          if (core.unknownFlags(ulFlags, READ_FLAGS)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          boolean clear = (ulFlags & CLEAR_READ_FLAG) != 0;
          if (clear && (ulFlags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)) != 0) {
            return because(
                MAPI_E_INVALID_PARAMETER,
                "SetReadFlag: CLEAR_READ_FLAG with SUPPRESS_RECEIPT or GENERATE_RECEIPT_ONLY");
          }
          return home.setReadFlag(ulFlags);
        });
  }

  @Override
  boolean sameObject(IMAPIProp other) {
    return other == this;
  }

  @Override
  int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress) {
    return target instanceof IMessage message
        ? new MessageCopy(this, message, flags).copy(chosen, progress)
        : S_OK;
  }

  Bytes id() {
    return home.id();
  }
}
