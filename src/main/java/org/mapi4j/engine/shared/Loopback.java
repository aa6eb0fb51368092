package org.mapi4j.engine.shared;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * 127.0.0.1, by its bytes: InetAddress.getLoopbackAddress asks the network adapters first, which
 * ends the process under Wine 8 with Java 21 and later.
 */
final class Loopback {
  private static final byte[] BYTES = {127, 0, 0, 1};

  private Loopback() {}

  static InetSocketAddress port(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(BYTES), port);
    } catch (UnknownHostException fourBytesAreAnAddress) {
      throw new IllegalStateException(fourBytesAreAnAddress);
    }
  }
}
