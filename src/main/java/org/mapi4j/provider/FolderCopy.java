package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/**
 * CopyMessages, CopyFolder and the folder part of CopyTo. Within one store a move keeps ids and a
 * copy takes the stored version; to another store, anybody's, messages go through its interface.
 */
final class FolderCopy {
  private final StoreCore core;
  private final IMAPIProgress progress;
  private boolean whole = true;
  private ProgressSteps steps;

  /** What becomes of the messages that were copied. */
  private enum Originals {
    STAY,
    /** Each goes when its copy is saved, unless someone's write access holds it. */
    GO,
    /** They go with their folder: nobody's write access holds them. */
    GO_WITH_FOLDER
  }

  FolderCopy(StoreCore core, IMAPIProgress progress) {
    this.core = core;
    this.progress = progress;
  }

  int copyMessages(Bytes from, ENTRYLIST list, IMAPIFolder destination, boolean move) {
    steps = new ProgressSteps(progress, list.size());
    return copyMessages(from, list, destination, move ? Originals.GO : Originals.STAY);
  }

  private int copyMessages(
      Bytes from, ENTRYLIST list, IMAPIFolder destination, Originals originals) {
    Target target = target(destination);
    if (target.refusal != S_OK) {
      return target.refusal;
    }
    return new MessageList(core, from, null)
        .withBin()
        .each(list, steps, one -> copyMessage(one.folder(), one.id(), target, originals));
  }

  /** Where copies go: a folder of this shard by id, or any other by its interface. */
  private record Target(IMAPIFolder folder, StoreCore own, Bytes id, int refusal) {}

  private Target target(IMAPIFolder destination) {
    if (destination instanceof FolderObject folder && folder.core.shard() == core.shard()) {
      int refusal =
          !folder.core.writable() || core.isSearch(folder.id())
              ? MAPI_E_NO_ACCESS
              : folder.isClosed()
                  ? MAPI_E_INVALID_OBJECT
                  : core.folderExists(folder.id()) ? S_OK : MAPI_E_OBJECT_DELETED;
      return new Target(destination, folder.core, folder.id(), refusal);
    }
    boolean readOnly = destination instanceof FolderObject folder && !folder.core.writable();
    return new Target(destination, null, null, readOnly ? MAPI_E_NO_ACCESS : S_OK);
  }

  private int copyMessage(Bytes from, Bytes id, Target target, Originals originals) {
    if (target.own() != null) {
      return originals == Originals.STAY
          ? MessageRows.copy(core, from, id, target.own(), target.id())
          : MessageRows.move(core, from, id, target.id());
    }
    return copyThroughInterface(from, id, target.folder(), originals);
  }

  private int copyThroughInterface(
      Bytes from, Bytes id, IMAPIFolder destination, Originals originals) {
    StoreCore.StoredMessage before = core.message(id);
    if (before == null) {
      return MAPI_E_NOT_FOUND;
    }
    MapiResult<MessageObject> source = MessageOpening.open(core, id, SHOW_SOFT_DELETES);
    if (source.failed()) {
      return source.hr();
    }
    try (IMessage message = source.value()) {
      int associated = source.value().home().flags() & MSGFLAG_ASSOCIATED;
      MapiResult<IMessage> created =
          destination.createMessage(null, associated != 0 ? MAPI_ASSOCIATED : 0);
      if (created.failed()) {
        return created.hr();
      }
      try (IMessage copy = created.value()) {
        var copied = message.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0);
        // A copy may lack what the other store refuses; a move would lose it for good.
        boolean move = originals != Originals.STAY;
        int lost =
            copied.failed()
                ? copied.hr()
                : move ? PropCopy.lost(source.value(), copied.value()) : S_OK;
        int saved = lost != S_OK ? lost : copy.saveChanges(KEEP_OPEN_READONLY);
        if (saved < 0 || !move) {
          return saved;
        }
        MessageRows.Except except =
            originals == Originals.GO_WITH_FOLDER ? null : MessageRows.Except.of(core);
        int hr = MessageRows.delete(core, from, id, before.version(), except);
        return hr < 0 ? withdraw(copy, destination, hr) : hr;
      }
    }
  }

  /**
   * A move leaves one message, never two: the copy of what may not leave, or was saved since, goes.
   */
  private static int withdraw(IMessage copy, IMAPIFolder destination, int hr) {
    var copyId = copy.getProps(SPropTagArray.tags(PR_ENTRYID), 0);
    if (copyId.hr() == S_OK) {
      int undone =
          destination.deleteMessages(ENTRYLIST.of(copyId.value().get(0).asBytes()), 0, null, 0);
      return undone == S_OK ? hr : undone;
    }
    return hr;
  }

  /**
   * CopyFolder.
   *
   * @param parent the folder it must be in
   */
  int copyFolder(
      Bytes parent,
      Bytes id,
      IMAPIFolder destination,
      String name,
      boolean move,
      boolean subfolders) {
    steps = ProgressSteps.estimated(progress, items(id, move || subfolders));
    int hr = copyOneFolder(parent, id, destination, name, move, subfolders);
    if (hr >= 0) {
      steps.finish();
    }
    return hr;
  }

  /** How many messages and folders there are to copy; nobody is told of them without progress. */
  private long items(Bytes folder, boolean subfolders) {
    if (progress == null) {
      return 0;
    }
    FolderTree tree = new FolderTree(core);
    long items = 0;
    for (Bytes one : subfolders ? tree.subtree(folder) : List.of(folder)) {
      FolderCounts counts = core.counts(one);
      items += counts.messages() + counts.associated() + 1;
    }
    return items;
  }

  private int copyOneFolder(
      Bytes parent,
      Bytes id,
      IMAPIFolder destination,
      String name,
      boolean move,
      boolean subfolders) {
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    if (row == null || !row.value().parent().equals(parent) || id.equals(parent)) {
      return MAPI_E_NOT_FOUND;
    }
    if (move && !core.writable() || row.value().isSearch()) {
      return MAPI_E_NO_ACCESS;
    }
    Target target = target(destination);
    if (target.refusal != S_OK) {
      return target.refusal;
    }
    FolderTree tree = new FolderTree(core);
    if (target.own() != null && (move || subfolders) && tree.isWithin(target.id(), id)) {
      return MAPI_E_FOLDER_CYCLE;
    }
    if (move && target.own() != null) {
      return tree.move(id, target.id(), name);
    }
    Originals originals = move ? Originals.GO_WITH_FOLDER : Originals.STAY;
    int hr = copyTree(id, destination, name, move || subfolders, originals);
    if (hr < 0) {
      return hr;
    }
    if (move && whole) {
      hr = tree.delete(parent, id, 0, null);
      whole = hr != MAPI_E_HAS_MESSAGES && hr != MAPI_E_HAS_FOLDERS; // what came since stays
    }
    return !whole ? MAPI_W_PARTIAL_COMPLETION : hr < 0 ? hr : S_OK;
  }

  private int copyTree(
      Bytes id, IMAPIFolder destination, String name, boolean subfolders, Originals originals) {
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    if (row == null) {
      return MAPI_E_NOT_FOUND;
    }
    MapiResult<IMAPIFolder> created =
        create(
            destination,
            name == null ? row.value().name() : name,
            new FolderTree.CopyOf(id, row.value().parent()));
    if (created.failed()) {
      return created.hr();
    }
    try (FolderObject source = new FolderObject(core, id, false);
        IMAPIFolder copy = created.value()) {
      var props =
          new PropCopy(source, null, MapiGuid.IID_IMAPIProp, copy, 0)
              .copyTo(List.of(MapiGuid.IID_IMAPIFolder), SPropTagArray.tags(PR_DISPLAY_NAME_W));
      if (props.failed()) {
        return props.hr();
      }
      whole &= !steps.did();
      whole &= originals == Originals.STAY || PropCopy.lost(source, props.value()) == S_OK;
      return copyContents(
          source, copy, tag -> tag != PR_CONTAINER_HIERARCHY || subfolders, originals);
    }
  }

  /** A folder that becomes a copy; who listens to this store is told that it is one. */
  private MapiResult<IMAPIFolder> create(
      IMAPIFolder destination, String name, FolderTree.CopyOf source) {
    return destination instanceof FolderObject own && own.core.shard() == core.shard()
        ? own.createCopy(name, source)
        : destination.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE);
  }

  /**
   * The messages, associated messages and subfolders of a folder that are chosen, into another
   * folder.
   */
  int copyContents(
      FolderObject source, IMAPIFolder destination, PropCopy.Subobjects chosen, boolean move) {
    steps = ProgressSteps.estimated(progress, items(source.id(), true));
    int hr = copyContents(source, destination, chosen, move ? Originals.GO : Originals.STAY);
    if (hr >= 0) {
      steps.finish();
    }
    return hr;
  }

  private int copyContents(
      FolderObject source,
      IMAPIFolder destination,
      PropCopy.Subobjects chosen,
      Originals originals) {
    int hr = S_OK;
    for (boolean associated : new boolean[] {false, true}) {
      if (hr >= 0
          && !steps.isCanceled()
          && chosen.includes(associated ? PR_FOLDER_ASSOCIATED_CONTENTS : PR_CONTAINER_CONTENTS)) {
        hr =
            copyMessages(
                source.id(),
                new MessageList(core, source.id(), null).all(associated),
                destination,
                originals);
        whole &= hr == S_OK;
      }
    }
    if (hr >= 0 && chosen.includes(PR_CONTAINER_HIERARCHY)) {
      Bytes own = destination instanceof FolderObject folder ? folder.id() : null;
      for (Bytes child : new FolderTree(core).children(source.id())) {
        whole &= !steps.isCanceled();
        if (core.isSearch(child)) {
          whole = false;
        } else if (!child.equals(own) && !steps.isCanceled()) {
          int copied =
              originals == Originals.STAY
                  ? copyTree(child, destination, null, true, Originals.STAY)
                  : copyOneFolder(source.id(), child, destination, null, true, true);
          if (copied < 0) {
            return copied;
          }
        }
      }
    }
    return hr < 0 ? hr : whole ? S_OK : MAPI_W_PARTIAL_COMPLETION;
  }

  /**
   * Before a CopyTo with messages or subfolders: MAPI_E_NO_ACCESS into a search folder,
   * MAPI_E_FOLDER_CYCLE into itself or below, MAPI_E_COLLISION when a name is taken.
   */
  static int check(FolderObject source, IMAPIProp target, PropCopy.Subobjects chosen) {
    if (!(target instanceof IMAPIFolder)) {
      return S_OK;
    }
    StoreCore core = source.core;
    Bytes own = FolderIds.of(core, target);
    boolean messages =
        chosen.includes(PR_CONTAINER_CONTENTS) || chosen.includes(PR_FOLDER_ASSOCIATED_CONTENTS);
    boolean folders = chosen.includes(PR_CONTAINER_HIERARCHY);
    if (own != null && (messages || folders) && core.isSearch(own)) {
      return MAPI_E_NO_ACCESS;
    }
    if (!folders) {
      return S_OK;
    }
    FolderTree tree = new FolderTree(core);
    if (own == null) {
      return S_OK;
    }
    if (tree.isWithin(own, source.id())) {
      return MAPI_E_FOLDER_CYCLE;
    }
    for (Bytes child : tree.children(source.id())) {
      StoreCore.Versioned<FolderRow> row = core.folder(child);
      if (row != null && tree.child(own, row.value().name()).isPresent()) {
        return MAPI_E_COLLISION;
      }
    }
    return S_OK;
  }
}
