package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mapi4j.table.RowColumns;
import org.mapi4j.table.RowSource;
import org.mapi4j.types.Bytes;

/**
 * The columns of the folders whose tables a session opened, for its next tables of them. When they
 * take too much heap those that were opened longest ago go; open tables keep theirs.
 */
final class TableCache {
  private static final int FOLDERS_MAX = 1000;

  private final long bytesMax;
  private final Map<Bytes, RowColumns> folders = new LinkedHashMap<>(16, 0.75f, true);

  TableCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * The columns of a range of rows.
   *
   * @param source reads them; asked for when there are none yet
   */
  RowColumns of(Bytes prefix, Supplier<RowSource> source) {
    synchronized (folders) {
      RowColumns columns = folders.get(prefix);
      if (columns == null) {
        columns = new RowColumns(source.get(), bytesMax);
        folders.put(prefix, columns);
      }
      trim(columns);
      return columns;
    }
  }

  private void trim(RowColumns used) {
    long bytes = used.bytes();
    int kept = 1;
    List<Bytes> newestFirst = new ArrayList<>(folders.keySet());
    Collections.reverse(newestFirst);
    for (Bytes prefix : newestFirst) {
      RowColumns other = folders.get(prefix);
      if (other == used) {
        continue;
      }
      bytes += other.bytes();
      if (bytes > bytesMax || ++kept > FOLDERS_MAX) {
        folders.keySet().remove(prefix);
      }
    }
  }
}
