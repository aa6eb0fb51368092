package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stages;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.SPropValue;

/**
 * Writes an empty store: its row, the special folders, the receive folders. One commit; of two that
 * race, one wins and both open its store.
 */
final class StoreInit {
  private static final int FORMAT = 1;

  private final StoreOptions options;
  private final Batch.Builder batch = Batch.builder();
  private final List<Stored> storeProps = new ArrayList<>();
  private final FreshIds ids;
  private final Bytes uid;

  private StoreInit(StoreOptions options) {
    this.options = options;
    this.ids = new FreshIds(options.clock(), options.chance());
    this.uid = randomUid();
  }

  /** The store's own row: its UID, its root folder, its properties. */
  record StoreRow(Bytes uid, Bytes root, PropSet props) {
    StoreRow withProps(PropSet changed) {
      return new StoreRow(uid, root, changed);
    }

    Bytes encode() {
      RowWriter out = new RowWriter(512);
      out.octet(FORMAT);
      out.raw(uid);
      out.raw(root);
      PropCodec.write(out, props);
      return out.toBytes();
    }

    static StoreRow decode(Bytes row) {
      RowReader in = new RowReader(row);
      RowFormat.expect("store row", FORMAT, in.octet());
      return new StoreRow(in.raw(16), in.raw(16), PropCodec.read(in));
    }
  }

  /**
   * UID of the shard's store, which is made when the shard is empty; empty when it is and may not
   * be written.
   */
  static Optional<Bytes> open(Shard shard, StoreOptions options) {
    Optional<Row> row = shard.get(Keys.store());
    if (row.isEmpty() && options.writable()) {
      Outcome made = Stages.await(shard.commit(new StoreInit(options).build()));
      assert made instanceof Outcome.Committed || made instanceof Outcome.Conflict;
      row = shard.get(Keys.store());
    }
    return row.map(found -> StoreRow.decode(found.value()).uid());
  }

  private Batch build() {
    Bytes root = ids.next();
    folder(root, root, FOLDER_ROOT, "Root");
    Bytes subtree = folder(root, "Top of Information Store", PR_IPM_SUBTREE_ENTRYID);
    Bytes inbox = folder(subtree, "Inbox", 0);
    folder(subtree, "Outbox", PR_IPM_OUTBOX_ENTRYID);
    folder(subtree, "Sent Items", PR_IPM_SENTMAIL_ENTRYID);
    folder(subtree, "Deleted Items", PR_IPM_WASTEBASKET_ENTRYID);
    folder(root, "Search Root", PR_FINDER_ENTRYID);
    folder(root, "Views", PR_VIEWS_ENTRYID);
    folder(root, "Common Views", PR_COMMON_VIEWS_ENTRYID);
    receive("", inbox);
    receive("IPM", inbox);
    receive("REPORT", inbox);
    receive("IPC", root);
    storeProps.add(new Stored.Whole(new SPropValue(PR_DISPLAY_NAME_W, "mapi4j")));
    batch.expect(Keys.store(), Batch.ABSENT);
    batch.put(Keys.store(), 1, new StoreRow(uid, root, PropSet.of(storeProps)).encode());
    return batch.token(ids.next()).build();
  }

  @CanIgnoreReturnValue
  private Bytes folder(Bytes parent, String name, int storeTag) {
    Bytes id = ids.next();
    folder(id, parent, FOLDER_GENERIC, name);
    if (storeTag != 0) {
      storeProps.add(
          new Stored.Whole(
              new SPropValue(storeTag, new EntryId(uid, EntryId.FOLDER, id).toBytes())));
    }
    return id;
  }

  private void folder(Bytes id, Bytes parent, int type, String name) {
    FolderTree.put(
        batch,
        id,
        FolderTree.newFolder(parent, type, name, null, FILETIME.of(options.clock().instant())));
  }

  private void receive(String messageClass, Bytes folder) {
    ReceiveFolders.put(batch, new ReceiveFolders.Association(messageClass, folder), 1);
  }

  private Bytes randomUid() {
    byte[] uid = new byte[EntryId.ID_BYTES];
    options.chance().nextBytes(uid);
    return Bytes.wrap(uid);
  }
}
