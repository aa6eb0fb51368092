package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.STORE_NOTIFY_OK;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;

/** An advise sink that notes what it hears. */
final class Heard implements IMAPIAdviseSink {
  private static volatile long patienceMillis = 20_000;

  private final List<NOTIFICATION> events = new ArrayList<>();
  private final Runnable inside;
  private int calls;
  private int releases;

  /** How long a check waits for an event. */
  static long patienceMillis() {
    return patienceMillis;
  }

  /** For runs against stores that keep events away on purpose; how long it was until then. */
  static long setPatience(long millis) {
    long before = patienceMillis;
    patienceMillis = millis;
    return before;
  }

  /** For within an OnNotify: waits for a latch. Throws when it is not down within the patience. */
  static void pass(CountDownLatch latch) {
    try {
      if (!latch.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the check did not go on");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** A sink that returns at once. */
  Heard() {
    this(() -> {});
  }

  /**
   * A sink that does something within each OnNotify, before it notes the events.
   *
   * @param inside what it throws goes to the store
   */
  Heard(Runnable inside) {
    this.inside = inside;
  }

  /**
   * Registers a sink until the end of the check; ends the check as not applicable where the store
   * refuses as its mask says.
   *
   * @param source entry identifier of the object, or null for the store
   */
  @CanIgnoreReturnValue
  static Heard of(Context c, IMsgStore store, Bytes source, int mask) throws Exception {
    return of(c, store, source, mask, new Heard());
  }

  /** The same with a sink of the check's. */
  @CanIgnoreReturnValue
  static Heard of(Context c, IMsgStore store, Bytes source, int mask, Heard sink) throws Exception {
    long connection = advise(c, store, source, mask, sink);
    c.after(() -> c.need(store.unadvise(connection), "Unadvise"));
    return sink;
  }

  /** Registers a sink that the check unregisters itself; its connection number. */
  static long advise(Context c, IMsgStore store, Bytes source, int mask, IMAPIAdviseSink sink)
      throws Exception {
    MapiResult<Long> advised = store.advise(source, mask, sink);
    if (!c.supports(STORE_NOTIFY_OK)) {
      c.assertHr(MAPI_E_NO_SUPPORT, advised, "Advise without STORE_NOTIFY_OK");
      c.notApplicable("the store does not notify: STORE_NOTIFY_OK is not set");
    }
    return c.need(advised, "Advise");
  }

  @Override
  public int onNotify(List<NOTIFICATION> lpNotifications) {
    synchronized (this) {
      calls++;
      notifyAll();
    }
    inside.run();
    synchronized (this) {
      events.addAll(lpNotifications);
      notifyAll();
    }
    return S_OK;
  }

  @Override
  public synchronized void close() {
    releases++;
    notifyAll();
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return riid.equals(MapiGuid.IID_IUnknown) || riid.equals(MapiGuid.IID_IMAPIAdviseSink)
        ? MapiResult.ok(this)
        : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  /** Everything that was heard so far, in order. */
  synchronized List<NOTIFICATION> events() {
    return List.copyOf(events);
  }

  /** The events of one object, in order; what concerns it as the original of a copy too. */
  synchronized List<OBJECT_NOTIFICATION> about(Bytes entryId) {
    List<OBJECT_NOTIFICATION> found = new ArrayList<>();
    for (NOTIFICATION event : events) {
      if (event instanceof OBJECT_NOTIFICATION object
          && (entryId.equals(object.lpEntryID()) || entryId.equals(object.lpOldID()))) {
        found.add(object);
      }
    }
    return found;
  }

  /** How often OnNotify began. */
  synchronized int calls() {
    return calls;
  }

  /** How often the sink was released. */
  synchronized int releases() {
    return releases;
  }

  /** Waits for an OnNotify to begin. */
  synchronized void awaitCall() throws InterruptedException {
    await("OnNotify", () -> calls > 0);
  }

  /** Waits for the Release. */
  synchronized void awaitRelease() throws InterruptedException {
    await("Release of the sink", () -> releases > 0);
  }

  /** Waits for an event; the first such. */
  @CanIgnoreReturnValue
  synchronized NOTIFICATION await(String what, Predicate<NOTIFICATION> wanted)
      throws InterruptedException {
    await(what, () -> events.stream().anyMatch(wanted));
    return events.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for an event of a type about an object; the first such. */
  @CanIgnoreReturnValue
  OBJECT_NOTIFICATION await(int type, Bytes entryId) throws InterruptedException {
    return (OBJECT_NOTIFICATION)
        await(
            "an event of type 0x%X".formatted(type),
            event ->
                event.ulEventType() == type
                    && event instanceof OBJECT_NOTIFICATION object
                    && entryId.equals(object.lpEntryID()));
  }

  /** Waits until there are so many events about an object. */
  synchronized void await(int count, int type, Bytes entryId) throws InterruptedException {
    await(
        "%d events of type 0x%X".formatted(count, type),
        () -> about(entryId).stream().filter(e -> e.ulEventType() == type).count() >= count);
  }

  private void await(String what, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + patienceMillis * 1_000_000;
    while (!holds.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new CheckFailed("%s did not come; heard %s".formatted(what, events));
      }
      wait(left);
    }
  }
}
