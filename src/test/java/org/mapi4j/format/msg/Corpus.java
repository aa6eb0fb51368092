package org.mapi4j.format.msg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The third-party test files beside the project, which are never copied into it. */
public final class Corpus {
  private Corpus() {}

  /**
   * The corpus folder: in the folder that the system property mapi4j.shared names, or in ../shared.
   * Empty, and said so on the console, where it is absent.
   */
  public static Optional<Path> folder() {
    String base = System.getProperty("basedir", "");
    Path shared =
        Path.of(System.getProperty("mapi4j.shared", Path.of(base, "..", "shared").toString()));
    Path corpus = shared.resolve("corpus");
    if (Files.isDirectory(corpus)) {
      return Optional.of(corpus);
    }
    System.out.println("NOT RUN: corpus missing at " + corpus.toAbsolutePath().normalize());
    return Optional.empty();
  }

  /** The .msg files of both folders of the corpus, by name. */
  public static List<Path> messages(Path corpus) throws IOException {
    try (Stream<Path> one = Files.list(corpus.resolve("msg-poi"));
        Stream<Path> other = Files.list(corpus.resolve("msg-jotlmsg"))) {
      return Stream.concat(one, other)
          .filter(path -> path.toString().endsWith(".msg"))
          .sorted()
          .toList();
    }
  }
}
