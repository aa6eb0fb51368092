package org.mapi4j.engine.je;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system in memory, where the user may mount one. */
public final class Mount implements AutoCloseable {
  private final Path path;

  private Mount(Path path) {
    this.path = path;
  }

  /** Mounts a tmpfs, or answers empty where that is not allowed. */
  public static Optional<Mount> tmpfs(Path at, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(at);
    return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString())
        ? Optional.of(new Mount(at))
        : Optional.empty();
  }

  /** Where it is mounted. */
  public Path path() {
    return path;
  }

  void remountReadOnly() throws IOException, InterruptedException {
    expect(run("mount", "-o", "remount,ro", path.toString()));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Lazily: a file that was mapped stays in use until its buffer is collected.
    expect(run("umount", "--lazy", path.toString()));
  }

  private static void expect(boolean done) {
    if (!done) {
      throw new AssertionError("mount or umount failed after a mount had worked");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
