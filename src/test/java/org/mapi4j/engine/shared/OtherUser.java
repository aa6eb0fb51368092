package org.mapi4j.engine.shared;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * What a program of another user tries with a directory and a port: reads the secret, opens the
 * store, and shakes hands with a proof of its own. Without a port: opens the store only. Prints how
 * each ends.
 */
final class OtherUser {
  private static final int MAGIC = 0x4D34_4A53;

  private OtherUser() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    if (args.length == 1) {
      System.out.println("store: " + store(directory));
      return;
    }
    System.out.println("secret: " + secret(directory));
    System.out.println("store: " + store(directory));
    System.out.println("port: " + port(Integer.parseInt(args[1])));
  }

  private static String secret(Path directory) throws IOException {
    try {
      return "read, of " + Secret.read(directory).proof("", Bytes.EMPTY).size();
    } catch (AccessDeniedException refused) {
      return "refused";
    }
  }

  private static String store(Path directory) {
    SharedOptions options = new SharedOptions("another user", Duration.ofMillis(500));
    try (SharedEngine engine =
        SharedEngine.open(directory, options, new Opener(directory, JeOptions.DEFAULT))) {
      return "open, at " + engine.seq();
    } catch (StorageFault refused) {
      return "refused";
    }
  }

  private static String port(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(port));
      socket.setSoTimeout(10_000);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Bytes made = Bytes.wrap(new byte[32]);
      new Encoder()
          .number(MAGIC)
          .number(Handshake.PROTOCOL_MIN)
          .number(Handshake.PROTOCOL_MAX)
          .bytes(made)
          .writeTo(socket.getOutputStream());
      int answered = Frame.read(in, Frame.STRANGER_BYTES_MAX).length;
      new Encoder().number(MAGIC).bytes(made).writeTo(socket.getOutputStream());
      new Encoder()
          .text("member")
          .large(1)
          .text("a stranger")
          .number(0)
          .writeTo(socket.getOutputStream());
      int more = in.read();
      return more < 0 && answered > 0 ? "refused" : "answered";
    } catch (java.net.SocketException reset) {
      return "refused";
    }
  }
}
