package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;

/**
 * A message's packed row in its folder's contents table: what lies outside the version, and the
 * columns that tables ask for most, so that a table reads no message.
 *
 * @param flags MSGFLAG_ bits as PR_MESSAGE_FLAGS shows them
 * @param columns kept properties; every other column is read from the message
 */
record IndexRow(long version, int flags, int status, PropSet columns) {
  private static final int FORMAT = 1;
  private static final int VALUE_BYTES_MAX = 16 << 10;
  private static final Bytes IN_THE_MESSAGE = Bytes.wrap(new byte[16]);

  /** Identifiers of the columns that the row holds whenever the message has them. */
  static final Set<Integer> COLUMN_IDS =
      Stream.of(
              PR_SUBJECT_W,
              PR_SUBJECT_PREFIX_W,
              PR_NORMALIZED_SUBJECT_W,
              PR_MESSAGE_CLASS_W,
              PR_DISPLAY_TO_W,
              PR_DISPLAY_CC_W,
              PR_DISPLAY_BCC_W,
              PR_SENDER_NAME_W,
              PR_SENT_REPRESENTING_NAME_W,
              PR_CREATION_TIME,
              PR_LAST_MODIFICATION_TIME,
              PR_MESSAGE_DELIVERY_TIME,
              PR_CLIENT_SUBMIT_TIME,
              PR_MESSAGE_SIZE,
              PR_IMPORTANCE,
              PR_PRIORITY,
              PR_SENSITIVITY,
              PR_CONVERSATION_TOPIC_W,
              PR_CONVERSATION_INDEX,
              PR_SEARCH_KEY)
          .map(PropTag::id)
          .collect(Collectors.toUnmodifiableSet());

  private static final BitSet COLUMN_BITS = bits();

  private static BitSet bits() {
    BitSet bits = new BitSet();
    COLUMN_IDS.forEach(bits::set);
    return bits;
  }

  /** True for an identifier of {@link #COLUMN_IDS}. */
  static boolean isColumn(int propId) {
    return COLUMN_BITS.get(propId);
  }

  static IndexRow of(Location location, long version, MessageImage image) {
    List<Stored> columns = new ArrayList<>();
    image
        .props()
        .forEach(
            prop -> {
              if (COLUMN_IDS.contains(prop.id())) {
                columns.add(kept(prop));
              }
            });
    return new IndexRow(
        version,
        MessageFlags.shown(location.flags(), version, image),
        location.status(),
        PropSet.of(columns));
  }

  /** A value too long for a row of every table: its place says that the message has it. */
  private static Stored kept(Stored prop) {
    long bytes = prop instanceof Stored.Whole whole ? PropSize.of(whole.prop()) : 0;
    return bytes <= VALUE_BYTES_MAX
        ? prop
        : new Stored.Large(prop.tag(), new BlobRef(IN_THE_MESSAGE, bytes));
  }

  Bytes encode() {
    RowWriter out = new RowWriter(256);
    out.octet(FORMAT);
    out.fixed64(version);
    out.fixed32(flags);
    out.fixed32(status);
    PropCodec.write(out, columns);
    return out.toBytes();
  }

  static IndexRow decode(Bytes row) {
    RowReader in = new RowReader(row);
    RowFormat.expect("index row", FORMAT, in.octet());
    return new IndexRow(in.fixed64(), in.fixed32(), in.fixed32(), PropCodec.read(in));
  }

  /** The flags of an encoded row. */
  static int flags(Bytes row) {
    RowReader in = new RowReader(row);
    RowFormat.expect("index row", FORMAT, in.octet());
    in.skip(Long.BYTES);
    return in.fixed32();
  }

  /** Passes the columns with some identifiers, each listed once, of an encoded row. */
  static void pass(Bytes row, int[] propIds, PropCodec.Sink sink) {
    RowReader in = new RowReader(row);
    RowFormat.expect("index row", FORMAT, in.octet());
    in.skip(Long.BYTES + 2 * Integer.BYTES);
    PropCodec.pass(in, propIds, sink);
  }

  /** One column of an encoded row, or null. */
  static Stored column(Bytes row, int propId) {
    RowReader in = new RowReader(row);
    RowFormat.expect("index row", FORMAT, in.octet());
    in.skip(Long.BYTES + 2 * Integer.BYTES);
    return PropCodec.find(in, propId);
  }
}
