package org.mapi4j.spi;

/** What an engine that keeps files can do beside serving. */
public interface EngineMaintenance {
  /**
   * Reads everything and answers how many rows there are. Throws {@link StorageFault.Damaged}
   * naming what is broken.
   */
  long check();

  /** Rewrites the files without what they no longer need; answers the bytes freed. */
  long compact();

  /** Bytes of the files. */
  long diskBytes();

  /** Version of the on-disk format. */
  int formatVersion();
}
