package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.Stg;

/** A store on a shard of its own, and short words for what tests do to it. */
final class TestStore {
  final Shard shard;
  final IMsgStore store;

  private TestStore(Shard shard, StoreOptions options) {
    this.shard = shard;
    this.store = StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow();
  }

  static TestStore create() {
    return new TestStore(new MemoryEngine(), StoreOptions.DEFAULT);
  }

  /** A new store on a shard. */
  static TestStore on(Shard shard) {
    return new TestStore(shard, StoreOptions.DEFAULT);
  }

  static TestStore create(StoreOptions options) {
    return new TestStore(new MemoryEngine(), options);
  }

  /** Another session on the same store. */
  TestStore session(StoreOptions options) {
    return new TestStore(shard, options);
  }

  StoreCore core() {
    return ((StoreObject) store).core;
  }

  @CanIgnoreReturnValue
  int sweep() {
    return StoreSession.sweep(shard);
  }

  /** Number of rows whose key begins with a letter. */
  int rows(char kind) {
    return core().scanAll(KeyRange.prefix(Bytes.of(kind))).size();
  }

  IMAPIFolder root() {
    return folder((Bytes) null);
  }

  IMAPIFolder folder(Bytes entryId) {
    return (IMAPIFolder) ok(store.openEntry(entryId, null, MAPI_MODIFY)).lppUnk();
  }

  IMessage open(Bytes entryId, int flags) {
    return (IMessage) ok(store.openEntry(entryId, null, flags)).lppUnk();
  }

  /** A new subfolder of the root. */
  IMAPIFolder folder(String name) {
    return subfolder(root(), name);
  }

  @CanIgnoreReturnValue
  static IMAPIFolder subfolder(IMAPIFolder parent, String name) {
    return ok(parent.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE));
  }

  /** A saved and closed message; its entry identifier. */
  @CanIgnoreReturnValue
  static Bytes message(IMAPIFolder folder, String subject) {
    return message(folder, subject, 0);
  }

  @CanIgnoreReturnValue
  static Bytes message(IMAPIFolder folder, String subject, int createFlags) {
    try (IMessage message = ok(folder.createMessage(null, createFlags))) {
      set(message, MapiTags.PR_SUBJECT_W, subject);
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }

  static Bytes id(IMAPIProp object) {
    return get(object, MapiTags.PR_ENTRYID).asBytes();
  }

  static void set(IMAPIProp object, int tag, Object value) {
    assertEquals(List.of(), ok(object.setProps(List.of(SPropValue.of(tag, value)))));
  }

  static SPropValue get(IMAPIProp object, int tag) {
    return object.getProps(SPropTagArray.tags(tag), MAPI_UNICODE).value().get(0);
  }

  /** A stream that writes a property, made where there is none. */
  static IStream stream(IMAPIProp object, int tag) {
    return (IStream)
        ok(
            object.openProperty(
                tag, MapiGuid.IID_IStream, Stg.STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY));
  }

  /** One column of every row, in order; null where a row has no value. */
  static List<Object> column(IMAPITable table, int tag) {
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(tag), 0));
    List<Object> values = new ArrayList<>();
    for (SRow row : ok(table.queryRows(10_000, 0)).aRow()) {
      SPropValue value = row.lpProps().get(0);
      values.add(value.isError() ? null : value.value());
    }
    return values;
  }

  /** Subjects of a folder's messages, sorted. */
  static List<String> subjects(IMAPIFolder folder, int flags) {
    try (IMAPITable table = ok(folder.getContentsTable(flags))) {
      return column(table, MapiTags.PR_SUBJECT_W).stream().map(String::valueOf).sorted().toList();
    }
  }

  /** Names of the subfolders, sorted. */
  static List<String> names(IMAPIFolder folder) {
    try (IMAPITable table = ok(folder.getHierarchyTable(0))) {
      return column(table, MapiTags.PR_DISPLAY_NAME_W).stream()
          .map(String::valueOf)
          .sorted()
          .toList();
    }
  }

  @CanIgnoreReturnValue
  static <T> T ok(MapiResult<T> result) {
    assertHr(S_OK, result.hr());
    return result.value();
  }

  static void assertHr(int expected, int actual) {
    assertEquals(HResult.toString(expected), HResult.toString(actual));
  }
}
