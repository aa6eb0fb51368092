package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.FOLDER_SEARCH;
import static org.mapi4j.types.MapiTags.PR_DISPLAY_NAME_W;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;

/**
 * A stored folder.
 *
 * @param parent id of the parent; the root's is its own
 * @param type FOLDER_ROOT, FOLDER_GENERIC or FOLDER_SEARCH
 * @param props display name, comment, creation time, and what clients set
 * @param search criteria of a search folder; null while none were set
 */
record FolderRow(Bytes parent, int type, PropSet props, StoredSearch search) {
  private static final int FORMAT = 1;

  /** Criteria of a search follow. A build that knows only layout 1 would drop them. */
  private static final int WITH_SEARCH = 2;

  /** A folder without criteria. */
  FolderRow(Bytes parent, int type, PropSet props) {
    this(parent, type, props, null);
  }

  String name() {
    return props.get(PropTag.id(PR_DISPLAY_NAME_W)) instanceof Stored.Whole whole
        ? whole.prop().asString()
        : "";
  }

  boolean isSearch() {
    return type == FOLDER_SEARCH;
  }

  /** What sibling names are compared by. */
  static Bytes nameKey(Bytes parent, String name) {
    return Keys.own(
        'd',
        parent.concat(Bytes.wrap(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))));
  }

  FolderRow withProps(PropSet changed) {
    return new FolderRow(parent, type, changed, search);
  }

  FolderRow withParent(Bytes changed) {
    return new FolderRow(changed, type, props, search);
  }

  FolderRow withSearch(StoredSearch changed) {
    return new FolderRow(parent, type, props, changed);
  }

  /** Every large value of the folder. */
  List<BlobRef> blobs() {
    List<BlobRef> blobs = ObjectProps.blobs(props);
    if (search != null && search.links() instanceof Stored.Large large) {
      blobs.add(large.blob());
    }
    return blobs;
  }

  Bytes encode() {
    RowWriter out = new RowWriter(256);
    out.octet(search == null ? FORMAT : WITH_SEARCH);
    out.raw(parent);
    out.fixed32(type);
    PropCodec.write(out, props);
    if (search != null) {
      search.write(out);
    }
    return out.toBytes();
  }

  static FolderRow decode(Bytes row) {
    RowReader in = new RowReader(row);
    int format = in.octet();
    RowFormat.expect("folder row", format == WITH_SEARCH ? WITH_SEARCH : FORMAT, format);
    Bytes parent = in.raw(16);
    int type = in.fixed32();
    PropSet props = PropCodec.read(in);
    return new FolderRow(parent, type, props, format == FORMAT ? null : StoredSearch.read(in));
  }
}
