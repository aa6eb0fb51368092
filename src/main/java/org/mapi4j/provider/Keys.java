package org.mapi4j.provider;

import org.mapi4j.spi.KeyRange;
import org.mapi4j.types.Bytes;

/**
 * Where each row of a store lies: one letter, then ids of 16 bytes. Byte by byte:
 * src/docs/formats/store-rows.md.
 */
final class Keys {
  /** Counter of a folder's messages in stores of older builds; what it says counts. */
  static final int CONTENT = 0;

  /** Counter of a folder's unread messages in stores of older builds; what it says counts. */
  static final int UNREAD = 1;

  /** Counter of a folder's associated messages. */
  static final int ASSOCIATED = 2;

  /** Counter of a folder's messages, times 2^32, and of the unread ones among them. */
  static final int MESSAGES = 3;

  /** First letter of the rows of folders. */
  static final char FOLDERS = 'f';

  /** First letter of the places of folders in their parents. */
  static final char CHILDREN = 'h';

  /** First letter of the counters of folders. */
  static final char COUNTERS = 'c';

  /** First letter of the associations of message classes with folders. */
  static final char RECEIVE_FOLDERS = 'r';

  /** First letter of the images of messages. */
  static final char IMAGES = 'm';

  /** First letter of what keeps deleted messages. */
  static final char RETAINED = 'o';

  /** The one letter of the store's own row. */
  static final char STORE = 's';

  /** First letter of the rows of contents tables. */
  static final char INDEXES = 'i';

  /** First letter of what messages' statuses are in search folders. */
  static final char STATUSES = 'u';

  private Keys() {}

  /** Whether a key is that of a folder's place in its parent. */
  static boolean isChild(Bytes key) {
    return key.get(0) == CHILDREN;
  }

  /** A message's image; its row version is the version of the conflict rule. */
  static Bytes message(Bytes id) {
    return key(IMAGES, id);
  }

  /**
   * A message's folder, flags and status: outside the version; absent while they are what the
   * message was born with.
   */
  static Bytes location(Bytes id) {
    return key('l', id);
  }

  /** A message's row in a folder's contents table. */
  static Bytes index(Bytes folder, boolean associated, Bytes message) {
    return indexPrefix(folder, associated).concat(message);
  }

  /** The rows of a contents table. */
  static KeyRange indexes(Bytes folder, boolean associated) {
    return KeyRange.prefix(indexPrefix(folder, associated));
  }

  private static Bytes indexPrefix(Bytes folder, boolean associated) {
    return key(INDEXES, folder).concat(Bytes.of(associated ? 1 : 0));
  }

  /** A folder. */
  static Bytes folder(Bytes id) {
    return key(FOLDERS, id);
  }

  /** The order that a folder's contents tables begin with, where one was kept. */
  static Bytes contentsSort(Bytes folder) {
    return key('k', folder);
  }

  /** A folder's place in its parent. */
  static Bytes child(Bytes parent, Bytes folder) {
    return key(CHILDREN, parent).concat(folder);
  }

  /** The subfolders of a folder. */
  static KeyRange children(Bytes parent) {
    return KeyRange.prefix(key(CHILDREN, parent));
  }

  /** A folder's counter: MESSAGES or ASSOCIATED, in older stores CONTENT or UNREAD. */
  static Bytes counter(Bytes folder, int kind) {
    return key(COUNTERS, folder).concat(Bytes.of(kind));
  }

  /** All counters of a folder. */
  static KeyRange counters(Bytes folder) {
    return KeyRange.prefix(key(COUNTERS, folder));
  }

  /** There while the search of a search folder runs. */
  static Bytes search(Bytes folder) {
    return key('q', folder);
  }

  /** All searches that run. */
  static KeyRange searches() {
    return KeyRange.prefix(Bytes.of('q'));
  }

  /** A message's status in a search folder, where it was set there. */
  static Bytes status(Bytes search, Bytes message) {
    return key(STATUSES, search).concat(message);
  }

  /** All that were set in a search folder. */
  static KeyRange statuses(Bytes search) {
    return KeyRange.prefix(key(STATUSES, search));
  }

  /** A chunk of a blob. */
  static Bytes chunk(Bytes blob, int index) {
    return key('b', blob).concat(Bytes.of(index >>> 24, index >>> 16, index >>> 8, index));
  }

  /** All chunks of a blob. */
  static KeyRange chunks(Bytes blob) {
    return KeyRange.prefix(key('b', blob));
  }

  /** True for the key of a blob being written. */
  static boolean isStaged(Bytes key) {
    return key.get(0) == 'g';
  }

  /** A blob being written, not referenced yet; its version counts the commits that wrote chunks. */
  static Bytes staged(Bytes blob) {
    return key('g', blob);
  }

  /**
   * A blob that the message's stored image no longer references; swept when no handle can read it.
   */
  static Bytes garbage(Bytes message, Bytes blob) {
    return key('z', message).concat(blob);
  }

  /** All garbage, ordered by message. */
  static KeyRange allGarbage() {
    return KeyRange.prefix(Bytes.of('z'));
  }

  /** All staged blobs. */
  static KeyRange allStaged() {
    return KeyRange.prefix(Bytes.of('g'));
  }

  /** Says until when a deleted message is kept. */
  static Bytes retained(Bytes message) {
    return Bytes.of(RETAINED, 0).concat(message);
  }

  /** All messages that are kept though they were deleted. */
  static KeyRange allRetained() {
    return KeyRange.prefix(Bytes.of(RETAINED, 0));
  }

  /** A deleted message that is kept until a time. */
  static Bytes expiry(long ticks, Bytes message) {
    RowWriter out = new RowWriter(26);
    out.octet(RETAINED);
    out.octet(1);
    out.fixed64(ticks);
    out.raw(message);
    return out.toBytes();
  }

  /** Those, by time. */
  static KeyRange allExpiries() {
    return KeyRange.prefix(Bytes.of(RETAINED, 1));
  }

  /** The time of such a key. */
  static long ticks(Bytes expiry) {
    return new RowReader(expiry.slice(2, 10)).fixed64();
  }

  /** The message of such a key, or of one that says until when. */
  static Bytes retainedMessage(Bytes key) {
    return key.slice(key.size() - 16, key.size());
  }

  /** True for the key of a row that says until when a message is kept. */
  static boolean isRetained(Bytes key) {
    return key.size() == 18 && key.get(0) == RETAINED && key.get(1) == 0;
  }

  /** A deleted folder whose messages are still to be removed. */
  static Bytes tombstone(Bytes folder) {
    return key('t', folder);
  }

  /** All tombstones. */
  static KeyRange allTombstones() {
    return KeyRange.prefix(Bytes.of('t'));
  }

  /** The store's own row. */
  static Bytes store() {
    return Bytes.of(STORE);
  }

  /** How many names the named-property map has. */
  static Bytes nameCount() {
    return Bytes.of('n', 2);
  }

  /** A name's identifier. */
  static Bytes idOfName(Bytes encodedName) {
    return Bytes.of('n', 0).concat(encodedName);
  }

  /** An identifier's name. */
  static Bytes nameOfId(int id) {
    return Bytes.of('n', 1, id >>> 8, id);
  }

  /** The id that a key begins with, after its letter. */
  static Bytes owner(Bytes key) {
    return key.slice(1, 17);
  }

  /** The second id of a key: of a child in its parent, of a blob in its message's garbage. */
  static Bytes member(Bytes key) {
    return key.slice(17, 33);
  }

  /** The message that an index row's key names. */
  static Bytes indexed(Bytes key) {
    return key.slice(18, 34);
  }

  private static Bytes key(char kind, Bytes id) {
    byte[] b = new byte[1 + id.size()];
    b[0] = (byte) kind;
    id.copyTo(0, b, 1, id.size());
    return Bytes.wrap(b);
  }

  /** A row of the store's own: {@code prefix} is its letter. */
  static Bytes own(char prefix, Bytes rest) {
    return key(prefix, rest);
  }
}
