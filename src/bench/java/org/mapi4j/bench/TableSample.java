package org.mapi4j.bench;

import static org.mapi4j.types.MapiTags.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Messages of a folder whose table is measured, from a fixed seed: no body to speak of. */
record TableSample(long number, String subject, String sender, long ticks, int importance) {
  /** What QueryRows is asked for. */
  static final SPropTagArray COLUMNS =
      SPropTagArray.tags(
          PR_ENTRYID,
          PR_SUBJECT_W,
          PR_SENDER_NAME_W,
          PR_MESSAGE_CLASS_W,
          PR_MESSAGE_DELIVERY_TIME,
          PR_IMPORTANCE,
          PR_SENSITIVITY,
          PR_MESSAGE_FLAGS);

  /** The time of delivery is from here on, anywhere in {@link #TICKS} of 100 ns. */
  static final long FIRST_TICK = 133_000_000_000_000_000L;

  /** Ten years. */
  static final long TICKS = 3_155_760_000_000_000L;

  /** The same columns as properties of Oak's nodes. */
  static final List<String> OAK_NAMES =
      List.of("id", "subject", "sender", "class", "time", "importance", "sensitivity", "flags");

  /** Rows of each sender in a folder of {@link #ofFew} messages. */
  static final int ROWS_OF_SENDER = 100;

  static final String MESSAGE_CLASS = "IPM.Note";
  private static final String[] WORDS = {
    "Budget", "Review", "Meeting", "Invoice", "Holiday", "Release", "Incident", "Contract",
    "Proposal", "Delivery", "Schedule", "Feedback", "Training", "Security", "Travel", "Report"
  };

  /** A message of a number. */
  static TableSample of(long number) {
    SplittableRandom chance = new SplittableRandom(number);
    String first = WORDS[chance.nextInt(WORDS.length)];
    String second = WORDS[chance.nextInt(WORDS.length)];
    return new TableSample(
        number,
        first + " and " + second + ' ' + Long.toString(chance.nextLong() >>> 1, 36),
        sender(chance.nextInt(1000)),
        FIRST_TICK + chance.nextLong(TICKS),
        chance.nextInt(3));
  }

  /** The same from one of so few senders that each has a hundred messages. */
  TableSample ofFew(int rows) {
    return new TableSample(
        number, subject, sender(number % (rows / ROWS_OF_SENDER)), ticks, importance);
  }

  static String sender(long number) {
    return "Sender " + number;
  }

  /** A part of some subjects: one in about two hundred, in another case. */
  static String pattern(int round) {
    SplittableRandom chance = new SplittableRandom(round);
    String first = WORDS[chance.nextInt(WORDS.length)];
    String second = WORDS[chance.nextInt(WORDS.length)];
    return (first + " AND " + second).toUpperCase(Locale.ROOT);
  }

  List<SPropValue> properties() {
    FILETIME time = new FILETIME(ticks);
    return List.of(
        SPropValue.of(PR_SUBJECT_W, subject),
        SPropValue.of(PR_MESSAGE_CLASS_W, MESSAGE_CLASS),
        SPropValue.of(PR_SENDER_NAME_W, sender),
        SPropValue.of(PR_IMPORTANCE, importance),
        SPropValue.of(PR_SENSITIVITY, 0),
        SPropValue.of(PR_MESSAGE_DELIVERY_TIME, time),
        SPropValue.of(PR_CLIENT_SUBMIT_TIME, time));
  }

  /** About as many bytes as an index row of the store has. */
  byte[] record() {
    byte[] text = (subject + '\n' + sender).getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + 4 + 160 + text.length)
        .putLong(ticks)
        .putInt(importance)
        .put(text)
        .array();
  }

  /** A key like those of index rows: the same beginning, then one that grows. */
  static byte[] key(long number) {
    return ByteBuffer.allocate(34).put(0, (byte) 'i').putLong(18, number).array();
  }
}
