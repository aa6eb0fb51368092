package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;

/**
 * The advise sinks of one session. While there are any, the session listens to the shard's commits,
 * its own and everybody else's, and hands the events of each to the sinks' queues: nothing is told
 * before its commit, nothing within the call that caused it, and each sink hears events in the
 * order of the commits. Any thread. Source: MAPI "IMsgStore::Advise", "IMsgStore::NotifyNewMail";
 * ADR 0061.
 */
final class Notifications {
  /** Sinks of one session (MAPI_E_NOT_ENOUGH_MEMORY): each may hold a thread. */
  static final int SINKS_MAX = 1024;

  /** How long Unadvise and the store's Release wait for a sink's OnNotify to return. */
  static final long RETURN_MILLIS = 1000;

  private static final int EVENTS =
      fnevCriticalError
          | fnevExtended
          | fnevNewMail
          | fnevObjectCreated
          | fnevObjectCopied
          | fnevObjectDeleted
          | fnevObjectModified
          | fnevObjectMoved
          | fnevSearchComplete;

  /** Bytes of an identifier or a class that NotifyNewMail passes on. */
  private static final int NEW_MAIL_BYTES_MAX = 4096;

  /**
   * A thread for each sink that is being told something: one that blocks holds up only itself. Kept
   * for the next: on Windows a thread should not begin while others end.
   */
  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "mapi4j-notify");
            thread.setDaemon(true);
            return thread;
          });

  private final StoreCore core;
  private final Map<Long, SinkConnection> connections = new ConcurrentHashMap<>();
  private long lastNumber;
  private AutoCloseable watch;
  private boolean closed;

  Notifications(StoreCore core) {
    this.core = core;
  }

  MapiResult<Long> advise(Bytes entryId, int mask, IMAPIAdviseSink sink) {
    boolean unknown = (mask & ~EVENTS) != 0 && !core.outlookProfile();
    if (sink == null || mask == 0 || unknown) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    Bytes source = null;
    if (entryId != null && !entryId.isEmpty()) {
      Optional<EntryId> id = EntryIds.own(core, entryId);
      if (id.isEmpty()) {
        return MapiResult.error(MAPI_E_UNKNOWN_ENTRYID);
      }
      if (!exists(id.get())) {
        return MapiResult.error(MAPI_E_NOT_FOUND);
      }
      source = id.get().kind() == EntryId.STORE ? null : id.get().toBytes();
    }
    return connect(source, mask & EVENTS, sink);
  }

  private boolean exists(EntryId id) {
    if (id.kind() == EntryId.MESSAGE) {
      StoreCore.Versioned<Location> location = core.location(id.id());
      return location != null && core.folderExists(location.value().folder());
    }
    return id.kind() == EntryId.STORE || core.folderExists(id.id());
  }

  private synchronized MapiResult<Long> connect(Bytes source, int mask, IMAPIAdviseSink sink) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if (connections.size() >= SINKS_MAX) {
      return MapiResult.error(MAPI_E_NOT_ENOUGH_MEMORY);
    }
    long since = core.shard().seq();
    if (watch == null) {
      watch = core.shard().watch(since, new Listener(since));
    }
    do {
      lastNumber = lastNumber % 0xFFFF_FFFFL + 1;
    } while (connections.containsKey(lastNumber));
    connections.put(
        lastNumber, new SinkConnection(source, mask, since, core.storeEntryId(), sink, THREADS));
    return MapiResult.ok(lastNumber);
  }

  int unadvise(long number) {
    SinkConnection ended;
    synchronized (this) {
      ended = connections.remove(number);
      if (connections.isEmpty()) {
        stopListening();
      }
    }
    if (ended == null) {
      return MAPI_E_NOT_FOUND;
    }
    end(List.of(ended));
    return S_OK;
  }

  private void stopListening() {
    if (watch != null) {
      try {
        watch.close();
      } catch (Exception failed) {
        throw new StorageFault("a listener of the store could not be ended", failed);
      } finally {
        watch = null;
      }
    }
  }

  /** The session ends: every sink is released, after what it is being told. */
  void close() {
    List<SinkConnection> ended;
    synchronized (this) {
      closed = true;
      ended = List.copyOf(connections.values());
      connections.clear();
      stopListening();
    }
    end(ended);
  }

  private static void end(List<SinkConnection> ended) {
    ended.forEach(SinkConnection::end);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETURN_MILLIS);
    ended.forEach(connection -> connection.awaitRelease(deadline));
  }

  /** NotifyNewMail: through the change log, so that the sinks of every session hear it. */
  int newMail(NOTIFICATION notification) {
    if (!(notification instanceof NEWMAIL_NOTIFICATION mail)
        || size(mail.lpEntryID()) > NEW_MAIL_BYTES_MAX
        || size(mail.lpParentID()) > NEW_MAIL_BYTES_MAX
        || mail.lpszMessageClass() != null
            && mail.lpszMessageClass().length() > NEW_MAIL_BYTES_MAX) {
      return MAPI_E_INVALID_PARAMETER;
    }
    if (!core.writable()) {
      return MAPI_E_NO_ACCESS;
    }
    Batch.Builder batch = Batch.builder();
    ChangeMarks.newMail(batch, mail);
    Outcome told = core.commitStaged(batch);
    return told instanceof Outcome.Committed ? S_OK : MAPI_E_CALL_FAILED;
  }

  private static int size(Bytes bytes) {
    return bytes == null ? 0 : bytes.size();
  }

  /** Hears the commits; a gap in their numbers is what the change log no longer kept. */
  private final class Listener implements Consumer<Change> {
    private long position;

    Listener(long since) {
      position = since;
    }

    @Override
    public void accept(Change change) {
      if (change.seq() > position + 1) {
        connections.values().forEach(SinkConnection::missed);
      }
      position = change.seq();
      List<StoreEvents.Event> events;
      try {
        events = StoreEvents.of(core, change);
      } catch (StorageFault.Closed ending) {
        return;
      } catch (StorageFault unreadable) {
        connections.values().forEach(SinkConnection::missed);
        return;
      }
      for (SinkConnection connection : connections.values()) {
        events.forEach(event -> connection.offer(change.seq(), event));
      }
    }
  }
}
