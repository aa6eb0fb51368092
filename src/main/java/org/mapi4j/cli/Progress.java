package org.mapi4j.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells how far something is, on stderr, from its first second on and once a second. */
final class Progress {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final PrintWriter err;
  private final Clock clock;
  private final String doing;
  private final long total;
  private Instant last;

  Progress(Console console, String doing, long total) {
    this.err = console.err();
    this.clock = console.clock();
    this.doing = doing;
    this.total = total;
    this.last = clock.instant();
  }

  void at(long done) {
    Instant now = clock.instant();
    if (Duration.between(last, now).compareTo(BETWEEN) >= 0) {
      last = now;
      err.println("%s: %d of %d".formatted(doing, done, total));
      err.flush();
    }
  }
}
