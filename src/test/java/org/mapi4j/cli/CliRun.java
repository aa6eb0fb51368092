package org.mapi4j.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;

/** One command run in this process: its exit code and what it printed. */
record CliRun(int code, String out, String err) {
  static CliRun of(String... args) {
    return answering("", args);
  }

  /** Runs a command that reads these answers. */
  static CliRun answering(String answers, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            new BufferedReader(new StringReader(answers)),
            Clock.systemUTC(),
            StoreOpener.EMBEDDED);
    int code = Main.run(console, List.of(args));
    return new CliRun(code, out.toString(), err.toString());
  }
}
