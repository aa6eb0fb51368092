package org.mapi4j.bench;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The floor of what another process can be asked: bytes there and bytes back over loopback TCP,
 * nothing done between, as many as a message of {@link Sample#twenty} and its key.
 */
final class PingPong implements AutoCloseable {
  static final int REQUEST_BYTES = 64;
  static final int ANSWER_BYTES = Sample.bytes(Sample.twenty(0));

  private final ServerSocket port =
      new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));

  PingPong() throws IOException {
    Thread thread = new Thread(this::serve, "ping-pong");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return port.getLocalPort();
  }

  private void serve() {
    byte[] request = new byte[REQUEST_BYTES];
    byte[] answer = new byte[ANSWER_BYTES];
    while (!port.isClosed()) {
      try (Socket socket = port.accept()) {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        while (true) {
          in.readFully(request);
          out.write(answer);
        }
      } catch (EOFException theNextOne) {
        continue;
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
