package org.mapi4j.engine.shared;

import java.util.List;
import java.util.Optional;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/** The values of the SPI on the wire. Byte by byte: src/docs/formats/shared-store.md. */
final class Wire {
  /** By their codes. */
  private static final List<Outcome.Reason> REASONS =
      List.of(
          Outcome.Reason.VERSION,
          Outcome.Reason.ABSENT,
          Outcome.Reason.NOT_EMPTY,
          Outcome.Reason.LEASED);

  private Wire() {}

  static void range(Encoder out, KeyRange range) {
    out.bytes(range.from()).flag(range.to() != null);
    if (range.to() != null) {
      out.bytes(range.to());
    }
  }

  static KeyRange range(Decoder in) {
    Bytes from = in.bytes();
    return new KeyRange(from, in.flag() ? in.bytes() : null);
  }

  static void row(Encoder out, Row row) {
    out.bytes(row.key()).large(row.version()).bytes(row.value());
  }

  static Row row(Decoder in) {
    return new Row(in.bytes(), in.large(), in.bytes());
  }

  static void optionalRow(Encoder out, Optional<Row> row) {
    out.flag(row.isPresent());
    row.ifPresent(found -> row(out, found));
  }

  static Optional<Row> optionalRow(Decoder in) {
    return in.flag() ? Optional.of(row(in)) : Optional.empty();
  }

  static void change(Encoder out, Change change) {
    out.large(change.seq())
        .list(change.put(), Encoder::bytes)
        .list(change.deleted(), Encoder::bytes)
        .list(change.deletedRanges(), Wire::range);
  }

  static Change change(Decoder in) {
    long seq = in.large();
    List<Bytes> put = in.list(Decoder::bytes);
    List<Bytes> deleted = in.list(Decoder::bytes);
    return new Change(seq, put, deleted, in.list(Wire::range));
  }

  static void lease(Encoder out, HeldLease lease) {
    out.large(lease.id())
        .large(lease.session())
        .flag(lease.mode() == Lease.Mode.MODIFY)
        .bytes(lease.key());
  }

  static HeldLease lease(Decoder in) {
    long id = in.large();
    long session = in.large();
    Lease.Mode mode = mode(in);
    return new HeldLease(id, session, mode, in.bytes());
  }

  private static Lease.Mode mode(Decoder in) {
    return in.flag() ? Lease.Mode.MODIFY : Lease.Mode.READ;
  }

  static void limits(Encoder out, BatchLimits limits) {
    out.number(limits.batchOpsMax())
        .number(limits.batchBytesMax())
        .number(limits.rowBytesMax())
        .number(limits.deleteRangeRowsMax())
        .number(limits.changesKept())
        .number(limits.tokensKept());
  }

  static BatchLimits limits(Decoder in) {
    return new BatchLimits(
        in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
  }

  static void outcome(Encoder out, Outcome outcome) {
    if (outcome instanceof Outcome.Committed committed) {
      out.flag(true).large(committed.seq());
    } else {
      Outcome.Conflict conflict = (Outcome.Conflict) outcome;
      out.flag(false).octet(REASONS.indexOf(conflict.reason())).bytes(conflict.key());
    }
  }

  static Outcome outcome(Decoder in) {
    if (in.flag()) {
      return new Outcome.Committed(in.large());
    }
    int reason = in.octet();
    if (reason >= REASONS.size()) {
      throw new FrameFault("reason of a conflict: %d".formatted(reason));
    }
    return new Outcome.Conflict(in.bytes(), REASONS.get(reason));
  }

  static void batch(Encoder out, Batch batch) {
    out.flag(batch.durability() == Batch.Durability.SYNC)
        .bytes(batch.token())
        .list(batch.expectations(), Wire::expectation)
        .list(batch.ops(), Wire::op);
  }

  static Batch batch(Decoder in) {
    Batch.Durability durability = in.flag() ? Batch.Durability.SYNC : Batch.Durability.ASYNC;
    Bytes token = in.bytes();
    List<Batch.Expectation> expectations = in.list(Wire::expectation);
    return new Batch(expectations, in.list(Wire::op), token, durability);
  }

  private static void expectation(Encoder out, Batch.Expectation expectation) {
    if (expectation instanceof Batch.Expectation.Version version) {
      out.octet(1).bytes(version.key()).large(version.version());
    } else if (expectation instanceof Batch.Expectation.Present present) {
      out.octet(2).bytes(present.key());
    } else if (expectation instanceof Batch.Expectation.Empty empty) {
      out.octet(3);
      range(out, empty.range());
    } else {
      Batch.Expectation.Unleased unleased = (Batch.Expectation.Unleased) expectation;
      out.octet(4)
          .bytes(unleased.key())
          .flag(unleased.mode() == Lease.Mode.MODIFY)
          .large(unleased.exceptSession())
          .large(unleased.exceptLease());
    }
  }

  private static Batch.Expectation expectation(Decoder in) {
    int kind = in.octet();
    return switch (kind) {
      case 1 -> new Batch.Expectation.Version(in.bytes(), in.large());
      case 2 -> new Batch.Expectation.Present(in.bytes());
      case 3 -> new Batch.Expectation.Empty(range(in));
      case 4 -> new Batch.Expectation.Unleased(in.bytes(), mode(in), in.large(), in.large());
      default -> throw new FrameFault("kind of a precondition: %d".formatted(kind));
    };
  }

  private static void op(Encoder out, Batch.Op op) {
    if (op instanceof Batch.Op.Put put) {
      out.octet(1).bytes(put.key()).large(put.version()).bytes(put.value());
    } else if (op instanceof Batch.Op.Add add) {
      out.octet(2).bytes(add.key()).large(add.delta());
    } else if (op instanceof Batch.Op.Delete delete) {
      out.octet(3).bytes(delete.key());
    } else {
      out.octet(4);
      range(out, ((Batch.Op.DeleteRange) op).range());
    }
  }

  private static Batch.Op op(Decoder in) {
    int kind = in.octet();
    return switch (kind) {
      case 1 -> new Batch.Op.Put(in.bytes(), in.large(), in.bytes());
      case 2 -> new Batch.Op.Add(in.bytes(), in.large());
      case 3 -> new Batch.Op.Delete(in.bytes());
      case 4 -> new Batch.Op.DeleteRange(range(in));
      default -> throw new FrameFault("kind of a change: %d".formatted(kind));
    };
  }
}
