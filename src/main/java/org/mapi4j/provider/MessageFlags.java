package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;

/**
 * PR_MESSAGE_FLAGS: what is kept outside the version, and what follows from the image. Source: MAPI
 * "PidTagMessageFlags"; ADR 0031.
 */
final class MessageFlags {
  private MessageFlags() {}

  /**
   * The flags of a stored message.
   *
   * @param kept bits of its location row
   * @param version of the image
   */
  static int shown(int kept, long version, MessageImage image) {
    int flags = version > 1 ? kept & ~MSGFLAG_UNMODIFIED : kept;
    return image.attachments().isEmpty() ? flags : flags | MSGFLAG_HASATTACH;
  }

  /** The kept bits after a SetReadFlag with flags that were checked. */
  static int afterSetReadFlag(int kept, int readFlags) {
    if ((kept & MSGFLAG_ASSOCIATED) != 0) {
      return kept;
    }
    int flags = kept;
    if ((readFlags & (CLEAR_RN_PENDING | CLEAR_NRN_PENDING)) != 0) {
      flags = (readFlags & CLEAR_RN_PENDING) != 0 ? flags & ~MSGFLAG_RN_PENDING : flags;
      return (readFlags & CLEAR_NRN_PENDING) != 0 ? flags & ~MSGFLAG_NRN_PENDING : flags;
    }
    if ((readFlags & GENERATE_RECEIPT_ONLY) != 0) {
      return flags & ~MSGFLAG_RN_PENDING;
    }
    if ((readFlags & CLEAR_READ_FLAG) != 0) {
      return flags & ~MSGFLAG_READ;
    }
    flags |= MSGFLAG_READ;
    return (readFlags & SUPPRESS_RECEIPT) != 0 ? flags & ~MSGFLAG_RN_PENDING : flags;
  }
}
