package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.options.StoreOptions;

/**
 * PR_STORE_SUPPORT_MASK: what the store does, no bit for what it does not. Source: MAPI
 * "PidTagStoreSupportMask"; ADR 0031.
 */
final class SupportMask {
  private static final int ALWAYS =
      STORE_ENTRYID_UNIQUE
          | STORE_ATTACH_OK
          | STORE_UNICODE_OK
          | STORE_ANSI_OK
          | STORE_HTML_OK
          | STORE_RESTRICTION_OK
          | STORE_SORT_OK
          | STORE_CATEGORIZE_OK
          | STORE_MV_PROPS_OK
          | STORE_NOTIFY_OK
          | STORE_SEARCH_OK;

  private SupportMask() {}

  static int of(StoreOptions options) {
    return options.writable()
        ? ALWAYS | STORE_MODIFY_OK | STORE_CREATE_OK
        : ALWAYS | STORE_READONLY;
  }
}
