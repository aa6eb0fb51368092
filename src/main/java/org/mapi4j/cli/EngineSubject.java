package org.mapi4j.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.Subject;
import org.mapi4j.options.StoreOptions;

/**
 * A store of this jar, and another of the same engine, as the conformance kit wants them. Both are
 * new, and gone when the subject is closed.
 */
final class EngineSubject implements Subject, AutoCloseable {
  private final String name;
  private final Sessions first;
  private final Sessions second;
  private final Deque<Closeable> open = new ArrayDeque<>();

  /** Opens a session on one of the two stores. */
  @FunctionalInterface
  private interface Sessions {
    IMsgStore open(StoreOptions options) throws Exception;
  }

  private EngineSubject(String name, Sessions first, Sessions second) {
    this.name = name;
    this.first = first;
    this.second = second;
  }

  /** Two stores in the heap. */
  static EngineSubject memory() {
    MessageStore one = Mapi4j.memory(StoreOptions.DEFAULT);
    MessageStore two = Mapi4j.memory(StoreOptions.DEFAULT);
    Deque<Closeable> sessions = new ArrayDeque<>(List.of(one::close, two::close));
    EngineSubject subject = new EngineSubject("memory", in(one, sessions), in(two, sessions));
    subject.open.push(() -> closeAll(sessions));
    return subject;
  }

  private static Sessions in(MessageStore store, Deque<Closeable> sessions) {
    return options -> {
      MessageStore session = store.newSession(options);
      sessions.push(session::close);
      return session.store();
    };
  }

  /** Two stores of the embedded engine in a folder of temporary files. */
  static EngineSubject embedded(StoreOpener opener) throws Exception {
    Path folder = Files.createTempDirectory("mapi4j-conformance");
    Deque<Closeable> sessions = new ArrayDeque<>();
    EngineSubject subject =
        new EngineSubject(
            "je",
            in(opener, Files.createDirectory(folder.resolve("one")), sessions),
            in(opener, Files.createDirectory(folder.resolve("two")), sessions));
    subject.open.push(() -> delete(folder));
    subject.open.push(() -> closeAll(sessions));
    return subject;
  }

  /** The first session keeps the engine open between checks. */
  private static Sessions in(StoreOpener opener, Path directory, Deque<Closeable> sessions)
      throws Exception {
    StoreOpener.OpenStore keeper = opener.open(directory, StoreOptions.DEFAULT);
    sessions.push(keeper::close);
    return options -> {
      StoreOpener.OpenStore session = opener.open(directory, options);
      sessions.push(session::close);
      return session.store();
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public IMsgStore open(boolean writable) throws Exception {
    return first.open(StoreOptions.builder().writable(writable).build());
  }

  @Override
  public Optional<IMsgStore> openSecond() throws Exception {
    return Optional.of(second.open(StoreOptions.DEFAULT));
  }

  @Override
  public void close() throws IOException {
    closeAll(open);
  }

  private static void closeAll(Deque<Closeable> all) throws IOException {
    for (Closeable one = all.poll(); one != null; one = all.poll()) {
      one.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
