package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** What the checks of folders make and look at. */
final class FolderFixtures {
  private FolderFixtures() {}

  /** A message of a folder, saved and closed. */
  @CanIgnoreReturnValue
  static Bytes stored(Context c, IMAPIFolder in, SPropValue... more) {
    IMessage message = c.message(in, more);
    Bytes id = c.entryId(message);
    message.close();
    return id;
  }

  /** An associated message of a folder, saved and closed. */
  @CanIgnoreReturnValue
  static Bytes associated(Context c, IMAPIFolder in) {
    IMessage message = c.own(c.need(in.createMessage(null, MAPI_ASSOCIATED), "CreateMessage"));
    c.set(message, PR_SUBJECT_W, "associated");
    c.save(message);
    Bytes id = c.entryId(message);
    message.close();
    return id;
  }

  /** Identifiers of the messages of a folder, by the flags of GetContentsTable. */
  static Set<Object> messages(Context c, IMAPIFolder in, int flags) {
    return column(c, in.getContentsTable(flags | MAPI_UNICODE), PR_ENTRYID);
  }

  /** Identifiers of the messages of a folder. */
  static Set<Object> messages(Context c, IMAPIFolder in) {
    return messages(c, in, 0);
  }

  /** A column of a folder's subfolders, by the flags of GetHierarchyTable. */
  static Set<Object> folders(Context c, IMAPIFolder in, int flags, int column) {
    return column(c, in.getHierarchyTable(flags | MAPI_UNICODE), column);
  }

  /** Names of a folder's subfolders. */
  static Set<Object> names(Context c, IMAPIFolder in) {
    return folders(c, in, 0, PR_DISPLAY_NAME_W);
  }

  private static Set<Object> column(Context c, MapiResult<IMAPITable> opened, int tag) {
    IMAPITable table = c.own(c.need(opened, "GetContentsTable or GetHierarchyTable"));
    return new HashSet<>(Fixtures.column(c.rows(table, tag)));
  }

  /** The subjects of a folder's messages, sorted. */
  static List<String> subjects(Context c, IMAPIFolder in) {
    return Fixtures.column(Fixtures.contents(c, in, PR_SUBJECT_W)).stream()
        .map(String.class::cast)
        .sorted()
        .toList();
  }

  /** The one message of a folder. */
  static Bytes only(Context c, IMAPIFolder in) {
    List<Object> ids = new ArrayList<>(messages(c, in));
    if (ids.size() != 1) {
      throw new CheckFailed("expected one message in the folder, found " + ids);
    }
    return (Bytes) ids.get(0);
  }

  /** The subfolder with a name, opened for modification. */
  static IMAPIFolder child(Context c, IMAPIFolder in, String name) throws Exception {
    IMAPITable table = c.own(c.need(in.getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
    for (var row : c.rows(table, PR_DISPLAY_NAME_W, PR_ENTRYID)) {
      if (name.equals(row.lpProps().get(0).value())) {
        return c.openFolder(c.store(), row.lpProps().get(1).asBytes());
      }
    }
    throw new CheckFailed("expected a subfolder " + name + ", found " + names(c, in));
  }

  /** Set-up: a move or copy of messages. */
  static void copy(Context c, IMAPIFolder from, IMAPIFolder to, int flags, Bytes... ids) {
    c.need(from.copyMessages(ENTRYLIST.of(ids), null, to, 0, null, flags), "CopyMessages");
  }

  /** An identifier of a message that was in a folder and is no more, by a permanent deletion. */
  static Bytes gone(Context c, IMAPIFolder in) {
    Bytes id = stored(c, in);
    c.need(
        in.deleteMessages(ENTRYLIST.of(id), 0, null, DELETE_HARD_DELETE),
        "DeleteMessages(DELETE_HARD_DELETE)");
    return id;
  }

  /** Asserts the code of a call of which a part could not be done. */
  static void assertPartial(Context c, int hr, String call) {
    c.assertOneOf(hr, call, MAPI_W_PARTIAL_COMPLETION, MAPI_E_NOT_FOUND);
  }

  /** Asserts that a call did nothing. */
  static void assertRefused(Context c, int hr, String call) {
    c.assertTrue(
        HResult.failed(hr) || hr == MAPI_W_PARTIAL_COMPLETION,
        call + " to be refused",
        HResult.toString(hr));
  }
}
