package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;

/** A message store. Source: MAPI "IMsgStore : IMAPIProp". */
public final class Store extends Item {
  private final IMsgStore store;

  private Store(IMsgStore store) {
    super(store);
    this.store = store;
  }

  /** A façade over a store, this one or a foreign one. Closing it releases the store. */
  public static Store of(IMsgStore store) {
    return new Store(store);
  }

  @Override
  public IMsgStore object() {
    return store;
  }

  /** The root folder. */
  public Folder root() {
    return folder(IMsgStore.ROOT_FOLDER);
  }

  /** The folder above those that users see. */
  public Folder ipmSubtree() {
    return folder(
        get(Tags.IPM_SUBTREE_ENTRYID)
            .orElseThrow(() -> new MapiException(MAPI_E_NOT_FOUND, "PR_IPM_SUBTREE_ENTRYID")));
  }

  /** The folder that receives mail of no particular class. */
  public Folder inbox() {
    String operation = "IMsgStore::GetReceiveFolder";
    var received = MapiException.value(store.getReceiveFolder("", 0), operation);
    return folder(MapiException.present(received.lppEntryID(), operation));
  }

  /** Opens a folder, for changes where that is allowed. */
  public Folder folder(Bytes entryId) {
    return new Folder(open(entryId, MAPI_BEST_ACCESS, IMAPIFolder.class));
  }

  /** Opens a message to read it: a snapshot that later saves do not change. */
  public Message message(Bytes entryId) {
    return message(entryId, 0);
  }

  /** Opens a message to change it. */
  public Message messageForUpdate(Bytes entryId) {
    return message(entryId, MAPI_MODIFY);
  }

  private Message message(Bytes entryId, int flags) {
    return new Message(open(entryId, flags, IMessage.class));
  }

  private <T extends IUnknown> T open(Bytes entryId, int flags, Class<T> kind) {
    return MapiException.entry(store.openEntry(entryId, null, flags), kind, "IMsgStore::OpenEntry");
  }
}
