package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;

import java.util.List;
import org.mapi4j.api.IMAPIProp.NamesFromIDs;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/**
 * The store's one map between names and identifiers from 0x8000 to 0xFFFE; persistent, shared by
 * all sessions.
 */
final class NamedProperties {
  private final StoreCore core;

  NamedProperties(StoreCore core) {
    this.core = core;
  }

  /** PR_MAPPING_SIGNATURE. */
  Bytes signature() {
    return core.uid();
  }

  MapiResult<NamesFromIDs> namesOf(SPropTagArray tags, Guid set, int flags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  MapiResult<SPropTagArray> idsOf(List<MAPINAMEID> names, boolean create) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }
}
