package org.mapi4j.engine.shared;

import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;

/** Opens the engine behind, in the process that becomes the owner. */
public interface EngineOpener {
  /**
   * Opens the directory's engine, at the first opening or when the owner before has ended. Throws
   * StorageFault.
   *
   * @param stamps what the engine writes its stamps and the number of its last commit to; made even
   *     and new when it is open
   */
  Shard open(Stamps stamps);

  /** Removes what processes that ended had begun. Called while no other process has it open. */
  void recover(Shard shard);
}
