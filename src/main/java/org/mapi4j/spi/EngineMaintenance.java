package org.mapi4j.spi;

import java.util.List;

/**
 * What an engine can do for the health of its files. Safe for several threads; both may be long.
 */
public interface EngineMaintenance {
  /** Reads everything and says what is wrong. */
  CheckReport check();

  /** Gives back what deleted and replaced rows occupy, as far as it can. */
  CompactReport compact();

  /** Bytes of the files. */
  long diskBytes();

  /** Version of the on-disk format. */
  int formatVersion();

  /**
   * What a check found.
   *
   * @param rows rows read
   * @param bytes bytes of their keys and values
   * @param problems each a sentence that names the place; empty when all is well
   */
  record CheckReport(long rows, long bytes, List<String> problems) {
    /** Keeps its own copy of the list. */
    public CheckReport {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What compacting gained.
   *
   * @param bytesBefore bytes on disk before
   * @param bytesAfter bytes on disk after
   */
  record CompactReport(long bytesBefore, long bytesAfter) {}
}
