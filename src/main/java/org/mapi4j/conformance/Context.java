package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_COLLISION;
import static org.mapi4j.types.MapiCode.MAPI_W_ERRORS_RETURNED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.DEL_FOLDERS;
import static org.mapi4j.types.MapiDefs.DEL_MESSAGES;
import static org.mapi4j.types.MapiDefs.FOLDER_GENERIC;
import static org.mapi4j.types.MapiDefs.KEEP_OPEN_READWRITE;
import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;
import static org.mapi4j.types.MapiTags.PR_BODY_W;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;
import static org.mapi4j.types.MapiTags.PR_IPM_SUBTREE_ENTRYID;
import static org.mapi4j.types.MapiTags.PR_MESSAGE_CLASS_W;
import static org.mapi4j.types.MapiTags.PR_STORE_SUPPORT_MASK;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;
import static org.mapi4j.types.SPropTagArray.tags;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/**
 * What a check works with: sessions, a folder and messages of its own, and assertions. Fixtures are
 * made on first use; what the context opened or was told to {@link #own} is closed after the check,
 * last first.
 */
@CanIgnoreReturnValue
final class Context extends Expectations implements AutoCloseable {
  private static final AtomicLong FOLDERS = new AtomicLong();
  private static final int PIECE_BYTES = 64 << 10;

  /** No check writes so much: a stream that gives more never ends. */
  private static final int STREAM_BYTES_MAX = 64 << 20;

  private final Subject subject;
  private final Deque<Runnable> ends = new ArrayDeque<>();
  private IMsgStore store;
  private IMsgStore other;
  private IMsgStore second;
  private IMAPIFolder folder;
  private final List<Bytes> made = new ArrayList<>();
  private final List<Bytes> madeInSecond = new ArrayList<>();

  Context(Subject subject) {
    this.subject = subject;
  }

  /** Closes an object after the check. */
  <T extends IUnknown> T own(T object) {
    after(object::close);
    return object;
  }

  /** Does something after the check; what was asked for last comes first. */
  void after(Runnable end) {
    ends.push(end);
  }

  @Override
  public void close() {
    ends.forEach(Runnable::run);
    ends.clear();
    try {
      if (!made.isEmpty()) {
        remove(subject.open(true), made);
      }
      if (!madeInSecond.isEmpty()) {
        remove(subject.openSecond().orElseThrow(), madeInSecond);
      }
    } catch (Exception failed) {
      throw new IllegalStateException("the store cannot be opened to remove the folders", failed);
    }
  }

  /** Leaves the store as it was. What a store refuses to delete stays: rows judge that. */
  private static void remove(IMsgStore store, List<Bytes> folders) {
    List<SPropValue> subtree = store.getProps(tags(PR_IPM_SUBTREE_ENTRYID), 0).value();
    boolean absent = subtree == null || subtree.get(0).isError();
    Bytes top = absent ? IMsgStore.ROOT_FOLDER : subtree.get(0).asBytes();
    OpenedEntry parent = store.openEntry(top, null, MAPI_MODIFY).value();
    if (parent != null && parent.lppUnk() instanceof IMAPIFolder folder) {
      for (Bytes id : folders) {
        delete(folder, id);
      }
      folder.close();
    }
    store.close();
  }

  private static int delete(IMAPIFolder parent, Bytes id) {
    return parent.deleteFolder(id, 0, null, DEL_FOLDERS | DEL_MESSAGES);
  }

  // Sessions

  /** The check's session, read/write. */
  IMsgStore store() throws Exception {
    if (store == null) {
      store = own(subject.open(true));
    }
    return store;
  }

  /** Another session on the same store, read/write: the other client. */
  IMsgStore other() throws Exception {
    if (other == null) {
      other = own(subject.open(true));
    }
    return other;
  }

  /** A further session on the same store. */
  IMsgStore session(boolean writable) throws Exception {
    return own(subject.open(writable));
  }

  /** A session that asks a user; ends the check as not applicable when the subject has none. */
  IMsgStore asking(Supplier<Subject.Decision> user) throws Exception {
    return own(
        subject
            .openAsking(user)
            .orElseThrow(
                () -> new NotApplicable("no session that asks a user was given to the kit", true)));
  }

  /** Another store; ends the check as not applicable when the subject has none. */
  IMsgStore second() throws Exception {
    if (second == null) {
      second =
          own(
              subject
                  .openSecond()
                  .orElseThrow(
                      () -> new NotApplicable("only one store was given to the kit", true)));
    }
    return second;
  }

  /** The native half; ends the check as not applicable when the subject has none. */
  NativeSide nativeSide() {
    return subject
        .nativeSide()
        .orElseThrow(() -> new NotApplicable("examined without interface pointers", true));
  }

  /** The native half; empty when the subject has none. */
  Optional<NativeSide> findNativeSide() {
    return subject.nativeSide();
  }

  /** The provider; ends the check as not applicable when the subject has none. */
  ProviderSide providerSide() {
    return subject
        .providerSide()
        .orElseThrow(() -> new NotApplicable("no provider was given to the kit", true));
  }

  /** True when PR_STORE_SUPPORT_MASK has every one of these bits. */
  boolean supports(int storeBits) throws Exception {
    return (get(store(), PR_STORE_SUPPORT_MASK).asInt() & storeBits) == storeBits;
  }

  // Folders

  /** The root folder. */
  IMAPIFolder root() throws Exception {
    return openFolder(store(), IMsgStore.ROOT_FOLDER);
  }

  /** The check's own folder, empty, below the IPM subtree, opened for modification. */
  IMAPIFolder folder() throws Exception {
    if (folder == null) {
      folder = freshFolder(store());
    }
    return folder;
  }

  /** A new, empty folder of a store of the check's own, which stays there. */
  IMAPIFolder keptFolder(IMsgStore own) {
    return create(own);
  }

  /** A new, empty folder below a store's IPM subtree, or its root where it has none. */
  IMAPIFolder freshFolder(IMsgStore in) {
    IMAPIFolder created = create(in);
    (in == second ? madeInSecond : made).add(entryId(created));
    return created;
  }

  private IMAPIFolder create(IMsgStore in) {
    SPropValue subtree = entry(in, PR_IPM_SUBTREE_ENTRYID);
    IMAPIFolder parent =
        openFolder(in, subtree.isError() ? IMsgStore.ROOT_FOLDER : subtree.asBytes());
    MapiResult<IMAPIFolder> fresh;
    do {
      String name = "conformance " + FOLDERS.incrementAndGet();
      fresh = parent.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE);
    } while (fresh.hr() == MAPI_E_COLLISION);
    return own(need(fresh, "CreateFolder"));
  }

  /** A new subfolder. */
  IMAPIFolder subfolder(IMAPIFolder parent, String name) {
    return own(
        need(
            parent.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE),
            "CreateFolder(" + name + ")"));
  }

  /** A folder opened for modification; null is the root. */
  IMAPIFolder openFolder(IMsgStore in, Bytes entryId) {
    return (IMAPIFolder)
        own(need(in.openEntry(entryId, null, MAPI_MODIFY), "OpenEntry(folder)").lppUnk());
  }

  // Messages

  /** A new message of the check's folder, not saved yet: class IPM.Note, a subject and a body. */
  IMessage newMessage(SPropValue... more) throws Exception {
    return newMessage(folder(), more);
  }

  /** A new message of a folder, not saved yet. */
  IMessage newMessage(IMAPIFolder in, SPropValue... more) {
    IMessage message = own(need(in.createMessage(null, 0), "CreateMessage"));
    List<SPropValue> props = new ArrayList<>();
    props.add(SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Note"));
    props.add(SPropValue.of(PR_SUBJECT_W, "subject"));
    props.add(SPropValue.of(PR_BODY_W, "body"));
    props.addAll(List.of(more));
    set(message, props.toArray(SPropValue[]::new));
    return message;
  }

  /** A message of the check's folder, saved and still open read/write. */
  IMessage message(SPropValue... more) throws Exception {
    return message(folder(), more);
  }

  /** A message of a folder, saved and still open read/write. */
  IMessage message(IMAPIFolder in, SPropValue... more) {
    IMessage message = newMessage(in, more);
    save(message);
    return message;
  }

  /** The entry identifier of a message that was saved and closed. */
  Bytes stored(SPropValue... more) throws Exception {
    IMessage message = message(more);
    Bytes id = entryId(message);
    message.close();
    return id;
  }

  /** A message opened in the check's session. Flags of OpenEntry, MAPI_MODIFY or 0. */
  IMessage open(Bytes entryId, int flags) throws Exception {
    return openIn(store(), entryId, flags);
  }

  /** A message opened in the other session. */
  IMessage openOther(Bytes entryId, int flags) throws Exception {
    return openIn(other(), entryId, flags);
  }

  /** A message opened in a session. */
  IMessage openIn(IMsgStore in, Bytes entryId, int flags) {
    return (IMessage) own(need(in.openEntry(entryId, null, flags), "OpenEntry(message)").lppUnk());
  }

  /** True where a call succeeded; what it gave is closed after the check. */
  boolean gives(MapiResult<? extends IUnknown> result) {
    if (result.succeeded() && result.value() != null) {
      own(result.value());
    }
    return result.succeeded();
  }

  /** True where OpenEntry succeeds; what it opened is closed after the check. */
  boolean opens(IMsgStore in, Bytes entryId, int flags) {
    return gives(in.openEntry(entryId, null, flags).map(OpenedEntry::lppUnk));
  }

  /** Set-up: saves and keeps open read/write. */
  void save(IMAPIProp object) {
    need(object.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges(KEEP_OPEN_READWRITE)");
  }

  // Properties

  /** Set-up: sets properties; a problem is a failure. */
  void set(IMAPIProp object, SPropValue... props) {
    List<SPropProblem> problems = need(object.setProps(List.of(props)), "SetProps");
    if (!problems.isEmpty()) {
      throw new CheckFailed("set-up: SetProps: problems " + problems);
    }
  }

  /** Set-up: sets one property. */
  void set(IMAPIProp object, int tag, Object value) {
    set(object, SPropValue.of(tag, value));
  }

  /** The value of a property, which must be there. */
  SPropValue get(IMAPIProp object, int tag) {
    SPropValue found = entry(object, tag);
    if (found.isError()) {
      throw new CheckFailed("GetProps(%s): %s".formatted(PropTag.toString(tag), found));
    }
    return found;
  }

  /** GetProps of one tag: its value, or its PT_ERROR entry. */
  SPropValue entry(IMAPIProp object, int tag) {
    MapiResult<List<SPropValue>> result = object.getProps(tags(tag), MAPI_UNICODE);
    String call = "GetProps(" + PropTag.toString(tag) + ")";
    List<SPropValue> props = need(result, call);
    if (props.size() != 1) {
      throw new CheckFailed(call + ": expected one entry, found " + props);
    }
    if (result.hr() != (props.get(0).isError() ? MAPI_W_ERRORS_RETURNED : S_OK)) {
      throw new CheckFailed(call + ": found " + result);
    }
    return props.get(0);
  }

  /** Fails unless a property has this value. */
  void assertProp(Object expected, IMAPIProp object, int tag) {
    assertEqual(SPropValue.of(tag, expected), entry(object, tag), "GetProps");
  }

  /** Fails unless a property is unreadable with this code. */
  void assertPropError(int expected, IMAPIProp object, int tag) {
    assertHr(expected, entry(object, tag).scode(), "GetProps(" + PropTag.toString(tag) + ") entry");
  }

  /** Fails unless a call succeeded with exactly this problem, at this place. */
  void assertProblem(
      int index, int tag, int scode, MapiResult<List<SPropProblem>> result, String call) {
    assertEqual(List.of(new SPropProblem(index, tag, scode)), ok(result, call), call + " problems");
  }

  /** Fails unless a call succeeded without any problem. */
  void assertNoProblem(MapiResult<List<SPropProblem>> result, String call) {
    assertEqual(List.of(), ok(result, call), call + " problems");
  }

  /** PR_ENTRYID. */
  Bytes entryId(IMAPIProp object) {
    return get(object, PR_ENTRYID).asBytes();
  }

  // Streams and tables

  /** A property as a stream. Flags: MAPI_CREATE, MAPI_MODIFY or 0. */
  IStream stream(IMAPIProp object, int tag, int flags) {
    return stream(object, tag, 0, flags);
  }

  /** A property as a stream, with STGM_ options. */
  IStream stream(IMAPIProp object, int tag, int options, int flags) {
    return (IStream)
        own(
            need(
                object.openProperty(tag, MapiGuid.IID_IStream, options, flags),
                "OpenProperty(" + PropTag.toString(tag) + ", IID_IStream)"));
  }

  /** What is left in a stream. */
  Bytes readAll(IStream stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = need(stream.read(piece, 0, piece.length), "Read");
        n > 0;
        n = need(stream.read(piece, 0, piece.length), "Read")) {
      if (n > piece.length || all.size() > STREAM_BYTES_MAX) {
        throw new CheckFailed("Read: expected the stream to end, found %d more bytes".formatted(n));
      }
      all.write(piece, 0, n);
    }
    return Bytes.wrap(all.toByteArray());
  }

  /** Set-up: writes all bytes. */
  void write(IStream stream, Bytes bytes) {
    int written = need(stream.write(bytes.toArray(), 0, bytes.size()), "Write");
    if (written != bytes.size()) {
      throw new CheckFailed("set-up: Write: %d of %d bytes".formatted(written, bytes.size()));
    }
  }

  /** All rows of a table, with these columns. */
  SRowSet rows(IMAPITable table, int... columns) {
    need(table.setColumns(SPropTagArray.tags(columns), 0), "SetColumns");
    need(table.seekRow(MapiDefs.BOOKMARK_BEGINNING, 0), "SeekRow");
    return need(table.queryRows(Integer.MAX_VALUE, 0), "QueryRows");
  }
}
