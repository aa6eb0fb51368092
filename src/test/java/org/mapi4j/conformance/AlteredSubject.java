package org.mapi4j.conformance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

/** Two stores in the heap, behind an alteration. */
final class AlteredSubject implements Subject, AutoCloseable {
  private final String name;
  private final AlteredStore.Alteration alteration;
  private final MessageStore first = Mapi4j.memory(StoreOptions.DEFAULT);
  private final MessageStore second = Mapi4j.memory(StoreOptions.DEFAULT);
  private final Deque<MessageStore> sessions = new ArrayDeque<>();

  AlteredSubject(String name, AlteredStore.Alteration alteration) {
    this.name = name;
    this.alteration = alteration;
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
    MessageStore session =
        of.newSession(
            StoreOptions.builder().deletedRetention(Duration.ofDays(1)).writable(writable).build());
    sessions.push(session);
    return AlteredStore.of(session.store(), alteration);
  }

  @Override
  public void close() {
    sessions.forEach(MessageStore::close);
    first.close();
    second.close();
  }
}
