package org.mapi4j.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;

/** One command run in this process: its exit code and what it printed. */
record CliRun(int code, String out, String err) {
  /** Runs a command against the embedded engine. */
  static CliRun of(String... args) {
    return answering("", StoreOpener.EMBEDDED, args);
  }

  /** Runs a command that reads these answers and opens stores this way. */
  static CliRun answering(String answers, StoreOpener opener, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            new BufferedReader(new StringReader(answers)),
            Clock.systemUTC(),
            opener);
    int code = Main.run(console, List.of(args));
    return new CliRun(code, out.toString(), err.toString());
  }
}
