package org.mapi4j.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.Subject;
import org.mapi4j.options.StoreOptions;

/** A store of this jar, and another of the same engine, as the conformance kit wants them. */
final class EngineSubject implements Subject, AutoCloseable {
  private final String name;
  private final MessageStore first;
  private final MessageStore second;
  private final Deque<MessageStore> sessions = new ArrayDeque<>();

  /** Closes both stores in the end. */
  EngineSubject(String name, MessageStore first, MessageStore second) {
    this.name = name;
    this.first = first;
    this.second = second;
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
  public Optional<IMsgStore> openSecond() {
    return Optional.of(session(second, true));
  }

  private IMsgStore session(MessageStore of, boolean writable) {
    StoreOptions options = StoreOptions.builder().writable(writable).build();
    MessageStore session = of.newSession(options);
    sessions.push(session);
    return session.store();
  }

  @Override
  public void close() {
    sessions.forEach(MessageStore::close);
    sessions.clear();
    first.close();
    second.close();
  }
}
