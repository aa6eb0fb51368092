package org.mapi4j.provider;

import org.mapi4j.spi.Fate;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/**
 * What a commit is looked up by after a fault.
 *
 * @param after a commit that could be seen before this one was given
 */
record CommitToken(Bytes value, long after) {
  /** What became of the commit, as far as the store remembers. */
  Fate fate(Shard shard) {
    return Fate.of(shard, value, after);
  }
}
