package org.mapi4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.Subject;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.ConflictHandler.Answer;
import org.mapi4j.options.StoreOptions;

/**
 * A store of this jar, and another of the same engine, as the conformance kit wants them. Both are
 * new, and gone when the subject is closed.
 */
final class EngineSubject implements Subject, AutoCloseable {
  private final String name;
  private final MessageStore first;
  private final MessageStore second;
  private final Path folder;
  private final StoreHolder holder;
  private final Deque<MessageStore> sessions = new ArrayDeque<>();

  private EngineSubject(
      String name, MessageStore first, MessageStore second, Path folder, StoreHolder holder) {
    this.name = name;
    this.first = first;
    this.second = second;
    this.folder = folder;
    this.holder = holder;
  }

  /** Deleted messages are kept, so that the rows about those can be examined. */
  private static final StoreOptions OPTIONS =
      StoreOptions.builder().deletedRetention(Duration.ofDays(1)).build();

  /** Two stores in the heap. */
  static EngineSubject memory() {
    return new EngineSubject("memory", Mapi4j.memory(OPTIONS), Mapi4j.memory(OPTIONS), null, null);
  }

  /** Two stores of the embedded engine in a folder of temporary files. */
  static EngineSubject embedded(StoreOpener opener) throws Exception {
    return inFolder("je", opener, false);
  }

  /** The same, but owned by a second process, which this one asks for everything. */
  static EngineSubject shared(StoreOpener opener) throws Exception {
    return inFolder("je through shared", opener, true);
  }

  private static EngineSubject inFolder(String name, StoreOpener opener, boolean second)
      throws Exception {
    Path folder = Files.createTempDirectory("mapi4j-conformance");
    StoreHolder holder = null;
    try {
      Path one = Files.createDirectory(folder.resolve("one"));
      Path two = Files.createDirectory(folder.resolve("two"));
      holder = second ? StoreHolder.start(one, two) : null;
      return new EngineSubject(
          name, opener.open(one, OPTIONS), opener.open(two, OPTIONS), folder, holder);
    } catch (Exception failed) {
      if (holder != null) {
        holder.close();
      }
      delete(folder);
      throw failed;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public IMsgStore open(boolean writable) {
    return session(first, writable);
  }

  @Override
  public Optional<IMsgStore> openAsking(Supplier<Decision> user) {
    ConflictHandler asks =
        conflict ->
            switch (user.get()) {
              case KEEP -> Answer.keep();
              case OVERWRITE -> Answer.overwrite();
              case SAVE_ELSEWHERE -> Answer.saveElsewhere(null);
            };
    MessageStore session = first.newSession(OPTIONS.toBuilder().conflictHandler(asks).build());
    sessions.push(session);
    return Optional.of(session.store());
  }

  @Override
  public Optional<IMsgStore> openSecond() {
    return Optional.of(session(second, true));
  }

  private IMsgStore session(MessageStore of, boolean writable) {
    MessageStore session = of.newSession(OPTIONS.toBuilder().writable(writable).build());
    sessions.push(session);
    return session.store();
  }

  @Override
  public void close() throws IOException {
    sessions.forEach(MessageStore::close);
    sessions.clear();
    first.close();
    second.close();
    if (holder != null) {
      holder.close();
    }
    if (folder != null) {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
