package org.mapi4j.engine.shared;

import java.io.IOException;
import java.util.Optional;
import org.mapi4j.spi.StorageFault;

/** Finds the way to a directory's shard: owns it when nobody does, and asks the owner otherwise. */
final class Way {
  private final Owned.Plan plan;
  private final boolean first;

  /** Why the last try found none. */
  private String trouble = "nobody listens";

  /**
   * @param first true for the opening, false for a takeover
   */
  Way(Owned.Plan plan, boolean first) {
    this.plan = plan;
    this.first = first;
  }

  /**
   * Tries once. Throws StorageFault when the directory could be owned and its engine not opened, or
   * when its owner speaks other protocols. An engine that is open although nobody had the lock is
   * that of an owner whose lock file was deleted, which still serves, or of a program that serves
   * nobody.
   *
   * @param whenLost as for {@link Remote#connect}
   */
  Optional<Attachment> tryOnce(Runnable whenLost) throws IOException {
    Optional<OwnerLock> lock = OwnerLock.tryAcquire(plan.directory());
    StorageFault.Locked open = null;
    if (lock.isPresent()) {
      try {
        return Optional.of(Owned.open(plan, lock.get(), first));
      } catch (StorageFault.Locked byAnother) {
        open = byAnother;
        trouble = open.getMessage();
      }
    }
    Optional<PortFile> owner = PortFile.read(plan.directory());
    if (owner.isEmpty()) {
      if (open != null && first) {
        throw open;
      }
      return Optional.empty();
    }
    if (!owner.get().speaksOurs()) {
      throw otherProtocols(owner.get());
    }
    try {
      return Optional.of(Remote.connect(plan, owner.get(), whenLost));
    } catch (IOException | FrameFault noOwnerThere) {
      trouble = String.valueOf(noOwnerThere.getMessage());
      return Optional.empty();
    }
  }

  private StorageFault otherProtocols(PortFile owner) {
    return new StorageFault.NewerFormat(
        "%s is served by pid %d, %s, with protocols %d to %d; this program speaks %d to %d: use a version of mapi4j that has one of them, or end that process"
            .formatted(
                plan.directory(),
                owner.pid(),
                owner.program(),
                owner.protocolMin(),
                owner.protocolMax(),
                Handshake.PROTOCOL_MIN,
                Handshake.PROTOCOL_MAX),
        null);
  }

  /** Why there is none, for who waited long enough. */
  StorageFault.Unreachable unreachable() throws IOException {
    String owner =
        PortFile.read(plan.directory())
            .map(file -> "pid %d, %s,".formatted(file.pid(), file.program()))
            .orElse("a process that left no name");
    return new StorageFault.Unreachable(
        "%s is owned by %s which does not answer: %s".formatted(plan.directory(), owner, trouble),
        null);
  }
}
