package org.mapi4j.history;

import java.io.BufferedReader;
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
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/**
 * A client of a history in a process of its own. For each line {@code SEED FIRSTVALUE} that it is
 * given it acts once and says on its output:
 *
 * <pre>
 * begin KIND FROM BASE VALUE           a save begins
 * did KIND FROM TO BASE VALUE HR       a call returned
 * end                                  that was all
 * </pre>
 *
 * Times are those of the machine's one monotonic clock. Every write has an attachment of its own.
 * Arguments: directory, entry identifier, number of the client.
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
    try (MessageStore session = Mapi4j.open(Path.of(args[0]), StoreOptions.DEFAULT)) {
      process.say("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        AtomicInteger values = new AtomicInteger(Integer.parseInt(words[1]));
        new HistoryActor(client, Long.parseLong(words[0]), values::getAndIncrement, process)
            .act(session.store(), entryId, HistoryContract.ROUNDS);
        process.say("end");
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
