package org.mapi4j.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * Opening a saved message and GetProps of 20 properties, one thread: out of JE's cache beside bare
 * JE reading and decoding the same record behind one thread hand-off; recently used, on the
 * caller's thread, beside bare JE read directly.
 */
final class OpenBench implements Measurement {
  private static final int ROUNDS = 9;
  private static final int RECENT = 200;

  @Override
  public int defaultCount() {
    return 20_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    ExecutorService other = Executors.newSingleThreadExecutor();
    double[] cold = new double[ROUNDS];
    double[] recent = new double[ROUNDS];
    double[][] rates = new double[4][ROUNDS];
    StoreOptions options =
        StoreOptions.builder().cacheBytes(512L << 20).asynchronousCommits(true).build();
    try (BareJe bare = new BareJe(Files.createDirectory(directory.resolve("bare")), 512L << 20);
        MessageStore session = Mapi4j.open(directory.resolve("store"), options)) {
      List<Bytes> ids = fill(bare, session, count);
      SPropTagArray tags = Sample.tags(Sample.twenty(0));
      for (int round = -2; round < ROUNDS; round++) {
        double handOff =
            read(count, i -> other.submit(() -> decode(bare.get(BareJe.key(i)))).get());
        double ours = read(count, i -> open(session.store(), ids.get(i), tags));
        double direct = read(count, i -> decode(bare.get(BareJe.key(i % RECENT))));
        double oursRecent = read(10 * count, i -> open(session.store(), ids.get(i % RECENT), tags));
        figures.progress(
            "round %d: hand-off %.0f/s, ours %.0f/s; direct %.0f/s, ours %.0f/s"
                .formatted(round, handOff, ours, direct, oursRecent));
        if (round >= 0) {
          cold[round] = ours / handOff;
          recent[round] = oursRecent / direct;
          rates[0][round] = handOff;
          rates[1][round] = ours;
          rates[2][round] = direct;
          rates[3][round] = oursRecent;
        }
      }
    } finally {
      other.shutdown();
      Sample.deleteTree(directory);
    }
    figures.add("bare JE, read and decode behind a hand-off", Figures.median(rates[0]), "/s");
    figures.add("open and GetProps of 20, from JE's cache", Figures.median(rates[1]), "/s");
    figures.ratio("ours to bare JE behind a hand-off", Figures.median(cold), 0.7);
    figures.add("bare JE, read and decode directly", Figures.median(rates[2]), "/s");
    figures.add("open and GetProps of 20, recently used", Figures.median(rates[3]), "/s");
    figures.ratio("ours, recently used, to bare JE directly", Figures.median(recent), 1.0);
  }

  private interface Reading {
    Object read(int number) throws Exception;
  }

  private static double read(int count, Reading reading) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (reading.read(i) == null) {
        throw new IllegalStateException("nothing read");
      }
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static List<Bytes> fill(BareJe bare, MessageStore session, int count) throws IOException {
    List<Bytes> ids = new ArrayList<>(count);
    IMAPIFolder inbox = Sample.inbox(session.store());
    for (int i = 0; i < count; i++) {
      List<SPropValue> props = Sample.twenty(i);
      ids.add(Sample.create(inbox, props));
      bare.put(BareJe.key(i), encode(props));
    }
    session.flush();
    return ids;
  }

  private static List<SPropValue> open(IMsgStore store, Bytes id, SPropTagArray tags) {
    try (IMessage message = (IMessage) store.openEntry(id, null, 0).value().lppUnk()) {
      return message.getProps(tags, 0).value();
    }
  }

  private static byte[] encode(List<SPropValue> props) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (SPropValue prop : props) {
        out.writeInt(prop.ulPropTag());
        if (prop.value() instanceof String text) {
          out.writeUTF(text);
        } else if (prop.value() instanceof FILETIME time) {
          out.writeLong(time.ticks());
        } else {
          out.writeInt(prop.asInt());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static List<SPropValue> decode(byte[] record) throws IOException {
    List<SPropValue> props = new ArrayList<>(20);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
      while (in.available() > 0) {
        int tag = in.readInt();
        Object value =
            switch (tag & 0xFFFF) {
              case 0x1F -> in.readUTF();
              case 0x40 -> new FILETIME(in.readLong());
              default -> in.readInt();
            };
        props.add(new SPropValue(tag, value));
      }
    }
    return props;
  }
}
