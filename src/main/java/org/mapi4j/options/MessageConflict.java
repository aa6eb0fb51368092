package org.mapi4j.options;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/**
 * Both versions of a message that a save met.
 *
 * @param entryId the message
 * @param deleted true when it is gone (MAPI_E_OBJECT_DELETED); theirs are then empty
 * @param openedVersion the version the handle was opened at
 * @param storedVersion the version in the store now; 0 when deleted
 * @param differences what differs between the three, by property; recipients and attachments as
 *     PR_MESSAGE_RECIPIENTS and PR_MESSAGE_ATTACHMENTS with a text for each side
 */
public record MessageConflict(
    Bytes entryId,
    boolean deleted,
    long openedVersion,
    long storedVersion,
    List<Difference> differences) {
  /** Keeps its own copy of the list. */
  public MessageConflict {
    differences = List.copyOf(differences);
  }

  /**
   * One property as it was when opened, as it is stored, and as this handle has it; null where
   * absent.
   */
  public record Difference(int propTag, SPropValue base, SPropValue theirs, SPropValue mine) {}
}
