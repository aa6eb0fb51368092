package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;

/** PR_CONTENT_COUNT, PR_CONTENT_UNREAD and PR_ASSOC_CONTENT_COUNT. */
final class FolderCountChecks {
  private FolderCountChecks() {}

  static void register(Checks checks) {
    checks
        .rows("FOLDER-061", "FOLDER-062", "FOLDER-063")
        .check(
            "the counts follow what comes, is read, moves and goes",
            c -> {
              IMAPIFolder folder = c.folder();
              IMAPIFolder other = c.subfolder(folder, "other");
              assertCounts(c, folder, 0, 0, 0);
              Bytes one = c.stored();
              Bytes two = c.stored();
              Bytes three = c.stored();
              Bytes associated = FolderFixtures.associated(c, folder);
              assertCounts(c, folder, 3, 3, 1);
              c.need(folder.setReadFlags(ENTRYLIST.of(one), 0, null, 0), "SetReadFlags");
              assertCounts(c, folder, 3, 2, 1);
              FolderFixtures.copy(c, folder, other, MESSAGE_MOVE, two);
              FolderFixtures.copy(c, folder, other, 0, one, associated);
              assertCounts(c, folder, 2, 1, 1);
              assertCounts(c, other, 2, 1, 1);
              TableFixtures.delete(c, three);
              assertCounts(c, folder, 1, 0, 1);
              TableFixtures.delete(c, associated);
              assertCounts(c, folder, 1, 0, 0);
              c.need(
                  folder.setReadFlags(ENTRYLIST.of(one), 0, null, CLEAR_READ_FLAG), "SetReadFlags");
              assertCounts(c, folder, 1, 1, 0);
            });
    checks
        .rows("FOLDER-061", "FOLDER-062", "FOLDER-063")
        .check(
            "clients cannot set them",
            c -> {
              c.stored();
              for (int tag : List.of(PR_CONTENT_COUNT, PR_CONTENT_UNREAD, PR_ASSOC_CONTENT_COUNT)) {
                FolderPropertyChecks.assertComputed(c, c.folder(), tag);
              }
            });
    checks
        .rows("FOLDER-061")
        .check(
            "a message that was never saved does not count",
            c -> {
              IMessage message = c.newMessage();
              c.assertProp(0, c.folder(), PR_CONTENT_COUNT);
              message.close();
              c.assertProp(0, c.folder(), PR_CONTENT_COUNT);
            });
  }

  /** The folder's own properties, another session's view of them, and the tables agree. */
  private static void assertCounts(
      Context c, IMAPIFolder folder, int messages, int unread, int associated) throws Exception {
    for (IMAPIFolder one : List.of(folder, c.openFolder(c.other(), c.entryId(folder)))) {
      c.assertProp(messages, one, PR_CONTENT_COUNT);
      c.assertProp(unread, one, PR_CONTENT_UNREAD);
      c.assertProp(associated, one, PR_ASSOC_CONTENT_COUNT);
    }
    c.assertEqual(messages, FolderFixtures.messages(c, folder).size(), "rows");
    c.assertEqual(
        associated,
        FolderFixtures.messages(c, folder, MAPI_ASSOCIATED).size(),
        "rows of the associated table");
  }
}
