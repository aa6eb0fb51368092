package org.mapi4j.engine.shared;

/** What a peer sent is no frame, or none that may be sent now. It costs the peer its connection. */
class FrameFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  FrameFault(String message) {
    super(message);
  }

  /** What we would send has no room in a frame. */
  static final class TooLong extends FrameFault {
    private static final long serialVersionUID = 1;

    TooLong(long bytes) {
      super("a frame of %d bytes, at most %d".formatted(bytes, Frame.BYTES_MAX));
    }
  }
}
