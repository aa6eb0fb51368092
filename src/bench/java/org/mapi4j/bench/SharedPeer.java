package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/**
 * One client of a store, in this process or in one of its own, which is told on its input what to
 * do and answers on its output how many nanoseconds it took. A process is started with a directory,
 * its number among the clients, and a file of entry identifiers.
 */
final class SharedPeer implements AutoCloseable {
  private final MessageStore session;
  private final IMAPIFolder inbox;
  private final IMessage own;
  private final SPropTagArray tags = Sample.tags(Sample.twenty(0));
  private long next;

  SharedPeer(MessageStore session, int number) {
    this.session = session;
    this.inbox = Sample.inbox(session.store());
    this.next = number * 1_000_000_000L;
    Bytes id = Sample.create(inbox, Sample.properties(number));
    this.own = (IMessage) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  /** Messages created and saved. */
  long create(int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (Sample.create(inbox, Sample.properties(next++)).isEmpty()) {
        throw new IllegalStateException("no entry identifier");
      }
    }
    return System.nanoTime() - start;
  }

  /** Saves of a message that stays open. */
  long save(int count) {
    long start = System.nanoTime();
    Sample.save(own, count);
    return System.nanoTime() - start;
  }

  /** How long the compilers of this process have worked. */
  static long compiledNanos() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() * 1_000_000;
  }

  /** Saves until something has ended, and once more: the nanoseconds of the longest. */
  long longestSave(BooleanSupplier goesOn) {
    long longest = 0;
    boolean more = true;
    while (more) {
      more = goesOn.getAsBoolean();
      longest = Math.max(longest, save(1));
    }
    return longest;
  }

  /** Openings, each with GetProps of 20 properties, of the first of some messages in turn. */
  long open(int count, List<Bytes> ids, int of) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      try (IMessage message =
          (IMessage) session.store().openEntry(ids.get(i % of), null, 0).value().lppUnk()) {
        Sample.good(message.getProps(tags, 0).hr());
      }
    }
    return System.nanoTime() - start;
  }

  /** Requests to a {@link PingPong}, each with its answer. */
  static long pingPong(int count, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      byte[] request = new byte[PingPong.REQUEST_BYTES];
      byte[] answer = new byte[PingPong.ANSWER_BYTES];
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        out.write(request);
        in.readFully(answer);
      }
      return System.nanoTime() - start;
    }
  }

  @Override
  public void close() {
    own.close();
    inbox.close();
    session.close();
  }

  /** The process. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    List<Bytes> ids = List.of();
    MessageStore session = Mapi4j.open(Path.of(args[0]), SharedBench.OPTIONS);
    try (SharedPeer peer = new SharedPeer(session, Integer.parseInt(args[1]))) {
      out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        int count = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        if (ids.isEmpty() && words[0].equals("open")) {
          ids = Files.readAllLines(Path.of(args[2])).stream().map(Bytes::fromHex).toList();
        }
        long nanos =
            switch (words[0]) {
              case "create" -> peer.create(count);
              case "save" -> peer.save(count);
              case "open" -> peer.open(count, ids, Integer.parseInt(words[2]));
              case "compiled" -> compiledNanos();
              case "ping" -> pingPong(count, Integer.parseInt(words[2]));
              default -> throw new IllegalArgumentException(line);
            };
        out.println(nanos);
      }
    }
  }
}
