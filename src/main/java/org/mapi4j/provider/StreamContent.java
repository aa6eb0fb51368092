package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.PT_UNICODE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;

/**
 * What a property stream and its clones share: the value being edited and how it gets into its
 * owner. Direct: what was written counts at the owner's next read or save. Transacted: only what
 * was committed. Guarded by the owner's lock.
 */
final class StreamContent {
  final PropObject owner;
  final ChunkBuffer buffer;
  final boolean writable;
  final boolean transacted;
  private final int tag;

  /** Something was written that is not committed. */
  private boolean dirty;

  /** Something was committed that the owner has not taken in. */
  private boolean pending;

  /** What the owner last took in, when a Commit after that failed; else null. */
  private ChunkBuffer.Value before;

  private ChunkBuffer.Value taken;
  private int handles;

  StreamContent(
      PropObject owner, int tag, ChunkBuffer.Value value, boolean writable, boolean transacted) {
    this.owner = owner;
    this.tag = tag;
    this.buffer = new ChunkBuffer(owner.blobs(), value);
    this.writable = writable;
    this.transacted = transacted;
    this.taken = value;
  }

  /** MAPI_CREATE: the present value is gone in the open object at once. */
  int created() {
    buffer.setSize(0);
    return take();
  }

  /**
   * The property was set or deleted past this stream: what was committed before no longer counts. A
   * direct stream shows it from here on.
   */
  void replaced(Stored now) {
    pending = false;
    if (transacted) {
      return;
    }
    ChunkBuffer.Value value = new ChunkBuffer.Value(Bytes.EMPTY, null);
    if (now instanceof Stored.Large large && large.tag() == tag) {
      value = new ChunkBuffer.Value(null, large.blob());
    } else if (now instanceof Stored.Whole whole && whole.tag() == tag) {
      value = new ChunkBuffer.Value(LargeValues.toBytes(whole.prop()), null);
    }
    buffer.reset(value);
    dirty = false;
  }

  void changed() {
    if (!transacted) {
      if (!dirty) {
        owner.streams().settleBut(this);
      }
      owner.edited();
    }
    dirty = true;
  }

  /**
   * Commit of a stream. What was written to an open message or attachment is taken in when it is
   * read or saved, once: a value taken in at every Commit would be staged as often. A direct
   * stream's counts there with or without a Commit.
   */
  int commit() {
    if (!transacted) {
      return owner.countsAtOnce() ? settle() : S_OK;
    }
    if (!dirty) {
      return S_OK;
    }
    if (owner.countsAtOnce()) {
      return take();
    }
    int hr = owner.roomFor(tag);
    if (hr >= 0) {
      hr = owner.streams().settleBut(this);
    }
    if (hr < 0) {
      return hr;
    }
    bring();
    owner.edited();
    return S_OK;
  }

  /** Commits what was written and hands it to the owner; uncommitted still when that fails. */
  private int take() {
    ChunkBuffer.Value last = before == null ? taken : before;
    boolean done = false;
    try {
      bring();
      int hr = settle();
      done = hr >= 0;
      return hr;
    } finally {
      before = done ? null : last;
      if (!done && transacted) {
        pending = false;
        dirty = true;
      }
    }
  }

  /** What was written is committed. */
  private void bring() {
    if (PropTag.type(tag) == PT_UNICODE && (buffer.size() & 1) != 0) {
      buffer.setSize(buffer.size() + 1);
    }
    buffer.commit();
    dirty = false;
    pending = true;
  }

  /** Hands to the owner what counts: of a transacted stream, what was committed. */
  @CanIgnoreReturnValue
  int settle() {
    if (dirty && !transacted) {
      bring();
    }
    if (!pending) {
      return S_OK;
    }
    ChunkBuffer.Value value = buffer.freeze(owner.core.limits().inlineBytesMax());
    Stored prop =
        value.blob() == null
            ? new Stored.Whole(LargeValues.fromBytes(tag, value.bytes()))
            : new Stored.Large(tag, value.blob());
    int hr = owner.apply(List.of(prop), List.of());
    if (hr >= 0) {
      pending = false;
      taken = value;
    }
    return hr;
  }

  /** Back to what was last committed. */
  void revert() {
    if (before != null) {
      buffer.reset(before);
      before = null;
    } else {
      buffer.revert();
    }
    dirty = false;
  }

  /** A stream or clone was opened. */
  void opened() {
    if (handles++ == 0 && writable) {
      owner.streams().add(this);
    }
  }

  /**
   * A stream or clone was released. What counts of it stays its owner's; what an open message or
   * attachment cannot take in now, its save takes in or answers for.
   */
  void released() {
    if (--handles == 0 && writable) {
      int hr = !owner.isClosed() && owner.canWrite() ? settle() : S_OK;
      if (hr >= 0 || owner.countsAtOnce()) {
        owner.streams().remove(this);
      }
    }
  }

  int tag() {
    return tag;
  }
}
