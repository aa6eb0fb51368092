package org.mapi4j.provider;

import java.util.Optional;
import java.util.Set;
import org.mapi4j.spi.Fate;
import org.mapi4j.spi.Row;

/**
 * A save whose outcome may be unknown, to be looked up before the next.
 *
 * @param row the message's row as it was to be written
 * @param blobs the values that the message was to keep alive
 */
record Unresolved(CommitToken token, Row row, MessageImage image, Set<BlobRef> blobs) {
  private static final long FIRST = 1;

  /**
   * Whether the save stands: by the commit's token, and where that may be forgotten by what the
   * store holds. Empty when nothing tells: the message was saved again since, or is gone.
   */
  Optional<Boolean> stands(StoreCore core, BlobSpace space) {
    Fate fate = token.fate(core.shard());
    return fate == Fate.Numberless.UNKNOWN
        ? space.areTakenUp(blobs).or(() -> rowTells(core))
        : Optional.of(fate instanceof Fate.Stands);
  }

  /**
   * Versions of a message rise by one, so each was written by one save alone; the first by its
   * maker's.
   */
  private Optional<Boolean> rowTells(StoreCore core) {
    Row stored = core.shard().get(row.key()).orElse(null);
    if (row.version() == FIRST) {
      return stored == null ? Optional.empty() : Optional.of(true);
    }
    if (stored == null || stored.version() > row.version()) {
      return Optional.empty();
    }
    return Optional.of(stored.version() == row.version() && stored.value().equals(row.value()));
  }
}
