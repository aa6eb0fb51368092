package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.spi.Change;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;

/**
 * The events of one commit, read from the keys that it wrote and its {@link ChangeMarks}: first
 * those of messages and folders, then the computed properties of folders that changed with them.
 * Confined to the thread that reads the change. Source: MAPI "Handling message store notification".
 */
final class StoreEvents {
  /**
   * An event and whose it is.
   *
   * @param about entry identifiers of the objects that it happened to; the store's sinks hear all
   */
  record Event(NOTIFICATION notification, List<Bytes> about) {}

  private final StoreCore core;
  private final Map<Bytes, Message> messages = new LinkedHashMap<>();
  private final Map<Bytes, Folder> folders = new LinkedHashMap<>();
  private final Map<Bytes, Set<Integer>> computed = new LinkedHashMap<>();
  private final Set<Bytes> recounted = new LinkedHashSet<>();
  private final Set<Bytes> cameOrWent = new HashSet<>();
  private final Map<Bytes, SPropTagArray> changed = new LinkedHashMap<>();
  private final Map<Bytes, ChangeMarks.Mark.Copied> copies = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();

  /** What a commit did to the rows of a message. */
  private static final class Message {
    boolean imagePut;
    boolean imageDeleted;
    boolean counted;
    boolean keptDeleted;
    boolean keptNoLonger;
    Bytes entered;
    Bytes left;
  }

  /** What a commit did to the rows of a folder. */
  private static final class Folder {
    boolean put;
    boolean deleted;
    Bytes entered;
    Bytes left;

    boolean isNew() {
      return put && entered != null && left == null;
    }

    boolean isMoved() {
      return put && entered != null && left != null && !entered.equals(left);
    }
  }

  private StoreEvents(StoreCore core) {
    this.core = core;
  }

  /** The events of a commit, in the order in which they are told. */
  static List<Event> of(StoreCore core, Change change) {
    StoreEvents reading = new StoreEvents(core);
    reading.read(change);
    return reading.events;
  }

  private void read(Change change) {
    boolean storePut = false;
    Set<Bytes> counted = new LinkedHashSet<>();
    for (Bytes key : change.deleted()) {
      readDeleted(key);
    }
    for (Bytes key : change.put()) {
      switch (key.get(0)) {
        case Keys.IMAGES -> message(Keys.owner(key)).imagePut = true;
        case Keys.INDEXES -> message(Keys.indexed(key)).entered = Keys.owner(key);
        case Keys.FOLDERS -> folder(Keys.owner(key)).put = true;
        case Keys.CHILDREN -> folder(Keys.member(key)).entered = Keys.owner(key);
        case Keys.COUNTERS -> count(key, counted);
        case Keys.STORE -> storePut = true;
        case Keys.RETAINED -> {
          if (Keys.isRetained(key)) {
            message(Keys.retainedMessage(key)).keptDeleted = true;
          }
        }
        default -> {}
      }
    }
    messages.values().forEach(m -> m.counted = m.entered != null && counted.contains(m.entered));
    messages.forEach(this::tellMessage);
    recounted.forEach(this::tellCounts);
    tellFolders();
    tellComputed();
    if (storePut) {
      Bytes store = core.storeEntryId();
      tell(fnevObjectModified, MAPI_STORE, store, null, changed.get(core.uid()));
    }
  }

  private void readDeleted(Bytes key) {
    switch (key.get(0)) {
      case Keys.IMAGES -> message(Keys.owner(key)).imageDeleted = true;
      case Keys.INDEXES -> message(Keys.indexed(key)).left = Keys.owner(key);
      case Keys.FOLDERS -> folder(Keys.owner(key)).deleted = true;
      case Keys.CHILDREN -> folder(Keys.member(key)).left = Keys.owner(key);
      case Keys.RETAINED -> {
        if (Keys.isRetained(key)) {
          message(Keys.retainedMessage(key)).keptNoLonger = true;
        }
      }
      case ChangeMarks.LETTER -> ChangeMarks.parse(key).ifPresent(this::readMark);
      default -> {}
    }
  }

  private void readMark(ChangeMarks.Mark mark) {
    if (mark instanceof ChangeMarks.Mark.Changed these) {
      changed.put(these.id(), these.tags());
    } else if (mark instanceof ChangeMarks.Mark.Copied copy) {
      copies.put(copy.copy(), copy);
    } else if (mark instanceof ChangeMarks.Mark.NewMail mail) {
      List<Bytes> about = new ArrayList<>();
      ownId(mail.event().lpParentID()).ifPresent(about::add);
      events.add(new Event(mail.event(), about));
    } else if (mark instanceof ChangeMarks.Mark.SearchComplete search) {
      StoreCore.Versioned<FolderRow> row = core.folder(search.folder());
      if (row != null) {
        Bytes parent = folderId(row.value().parent());
        tell(fnevSearchComplete, MAPI_FOLDER, folderId(search.folder()), parent, null);
      }
    }
  }

  private Optional<Bytes> ownId(Bytes entryId) {
    return EntryIds.own(core, entryId).map(EntryId::toBytes);
  }

  /** A counter of messages tells a new message from one that is saved again. */
  private void count(Bytes key, Set<Bytes> counted) {
    Bytes folder = Keys.owner(key);
    int kind = key.get(key.size() - 1);
    if (kind != Keys.UNREAD) {
      counted.add(folder);
    }
    switch (kind) {
      case Keys.CONTENT -> computed(folder, PR_CONTENT_COUNT);
      case Keys.UNREAD -> computed(folder, PR_CONTENT_UNREAD);
      case Keys.ASSOCIATED -> computed(folder, PR_ASSOC_CONTENT_COUNT);
      default -> recounted.add(folder);
    }
  }

  /** One counter holds both counts: where no message came or went, it is the unread ones. */
  private void tellCounts(Bytes folder) {
    if (cameOrWent.contains(folder)) {
      computed(folder, PR_CONTENT_COUNT);
    }
    computed(folder, PR_CONTENT_UNREAD);
  }

  private void computed(Bytes folder, int tag) {
    computed.computeIfAbsent(folder, id -> new LinkedHashSet<>()).add(tag);
  }

  private Message message(Bytes id) {
    return messages.computeIfAbsent(id, key -> new Message());
  }

  private Folder folder(Bytes id) {
    return folders.computeIfAbsent(id, key -> new Folder());
  }

  private void tellMessage(Bytes id, Message message) {
    Bytes entryId = core.entryId(EntryId.MESSAGE, id);
    if (message.keptDeleted) {
      cameOrWent.add(message.left);
      tell(fnevObjectDeleted, MAPI_MESSAGE, entryId, folderId(message.left), null);
    } else if (message
        .keptNoLonger) { // for clients it was gone: it comes again, or nothing changes
      if (message.entered != null) {
        cameOrWent.add(message.entered);
        tell(fnevObjectCreated, MAPI_MESSAGE, entryId, folderId(message.entered), null);
      }
    } else if (message.imageDeleted) {
      if (message.left != null) {
        cameOrWent.add(message.left);
        tell(fnevObjectDeleted, MAPI_MESSAGE, entryId, folderId(message.left), null);
      }
    } else if (message.entered != null) {
      Bytes parent = folderId(message.entered);
      if (message.left != null && !message.left.equals(message.entered)) {
        cameOrWent.add(message.left);
        cameOrWent.add(message.entered);
        tellMoved(MAPI_MESSAGE, entryId, parent, folderId(message.left));
      } else if (message.imagePut && message.counted) {
        cameOrWent.add(message.entered);
        tellNew(MAPI_MESSAGE, EntryId.MESSAGE, id, parent);
      } else {
        tell(fnevObjectModified, MAPI_MESSAGE, entryId, parent, changed.get(id));
      }
    }
  }

  /** Deletions from the leaves up, whatever the order in which the commit names them. */
  private void tellFolders() {
    List<Event> deletions = new ArrayList<>();
    folders.forEach(
        (id, folder) -> {
          Bytes entryId = folderId(id);
          if (folder.deleted) {
            if (folder.left != null) {
              deletions.add(
                  0,
                  object(
                      fnevObjectDeleted, MAPI_FOLDER, entryId, folderId(folder.left), null, null));
              computed(folder.left, PR_SUBFOLDERS);
            }
          } else if (folder.isNew()) {
            tellNew(MAPI_FOLDER, EntryId.FOLDER, id, folderId(folder.entered));
            computed(folder.entered, PR_SUBFOLDERS);
          } else if (folder.isMoved()) {
            tellMoved(MAPI_FOLDER, entryId, folderId(folder.entered), folderId(folder.left));
            computed(folder.left, PR_SUBFOLDERS);
            computed(folder.entered, PR_SUBFOLDERS);
          } else if (folder.put) {
            tellModified(id, changed.get(id));
          }
        });
    events.addAll(deletions);
  }

  /** A folder that the commit made or removed has told of itself already. */
  private void tellComputed() {
    computed.forEach(
        (id, tags) -> {
          Folder folder = folders.get(id);
          if (folder == null || !folder.isNew() && !folder.deleted) {
            tellModified(id, SPropTagArray.of(List.copyOf(tags)));
          }
        });
  }

  /** A folder that is gone by now is not told of: what follows says that it was deleted. */
  private void tellModified(Bytes id, SPropTagArray tags) {
    StoreCore.Versioned<FolderRow> row = core.folder(id);
    if (row != null) {
      tell(fnevObjectModified, MAPI_FOLDER, folderId(id), folderId(row.value().parent()), tags);
    }
  }

  private void tellNew(int type, int kind, Bytes id, Bytes parent) {
    ChangeMarks.Mark.Copied copy = copies.get(id);
    Bytes entryId = core.entryId(kind, id);
    if (copy == null) {
      tell(fnevObjectCreated, type, entryId, parent, null);
    } else {
      events.add(
          object(
              fnevObjectCopied,
              type,
              entryId,
              parent,
              new Old(core.entryId(kind, copy.source()), folderId(copy.sourceFolder())),
              null));
    }
  }

  private void tellMoved(int type, Bytes entryId, Bytes parent, Bytes oldParent) {
    events.add(object(fnevObjectMoved, type, entryId, parent, new Old(entryId, oldParent), null));
  }

  private void tell(int event, int type, Bytes entryId, Bytes parent, SPropTagArray tags) {
    events.add(object(event, type, entryId, parent, null, tags));
  }

  private record Old(Bytes id, Bytes parent) {}

  private static Event object(
      int event, int type, Bytes entryId, Bytes parent, Old old, SPropTagArray tags) {
    boolean other = old != null && !old.id().equals(entryId);
    return new Event(
        new OBJECT_NOTIFICATION(
            event,
            entryId,
            type,
            parent,
            old == null ? null : old.id(),
            old == null ? null : old.parent(),
            tags),
        other ? List.of(entryId, old.id()) : List.of(entryId));
  }

  private Bytes folderId(Bytes id) {
    return core.entryId(EntryId.FOLDER, id);
  }
}
