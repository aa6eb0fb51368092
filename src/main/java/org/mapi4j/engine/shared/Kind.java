package org.mapi4j.engine.shared;

/** What a frame is. The codes are the wire's, so none is ever given to something else. */
enum Kind {
  /** An answer. */
  ANSWER(1),
  /** An answer that is a fault. */
  FAULT(2),
  /** The owner: there are commits up to a number. */
  NEWS(3),
  /** The sender ends in order. */
  BYE(4),
  /** Shard.commit. */
  COMMIT(16),
  /** Shard.sync. */
  SYNC(17),
  /** Shard.outcomeOf, after all commits before it. */
  OUTCOME(18),
  /** Shard.get. */
  GET(19),
  /** Shard.getAll. */
  GET_ALL(27),
  /** Shard.scan. */
  SCAN(20),
  /** Shard.seq. */
  SEQ(21),
  /** Shard.changesSince. */
  CHANGES(22),
  /** Asks for NEWS. */
  WATCH(23),
  /** Shard.lease. */
  LEASE(24),
  /** The end of a lease. Not answered. */
  UNLEASE(25),
  /** Shard.endSession. Not answered. */
  END_SESSION(26),
  /** Who has the store open. */
  PARTICIPANTS(32),
  /** EngineMaintenance.check. */
  CHECK(33),
  /** EngineMaintenance.compact. */
  COMPACT(34),
  /** EngineMaintenance.diskBytes and formatVersion. */
  FILES(35);

  private static final Kind[] BY_CODE = new Kind[64];

  static {
    for (Kind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Kind of(int code) {
    Kind kind = code < BY_CODE.length ? BY_CODE[code] : null;
    if (kind == null) {
      throw new FrameFault("kind of a frame: %d".formatted(code));
    }
    return kind;
  }
}
