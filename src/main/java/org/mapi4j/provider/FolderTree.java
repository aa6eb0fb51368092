package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** The tree of folders: each change is one commit, made again when the folder changed meanwhile. */
final class FolderTree {
  private static final int OPS_A_FOLDER = 10;

  private final StoreCore core;

  FolderTree(StoreCore core) {
    this.core = core;
  }

  static FolderRow newFolder(Bytes parent, int type, String name, String comment, FILETIME now) {
    List<Stored> props = new ArrayList<>();
    props.add(new Stored.Whole(new SPropValue(PR_DISPLAY_NAME_W, name)));
    if (comment != null) {
      props.add(new Stored.Whole(new SPropValue(PR_COMMENT_W, comment)));
    }
    props.add(new Stored.Whole(new SPropValue(PR_CREATION_TIME, now)));
    props.add(new Stored.Whole(new SPropValue(PR_LAST_MODIFICATION_TIME, now)));
    return new FolderRow(parent, type, PropSet.of(props));
  }

  /** S_OK for a name that a folder can have. */
  static int checkName(StoreCore core, String name) {
    if (name == null || name.isEmpty()) {
      return MAPI_E_INVALID_PARAMETER;
    }
    return 2 * name.length() > core.limits().inlineBytesMax() ? MAPI_E_TOO_BIG : S_OK;
  }

  /** Adds to a batch the rows of a new folder. */
  static void put(Batch.Builder batch, Bytes id, FolderRow row) {
    batch.put(Keys.folder(id), 1, row.encode());
    if (!id.equals(row.parent())) {
      place(batch, id, row);
    }
  }

  private static void place(Batch.Builder batch, Bytes id, FolderRow row) {
    batch.expect(FolderRow.nameKey(row.parent(), row.name()), Batch.ABSENT);
    enter(batch, id, row);
  }

  private static void enter(Batch.Builder batch, Bytes id, FolderRow row) {
    batch.put(FolderRow.nameKey(row.parent(), row.name()), 1, id);
    batch.put(Keys.child(row.parent(), id), 1, Bytes.EMPTY);
  }

  /** A folder's new name or parent; a name of other case alone has its key already. */
  private static void replace(Batch.Builder batch, Bytes id, FolderRow before, FolderRow after) {
    displace(batch, id, before);
    if (FolderRow.nameKey(after.parent(), after.name())
        .equals(FolderRow.nameKey(before.parent(), before.name()))) {
      enter(batch, id, after);
    } else {
      place(batch, id, after);
    }
  }

  private static void displace(Batch.Builder batch, Bytes id, FolderRow row) {
    batch.delete(FolderRow.nameKey(row.parent(), row.name()));
    batch.delete(Keys.child(row.parent(), id));
  }

  /** The subfolder with a name, whatever its case. */
  Optional<Bytes> child(Bytes parent, String name) {
    return core.shard().get(FolderRow.nameKey(parent, name)).map(Row::value);
  }

  List<Bytes> children(Bytes parent) {
    return core.scanAll(Keys.children(parent)).stream().map(row -> Keys.member(row.key())).toList();
  }

  /** The folder and all below it, parents first. */
  List<Bytes> subtree(Bytes folder) {
    List<Bytes> all = new ArrayList<>();
    ArrayDeque<Bytes> next = new ArrayDeque<>(List.of(folder));
    while (!next.isEmpty()) {
      Bytes one = next.removeFirst();
      all.add(one);
      next.addAll(children(one));
    }
    return all;
  }

  /** How many folders lie below one another in a subtree, itself counted. */
  private int height(Bytes folder) {
    int height = 0;
    List<Bytes> level = List.of(folder);
    while (!level.isEmpty()) {
      height++;
      level = level.stream().flatMap(one -> children(one).stream()).toList();
    }
    return height;
  }

  /** True when a folder is another one or lies below it. */
  boolean isWithin(Bytes folder, Bytes ancestor) {
    Bytes at = folder;
    while (true) {
      if (at.equals(ancestor)) {
        return true;
      }
      StoreCore.Versioned<FolderRow> row = core.folder(at);
      if (row == null || row.value().parent().equals(at)) {
        return false;
      }
      at = row.value().parent();
    }
  }

  int depth(Bytes folder) {
    int depth = 0;
    Bytes at = folder;
    for (StoreCore.Versioned<FolderRow> row = core.folder(at);
        row != null && !row.value().parent().equals(at);
        row = core.folder(at)) {
      at = row.value().parent();
      depth++;
    }
    return depth;
  }

  /** A folder that another becomes a copy of, and its parent. */
  record CopyOf(Bytes folder, Bytes parent) {}

  /**
   * Creates a subfolder; MAPI_E_COLLISION when the name is taken, MAPI_E_OBJECT_DELETED when the
   * parent is gone.
   */
  MapiResult<Bytes> create(Bytes parent, int type, String name, String comment) {
    return create(parent, type, name, comment, null);
  }

  /**
   * The same.
   *
   * @param source what the new one is a copy of, for those who are told of it; or null
   */
  MapiResult<Bytes> create(Bytes parent, int type, String name, String comment, CopyOf source) {
    if (depth(parent) >= core.limits().folderDepthMax()) {
      return MapiResult.error(MAPI_E_TOO_COMPLEX);
    }
    Bytes id = core.newId();
    Batch.Builder batch = Batch.builder().expectPresent(Keys.folder(parent));
    put(batch, id, newFolder(parent, type, name, comment, core.now()));
    if (source != null) {
      ChangeMarks.copied(batch, id, source.folder(), source.parent());
    }
    Outcome outcome = core.commit(batch);
    if (outcome instanceof Outcome.Conflict conflict) {
      return MapiResult.error(
          conflict.reason() == Outcome.Reason.ABSENT ? MAPI_E_OBJECT_DELETED : MAPI_E_COLLISION);
    }
    return MapiResult.ok(id);
  }

  /** Changes a folder's properties; a new display name must be free (MAPI_E_COLLISION). */
  int update(Bytes id, BlobSpace blobs, List<Stored> put, List<Integer> deletedIds) {
    while (true) {
      StoreCore.Versioned<FolderRow> before = core.folder(id);
      if (before == null) {
        return MAPI_E_OBJECT_DELETED;
      }
      ObjectProps changed = ObjectProps.change(before.value().props(), put, deletedIds, core.now());
      if (changed.exceeds(core.limits())) {
        return MAPI_E_TOO_BIG;
      }
      FolderRow after = before.value().withProps(changed.after());
      Batch.Builder batch = Batch.builder().expect(Keys.folder(id), before.version());
      if (!after.name().equals(before.value().name()) && !after.parent().equals(id)) {
        replace(batch, id, before.value(), after);
      }
      batch.put(Keys.folder(id), before.version() + 1, after.encode());
      changed.mark(batch, EntryId.FOLDER, id);
      changed.takeUp(batch, id, blobs);
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        changed.takenUp(blobs);
        return S_OK;
      }
      if (((Outcome.Conflict) outcome).key().get(0) == 'd') {
        return MAPI_E_COLLISION;
      }
    }
  }

  /**
   * Moves a folder with all below it; it keeps its id.
   *
   * @param name its new name, or null
   */
  int move(Bytes id, Bytes newParent, String name) {
    while (true) {
      StoreCore.Versioned<FolderRow> before = core.folder(id);
      if (before == null || !core.folderExists(newParent)) {
        return MAPI_E_NOT_FOUND;
      }
      if (isWithin(newParent, id)) {
        return MAPI_E_FOLDER_CYCLE;
      }
      if (depth(newParent) + height(id) > core.limits().folderDepthMax()) {
        return MAPI_E_TOO_COMPLEX;
      }
      String newName = name == null ? before.value().name() : name;
      if (newParent.equals(before.value().parent()) && newName.equals(before.value().name())) {
        return S_OK;
      }
      ObjectProps changed =
          ObjectProps.change(
              before.value().props(),
              List.of(new Stored.Whole(new SPropValue(PR_DISPLAY_NAME_W, newName))),
              List.of(),
              core.now());
      FolderRow after = before.value().withProps(changed.after()).withParent(newParent);
      Batch.Builder batch = Batch.builder().expect(Keys.folder(id), before.version());
      int placed = expectPath(batch, newParent, id);
      if (placed != S_OK) {
        return placed;
      }
      replace(batch, id, before.value(), after);
      batch.put(Keys.folder(id), before.version() + 1, after.encode());
      changed.mark(batch, EntryId.FOLDER, id);
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        return S_OK;
      }
      if (((Outcome.Conflict) outcome).key().get(0) == 'd') {
        return MAPI_E_COLLISION;
      }
    }
  }

  /**
   * The folders from one up to the root must stay where they are: two moves that race make no
   * cycle. MAPI_E_NOT_FOUND when one of them is gone, MAPI_E_FOLDER_CYCLE when the one that is
   * moved has come among them.
   */
  private int expectPath(Batch.Builder batch, Bytes folder, Bytes moved) {
    Bytes at = folder;
    for (StoreCore.Versioned<FolderRow> row = core.folder(at); row != null; row = core.folder(at)) {
      if (at.equals(moved)) {
        return MAPI_E_FOLDER_CYCLE;
      }
      batch.expect(Keys.folder(at), row.version());
      if (row.value().parent().equals(at)) {
        return S_OK;
      }
      at = row.value().parent();
    }
    return MAPI_E_NOT_FOUND;
  }

  /** Adds to a batch what deletes one folder; its messages are left to the sweeper. */
  static void bury(Batch.Builder batch, Bytes id, FolderRow row) {
    displace(batch, id, row);
    batch.delete(Keys.folder(id));
    batch.delete(Keys.contentsSort(id));
    batch.put(Keys.tombstone(id), 1, Bytes.EMPTY);
    if (row.search() != null) {
      batch.delete(Keys.search(id));
    }
    row.blobs().forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
  }

  /**
   * Deletes a folder: the folder rows of the subtree in one commit, or from the leaves up where
   * they are more than a batch takes; its messages by tombstones that the sweeper works off.
   * MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES without the flags, checked in the same commit.
   *
   * @param progress told of each commit; null for nobody
   */
  int delete(Bytes parent, Bytes id, int flags, IMAPIProgress progress) {
    ProgressSteps steps = null;
    int total = 0; // as many as there are at first
    while (true) {
      StoreCore.Versioned<FolderRow> row = core.folder(id);
      if (row == null || !row.value().parent().equals(parent) || id.equals(parent)) {
        return MAPI_E_NOT_FOUND;
      }
      List<Bytes> all = subtree(id);
      if (all.size() > 1 && (flags & DEL_FOLDERS) == 0) {
        return MAPI_E_HAS_FOLDERS;
      }
      boolean keepMessages = (flags & DEL_MESSAGES) == 0;
      if (keepMessages && all.stream().anyMatch(this::hasMessages)) {
        return MAPI_E_HAS_MESSAGES;
      }
      int from = Math.max(0, all.size() - core.shard().limits().batchOpsMax() / OPS_A_FOLDER);
      Outcome outcome = deleteAll(all.subList(from, all.size()), flags);
      if (outcome instanceof Outcome.Conflict conflict) {
        boolean ofFolders = Keys.isChild(conflict.key());
        boolean mayCome = ofFolders && (flags & DEL_FOLDERS) != 0;
        if (conflict.reason() == Outcome.Reason.NOT_EMPTY && !mayCome) {
          return ofFolders ? MAPI_E_HAS_FOLDERS : MAPI_E_HAS_MESSAGES;
        }
      } else {
        if (steps == null) {
          total = all.size();
          steps = new ProgressSteps(progress, total);
        }
        core.sweepSoon();
        if (from == 0) {
          steps.finish();
          return S_OK;
        }
        if (steps.did(total - from)) {
          return MAPI_W_PARTIAL_COMPLETION;
        }
      }
    }
  }

  /** Folders with all that are below them. */
  private Outcome deleteAll(List<Bytes> folders, int flags) {
    Set<Bytes> known = Set.copyOf(folders);
    Batch.Builder batch = Batch.builder();
    for (Bytes folder : folders) {
      StoreCore.Versioned<FolderRow> row = core.folder(folder);
      if (row != null) {
        batch.expect(Keys.folder(folder), row.version());
        if ((flags & DEL_FOLDERS) == 0) {
          batch.expectEmpty(Keys.children(folder));
        } else if ((flags & DEL_MESSAGES) == 0) {
          expectNoOther(batch, folder, known);
        }
        if ((flags & DEL_MESSAGES) == 0) {
          batch.expectEmpty(Keys.indexes(folder, false));
        }
        bury(batch, folder, row.value());
      }
    }
    return core.commit(batch);
  }

  /** A subfolder that came meanwhile may have messages, which are to stay. */
  private void expectNoOther(Batch.Builder batch, Bytes folder, Set<Bytes> known) {
    KeyRange rest = Keys.children(folder);
    for (Row child : core.scanAll(rest)) {
      if (known.contains(Keys.member(child.key()))) {
        batch.expectEmpty(rest.endingBefore(child.key()));
        rest = rest.startingAfter(child.key());
      }
    }
    batch.expectEmpty(rest);
  }

  private boolean hasMessages(Bytes folder) {
    return !core.shard().scan(Keys.indexes(folder, false), false, 1).isEmpty();
  }
}
