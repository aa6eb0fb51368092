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
  private ChunkBuffer.Value committed;
  private boolean dirty;
  private int handles;

  StreamContent(
      PropObject owner, int tag, ChunkBuffer.Value value, boolean writable, boolean transacted) {
    this.owner = owner;
    this.tag = tag;
    this.buffer = new ChunkBuffer(owner.blobs(), value);
    this.writable = writable;
    this.transacted = transacted;
    this.committed = value;
    if (writable && !transacted) {
      owner.streams().add(this);
    }
  }

  /** MAPI_CREATE: the present value is gone in the open object at once. */
  int created() {
    buffer.setSize(0);
    dirty = true;
    return settle();
  }

  /** The property was set or deleted past this direct stream, which shows it from here on. */
  void replaced(Stored now) {
    ChunkBuffer.Value value = new ChunkBuffer.Value(Bytes.EMPTY, null);
    if (now instanceof Stored.Large large && large.tag() == tag) {
      value = new ChunkBuffer.Value(null, large.blob());
    } else if (now instanceof Stored.Whole whole && whole.tag() == tag) {
      value = new ChunkBuffer.Value(LargeValues.toBytes(whole.prop()), null);
    }
    committed = value;
    revert();
  }

  void changed() {
    dirty = true;
    if (!transacted) {
      owner.edited();
    }
  }

  /**
   * Commit of a stream. What a direct stream wrote to an open message or attachment counts at the
   * owner's save with or without it, and is taken in there, once: a value taken in at every Commit
   * would be staged as often.
   */
  int commit() {
    return transacted || owner.countsAtOnce() ? settle() : S_OK;
  }

  /** Hands what was written to the owner. */
  @CanIgnoreReturnValue
  int settle() {
    if (!dirty) {
      return S_OK;
    }
    if (PropTag.type(tag) == PT_UNICODE && (buffer.size() & 1) != 0) {
      buffer.setSize(buffer.size() + 1);
    }
    committed = buffer.freeze(owner.core.limits().inlineBytesMax());
    Stored prop =
        committed.blob() == null
            ? new Stored.Whole(LargeValues.fromBytes(tag, committed.bytes()))
            : new Stored.Large(tag, committed.blob());
    int hr = owner.apply(List.of(prop), List.of());
    dirty = hr < 0;
    return hr;
  }

  /** Back to what was last committed. */
  void revert() {
    buffer.reset(committed);
    dirty = false;
  }

  void opened() {
    handles++;
  }

  /** A stream or clone was released. What a direct stream wrote stays its owner's. */
  void released() {
    if (--handles == 0 && writable && !transacted) {
      if (!owner.isClosed() && owner.canWrite()) {
        settle();
      }
      owner.streams().remove(this);
    }
  }

  int tag() {
    return tag;
  }
}
