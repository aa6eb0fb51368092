package org.mapi4j.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.NativeSide;
import org.mapi4j.conformance.ProviderSide;
import org.mapi4j.conformance.Subject;

/**
 * A store as a native client meets it: each session goes out as an interface pointer, and comes
 * back as an object over that pointer, so that every call of the kit crosses a vtable. Nothing is
 * short-cut outwards: what is opened through a pointer is a pointer again.
 */
final class ComSubject implements Subject, AutoCloseable {
  private final EngineSubject behind;
  private final ComNativeSide nativeSide;
  private final ComProviderSide providerSide;
  private final long heldBefore;

  /** Takes the subject over: closing closes both. */
  ComSubject(EngineSubject behind) {
    this.behind = behind;
    this.nativeSide = new ComNativeSide(behind);
    this.providerSide = new ComProviderSide(nativeSide);
    this.heldBefore = nativeSide.liveObjects();
  }

  @Override
  public String name() {
    return "%s through com (%s)".formatted(behind.name(), NativeCalls.backEnd());
  }

  @Override
  public IMsgStore open(boolean writable) {
    return through(behind.open(writable));
  }

  @Override
  public Optional<IMsgStore> openAsking(Supplier<Decision> user) {
    return behind.openAsking(user).map(ComSubject::through);
  }

  @Override
  public Optional<IMsgStore> openSecond() {
    return behind.openSecond().map(ComSubject::through);
  }

  private static IMsgStore through(IMsgStore store) {
    return Foreign.adopt(Foreign.export(store, IMsgStore.class, null), IMsgStore.class, null);
  }

  @Override
  public Optional<NativeSide> nativeSide() {
    return Optional.of(nativeSide);
  }

  @Override
  public Optional<ProviderSide> providerSide() {
    return Optional.of(providerSide);
  }

  /** Objects that the kit was given and has not released: none after a run without failures. */
  long left() {
    return nativeSide.liveObjects() - heldBefore;
  }

  @Override
  public void close() throws IOException {
    providerSide.close();
    behind.close();
  }
}
