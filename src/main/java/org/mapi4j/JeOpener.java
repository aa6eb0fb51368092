package org.mapi4j;

import java.nio.file.Path;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.shared.EngineOpener;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;

/** The engine behind a store that processes share, opened by the one that owns it. */
final class JeOpener implements EngineOpener {
  private final Path directory;
  private final JeOptions options;

  JeOpener(Path directory, JeOptions options) {
    this.directory = directory;
    this.options = options;
  }

  @Override
  public Shard open(Stamps stamps) {
    return JeEngine.open(directory, options, stamps);
  }

  @Override
  public void recover(Shard shard) {
    StoreSession.recover(shard);
  }
}
