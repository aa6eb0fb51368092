package org.mapi4j.engine.shared;

import java.nio.file.Path;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;

/** JE behind a shared engine. */
record Opener(Path directory, JeOptions options) implements EngineOpener {
  @Override
  public Shard open(Stamps stamps) {
    return JeEngine.open(directory, options.withOutliving(), stamps);
  }

  @Override
  public void recover(Shard shard) {
    if (shard.seq() < 0) {
      throw new IllegalStateException("a shard before its first commit");
    }
  }
}
