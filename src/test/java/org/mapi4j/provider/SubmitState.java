package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.HResult;

/**
 * Stands in for SubmitMessage and the spooler, which do not exist yet: writes what they would write
 * into a message's location row.
 */
public final class SubmitState {
  private SubmitState() {}

  /** The message waits to be sent, or no longer. */
  public static void submitted(IMsgStore store, Bytes entryId, boolean waits) {
    write(store, entryId, waits, false);
  }

  /** The spooler is sending the message, or no longer. */
  public static void locked(IMsgStore store, Bytes entryId, boolean sending) {
    write(store, entryId, sending, sending);
  }

  private static void write(IMsgStore store, Bytes entryId, boolean submit, boolean lock) {
    StoreCore core = ((StoreObject) store).core;
    Bytes id = EntryIds.own(core, entryId).map(EntryId::id).orElseThrow();
    int hr =
        MessageRows.setStatus(
            core,
            id,
            now ->
                new Location(
                    now.folder(),
                    submit ? now.flags() | MSGFLAG_SUBMIT : now.flags() & ~MSGFLAG_SUBMIT,
                    now.status(),
                    lock ? SUBMITFLAG_LOCKED : 0));
    assertEquals(HResult.toString(S_OK), HResult.toString(hr));
  }
}
