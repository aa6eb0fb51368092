package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The clock of the machine goes back a day: times of modification say what the clock says, and
 * nothing else goes by it, neither who was first nor which identifiers are free.
 */
class ClockSetBackTest {
  private static final Duration BACK = Duration.ofDays(1);

  @TempDir private Path directory;
  private final Hands hands = new Hands();

  /** A clock that somebody sets. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-11-26T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private IMsgStore session(SharedEngine engine) {
    StoreOptions options = StoreOptions.builder().clock(hands).build();
    return StoreSession.open(engine, options, () -> {}, () -> {}).orElseThrow();
  }

  private static IMAPIFolder inbox(IMsgStore store) {
    Bytes id = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    return (IMAPIFolder) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  private static IMessage open(IMsgStore store, Bytes id) {
    return (IMessage) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  private static int save(IMessage message, String subject, int flags) {
    assertEquals(S_OK, message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, subject))).hr());
    return message.saveChanges(flags | KEEP_OPEN_READWRITE);
  }

  private static Object value(IMessage message, int tag) {
    return message.getProps(SPropTagArray.tags(tag), 0).value().get(0).value();
  }

  private static Bytes create(IMsgStore store, String subject) {
    try (IMAPIFolder folder = inbox(store);
        IMessage message = folder.createMessage(null, 0).value()) {
      assertEquals(S_OK, save(message, subject, 0));
      return (Bytes) value(message, PR_ENTRYID);
    }
  }

  @Test
  void clock_setBackBetweenSaves_changesNoOutcome() {
    SharedEngine owner = SharedWriter.open(directory, "owner", SharedOptions.PATIENCE);
    try (SharedEngine guest = SharedWriter.open(directory, "guest", SharedOptions.PATIENCE)) {
      IMsgStore one = session(owner);
      IMsgStore two = session(guest);
      Bytes id = create(one, "first");
      IMessage a = open(one, id);
      IMessage b = open(two, id);
      assertEquals(S_OK, save(a, "a", 0));
      hands.now = hands.now.minus(BACK);
      assertEquals(MAPI_E_OBJECT_CHANGED, save(b, "b", 0));
      assertEquals(S_OK, save(b, "b", FORCE_SAVE));
      assertEquals(MAPI_E_OBJECT_CHANGED, save(a, "again", 0));
      try (IMessage read = open(one, id)) {
        assertEquals("b", value(read, PR_SUBJECT_W));
        assertEquals(FILETIME.of(hands.now), value(read, PR_LAST_MODIFICATION_TIME));
      }
      Set<Bytes> ids = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        assertTrue(ids.add(create(i % 2 == 0 ? one : two, "message " + i)));
        hands.now = hands.now.minusMillis(i % 3);
      }
      a.close();
      one.close();
      owner.close();
      hands.now = hands.now.minus(BACK);
      assertEquals(S_OK, save(b, "after another takeover", 0));
      assertTrue(guest.isOwner());
      for (Bytes each : ids) {
        try (IMessage read = open(two, each)) {
          assertFalse(value(read, PR_SUBJECT_W).toString().isEmpty());
        }
      }
      b.close();
      two.close();
    }
  }
}
