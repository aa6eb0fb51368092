package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;

/** A folder; its changes count at once. Source: MAPI "IMAPIFolder : IMAPIContainer". */
public final class Folder extends Item {
  private final IMAPIFolder folder;

  Folder(IMAPIFolder folder) {
    super(folder);
    this.folder = folder;
  }

  /** A façade over a folder. */
  public static Folder of(IMAPIFolder folder) {
    return new Folder(folder);
  }

  @Override
  public IMAPIFolder object() {
    return folder;
  }

  /** The entry identifier. */
  public Bytes entryId() {
    return get(Tags.ENTRYID).orElseThrow(() -> new MapiException(MAPI_E_NOT_FOUND, "PR_ENTRYID"));
  }

  /** The name; empty for a root folder without one. */
  public String name() {
    return get(Tags.DISPLAY_NAME).orElse("");
  }

  /** The messages, with PR_ENTRYID and these columns. */
  public Rows messages(Key<?>... columns) {
    return Rows.of(this, () -> folder.getContentsTable(MAPI_UNICODE), Tags.ENTRYID, columns);
  }

  /** The subfolders, with PR_ENTRYID, PR_DISPLAY_NAME and these columns. */
  public Rows folders(Key<?>... columns) {
    Key<?>[] all = new Key<?>[columns.length + 1];
    all[0] = Tags.DISPLAY_NAME;
    System.arraycopy(columns, 0, all, 1, columns.length);
    return Rows.of(this, () -> folder.getHierarchyTable(MAPI_UNICODE), Tags.ENTRYID, all);
  }

  /** Opens the subfolder of a name, if there is one. */
  public Optional<Folder> folder(String name) {
    try (Stream<Row> rows = folders().stream()) {
      return rows.filter(row -> row.get(Tags.DISPLAY_NAME).filter(name::equals).isPresent())
          .findFirst()
          .map(row -> new Folder(open(row.entryId(), MAPI_BEST_ACCESS, IMAPIFolder.class)));
    }
  }

  /** Creates a subfolder, or opens the one that has the name. */
  public Folder createFolder(String name) {
    return new Folder(
        MapiException.object(
            folder.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE | OPEN_IF_EXISTS),
            IMAPIFolder.class,
            "IMAPIFolder::CreateFolder"));
  }

  /** A new message; others see it after its first save. */
  public Message createMessage() {
    return new Message(
        MapiException.object(
            folder.createMessage(null, 0), IMessage.class, "IMAPIFolder::CreateMessage"));
  }

  /** Opens a row of {@link #messages} to read it. */
  public Message message(Row row) {
    return new Message(open(row.entryId(), 0, IMessage.class));
  }

  /** Opens a row of {@link #messages} to change it. */
  public Message messageForUpdate(Row row) {
    return new Message(open(row.entryId(), MAPI_MODIFY, IMessage.class));
  }

  /** Deletes messages; incomplete where some had to stay. */
  public Outcome deleteMessages(List<Bytes> entryIds) {
    return Outcome.of(
        folder.deleteMessages(new ENTRYLIST(entryIds), 0, null, 0), "IMAPIFolder::DeleteMessages");
  }

  /** Copies messages into another folder; incomplete where some could not be copied. */
  public Outcome copyMessages(List<Bytes> entryIds, Folder target) {
    return copy(entryIds, target, 0);
  }

  /** Moves messages into another folder; incomplete where some had to stay. */
  public Outcome moveMessages(List<Bytes> entryIds, Folder target) {
    return copy(entryIds, target, MESSAGE_MOVE);
  }

  private Outcome copy(List<Bytes> entryIds, Folder target, int flags) {
    return Outcome.of(
        folder.copyMessages(new ENTRYLIST(entryIds), null, target.folder, 0, null, flags),
        "IMAPIFolder::CopyMessages");
  }

  /** Deletes a subfolder with everything in it; incomplete where some of it had to stay. */
  public Outcome deleteFolder(Bytes entryId) {
    return Outcome.of(
        folder.deleteFolder(entryId, 0, null, DEL_FOLDERS | DEL_MESSAGES),
        "IMAPIFolder::DeleteFolder");
  }

  private <T extends IUnknown> T open(Bytes entryId, int flags, Class<T> kind) {
    return MapiException.entry(
        folder.openEntry(entryId, null, flags), kind, "IMAPIContainer::OpenEntry");
  }
}
