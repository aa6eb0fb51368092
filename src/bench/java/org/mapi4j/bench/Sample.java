package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Generated messages, from a fixed seed, and what the measurements do with a store. */
final class Sample {
  private Sample() {}

  /** 11 properties, one of them a body of 2 KB. */
  static List<SPropValue> properties(long number) {
    SplittableRandom chance = new SplittableRandom(number);
    StringBuilder body = new StringBuilder(2048);
    while (body.length() < 2048) {
      body.append((char) ('a' + chance.nextInt(26)));
    }
    FILETIME time = new FILETIME(133_000_000_000_000_000L + number * 10_000_000L);
    return List.of(
        SPropValue.of(PR_SUBJECT_W, "Report " + number + " on what was measured"),
        SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Note"),
        SPropValue.of(PR_BODY_W, body.toString()),
        SPropValue.of(PR_SENDER_NAME_W, "Sender " + chance.nextInt(1000)),
        SPropValue.of(PR_SENDER_EMAIL_ADDRESS_W, "sender" + chance.nextInt(1000) + "@example.com"),
        SPropValue.of(PR_SENT_REPRESENTING_NAME_W, "Sender " + chance.nextInt(1000)),
        SPropValue.of(PR_IMPORTANCE, chance.nextInt(3)),
        SPropValue.of(PR_SENSITIVITY, 0),
        SPropValue.of(PR_MESSAGE_DELIVERY_TIME, time),
        SPropValue.of(PR_CLIENT_SUBMIT_TIME, time),
        SPropValue.of(PR_INTERNET_MESSAGE_ID_W, "<" + number + "@example.com>"));
  }

  /**
   * Bytes of the values with 8 bytes each for tag and length: what a bare store must write for the
   * same message.
   */
  static byte[] record(long number) {
    byte[] record = new byte[bytes(properties(number))];
    new java.util.Random(number).nextBytes(record);
    return record;
  }

  /** Bytes of values, as {@link #record} counts them. */
  static int bytes(List<SPropValue> props) {
    int size = 0;
    for (SPropValue prop : props) {
      size += 8 + (prop.value() instanceof String text ? text.length() : 8);
    }
    return size;
  }

  /** 20 properties of mixed types, for GetProps. */
  static List<SPropValue> twenty(int number) {
    List<SPropValue> props = new ArrayList<>(properties(number));
    for (int i = props.size(); i < 20; i++) {
      int tag = PropTag.of(0x6600 + i, i % 2 == 0 ? PT_UNICODE : PT_LONG);
      props.add(
          i % 2 == 0
              ? SPropValue.of(tag, "value " + number + " of property " + i)
              : SPropValue.of(tag, number * i));
    }
    return props;
  }

  static SPropTagArray tags(List<SPropValue> props) {
    return SPropTagArray.tags(props.stream().mapToInt(SPropValue::ulPropTag).toArray());
  }

  static IMAPIFolder inbox(IMsgStore store) {
    Bytes id = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    return (IMAPIFolder) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  static Bytes create(IMAPIFolder folder, List<SPropValue> props) {
    try (IMessage message = folder.createMessage(null, 0).value()) {
      good(message.setProps(props).hr());
      good(message.saveChanges(KEEP_OPEN_READONLY));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  /** Creates messages, without waiting for the disk, until there are so many. */
  static void fill(
      MessageStore session,
      List<Bytes> ids,
      int size,
      IntFunction<List<SPropValue>> props,
      Figures figures) {
    try (IMAPIFolder inbox = inbox(session.store())) {
      for (int i = ids.size(); i < size; i++) {
        ids.add(create(inbox, props.apply(i)));
        if (i % 50_000 == 0) {
          figures.progress("%,d of %,d".formatted(i, size));
        }
      }
    }
    session.flush();
  }

  /** Saves a message, open for it, so often, each time with another body. */
  static void save(IMessage message, int count) {
    for (int i = 0; i < count; i++) {
      String body = "body " + i + " ".repeat(2000);
      good(message.setProps(List.of(SPropValue.of(PR_BODY_W, body))).hr());
      good(message.saveChanges(KEEP_OPEN_READWRITE));
    }
  }

  static void good(int hr) {
    if (HResult.failed(hr)) {
      throw new IllegalStateException(HResult.toString(hr));
    }
  }

  static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
