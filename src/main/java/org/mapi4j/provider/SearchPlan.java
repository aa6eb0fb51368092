package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.PR_MAPPING_SIGNATURE;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.mapi4j.spi.Lease;
import org.mapi4j.table.Restrictions;
import org.mapi4j.table.TableRow;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SRestriction;

/**
 * What a search folder shows at a moment: while its search runs the messages of some folders that
 * meet a restriction, while it is stopped the messages that it has links to. Immutable.
 *
 * @param search the criteria; null where none were set or the folder is gone
 * @param restriction null unless the search runs
 * @param folders names of the folders that are searched, by id: those listed and, for a recursive
 *     search, all below them, but no search folders
 * @param links ids of the messages of a stopped search
 * @param signature of the named properties, which is a column of every message
 */
record SearchPlan(
    StoredSearch search,
    SRestriction restriction,
    Map<Bytes, String> folders,
    Set<Bytes> links,
    Bytes signature) {

  /** The present plan of a folder. */
  static SearchPlan of(StoreCore core, Bytes folder) {
    StoreCore.Versioned<FolderRow> row = core.folder(folder);
    StoredSearch search = row == null ? null : row.value().search();
    search = search == null ? null : search.readable();
    Bytes signature = core.mappingSignature();
    if (search == null) {
      return new SearchPlan(null, null, Map.of(), Set.of(), signature);
    }
    if (!search.isRunning()) {
      return new SearchPlan(search, null, Map.of(), links(core, folder, search), signature);
    }
    SRestriction restriction = RestrictionCodec.decode(search.restriction());
    return new SearchPlan(search, restriction, domain(core, search), Set.of(), signature);
  }

  private static Map<Bytes, String> domain(StoreCore core, StoredSearch search) {
    Map<Bytes, String> domain = new LinkedHashMap<>();
    FolderTree tree = new FolderTree(core);
    for (Bytes listed : search.folders()) {
      for (Bytes one : search.isRecursive() ? tree.subtree(listed) : Set.of(listed)) {
        StoreCore.Versioned<FolderRow> row = core.folder(one);
        if (row != null && !row.value().isSearch()) {
          domain.put(one, row.value().name());
        }
      }
    }
    return domain;
  }

  /** The ids of a stopped search; under a lease, so that they are not swept meanwhile. */
  private static Set<Bytes> links(StoreCore core, Bytes folder, StoredSearch known) {
    if (known.links() instanceof Stored.Whole whole) {
      return ids(whole.prop().asBytes());
    }
    if (known.links() == null) {
      return Set.of();
    }
    Lease lease = core.shard().lease(Keys.message(folder), core.session(), Lease.Mode.READ);
    try {
      StoreCore.Versioned<FolderRow> now = core.folder(folder);
      StoredSearch search = now == null ? null : now.value().search();
      Stored links = search == null ? null : search.links();
      return links instanceof Stored.Large large
          ? ids(LargeValues.load(large, new BlobSpace(core)).asBytes())
          : links instanceof Stored.Whole whole ? ids(whole.prop().asBytes()) : Set.of();
    } finally {
      lease.close();
    }
  }

  private static Set<Bytes> ids(Bytes all) {
    Set<Bytes> ids = new TreeSet<>();
    for (int at = 0; at + EntryId.ID_BYTES <= all.size(); at += EntryId.ID_BYTES) {
      ids.add(all.slice(at, at + EntryId.ID_BYTES));
    }
    return ids;
  }

  boolean isRunning() {
    return search != null && search.isRunning();
  }

  /** True when a message of a folder may be shown, by what need not be read. */
  boolean looksAt(Bytes folder, Bytes message) {
    return isRunning() ? folders.containsKey(folder) : links.contains(message);
  }

  /** True for a row that is looked at and shown. */
  boolean shows(TableRow row) {
    return restriction == null || Restrictions.test(restriction, row);
  }

  private boolean asksForSignature() {
    return restriction != null
        && Restrictions.tags(restriction)
            .anyMatch(tag -> PropTag.id(tag) == PropTag.id(PR_MAPPING_SIGNATURE));
  }

  /**
   * True when it follows from an earlier plan by folders that came or went: a folder with another
   * name changes what its rows show, and perhaps what meets the restriction.
   */
  boolean follows(SearchPlan earlier) {
    if (search == null ? earlier.search != null : !search.findsAs(earlier.search)) {
      return false;
    }
    if (!signature.equals(earlier.signature) && asksForSignature()) {
      return false;
    }
    return folders.entrySet().stream()
        .allMatch(
            one -> {
              String before = earlier.folders.get(one.getKey());
              return before == null || Objects.equals(before, one.getValue());
            });
  }
}
