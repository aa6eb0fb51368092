package org.mapi4j.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.mapi4j.types.Uncaught;

/**
 * What a thread of the store's hands to others while it has something else to do, and then does in
 * part itself: to wake a thread takes longer than most of that work. Confined to the thread that
 * collects; {@link #run} may be called on another afterwards. Source: ADR 0083.
 */
public final class Relay {
  private static final ThreadLocal<Relay> COLLECTING = new ThreadLocal<>();

  /** Tables that look on threads that were handed such work, apart from those of SinkThreads. */
  private static final Semaphore LOOKS = new Semaphore(SinkThreads.LOOKS_MAX);

  private List<Piece> pieces = new ArrayList<>();

  /**
   * A piece of work.
   *
   * @param look ours and soon done; else it may call a sink, which takes as long as it likes
   */
  private record Piece(Runnable work, boolean look) {
    /** False when there is no thread for it. */
    boolean elsewhere() {
      try {
        if (look) {
          SinkThreads.lookElsewhere(work);
        } else {
          SinkThreads.executeElsewhere(work);
        }
        return true;
      } catch (RuntimeException | Error noThread) {
        Uncaught.report(noThread);
        return false;
      }
    }
  }

  /** Does something that calls no foreign code, and keeps what it hands to other threads. */
  public void collect(Runnable work) {
    Relay before = COLLECTING.get();
    COLLECTING.set(this);
    try {
      work.run();
    } finally {
      if (before == null) {
        COLLECTING.remove();
      } else {
        COLLECTING.set(before);
      }
    }
  }

  /** True when the present thread keeps the work for later. */
  static boolean takes(Runnable work, boolean look) {
    Relay collecting = COLLECTING.get();
    return collecting != null && collecting.pieces.add(new Piece(work, look));
  }

  /**
   * Hands over all that was collected but the last piece, does that, and so on with what it hands
   * over in turn. For a thread that has nothing else to do.
   */
  public void run() {
    while (!pieces.isEmpty()) {
      List<Piece> present = pieces;
      pieces = new ArrayList<>();
      Piece last = present.remove(present.size() - 1);
      present.removeIf(Piece::elsewhere);
      perform(last);
      present.forEach(this::perform); // for which there is no thread
    }
  }

  private void perform(Piece piece) {
    if (piece.look() && !LOOKS.tryAcquire()) {
      if (!piece.elsewhere()) {
        performHere(piece);
      }
      return;
    }
    try {
      performHere(piece);
    } finally {
      if (piece.look()) {
        LOOKS.release();
      }
    }
  }

  private void performHere(Piece piece) {
    try {
      if (piece.look()) {
        collect(piece.work());
      } else {
        piece.work().run();
      }
    } catch (RuntimeException | Error thrown) {
      Uncaught.report(thrown);
    }
  }
}
