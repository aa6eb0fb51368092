package org.mapi4j.provider;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/**
 * PR_MSG_STATUS of messages in a search folder: the message's own until it was set there. Layout:
 * src/docs/formats/store-rows.md. Source: MAPI "PidTagMessageStatus"; ADR 0082.
 */
final class SearchStatus {
  private static final int FORMAT = 1;

  /** Rows that one call looks at, to remove those of messages that are gone. */
  private static final int LOOKED_AT = 8;

  private SearchStatus() {}

  /** The status of a row. */
  static int of(Row row) {
    RowReader in = new RowReader(row.value());
    RowFormat.expect("status in a search folder", FORMAT, in.octet());
    return in.fixed32();
  }

  /** The status of a message that a search folder shows, in its real folder. */
  private static int own(StoreCore core, Bytes message) {
    StoreCore.Versioned<Location> location = core.location(message);
    return location == null ? 0 : location.value().status();
  }

  static int get(StoreCore core, Bytes search, Bytes message) {
    return core.shard()
        .get(Keys.status(search, message))
        .map(SearchStatus::of)
        .orElseGet(() -> own(core, message));
  }

  /** Changes the status in a search folder that is there; the one before. */
  static int change(StoreCore core, Bytes search, Bytes message, IntUnaryOperator change) {
    Bytes key = Keys.status(search, message);
    while (true) {
      Row row = core.shard().get(key).orElse(null);
      int before = row == null ? own(core, message) : of(row);
      int after = change.applyAsInt(before);
      if (after == before) {
        return before;
      }
      long version = row == null ? Batch.ABSENT : row.version();
      RowWriter out = new RowWriter(5);
      out.octet(FORMAT);
      out.fixed32(after);
      Batch.Builder batch = Batch.builder().expect(key, version).expectPresent(Keys.folder(search));
      batch.put(key, row == null ? 1 : version + 1, out.toBytes());
      forgetTheGone(core, batch, search, key);
      if (core.commit(batch) instanceof Outcome.Committed || !core.folderExists(search)) {
        return before;
      }
    }
  }

  /** Who deletes a message does not know where it was found. */
  private static void forgetTheGone(StoreCore core, Batch.Builder batch, Bytes search, Bytes from) {
    List<Row> next = core.shard().scan(Keys.statuses(search).startingAfter(from), false, LOOKED_AT);
    for (Row row : next) {
      if (core.location(Keys.member(row.key())) == null) {
        batch.delete(row.key());
      }
    }
  }
}
