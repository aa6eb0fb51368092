package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

/**
 * HrValidateIPMSubtree on one store, through its interface alone. Writes only what differs, so that
 * a store that computes these properties truthfully is left alone.
 */
final class IpmSubtree {
  private static final int FLAGS = MAPI_FORCE_CREATE | MAPI_FULL_IPM_TREE;

  /** The Inbox has no property of the store: its identifier travels under this tag. */
  private static final int INBOX_TAG = PropTag.of(PROP_ID_NULL, PT_BINARY);

  /** A standard folder: its name, its bit, the store's property, where it lies, when it is made. */
  private record Standard(String name, int bit, int tag, boolean inSubtree, boolean always) {}

  private static final Standard SUBTREE =
      new Standard("IPM Subtree", FOLDER_IPM_SUBTREE_VALID, PR_IPM_SUBTREE_ENTRYID, false, true);

  private static final List<Standard> OTHERS =
      List.of(
          new Standard("Search Root", FOLDER_FINDER_VALID, PR_FINDER_ENTRYID, false, true),
          new Standard(
              "Deleted Items",
              FOLDER_IPM_WASTEBASKET_VALID,
              PR_IPM_WASTEBASKET_ENTRYID,
              true,
              true),
          new Standard("Inbox", FOLDER_IPM_INBOX_VALID, INBOX_TAG, true, false),
          new Standard("Outbox", FOLDER_IPM_OUTBOX_VALID, PR_IPM_OUTBOX_ENTRYID, true, false),
          new Standard(
              "Sent Items", FOLDER_IPM_SENTMAIL_VALID, PR_IPM_SENTMAIL_ENTRYID, true, false),
          new Standard("Folder Views", FOLDER_VIEWS_VALID, PR_VIEWS_ENTRYID, false, false),
          new Standard(
              "Common Views", FOLDER_COMMON_VIEWS_VALID, PR_COMMON_VIEWS_ENTRYID, false, false));

  /** A call on an object failed. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int hr;
    private final transient IMAPIProp object;

    Failed(int hr, IMAPIProp object) {
      this.hr = hr;
      this.object = object;
    }
  }

  private final IMsgStore store;
  private final boolean force;
  private final boolean full;
  private final List<SPropValue> found = new ArrayList<>();
  private int mask;

  private IpmSubtree(IMsgStore store, int flags) {
    this.store = store;
    this.force = (flags & MAPI_FORCE_CREATE) != 0;
    this.full = (flags & MAPI_FULL_IPM_TREE) != 0;
  }

  static MapiResult<ValidatedIPMSubtree> validate(IMsgStore store, int flags) {
    if (store == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if ((flags & ~FLAGS) != 0) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    try {
      return MapiResult.ok(new ValidatedIPMSubtree(new IpmSubtree(store, flags).run(), null));
    } catch (Failed failed) {
      MAPIERROR error = failed.object.getLastError(failed.hr, MAPI_UNICODE).value();
      return MapiResult.of(failed.hr, new ValidatedIPMSubtree(List.of(), error));
    }
  }

  private List<SPropValue> run() throws Failed {
    SPropValue before = property(PR_VALID_FOLDER_MASK);
    mask = before == null ? 0 : before.asInt();
    try (IMAPIFolder root = open(IMsgStore.ROOT_FOLDER)) {
      Bytes subtreeId = ensure(SUBTREE, root);
      try (IMAPIFolder subtree = open(subtreeId)) {
        for (Standard folder : OTHERS) {
          if (folder.always() || full) {
            ensure(folder, folder.inSubtree() ? subtree : root);
          }
        }
      }
    }
    found.add(0, SPropValue.of(PR_VALID_FOLDER_MASK, mask));
    for (SPropValue prop : found) {
      if (prop.ulPropTag() != INBOX_TAG && !prop.equals(property(prop.ulPropTag()))) {
        set(prop);
      }
    }
    return found;
  }

  /** The folder's identifier, after it was created where it is missing. */
  @CanIgnoreReturnValue
  private Bytes ensure(Standard folder, IMAPIFolder parent) throws Failed {
    Bytes id = (mask & folder.bit()) == 0 ? null : present(folder);
    if (id == null) {
      id = create(folder, parent);
      mask |= folder.bit();
    }
    found.add(SPropValue.of(folder.tag(), id));
    return id;
  }

  /** The identifier that the store gives a folder it calls valid; null when it cannot be right. */
  private Bytes present(Standard folder) throws Failed {
    Bytes id;
    if (folder.tag() == INBOX_TAG) {
      MapiResult<IMsgStore.ReceiveFolder> receive = store.getReceiveFolder("", 0);
      id = receive.failed() ? null : receive.value().lppEntryID();
    } else {
      SPropValue prop = property(folder.tag());
      id = prop == null ? null : prop.asBytes();
    }
    return id == null || force && !opens(id) ? null : id;
  }

  private boolean opens(Bytes id) {
    MapiResult<OpenedEntry> opened = store.openEntry(id, null, 0);
    if (opened.failed()) {
      return false;
    }
    opened.value().lppUnk().close();
    return opened.value().lpulObjType() == MAPI_FOLDER;
  }

  private static Bytes create(Standard folder, IMAPIFolder parent) throws Failed {
    MapiResult<IMAPIFolder> made =
        parent.createFolder(
            FOLDER_GENERIC, folder.name(), null, null, OPEN_IF_EXISTS | MAPI_UNICODE);
    if (made.failed()) {
      throw new Failed(made.hr(), parent);
    }
    try (IMAPIFolder child = made.value()) {
      MapiResult<SPropValue> id = OneProp.get(child, PR_ENTRYID);
      if (id.failed()) {
        throw new Failed(id.hr(), child);
      }
      return id.value().asBytes();
    }
  }

  private IMAPIFolder open(Bytes id) throws Failed {
    MapiResult<OpenedEntry> opened = store.openEntry(id, null, MAPI_MODIFY);
    if (opened.failed()) {
      throw new Failed(opened.hr(), store);
    }
    if (opened.value().lppUnk() instanceof IMAPIFolder folder) {
      return folder;
    }
    throw new Failed(MAPI_E_CORRUPT_STORE, store);
  }

  /** A property of the store; null when it has none. */
  private SPropValue property(int tag) throws Failed {
    MapiResult<SPropValue> prop = OneProp.get(store, tag);
    if (prop.failed() && prop.hr() != MAPI_E_NOT_FOUND) {
      throw new Failed(prop.hr(), store);
    }
    return prop.value();
  }

  private void set(SPropValue prop) throws Failed {
    MapiResult<List<SPropProblem>> problems = store.setProps(List.of(prop));
    if (problems.failed()) {
      throw new Failed(problems.hr(), store);
    }
    if (!problems.value().isEmpty()) {
      throw new Failed(problems.value().get(0).scode(), store);
    }
  }
}
