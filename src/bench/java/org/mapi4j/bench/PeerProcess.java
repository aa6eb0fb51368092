package org.mapi4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link SharedPeer} in a process of its own. */
final class PeerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;

  PeerProcess(Path store, int number, Path ids) throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                SharedPeer.class.getName(),
                store.toString(),
                "" + number,
                ids.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(StandardCharsets.US_ASCII);
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    String line = out.readLine();
    if (!"ready".equals(line)) {
      throw new IOException("another process: " + line);
    }
  }

  /** Has it do something, without waiting for it. */
  void tell(String order) {
    in.println(order);
  }

  /** How long it took. */
  long nanos() throws IOException {
    return Long.parseLong(out.readLine());
  }

  /** How long its compilers have worked. */
  long compiledNanos() throws IOException {
    tell("compiled");
    return nanos();
  }

  /** How often a second it did something. */
  double rate(String order, int count, String rest) throws IOException {
    tell(order + " " + count + rest);
    return count * 1e9 / nanos();
  }

  /** Without waiting for its end. */
  void kill() {
    if (!process.toHandle().destroyForcibly()) {
      throw new IllegalStateException("not killed");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Has it end in order, without waiting for it. */
  void leave() {
    in.close();
  }

  @Override
  public void close() throws Exception {
    leave();
    process.waitFor();
  }
}
