package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Channels of files that another copy of these classes has locked in this process, as two programs
 * in one container have it. A process that closes any channel of a file loses its locks on it, so
 * these stay open, and serve the next look. Any thread.
 */
final class KeptChannels {
  private static final Map<Path, Deque<FileChannel>> KEPT = new HashMap<>();

  private KeptChannels() {}

  /** One that was kept, or a new one. */
  static FileChannel open(Path file, OpenOption... options) throws IOException {
    synchronized (KEPT) {
      Deque<FileChannel> kept = KEPT.get(file);
      if (kept != null && !kept.isEmpty()) {
        return kept.pop();
      }
    }
    return FileChannel.open(file, options);
  }

  /** For one whose file turned out to be locked in this process. */
  static void keep(Path file, FileChannel channel) {
    synchronized (KEPT) {
      KEPT.computeIfAbsent(file, first -> new ArrayDeque<>()).push(channel);
    }
  }
}
