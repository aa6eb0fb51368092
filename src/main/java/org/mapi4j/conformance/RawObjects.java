package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_BODY_W;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;

/** One object of each kind that a store opens, as interface pointers of a client's session. */
final class RawObjects {
  private final Map<String, RawObject> all = new LinkedHashMap<>();
  private final NativeClient client;

  /**
   * An object.
   *
   * @param iid an interface that it has
   * @param foreign an interface that it has not
   */
  record RawObject(long pointer, Class<? extends IUnknown> type, Guid iid, Guid foreign) {}

  private RawObjects(NativeClient client) {
    this.client = client;
  }

  /** Opens them in a session; the caller, or the end of the check, releases them. */
  static Map<String, RawObject> open(Context c, NativeClient client) throws Exception {
    RawObjects objects = new RawObjects(client);
    objects.openAll(c);
    return objects.all;
  }

  private void add(
      String name, long pointer, Class<? extends IUnknown> type, Guid iid, Guid foreign) {
    all.put(name, new RawObject(pointer, type, iid, foreign));
  }

  private void openAll(Context c) throws Exception {
    IMessage made = c.newMessage();
    int number = Fixtures.attach(c, made, "a.txt");
    c.save(made);
    Bytes id = c.entryId(made);
    made.close();
    long store = client.store();
    add("store", store, IMsgStore.class, MapiGuid.IID_IMsgStore, MapiGuid.IID_IMessage);
    long folder = client.open(store, c.entryId(c.folder()));
    add("folder", folder, IMAPIFolder.class, MapiGuid.IID_IMAPIFolder, MapiGuid.IID_IMessage);
    long message = client.open(store, id);
    add("message", message, IMessage.class, MapiGuid.IID_IMessage, MapiGuid.IID_IMAPIFolder);
    long out = client.out();
    int hr = client.call(IMessage.class, "OpenAttach", message, number, 0, MAPI_MODIFY, out);
    long attach = client.owned(hr, out, "OpenAttach");
    add("attachment", attach, IAttach.class, MapiGuid.IID_IAttachment, MapiGuid.IID_IMessage);
    hr = client.call(IMAPIFolder.class, "GetContentsTable", folder, MAPI_UNICODE, out);
    long table = client.owned(hr, out, "GetContentsTable");
    add("table", table, IMAPITable.class, MapiGuid.IID_IMAPITable, MapiGuid.IID_IMessage);
    long iid = client.guid(MapiGuid.IID_IStream);
    hr = client.call(IMAPIProp.class, "OpenProperty", message, PR_BODY_W, iid, 0, 0, out);
    long stream = client.owned(hr, out, "OpenProperty(IID_IStream)");
    add("stream", stream, IStream.class, MapiGuid.IID_IStream, MapiGuid.IID_IMessage);
  }
}
