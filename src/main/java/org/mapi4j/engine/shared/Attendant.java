package org.mapi4j.engine.shared;

import java.util.concurrent.CountDownLatch;
import org.mapi4j.types.Uncaught;

/**
 * Looks after a way while the keeper, who does so later, waits for answers on it: an owner may fall
 * silent right after its welcome, and take nothing any more.
 */
final class Attendant implements AutoCloseable {
  private final Attachment way;
  private final CountDownLatch over = new CountDownLatch(1);

  Attendant(Attachment way) {
    this.way = way;
  }

  /** An owner waits for nobody else: there is nothing to look after. */
  void start() {
    if (!way.isOwner()) {
      Server.daemon(this::attend, "mapi4j-shared-attendant");
    }
  }

  private void attend() {
    while (!Waiting.on(over, Keeper.TICK_MILLIS)) {
      try {
        way.tick();
      } catch (RuntimeException | Error bug) {
        Uncaught.report(bug);
      }
    }
  }

  /** From now on the keeper does. */
  @Override
  public void close() {
    over.countDown();
  }
}
