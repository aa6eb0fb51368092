package org.mapi4j.cli;

import java.io.IOException;
import java.io.OutputStream;

/** An output that remembers the first failure, which writers above it swallow. */
final class WatchedOutput extends OutputStream {
  private final OutputStream out;
  private IOException failure;

  WatchedOutput(OutputStream out) {
    this.out = out;
  }

  /** Why something could not be written; null when all was. */
  IOException failure() {
    return failure;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    try {
      out.write(octets, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
