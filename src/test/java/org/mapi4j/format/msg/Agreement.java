package org.mapi4j.format.msg;

import java.io.UnsupportedEncodingException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.String8;

/** Compares what HSMF read with what a message has, property by property. */
public final class Agreement {
  private final List<String> differences = new ArrayList<>();
  private int compared;

  /** An object to compare: its value by the identifier that the property has in the file. */
  public interface View {
    /** The value; null when the object has none; {@link #NOT_COMPARED} to leave it out. */
    Object value(int fileId) throws Exception;
  }

  /** A message to compare. */
  public interface MessageView extends View {
    /** Recipients in the order of the file. */
    List<? extends View> recipients() throws Exception;

    /** Attachments in the order of the file. */
    List<? extends AttachmentView> attachments() throws Exception;
  }

  /** An attachment to compare. */
  public interface AttachmentView extends View {
    /** The message it embeds, or null. */
    MessageView embedded() throws Exception;
  }

  /**
   * Stands for a value that is left out of the comparison for a reason that is reported elsewhere.
   */
  public static final Object NOT_COMPARED = new Object();

  /** What differs, a line each. */
  public List<String> differences() {
    return differences;
  }

  /** How many properties were compared. */
  public int compared() {
    return compared;
  }

  /** Compares a message and all that is in it. */
  public void message(String place, Hsmf.Message expected, MessageView found) throws Exception {
    part(place, expected.own(), found);
    List<? extends View> recipients = found.recipients();
    count(place + "/recipients", expected.recipients().size(), recipients.size());
    for (int i = 0; i < Math.min(recipients.size(), expected.recipients().size()); i++) {
      part(place + "/recipient " + i, expected.recipients().get(i), recipients.get(i));
    }
    List<? extends AttachmentView> attachments = found.attachments();
    count(place + "/attachments", expected.attachments().size(), attachments.size());
    for (int i = 0; i < Math.min(attachments.size(), expected.attachments().size()); i++) {
      String at = place + "/attachment " + i;
      Hsmf.Part attachment = expected.attachments().get(i);
      part(at, attachment, attachments.get(i));
      if (attachment.embedded().isPresent()) {
        MessageView inner = attachments.get(i).embedded();
        if (inner == null) {
          differences.add(at + ": the embedded message is missing");
        } else {
          message(at + "/embedded", attachment.embedded().get(), inner);
        }
      }
    }
  }

  private void count(String place, int expected, int found) {
    if (expected != found) {
      differences.add("%s: expected %d, found %d".formatted(place, expected, found));
    }
  }

  private void part(String place, Hsmf.Part expected, View found) throws Exception {
    for (var entry : expected.values().entrySet()) {
      Object value = found.value(entry.getKey());
      if (value == NOT_COMPARED) {
        continue;
      }
      compared++;
      if (!agrees(entry.getValue(), value)) {
        differences.add(
            "%s 0x%04X: HSMF %s, ours %s"
                .formatted(place, entry.getKey(), cut(entry.getValue()), cut(value)));
      }
    }
  }

  private static String cut(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  private static boolean agrees(Object expected, Object found) throws Exception {
    if (expected instanceof Hsmf.Fixed fixed) {
      return fixed(fixed.value(), found);
    }
    List<?> values = (List<?>) expected;
    if (found instanceof List<?> list) {
      boolean same = values.size() == list.size();
      for (int i = 0; same && i < list.size(); i++) {
        same = one(values.get(i), list.get(i));
      }
      return same;
    }
    // A file may hold a property in both string widths; HSMF lists both, ours is one of them.
    for (Object value : values) {
      if (one(value, found)) {
        return true;
      }
    }
    return false;
  }

  private static boolean one(Object expected, Object found) throws UnsupportedEncodingException {
    if (expected instanceof Hsmf.Text text) {
      if (found instanceof String8 narrow) {
        return text.codePage() != null
            && new String(narrow.bytes().toArray(), text.codePage())
                .replace("\0", "")
                .equals(text.value());
      }
      return found instanceof String ours && ours.replace("\0", "").equals(text.value());
    }
    if (found instanceof Guid guid) {
      return guid.toBytes().equals(expected);
    }
    return expected.equals(found);
  }

  private static boolean fixed(Object expected, Object found) {
    if (expected instanceof Calendar time && found instanceof FILETIME ours) {
      return ours.toInstant().toEpochMilli() == time.getTimeInMillis();
    }
    if (found instanceof Currency currency) {
      return expected instanceof BigInteger number && number.longValue() == currency.int64();
    }
    if (expected instanceof byte[] raw && found instanceof Bytes bytes) {
      return bytes.equals(Bytes.copyOf(raw));
    }
    if (expected instanceof byte[]) {
      return found != null; // a type that HSMF leaves as raw bytes
    }
    if (expected instanceof Number number && found instanceof Number ours) {
      return number.doubleValue() == ours.doubleValue();
    }
    return expected.equals(found);
  }
}
