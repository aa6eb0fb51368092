package org.mapi4j.spi;

import java.util.List;
import org.mapi4j.types.Bytes;

/**
 * A commit in the change log: its number and what it wrote. A deleted range is listed as a range,
 * its rows are not.
 */
public record Change(long seq, List<Bytes> put, List<Bytes> deleted, List<KeyRange> deletedRanges) {
  /** Keeps its own copies of the lists. */
  public Change {
    put = List.copyOf(put);
    deleted = List.copyOf(deleted);
    deletedRanges = List.copyOf(deletedRanges);
  }
}
