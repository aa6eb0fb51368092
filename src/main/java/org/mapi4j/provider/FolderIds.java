package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;

import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Folders that others hand in, which may be of any store. */
final class FolderIds {
  private FolderIds() {}

  /** The id of a folder of this store; null when it is none. */
  static Bytes of(StoreCore core, IMAPIProp folder) {
    MapiResult<List<SPropValue>> entryId = folder.getProps(SPropTagArray.tags(PR_ENTRYID), 0);
    if (entryId.hr() != S_OK) {
      return null;
    }
    return EntryId.parse(entryId.value().get(0).asBytes())
        .filter(id -> id.kind() == EntryId.FOLDER && id.provider().equals(core.uid()))
        .map(EntryId::id)
        .orElse(null);
  }
}
