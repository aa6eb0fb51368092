package org.mapi4j.engine.je;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.types.Bytes;

/**
 * One record of the change log: the commits of one group, in order, each with its token. The
 * record's key is the number of the first. Format: src/docs/formats/je-engine.md.
 */
final class ChangeRecord {
  private ChangeRecord() {}

  /** A commit and the token it is known by, empty for none. */
  record Entry(Change change, Bytes token) {}

  static byte[] encode(List<Entry> entries) {
    Out out = new Out();
    out.number(entries.size());
    for (Entry entry : entries) {
      out.bytes(entry.token());
      out.keys(entry.change().put());
      out.keys(entry.change().deleted());
      out.number(entry.change().deletedRanges().size());
      for (KeyRange range : entry.change().deletedRanges()) {
        out.bytes(range.from());
        out.number(range.to() == null ? 0 : 1);
        if (range.to() != null) {
          out.bytes(range.to());
        }
      }
    }
    return out.toByteArray();
  }

  static List<Entry> decode(long firstSeq, byte[] record) {
    In in = new In(record);
    int count = in.number();
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Bytes token = in.bytes();
      List<Bytes> put = in.keys();
      List<Bytes> deleted = in.keys();
      int rangeCount = in.number();
      List<KeyRange> ranges = new ArrayList<>(rangeCount);
      for (int r = 0; r < rangeCount; r++) {
        Bytes from = in.bytes();
        ranges.add(new KeyRange(from, in.number() == 0 ? null : in.bytes()));
      }
      entries.add(new Entry(new Change(firstSeq + i, put, deleted, ranges), token));
    }
    return entries;
  }

  /** How many commits a record holds. */
  static int count(byte[] record) {
    return new In(record).number();
  }

  /** Numbers in groups of seven bits, the lowest first; byte strings after their length. */
  private static final class Out extends ByteArrayOutputStream {
    void number(int value) {
      int rest = value;
      while (rest > 0x7F) {
        write(rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      write(rest);
    }

    void bytes(Bytes bytes) {
      number(bytes.size());
      write(bytes.sharedArray(), 0, bytes.size());
    }

    void keys(List<Bytes> keys) {
      number(keys.size());
      keys.forEach(this::bytes);
    }
  }

  private static final class In {
    private final byte[] record;
    private int at;

    In(byte[] record) {
      this.record = record;
    }

    int number() {
      int value = 0;
      int shift = 0;
      while (true) {
        byte b = record[at++];
        value |= (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
        shift += 7;
      }
    }

    Bytes bytes() {
      int length = number();
      Bytes bytes = Bytes.copyOf(record, at, length);
      at += length;
      return bytes;
    }

    List<Bytes> keys() {
      int count = number();
      List<Bytes> keys = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        keys.add(bytes());
      }
      return keys;
    }
  }
}
