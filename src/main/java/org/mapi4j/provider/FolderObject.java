package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SSortOrderSet;

/** An open folder. Holds nothing of the folder itself: each call reads or writes the store. */
final class FolderObject extends PropObject implements IMAPIFolder {
  private static final Set<Guid> INTERFACES =
      Set.of(MapiGuid.IID_IMAPIFolder, MapiGuid.IID_IMAPIContainer, MapiGuid.IID_IMAPIProp);

  private final Bytes id;
  private final boolean readWrite;
  private final BlobSpace blobs;
  private FolderRow snapshot;
  private final ReadLease lease;

  FolderObject(StoreCore core, Bytes id, boolean readWrite) {
    super(core, new ReentrantLock());
    this.id = id;
    this.lease = new ReadLease(core, id);
    this.readWrite = readWrite;
    this.blobs = new BlobSpace(core);
  }

  /** A read-only handle on a folder as it was, for tables. */
  FolderObject(StoreCore core, Bytes id, FolderRow row) {
    this(core, id, false);
    snapshot = row;
  }

  Bytes id() {
    return id;
  }

  /** The folder's row now. A folder that was deleted since shows as such to every call. */
  FolderRow row() {
    if (snapshot != null) {
      return snapshot;
    }
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    if (row == null) {
      throw new Gone();
    }
    return row.value();
  }

  /** The folder behind the handle was deleted. */
  static final class Gone extends StorageFault {
    private static final long serialVersionUID = 1;

    Gone() {
      super("the folder was deleted", null);
    }
  }

  boolean hasChildren() {
    return !core.shard().scan(Keys.children(id), false, 1).isEmpty();
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  @Override
  void released() {
    try {
      blobs.discard();
    } finally {
      lease.close();
    }
  }

  @Override
  Computed.Bound computed(int propId) {
    return FolderProps.HANDLERS.bind(propId, this);
  }

  @Override
  List<Computed.Bound> allComputed() {
    return FolderProps.HANDLERS.bind(this);
  }

  @Override
  Stored stored(int propId) {
    streams().settle(propId);
    return lease.read(() -> row().props().get(propId));
  }

  @Override
  void forEachStored(Consumer<Stored> action) {
    streams().settle();
    row().props().forEach(action);
  }

  @Override
  boolean canWrite() {
    return readWrite;
  }

  @Override
  void keepLarge() {
    lease.take();
  }

  @Override
  BlobSpace blobs() {
    return blobs;
  }

  @Override
  int apply(List<Stored> put, List<Integer> deletedIds) {
    return new FolderTree(core).update(id, blobs, put, deletedIds);
  }

  /** A copy into a folder beside it would take its name; siblings' names are unique. */
  @Override
  boolean isCopied(int tag) {
    return PropTag.id(tag) != PropTag.id(PR_DISPLAY_NAME_W);
  }

  /** SetProps of PR_DISPLAY_NAME: MAPI_E_COLLISION when a sibling has the name. */
  int rename(String name) {
    int hr = FolderTree.checkName(core, name);
    if (hr != S_OK) {
      return hr;
    }
    Stored renamed = new Stored.Whole(new SPropValue(PR_DISPLAY_NAME_W, name));
    return row().type() == FOLDER_GENERIC ? apply(List.of(renamed), List.of()) : MAPI_E_NO_ACCESS;
  }

  @Override
  int save(int flags) {
    return call(() -> readWrite ? streams().settle() : MAPI_E_NO_ACCESS);
  }

  @Override
  MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags) {
    int propId = PropTag.id(tag);
    boolean unicode = (options & MAPI_UNICODE) != 0;
    boolean table = iid.equals(MapiGuid.IID_IMAPITable);
    if (propId == PropTag.id(PR_CONTAINER_CONTENTS)
        || propId == PropTag.id(PR_FOLDER_ASSOCIATED_CONTENTS)) {
      boolean associated = propId == PropTag.id(PR_FOLDER_ASSOCIATED_CONTENTS);
      return table
          ? MapiResult.ok(FolderTables.contents(this, false, associated, unicode))
          : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    if (propId == PropTag.id(PR_CONTAINER_HIERARCHY)) {
      return table
          ? MapiResult.ok(FolderTables.hierarchy(this, false, false, unicode))
          : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    return null;
  }

  @Override
  boolean sameObject(IMAPIProp other) {
    return id.equals(FolderIds.of(core, other));
  }

  @Override
  int checkSubobjects(IMAPIProp target, PropCopy.Subobjects chosen) {
    return FolderCopy.check(this, target, chosen);
  }

  @Override
  int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress) {
    return target instanceof IMAPIFolder folder
        ? new FolderCopy(core, progress)
            .copyContents(this, folder, chosen, (flags & MAPI_MOVE) != 0)
        : S_OK;
  }

  /**
   * Runs a method that changes what is in the folder: MAPI_E_UNKNOWN_FLAGS, MAPI_E_NO_ACCESS in a
   * store that may not be written, MAPI_E_OBJECT_DELETED.
   */
  private int change(int flags, int known, java.util.function.IntSupplier body) {
    return callUnlocked(
        () -> {
          if (core.unknownFlags(flags, known)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if (!core.writable()) {
            return MAPI_E_NO_ACCESS;
          }
          return core.folderExists(id) ? body.getAsInt() : MAPI_E_OBJECT_DELETED;
        });
  }

  private FolderMessages messages() {
    return new FolderMessages(core, id, null);
  }

  /**
   * Runs what may show progress.
   *
   * @param dialog the flag that asks for it
   */
  private int showing(
      int flags, int dialog, long window, IMAPIProgress given, ToIntFunction<IMAPIProgress> body) {
    try (ProgressDialog shown = ProgressDialog.of(core, (flags & dialog) != 0, window, given)) {
      return body.applyAsInt(shown.progress());
    }
  }

  /** The same for the folder's messages, with MESSAGE_DIALOG. */
  private int showing(
      int flags, long window, IMAPIProgress given, ToIntFunction<FolderMessages> body) {
    return showing(
        flags,
        MESSAGE_DIALOG,
        window,
        given,
        progress -> body.applyAsInt(new FolderMessages(core, id, progress)));
  }

  @Override
  public MapiResult<IMAPITable> getContentsTable(int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(
              ulFlags,
              MAPI_ASSOCIATED
                  | MAPI_DEFERRED_ERRORS
                  | MAPI_UNICODE
                  | SHOW_SOFT_DELETES
                  | ACLTABLE_FREEBUSY)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          return MapiResult.ok(
              FolderTables.contents(
                  this,
                  (ulFlags & SHOW_SOFT_DELETES) != 0,
                  (ulFlags & MAPI_ASSOCIATED) != 0,
                  (ulFlags & MAPI_UNICODE) != 0));
        });
  }

  @Override
  public MapiResult<IMAPITable> getHierarchyTable(int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(
              ulFlags,
              CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS | MAPI_UNICODE | SHOW_SOFT_DELETES)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          return MapiResult.ok(
              FolderTables.hierarchy(
                  this,
                  (ulFlags & SHOW_SOFT_DELETES) != 0,
                  (ulFlags & CONVENIENT_DEPTH) != 0,
                  (ulFlags & MAPI_UNICODE) != 0));
        });
  }

  @Override
  public MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags) {
    return queryUnlocked(() -> EntryIds.open(core, lpEntryID, lpInterface, ulFlags));
  }

  @Override
  public int setSearchCriteria(
      SRestriction lpRestriction, ENTRYLIST lpContainerList, int ulSearchFlags) {
    return callUnlocked(
        () -> {
          int flags = SearchFolder.checkFlags(core, ulSearchFlags);
          if (flags != S_OK) {
            return flags;
          }
          if (!row().isSearch()) {
            return MAPI_E_NO_SUPPORT;
          }
          return readWrite
              ? new SearchFolder(core, id).set(lpRestriction, lpContainerList, ulSearchFlags)
              : MAPI_E_NO_ACCESS;
        });
  }

  @Override
  public MapiResult<SearchCriteria> getSearchCriteria(int ulFlags) {
    return queryUnlocked(
        () ->
            core.unknownFlags(ulFlags, MAPI_UNICODE)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : new SearchFolder(core, id).get((ulFlags & MAPI_UNICODE) != 0));
  }

  @Override
  public MapiResult<IMessage> createMessage(Guid lpInterface, int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, ITEMPROC_FORCE | MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          if (!core.writable()) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          if (!core.folderExists(id)) {
            return MapiResult.error(MAPI_E_OBJECT_DELETED);
          }
          if (core.isSearch(id)) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          return messages().create(lpInterface, (ulFlags & MAPI_ASSOCIATED) != 0);
        });
  }

  @Override
  public int copyMessages(
      ENTRYLIST lpMsgList,
      Guid lpInterface,
      IUnknown lpDestFolder,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags) {
    return callUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_DECLINE_OK | MESSAGE_DIALOG | MESSAGE_MOVE)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          return showing(
              ulFlags,
              ulUIParam,
              lpProgress,
              messages ->
                  messages.copy(
                      lpMsgList, lpInterface, lpDestFolder, (ulFlags & MESSAGE_MOVE) != 0));
        });
  }

  @Override
  public int deleteMessages(
      ENTRYLIST lpMsgList, long ulUIParam, IMAPIProgress lpProgress, int ulFlags) {
    return change(
        ulFlags,
        DELETE_HARD_DELETE | MESSAGE_DIALOG,
        () ->
            showing(
                ulFlags,
                ulUIParam,
                lpProgress,
                messages -> messages.delete(lpMsgList, (ulFlags & DELETE_HARD_DELETE) != 0)));
  }

  @Override
  public MapiResult<IMAPIFolder> createFolder(
      int ulFolderType,
      String lpszFolderName,
      String lpszFolderComment,
      Guid lpInterface,
      int ulFlags) {
    return queryUnlocked(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_DEFERRED_ERRORS | MAPI_UNICODE | OPEN_IF_EXISTS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          int named = FolderTree.checkName(core, lpszFolderName);
          if (named != S_OK) {
            return MapiResult.error(named);
          }
          if (refuses(lpInterface)) {
            return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
          }
          if (ulFolderType != FOLDER_GENERIC && ulFolderType != FOLDER_SEARCH) {
            return MapiResult.error(MAPI_E_INVALID_PARAMETER);
          }
          if (!core.writable() || core.isSearch(id)) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          FolderTree tree = new FolderTree(core);
          MapiResult<Bytes> created =
              tree.create(id, ulFolderType, lpszFolderName, lpszFolderComment);
          if (created.hr() == MAPI_E_COLLISION && (ulFlags & OPEN_IF_EXISTS) != 0) {
            Optional<Bytes> there = tree.child(id, lpszFolderName);
            created = there.isPresent() ? MapiResult.ok(there.get()) : created;
          }
          return created.map(folder -> new FolderObject(core, folder, true));
        });
  }

  /** CreateFolder of one that becomes a copy. */
  MapiResult<IMAPIFolder> createCopy(String name, FolderTree.CopyOf source) {
    return queryUnlocked(
        () ->
            core.writable()
                ? new FolderTree(core)
                    .create(id, FOLDER_GENERIC, name, null, source)
                    .map(folder -> new FolderObject(core, folder, true))
                : MapiResult.error(MAPI_E_NO_ACCESS));
  }

  @Override
  public int copyFolder(
      Bytes lpEntryID,
      Guid lpInterface,
      IUnknown lpDestFolder,
      String lpszNewFolderName,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags) {
    return callUnlocked(
        () -> {
          if (core.unknownFlags(
              ulFlags,
              COPY_SUBFOLDERS | FOLDER_DIALOG | FOLDER_MOVE | MAPI_DECLINE_OK | MAPI_UNICODE)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if (!(lpDestFolder instanceof IMAPIFolder destination)) {
            return MAPI_E_INVALID_PARAMETER;
          }
          if (lpInterface != null && destination.queryInterface(lpInterface).failed()) {
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
          }
          if (lpszNewFolderName != null && FolderTree.checkName(core, lpszNewFolderName) != S_OK) {
            return FolderTree.checkName(core, lpszNewFolderName);
          }
          Optional<EntryId> folder =
              EntryIds.own(core, lpEntryID).filter(entry -> entry.kind() == EntryId.FOLDER);
          if (folder.isEmpty()) {
            return MAPI_E_UNKNOWN_ENTRYID;
          }
          return showing(
              ulFlags,
              FOLDER_DIALOG,
              ulUIParam,
              lpProgress,
              progress ->
                  new FolderCopy(core, progress)
                      .copyFolder(
                          id,
                          folder.get().id(),
                          destination,
                          lpszNewFolderName,
                          (ulFlags & FOLDER_MOVE) != 0,
                          (ulFlags & COPY_SUBFOLDERS) != 0));
        });
  }

  @Override
  public int deleteFolder(Bytes lpEntryID, long ulUIParam, IMAPIProgress lpProgress, int ulFlags) {
    return change(
        ulFlags,
        DEL_FOLDERS | DEL_MESSAGES | DELETE_HARD_DELETE | FOLDER_DIALOG,
        () -> {
          Optional<EntryId> folder = EntryIds.own(core, lpEntryID);
          if (folder.isEmpty() || folder.get().kind() != EntryId.FOLDER) {
            return lpEntryID == null ? MAPI_E_INVALID_PARAMETER : MAPI_E_UNKNOWN_ENTRYID;
          }
          return showing(
              ulFlags,
              FOLDER_DIALOG,
              ulUIParam,
              lpProgress,
              progress -> new FolderTree(core).delete(id, folder.get().id(), ulFlags, progress));
        });
  }

  @Override
  public int setReadFlags(
      ENTRYLIST lpMsgList, long ulUIParam, IMAPIProgress lpProgress, int ulFlags) {
    int known =
        CLEAR_READ_FLAG
            | CLEAR_NRN_PENDING
            | CLEAR_RN_PENDING
            | GENERATE_RECEIPT_ONLY
            | MAPI_DEFERRED_ERRORS
            | MESSAGE_DIALOG
            | SUPPRESS_RECEIPT;
    return change(
        ulFlags,
        known,
        () ->
            showing(
                ulFlags,
                ulUIParam,
                lpProgress,
                messages -> messages.setReadFlags(lpMsgList, ulFlags)));
  }

  @Override
  public MapiResult<Integer> getMessageStatus(Bytes lpEntryID, int ulFlags) {
    return queryUnlocked(
        () ->
            core.unknownFlags(ulFlags, 0)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : messages().status(lpEntryID));
  }

  @Override
  public MapiResult<Integer> setMessageStatus(
      Bytes lpEntryID, int ulNewStatus, int ulNewStatusMask) {
    return queryUnlocked(
        () ->
            core.writable()
                ? messages().setStatus(lpEntryID, ulNewStatus, ulNewStatusMask)
                : MapiResult.error(MAPI_E_NO_ACCESS));
  }

  @Override
  public int saveContentsSort(SSortOrderSet lpSortCriteria, int ulFlags) {
    return change(
        ulFlags,
        RECURSIVE_SORT,
        () ->
            readWrite
                ? core.sorts().save(id, lpSortCriteria, (ulFlags & RECURSIVE_SORT) != 0)
                : MAPI_E_NO_ACCESS);
  }

  @Override
  public int emptyFolder(long ulUIParam, IMAPIProgress lpProgress, int ulFlags) {
    return change(
        ulFlags,
        DEL_ASSOCIATED | DELETE_HARD_DELETE | FOLDER_DIALOG,
        () ->
            showing(
                ulFlags,
                FOLDER_DIALOG,
                ulUIParam,
                lpProgress,
                progress ->
                    new MessageList(core, id, progress)
                        .empty(
                            (ulFlags & DEL_ASSOCIATED) != 0, (ulFlags & DELETE_HARD_DELETE) != 0)));
  }
}
