package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * Finds objects as people address them: {@code /Inbox} below the root, the IPM subtree or the root
 * of searches, {@code /Inbox#3} the third message of a folder in the order of creation, or an entry
 * identifier in hexadecimal.
 */
final class StoreView {
  private static final int ROWS_PER_PAGE = 500;

  /** Folders within one another that a path names. */
  private static final int DEPTH_MAX = 1000;

  private final IMsgStore store;

  /** An object, what it is (MAPI_FOLDER …), and its address. */
  record Found(IMAPIProp object, int type, String address) implements AutoCloseable {
    @Override
    public void close() {
      if (type != MAPI_STORE) {
        object.close();
      }
    }
  }

  StoreView(IMsgStore store) {
    this.store = store;
  }

  IMsgStore store() {
    return store;
  }

  /** Opens what an address names; null is the store itself, which stays open. */
  Found find(String address, int flags) {
    if (address == null) {
      return new Found(store, MAPI_STORE, "the store");
    }
    Bytes entryId = entryId(address);
    OpenedEntry opened =
        MapiException.require(store.openEntry(entryId, null, flags), "OpenEntry of " + address);
    return new Found((IMAPIProp) opened.lppUnk(), opened.lpulObjType(), address);
  }

  /** Opens a folder. Throws CommandFailure where the address names something else. */
  IMAPIFolder folder(String address, int flags) {
    Found found = find(address, flags);
    if (found.object() instanceof IMAPIFolder folder) {
      return folder;
    }
    found.close();
    throw new CommandFailure(address + ": expected a folder");
  }

  private Bytes entryId(String address) {
    if (address.startsWith("/")) {
      int hash = number(address);
      return hash < 0
          ? folderId(address)
          : messageId(address.substring(0, hash), address.substring(hash + 1));
    }
    try {
      if (address.isEmpty()) {
        throw new IllegalArgumentException("no digits"); // none would be the root folder
      }
      return Bytes.fromHex(address);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          address + ": expected /FOLDER, /FOLDER#3 or an entry identifier in hexadecimal", e);
    }
  }

  /** Where the number of a message begins in a path; -1 without one: a folder may be named C#. */
  static int number(String address) {
    int hash = address.startsWith("/") ? address.lastIndexOf('#') : -1;
    return hash >= 0 && address.substring(hash + 1).matches("-?[0-9]+") ? hash : -1;
  }

  /** How people address a folder; its identifier where it is gone. */
  String path(Bytes folder) {
    Bytes subtree = property(store, PR_IPM_SUBTREE_ENTRYID);
    StringBuilder path = new StringBuilder();
    Bytes at = folder;
    for (int depth = 0; depth < DEPTH_MAX && !at.equals(subtree); depth++) {
      MapiResult<OpenedEntry> opened = store.openEntry(at, null, 0);
      if (opened.failed()) {
        return folder.toHex();
      }
      try (IMAPIFolder one = (IMAPIFolder) opened.value().lppUnk()) {
        Bytes parent = property(one, PR_PARENT_ENTRYID);
        if (parent == null || parent.equals(at)) {
          break;
        }
        path.insert(0, "/" + name(one));
        at = parent;
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private static String name(IMAPIFolder folder) {
    return MapiException.require(
            folder.getProps(tags(PR_DISPLAY_NAME_W), MAPI_UNICODE), "GetProps of a folder")
        .get(0)
        .asString();
  }

  private Bytes folderId(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return IMsgStore.ROOT_FOLDER;
    }
    List<String> seen = new ArrayList<>();
    Bytes found = descend(IMsgStore.ROOT_FOLDER, names, seen);
    if (found == null) {
      Bytes subtree = property(store, PR_IPM_SUBTREE_ENTRYID);
      found = subtree == null ? null : descend(subtree, names, seen);
    }
    if (found == null) { // searches lie apart from mail
      Bytes finder = property(store, PR_FINDER_ENTRYID);
      found = finder == null ? null : descend(finder, names, seen);
    }
    if (found == null) {
      throw new CommandFailure(
          path + ": no such folder." + Nearest.hint(names.get(names.size() - 1), seen));
    }
    return found;
  }

  private Bytes descend(Bytes from, List<String> names, List<String> seen) {
    Bytes at = from;
    for (String name : names) {
      try (IMAPIFolder folder = open(at)) {
        Bytes[] match = new Bytes[1];
        children(
            folder,
            row -> {
              String child = text(row, PR_DISPLAY_NAME_W);
              seen.add(child);
              if (child.equalsIgnoreCase(name)) {
                match[0] = row.find(PR_ENTRYID).orElseThrow().asBytes();
              }
            });
        if (match[0] == null) {
          return null;
        }
        at = match[0];
      }
    }
    return at;
  }

  private IMAPIFolder open(Bytes entryId) {
    OpenedEntry opened =
        MapiException.require(store.openEntry(entryId, null, 0), "OpenEntry of a folder");
    return (IMAPIFolder) opened.lppUnk();
  }

  private Bytes messageId(String folderPath, String number) {
    try (IMAPIFolder folder = folder(folderPath, 0)) {
      return messageId(folder, folderPath, number, 0);
    }
  }

  /**
   * The message of a folder with a number.
   *
   * @param flags SHOW_SOFT_DELETES for one that was deleted and is kept
   */
  static Bytes messageId(IMAPIFolder folder, String folderPath, String number, int flags) {
    int n;
    try {
      n = Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new CommandFailure("#" + number + ": expected the number of a message", e);
    }
    try (IMAPITable table = contents(folder, tags(PR_ENTRYID), flags)) {
      int count = MapiException.require(table.getRowCount(0), "IMAPITable::GetRowCount");
      if (n < 1 || n > count) {
        throw new CommandFailure(
            "%s#%s: the folder has %d %smessages"
                .formatted(folderPath, number, count, flags == 0 ? "" : "deleted "));
      }
      MapiException.require(table.seekRow(BOOKMARK_BEGINNING, n - 1), "IMAPITable::SeekRow");
      SRowSet rows = MapiException.require(table.queryRows(1, 0), "IMAPITable::QueryRows");
      return rows.get(0).find(PR_ENTRYID).orElseThrow().asBytes();
    }
  }

  /** How many messages a table of a folder has. */
  static int count(IMAPIFolder folder, int flags) {
    try (IMAPITable table =
        MapiException.require(folder.getContentsTable(flags), "IMAPIContainer::GetContentsTable")) {
      return MapiException.require(table.getRowCount(0), "IMAPITable::GetRowCount");
    }
  }

  /** True for a search folder. */
  static boolean isSearch(IMAPIFolder folder) {
    List<SPropValue> type =
        MapiException.require(folder.getProps(tags(PR_FOLDER_TYPE), 0), "GetProps");
    return !type.get(0).isError() && type.get(0).asInt() == FOLDER_SEARCH;
  }

  /**
   * The messages of a folder, oldest first: the order that numbers them.
   *
   * @param flags SHOW_SOFT_DELETES for those that were deleted and are kept
   */
  static IMAPITable contents(IMAPIFolder folder, SPropTagArray columns, int flags) {
    IMAPITable table =
        MapiException.require(
            folder.getContentsTable(MAPI_UNICODE | flags), "IMAPIContainer::GetContentsTable");
    MapiException.require(table.setColumns(columns, TBL_BATCH), "IMAPITable::SetColumns");
    SSortOrderSet oldestFirst =
        SSortOrderSet.of(
            new SSortOrder(PR_CREATION_TIME, TABLE_SORT_ASCEND),
            new SSortOrder(PR_ENTRYID, TABLE_SORT_ASCEND));
    MapiException.require(table.sortTable(oldestFirst, TBL_BATCH), "IMAPITable::SortTable");
    return table;
  }

  /** The subfolders of a folder: PR_ENTRYID, PR_DISPLAY_NAME_W and the counts. */
  static void children(IMAPIFolder folder, Consumer<SRow> each) {
    try (IMAPITable table =
        MapiException.require(
            folder.getHierarchyTable(MAPI_UNICODE), "IMAPIContainer::GetHierarchyTable")) {
      rows(
          table,
          tags(
              PR_ENTRYID,
              PR_DISPLAY_NAME_W,
              PR_CONTENT_COUNT,
              PR_CONTENT_UNREAD,
              PR_SUBFOLDERS,
              PR_FOLDER_TYPE),
          each);
    }
  }

  /** Every row of a table, a page at a time; null columns leave those of the table. */
  static void rows(IMAPITable table, SPropTagArray columns, Consumer<SRow> each) {
    if (columns != null) {
      MapiException.require(table.setColumns(columns, TBL_BATCH), "IMAPITable::SetColumns");
    }
    while (true) {
      SRowSet page =
          MapiException.require(table.queryRows(ROWS_PER_PAGE, 0), "IMAPITable::QueryRows");
      if (page.size() == 0) {
        return;
      }
      page.forEach(each);
    }
  }

  /** A column's text; "" where the row has none. */
  static String text(SRow row, int tag) {
    return row.find(tag).map(SPropValue::asString).orElse("");
  }

  /** A column's number; 0 where the row has none. */
  static int number(SRow row, int tag) {
    return row.find(tag).map(SPropValue::asInt).orElse(0);
  }

  /** A property of bytes; null without one. */
  static Bytes property(IMAPIProp object, int tag) {
    MapiResult<List<SPropValue>> got = object.getProps(tags(tag), 0);
    return got.failed() || got.value().get(0).isError() ? null : got.value().get(0).asBytes();
  }
}
