package org.mapi4j.engine.shared;

import java.util.List;
import java.util.function.BiFunction;
import org.mapi4j.spi.StorageFault;

/** The kinds of {@link StorageFault} on the wire: a code and the message. */
final class WireFault {
  private record Known(
      int code,
      Class<? extends StorageFault> type,
      BiFunction<String, Throwable, StorageFault> make) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(1, StorageFault.DiskFull.class, StorageFault.DiskFull::new),
          new Known(2, StorageFault.ReadOnly.class, StorageFault.ReadOnly::new),
          new Known(3, StorageFault.Damaged.class, StorageFault.Damaged::new),
          new Known(4, StorageFault.Locked.class, StorageFault.Locked::new),
          new Known(5, StorageFault.NewerFormat.class, StorageFault.NewerFormat::new),
          new Known(6, StorageFault.Absent.class, StorageFault.Absent::new),
          new Known(7, StorageFault.TooLarge.class, StorageFault.TooLarge::new),
          new Known(8, StorageFault.Closed.class, StorageFault.Closed::new),
          new Known(9, StorageFault.OutcomeUnknown.class, StorageFault.OutcomeUnknown::new),
          new Known(10, StorageFault.Unreachable.class, StorageFault.Unreachable::new),
          new Known(11, StorageFault.Lost.class, StorageFault.Lost::new));

  private WireFault() {}

  static void write(Encoder out, Throwable thrown) {
    int code = 0;
    for (Known known : KNOWN) {
      if (known.type().isInstance(thrown)) {
        code = known.code();
      }
    }
    String text = thrown instanceof StorageFault ? thrown.getMessage() : thrown.toString();
    out.octet(code).text(text);
  }

  static StorageFault read(Decoder in) {
    int code = in.octet();
    String text = in.text();
    return KNOWN.stream()
        .filter(known -> known.code() == code)
        .findFirst()
        .map(known -> known.make().apply(text, null))
        .orElseGet(() -> new StorageFault(text, null));
  }
}
