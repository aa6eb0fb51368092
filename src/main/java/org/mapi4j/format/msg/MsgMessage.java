package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.mapi4j.types.String8;

/**
 * A message of a .msg: the outermost one, or one embedded in an attachment. Recipients and
 * attachments are read when they are asked for.
 */
public final class MsgMessage {
  private static final String RECIPIENT = "__recip_version1.0_#";
  private static final String ATTACHMENT = "__attach_version1.0_#";
  private static final int OUTERMOST_HEADER = 32;
  private static final int EMBEDDED_HEADER = 24;
  private static final int PART_HEADER = 8;

  private final Storage storage;
  private final PropertyEntries entries;
  private final NameMap names;
  private final CodePages codePages;
  private final List<String> recipients;
  private final List<String> attachments;
  private final int depth;

  private MsgMessage(Storage storage, MsgMessage outer) throws IOException {
    this.storage = storage;
    this.depth = outer == null ? 0 : outer.depth + 1;
    if (depth > storage.limits().embeddingDepthMax()) {
      throw FormatException.tooLarge(
          storage.place("") + ": messages within messages",
          depth,
          "embeddingDepthMax",
          storage.limits().embeddingDepthMax());
    }
    this.entries =
        PropertyEntries.read(storage, outer == null ? OUTERMOST_HEADER : EMBEDDED_HEADER);
    this.names = NameMap.read(storage, outer == null ? NameMap.EMPTY : outer.names);
    this.codePages =
        CodePages.choose(entries.fixed(), headers(), outer == null ? null : outer.codePages);
    this.recipients = parts(RECIPIENT, "recipientsMax", storage.limits().recipientsMax());
    this.attachments = parts(ATTACHMENT, "attachmentsMax", storage.limits().attachmentsMax());
  }

  static MsgMessage outermost(Storage storage) throws IOException {
    return new MsgMessage(storage, null);
  }

  MsgMessage embedded(Storage inner) throws IOException {
    return new MsgMessage(inner, this);
  }

  /** Only the start of large headers is looked at: the charset stands among the first. */
  private String8 headers() throws IOException {
    String narrow = entries.streams().get(PR_TRANSPORT_MESSAGE_HEADERS_A);
    String wide = entries.streams().get(PR_TRANSPORT_MESSAGE_HEADERS_W);
    String stream = wide != null ? wide : narrow;
    if (stream == null) {
      return null;
    }
    byte[] start = storage.start(stream, storage.limits().valueBytesMax());
    String text = wide != null ? Texts.unicode(start, start.length) : null;
    return text == null
        ? Texts.narrow(start, start.length)
        : String8.encode(text, StandardCharsets.UTF_8).orElse(null);
  }

  private List<String> parts(String prefix, String limit, int max) throws FormatException {
    List<String> parts =
        storage.storages().stream()
            .filter(name -> name.regionMatches(true, 0, prefix, 0, prefix.length()))
            .sorted(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
            .toList();
    if (parts.size() > max) {
      throw FormatException.tooLarge(
          storage.place(prefix) + ": storages", parts.size(), limit, max);
    }
    return parts;
  }

  /** Its own properties. Throws FormatException for damage that leaves the rest unreadable. */
  public MsgObject properties() throws IOException {
    return new ObjectReader(storage, entries, names, codePages, false).read();
  }

  Map<Integer, Object> fixed() {
    return entries.fixed();
  }

  String place() {
    return storage.place("");
  }

  /** How many recipients there are. */
  public int recipientCount() {
    return recipients.size();
  }

  /** A recipient, by its place in the order of the file. */
  public MsgObject recipient(int index) throws IOException {
    return part(storage.child(recipients.get(index)), false);
  }

  /** How many attachments there are. */
  public int attachmentCount() {
    return attachments.size();
  }

  /** An attachment, by its place in the order of the file. */
  public MsgAttachment attachment(int index) throws IOException {
    return new MsgAttachment(this, storage.child(attachments.get(index)));
  }

  MsgObject attachmentPart(Storage part) throws IOException {
    return part(part, true);
  }

  private MsgObject part(Storage part, boolean attachment) throws IOException {
    PropertyEntries of = PropertyEntries.read(part, PART_HEADER);
    return new ObjectReader(part, of, names, codePages, attachment).read();
  }
}
