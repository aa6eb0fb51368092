package org.mapi4j.options;

/** How a store treats a message that someone has open. */
public enum StoreProfile {
  /**
   * As the pages say: DeleteMessages, EmptyFolder and SetReadFlags leave a message that any handle
   * was granted write access to (MAPI_W_PARTIAL_COMPLETION); unknown flag bits are
   * MAPI_E_UNKNOWN_FLAGS; a save without KEEP_OPEN_READWRITE leaves the handle read-only.
   */
  DOCUMENTED,
  /**
   * As clients of Outlook's stores expect: only handles of other sessions with pending edits
   * protect a message; handles stay read/write after every save; unknown flag bits are ignored.
   */
  OUTLOOK
}
