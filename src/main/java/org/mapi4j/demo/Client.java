package org.mapi4j.demo;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMessage;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

/** One of the programs that edit the message: a session of its own, and its open handle. */
final class Client implements AutoCloseable {
  private final MessageStore session;
  private final IMessage message;

  /** Opens the message for modification. */
  Client(MessageStore store, StoreOptions options, ConflictHandler handler, Bytes entryId) {
    session = store.newSession(options.toBuilder().conflictHandler(handler).build());
    message =
        (IMessage)
            MapiException.require(
                    session.store().openEntry(entryId, null, MAPI_MODIFY), "IMsgStore::OpenEntry")
                .lppUnk();
  }

  /** Edits a text property; the value is SetProps's code, or its problem's. */
  int set(int tag, String text) {
    List<SPropProblem> problems =
        MapiException.require(message.setProps(List.of(SPropValue.of(tag, text))), "SetProps");
    return problems.isEmpty() ? 0 : problems.get(0).scode();
  }

  int save(int flags) {
    return message.saveChanges(flags);
  }

  /** The subject as this handle sees it. */
  String subject() {
    return MapiException.require(message.getProps(tags(PR_SUBJECT_W), 0), "IMAPIProp::GetProps")
        .get(0)
        .asString();
  }

  /** The identifier of what the handle is now. */
  Bytes entryId() {
    return MapiException.require(message.getProps(tags(PR_ENTRYID), 0), "IMAPIProp::GetProps")
        .get(0)
        .asBytes();
  }

  @Override
  public void close() {
    message.close();
    session.close();
  }
}
