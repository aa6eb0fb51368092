package org.mapi4j.spi;

import java.util.List;
import org.mapi4j.types.Bytes;

/**
 * A commit in the change log: its number and what it wrote. A deleted range is listed as a range,
 * its rows are not. A deleted key is listed whether or not there was a row: it is how a commit says
 * something to those who listen.
 */
public record Change(long seq, List<Bytes> put, List<Bytes> deleted, List<KeyRange> deletedRanges) {
  /** Keeps its own copies of the lists. */
  public Change {
    put = List.copyOf(put);
    deleted = List.copyOf(deleted);
    deletedRanges = List.copyOf(deletedRanges);
  }
}
