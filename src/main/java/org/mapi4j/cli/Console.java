package org.mapi4j.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * What a command talks to.
 *
 * @param out results
 * @param err progress and failures
 * @param in answers to questions
 * @param clock the only clock of the commands
 * @param opener how stores are opened
 */
record Console(
    PrintWriter out, PrintWriter err, BufferedReader in, Clock clock, StoreOpener opener) {
  /** The process's own streams; UTF-8 unless the terminal says otherwise. */
  static Console system(OutputStream out) {
    Charset charset = terminalCharset();
    return new Console(
        new PrintWriter(new OutputStreamWriter(out, charset), false),
        new PrintWriter(new OutputStreamWriter(System.err, charset), true),
        new BufferedReader(new InputStreamReader(System.in, charset)),
        Clock.systemUTC(),
        StoreOpener.EMBEDDED);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // null on Java 17 without a terminal; later Javas answer a charset
  private static Charset terminalCharset() {
    java.io.Console terminal = System.console();
    Charset asked = terminal == null ? StandardCharsets.UTF_8 : terminal.charset();
    return asked.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : asked;
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
