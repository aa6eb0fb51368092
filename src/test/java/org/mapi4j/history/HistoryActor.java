package org.mapi4j.history;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/** One client of a history: opens, reads, edits and saves one message, and says what happened. */
final class HistoryActor {
  private final int client;
  private final SplittableRandom chance;
  private final IntSupplier values;
  private final Recorder recorder;

  /** Who is told. */
  interface Recorder {
    /** For every write, the write its attachment is from. */
    Map<Integer, Integer> attachmentOf();

    /** Whether the next write touches the attachment. */
    boolean touches(SplittableRandom chance);

    /** A save begins. */
    void begins(Event.Kind kind, long from, int base, int value);

    /** A call returned. */
    void happened(Event event);
  }

  HistoryActor(int client, long seed, IntSupplier values, Recorder recorder) {
    this.client = client;
    this.chance = new SplittableRandom(seed);
    this.values = values;
    this.recorder = recorder;
  }

  void act(IMsgStore store, Bytes entryId, int rounds) {
    for (int round = 0; round < rounds; round++) {
      boolean write = chance.nextInt(4) != 0;
      long from = System.nanoTime();
      MapiResult<OpenedEntry> opened = store.openEntry(entryId, null, write ? MAPI_MODIFY : 0);
      long to = System.nanoTime();
      if (opened.hr() != S_OK) {
        throw new AssertionError("OpenEntry: " + HResult.toString(opened.hr()));
      }
      try (IMessage message = (IMessage) opened.value().lppUnk()) {
        pause();
        int base = Content.read(message, recorder.attachmentOf(), this::pause);
        recorder.happened(new Event(client, Event.Kind.OPEN, from, to, 0, base, S_OK, false));
        if (write) {
          save(message, base);
        }
      }
    }
  }

  private void save(IMessage message, int base) {
    int value = values.getAsInt();
    boolean attachment = recorder.touches(chance);
    Map<Integer, Integer> attachmentOf = recorder.attachmentOf();
    attachmentOf.put(value, attachment ? value : attachmentOf.get(base));
    Content.write(message, value, attachment);
    pause();
    int hr = record(Event.Kind.SAVE, message, base, value, KEEP_OPEN_READWRITE);
    if (hr == MAPI_E_OBJECT_CHANGED && chance.nextBoolean()) {
      record(Event.Kind.SAVE, message, base, value, KEEP_OPEN_READWRITE);
      pause();
      record(Event.Kind.FORCE, message, base, value, FORCE_SAVE | KEEP_OPEN_READWRITE);
    }
  }

  private int record(Event.Kind kind, IMessage message, int base, int value, int flags) {
    long from = System.nanoTime();
    recorder.begins(kind, from, base, value);
    int hr = message.saveChanges(flags);
    recorder.happened(new Event(client, kind, from, System.nanoTime(), base, value, hr, false));
    return hr;
  }

  private void pause() {
    int kind = chance.nextInt(4);
    if (kind == 0) {
      Thread.yield();
    } else if (kind == 1) {
      for (int i = chance.nextInt(2000); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }
}
