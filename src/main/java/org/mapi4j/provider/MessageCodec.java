package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/** A message image as bytes. Layout: src/docs/formats/store-rows.md, "Message". */
final class MessageCodec {
  /** Images over this many bytes are kept in a blob of their own. */
  static final int ROW_BYTES_MAX = 64 << 10;

  private static final int FORMAT = 1;

  /** Of rows: the location that the message was born with comes first, then what layout 1 has. */
  private static final int FORMAT_WITH_LOCATION = 2;

  private static final int INLINE = 0;
  private static final int IN_BLOB = 1;

  private MessageCodec() {}

  /** The bytes of an image alone. */
  static Bytes encode(MessageImage image) {
    return encode(null, image);
  }

  /** The bytes of a row with its image. */
  static Bytes encode(Location born, MessageImage image) {
    RowWriter out = new RowWriter(4096);
    begin(out, born);
    out.octet(INLINE);
    write(out, image);
    return out.toBytes();
  }

  private static void begin(RowWriter out, Location born) {
    if (born == null) {
      out.octet(FORMAT);
    } else {
      out.octet(FORMAT_WITH_LOCATION);
      born.write(out);
    }
  }

  /** The bytes of a row whose image is kept in a blob, as {@link #encode} gave it. */
  private static Bytes encodeReference(Location born, BlobRef blob) {
    RowWriter out = new RowWriter(64);
    begin(out, born);
    out.octet(IN_BLOB);
    out.raw(blob.id());
    out.fixed64(blob.size());
    return out.toBytes();
  }

  /**
   * The bytes of a message's row; an image over {@link #ROW_BYTES_MAX} goes to a blob, which joins
   * {@code blobs}.
   *
   * @param born the location that the message was born with; null when its row of layout 1 had none
   */
  static Bytes encodeRow(Location born, MessageImage image, BlobSpace space, Set<BlobRef> blobs) {
    Bytes encoded = encode(born, image);
    if (encoded.size() <= ROW_BYTES_MAX) {
      return encoded;
    }
    BlobRef spilled = space.add(encode(image));
    blobs.add(spilled);
    return encodeReference(born, spilled);
  }

  /** True when the row has the whole image. */
  static boolean isWhole(Row row) {
    RowReader in = new RowReader(row.value());
    Location born = begin(in);
    assert born == null || !born.folder().isEmpty() : born;
    return in.octet() == INLINE;
  }

  /** The location that a message was born with, or null when its row is of layout 1. */
  static Location born(Bytes row) {
    return begin(new RowReader(row));
  }

  private static Location begin(RowReader in) {
    int format = in.octet();
    if (format == FORMAT) {
      return null;
    }
    RowFormat.expect("message row", FORMAT_WITH_LOCATION, format);
    return Location.read(in);
  }

  /** Reads a row. */
  static StoreCore.StoredMessage decodeRow(
      RowReader in, long version, Function<BlobRef, Bytes> blobs) {
    Location born = begin(in);
    if (in.octet() == INLINE) {
      return StoreCore.StoredMessage.of(version, born, read(in), null);
    }
    BlobRef blob = new BlobRef(in.raw(16), in.fixed64());
    RowReader image = new RowReader(blobs.apply(blob));
    RowFormat.expect("message image", FORMAT, image.octet());
    RowFormat.expect("message image", INLINE, image.octet());
    return StoreCore.StoredMessage.of(version, born, read(image), blob);
  }

  private static void write(RowWriter out, MessageImage image) {
    PropCodec.write(out, image.props());
    out.count(image.recipients().size());
    image.recipients().forEach(recipient -> PropCodec.write(out, recipient));
    out.fixed32(image.attachNext());
    out.count(image.attachments().size());
    for (MessageImage.Attachment attachment : image.attachments()) {
      out.fixed32(attachment.number());
      PropCodec.write(out, attachment.props());
      out.octet(attachment.embedded() == null ? 0 : 1);
      if (attachment.embedded() != null) {
        write(out, attachment.embedded());
      }
    }
  }

  private static MessageImage read(RowReader in) {
    PropSet props = PropCodec.read(in);
    int recipientCount = in.count();
    List<PropSet> recipients = new ArrayList<>(recipientCount);
    for (int i = 0; i < recipientCount; i++) {
      recipients.add(PropCodec.read(in));
    }
    int attachNext = in.fixed32();
    int attachCount = in.count();
    List<MessageImage.Attachment> attachments = new ArrayList<>(attachCount);
    for (int i = 0; i < attachCount; i++) {
      int number = in.fixed32();
      PropSet attachProps = PropCodec.read(in);
      attachments.add(
          new MessageImage.Attachment(number, attachProps, in.octet() == 0 ? null : read(in)));
    }
    return new MessageImage(props, recipients, attachments, attachNext);
  }
}
