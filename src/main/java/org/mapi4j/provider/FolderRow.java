package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.PR_DISPLAY_NAME_W;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;

/**
 * A stored folder.
 *
 * @param parent id of the parent; the root's is its own
 * @param type FOLDER_ROOT or FOLDER_GENERIC
 * @param props display name, comment, creation time, and what clients set
 */
record FolderRow(Bytes parent, int type, PropSet props) {
  private static final int FORMAT = 1;

  String name() {
    return props.get(PropTag.id(PR_DISPLAY_NAME_W)) instanceof Stored.Whole whole
        ? whole.prop().asString()
        : "";
  }

  /** What sibling names are compared by. */
  static Bytes nameKey(Bytes parent, String name) {
    return Keys.own(
        'd',
        parent.concat(Bytes.wrap(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))));
  }

  FolderRow withProps(PropSet changed) {
    return new FolderRow(parent, type, changed);
  }

  Bytes encode() {
    RowWriter out = new RowWriter(256);
    out.octet(FORMAT);
    out.raw(parent);
    out.fixed32(type);
    PropCodec.write(out, props);
    return out.toBytes();
  }

  static FolderRow decode(Bytes row) {
    RowReader in = new RowReader(row);
    RowFormat.expect("folder row", FORMAT, in.octet());
    return new FolderRow(in.raw(16), in.fixed32(), PropCodec.read(in));
  }
}
