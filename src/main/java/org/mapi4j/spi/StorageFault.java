package org.mapi4j.spi;

/**
 * An engine could not do what it was asked. The kinds that a caller treats differently are the
 * nested classes.
 */
public class StorageFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A fault with its cause, which may be null. */
  public StorageFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** No room: the disk, or the limit set for the store, is full. Nothing was written. */
  public static final class DiskFull extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public DiskFull(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store cannot be written at all. */
  public static final class ReadOnly extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public ReadOnly(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What is on disk cannot be read by this program, for either reason. */
  public abstract static sealed class Unreadable extends StorageFault permits Damaged, NewerFormat {
    private static final long serialVersionUID = 1;

    Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What is on disk is damaged. */
  public static final class Damaged extends Unreadable {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Another process has the store open; the message names it. */
  public static final class Locked extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Locked(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store was written by a newer program. */
  public static final class NewerFormat extends Unreadable {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public NewerFormat(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** There is no store. */
  public static final class Absent extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Absent(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A batch or row is over a named limit. */
  public static final class TooLarge extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public TooLarge(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The shard was closed. */
  public static final class Closed extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Closed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Asynchronous commits that could be seen are gone. */
  public static final class Lost extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Lost(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A commit may or may not have happened: ask for its token. */
  public static final class OutcomeUnknown extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public OutcomeUnknown(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The process that has the store open does not answer: nothing was done, or it is not known. */
  public static final class Unreachable extends StorageFault {
    private static final long serialVersionUID = 1;

    /** A fault with its cause. */
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
