package org.mapi4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mapi4j.types.Bytes;

/** Where it can be looked up what was committed: a shard, or a way to one. */
public interface History {
  /** As {@link Shard#changesSince}. */
  Optional<List<Change>> changesSince(long seq, int limit);

  /** As {@link Shard#outcomeOf(Bytes, long)}. */
  OptionalLong outcomeOf(Bytes token, long after);
}
