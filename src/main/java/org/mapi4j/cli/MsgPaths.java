package org.mapi4j.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The files that an import's arguments mean. */
final class MsgPaths {
  private MsgPaths() {}

  /**
   * Every .msg below the folders, in order, and every other path as it is; a folder that cannot be
   * read too, so that its import fails and says why.
   */
  static List<Path> expand(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        Below below = new Below();
        Path walked = Files.walkFileTree(path, below);
        assert walked.equals(path);
        below.found.stream().sorted().forEach(files::add);
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** Collects what is below a folder. */
  static final class Below extends SimpleFileVisitor<Path> {
    final List<Path> found = new ArrayList<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && name(file).endsWith(".msg")) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException unreadable) {
      found.add(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException endedEarly) {
      if (endedEarly != null) {
        found.add(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
