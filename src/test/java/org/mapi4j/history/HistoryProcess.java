package org.mapi4j.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.engine.shared.SharedOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.types.Bytes;

/**
 * A client of a history in a process of its own. For each line {@code SEED FIRSTVALUE} that it is
 * given it acts once and says on its output:
 *
 * <pre>
 * begin KIND FROM BASE VALUE           a save begins
 * did KIND FROM TO BASE VALUE HR       a call returned
 * torn TEXT                            a call showed no one version, or failed; that was all
 * end                                  that was all
 * </pre>
 *
 * Times are those of the machine's one monotonic clock. Every write has an attachment of its own.
 * Arguments: directory, entry identifier, number of the client and, for a process whose stamps are
 * late where it is the owner, by how many milliseconds ({@link LateStamps}).
 */
final class HistoryProcess implements HistoryActor.Recorder {
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);

  private HistoryProcess() {}

  /** Each write's attachment is its own, also of those that other processes made. */
  static final class Own extends AbstractMap<Integer, Integer> {
    @Override
    public Integer get(Object write) {
      return (Integer) write;
    }

    @Override
    public Integer put(Integer write, Integer attachment) {
      return write;
    }

    @Override
    public Set<Map.Entry<Integer, Integer>> entrySet() {
      throw new UnsupportedOperationException();
    }
  }

  public static void main(String[] args) throws Exception {
    HistoryProcess process = new HistoryProcess();
    Bytes entryId = Bytes.fromHex(args[1]);
    int client = Integer.parseInt(args[2]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    Path directory = Path.of(args[0]);
    if (args.length == 3) {
      try (MessageStore session = Mapi4j.open(directory, StoreOptions.DEFAULT)) {
        process.act(session.store(), entryId, client, in);
      }
      return;
    }
    SharedOptions options = new SharedOptions("client " + client, SharedOptions.PATIENCE);
    try (LateStamps opener = new LateStamps(directory, Long.parseLong(args[3]));
        SharedEngine engine = SharedEngine.open(directory, options, opener);
        IMsgStore store =
            StoreSession.open(engine, StoreOptions.DEFAULT, () -> {}, () -> {}).orElseThrow()) {
      process.act(store, entryId, client, in);
    }
  }

  private void act(IMsgStore store, Bytes entryId, int client, BufferedReader in)
      throws IOException {
    say("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      AtomicInteger values = new AtomicInteger(Integer.parseInt(words[1]));
      try {
        new HistoryActor(client, Long.parseLong(words[0]), values::getAndIncrement, this)
            .act(store, entryId, HistoryContract.ROUNDS);
        say("end");
      } catch (AssertionError torn) {
        say("torn " + torn.getMessage().replaceAll("\\s+", " "));
      }
    }
  }

  private void say(String line) {
    out.print(line + "\n");
    out.flush();
  }

  @Override
  public Map<Integer, Integer> attachmentOf() {
    return new Own();
  }

  @Override
  public boolean touches(SplittableRandom chance) {
    return true;
  }

  @Override
  public void begins(Event.Kind kind, long from, int base, int value) {
    say("begin %s %d %d %d".formatted(kind, from, base, value));
  }

  @Override
  public void happened(Event event) {
    say(
        "did %s %d %d %d %d %d"
            .formatted(
                event.kind(), event.from(), event.to(), event.base(), event.value(), event.hr()));
  }
}
