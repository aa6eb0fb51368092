package org.mapi4j.engine.shared;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/**
 * Connections over 127.0.0.1, by its bytes: InetAddress.getLoopbackAddress asks the network
 * adapters first, which ends the process under Wine 8 with Java 21 and later.
 */
final class Loopback {
  private static final byte[] BYTES = {127, 0, 0, 1};
  private static final int INPUT_BYTES = 1 << 16;

  private Loopback() {}

  static InetSocketAddress port(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(BYTES), port);
    } catch (UnknownHostException fourBytesAreAnAddress) {
      throw new IllegalStateException(fourBytesAreAnAddress);
    }
  }

  /** Readies a connection for the handshake, which waits for no step for long; its input. */
  static DataInputStream input(Socket connection) throws IOException {
    connection.setTcpNoDelay(true);
    connection.setSoTimeout(Handshake.STEP_MILLIS);
    return new DataInputStream(new BufferedInputStream(connection.getInputStream(), INPUT_BYTES));
  }

  /** Ends a connection at once. */
  static void cut(Socket connection) {
    try {
      connection.close();
    } catch (IOException nothingLeftToClose) {
      return;
    }
  }
}
