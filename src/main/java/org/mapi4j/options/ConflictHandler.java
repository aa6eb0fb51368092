package org.mapi4j.options;

import org.mapi4j.api.IMAPIFolder;

/**
 * The third way of "Supporting Multiple Client Access to Messages in Message Stores": asked when a
 * SaveChanges without FORCE_SAVE would answer MAPI_E_OBJECT_CHANGED or MAPI_E_OBJECT_DELETED. Runs
 * on the saver's thread with no lock held.
 */
@FunctionalInterface
public interface ConflictHandler {
  /** Decides. Whatever it throws counts as {@link Answer#keep}. */
  Answer onConflict(MessageConflict conflict);

  /** What to do. */
  sealed interface Answer {
    /**
     * Leave the stored message: the save answers MAPI_E_OBJECT_CHANGED or MAPI_E_OBJECT_DELETED.
     */
    record Keep() implements Answer {}

    /**
     * Replace the stored version that was shown; asked again when a further save came in between.
     * Not for a deleted message.
     */
    record Overwrite() implements Answer {}

    /**
     * Save as a new message in a folder, null for the message's own: S_OK, and the handle is then
     * the copy.
     */
    record SaveElsewhere(IMAPIFolder folder) implements Answer {}

    /** Leave the stored message. */
    static Answer keep() {
      return new Keep();
    }

    /** Replace the stored version. */
    static Answer overwrite() {
      return new Overwrite();
    }

    /** Save as a new message. */
    static Answer saveElsewhere(IMAPIFolder folder) {
      return new SaveElsewhere(folder);
    }
  }
}
