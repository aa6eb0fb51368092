package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapi4j.advise.Connections;
import org.mapi4j.advise.Relay;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
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

  /** Events that wait for a sink. */
  static final int QUEUED_MAX = 4096;

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

  private final StoreCore core;
  private final Connections<Registered> connections = new Connections<>(SINKS_MAX);
  private final SearchCounts searchCounts;
  private AutoCloseable watch;
  private boolean closed;

  /**
   * A sink and what it asked for.
   *
   * @param source entry identifier of the object that it hears of, null for the whole store
   * @param mask fnev bits
   * @param since sequence number of the last commit that it hears nothing of
   */
  private record Registered(Bytes source, int mask, long since, SinkQueue queue) {
    void offer(long seq, StoreEvents.Event event) {
      boolean wanted =
          seq > since
              && (event.notification().ulEventType() & mask) != 0
              && (source == null || event.about().contains(source));
      if (wanted) {
        queue.offer(event.notification());
      }
    }

    /** True for one that hears of modified objects. */
    boolean hearsCounts() {
      return (mask & fnevObjectModified) != 0;
    }

    void missed() {
      queue.missed();
    }
  }

  Notifications(StoreCore core) {
    this.core = core;
    this.searchCounts = new SearchCounts(core, this::followed, this::offerCounts);
  }

  /** Folders with sinks that hear of modified objects. */
  private Set<Bytes> followed() {
    return connections.all().stream()
        .filter(connection -> connection.source() != null && connection.hearsCounts())
        .flatMap(connection -> EntryIds.own(core, connection.source()).stream())
        .filter(id -> id.kind() == EntryId.FOLDER)
        .map(EntryId::id)
        .collect(Collectors.toSet());
  }

  /** Of search folders, which no commit writes. */
  private void offerCounts(StoreEvents.Event event) {
    connections.all().forEach(connection -> connection.offer(Long.MAX_VALUE, event));
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
      if (id.get().kind() == EntryId.FOLDER && (mask & fnevObjectModified) != 0) {
        searchCounts.follow(id.get().id());
      }
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
    if (connections.isFull()) {
      return MapiResult.error(MAPI_E_NOT_ENOUGH_MEMORY);
    }
    long since = core.shard().seq();
    if (watch == null) {
      watch = core.shard().watch(since, new Listener(since));
    }
    boolean hearsLoss = (mask & fnevCriticalError) != 0;
    SinkQueue queue = new SinkQueue(sink, QUEUED_MAX, lost -> hearsLoss ? lostEvents(lost) : null);
    OptionalLong number = connections.add(new Registered(source, mask, since, queue));
    return MapiResult.ok(number.orElseThrow());
  }

  private NOTIFICATION lostEvents(long lost) {
    String text = "events were lost: %d or more, the sink did not keep up".formatted(lost);
    return new ERROR_NOTIFICATION(
        core.storeEntryId(),
        MAPI_E_NOT_ENOUGH_MEMORY,
        MAPI_UNICODE,
        new MAPIERROR(0, text, "mapi4j", MAPI_E_NOT_ENOUGH_MEMORY, 0));
  }

  int unadvise(long number) {
    Registered ended;
    synchronized (this) {
      ended = connections.remove(number);
      if (connections.isEmpty()) {
        stopListening();
      }
    }
    if (ended == null) {
      return MAPI_E_NOT_FOUND;
    }
    SinkQueue.end(List.of(ended.queue()));
    return S_OK;
  }

  private void stopListening() {
    if (watch != null) {
      searchCounts.forget();
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
    List<Registered> ended;
    synchronized (this) {
      closed = true;
      ended = connections.clear();
      stopListening();
    }
    SinkQueue.end(ended.stream().map(Registered::queue).toList());
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
  private final class Listener implements ChangeListener {
    private Relay relay = new Relay();
    private long position;

    Listener(long since) {
      position = since;
    }

    @Override
    public void changed(Change change) {
      relay.collect(() -> offer(change));
    }

    /** One of the sinks is called on the thread that told the commits. */
    @Override
    public Runnable rest() {
      Relay told = relay;
      relay = new Relay();
      return told::run;
    }

    private void offer(Change change) {
      if (change.seq() > position + 1) {
        connections.all().forEach(Registered::missed);
      }
      position = change.seq();
      List<StoreEvents.Event> events;
      try {
        events = StoreEvents.of(core, change);
      } catch (StorageFault.Closed ending) {
        return;
      } catch (StorageFault unreadable) {
        connections.all().forEach(Registered::missed);
        return;
      }
      boolean counts = connections.all().stream().anyMatch(Registered::hearsCounts);
      for (StoreEvents.Event event : events) {
        if (counts) {
          SearchCounts.completed(core, event).ifPresent(searchCounts::searchComplete);
        }
        connections.all().forEach(connection -> connection.offer(change.seq(), event));
      }
      if (counts) {
        searchCounts.committed(change);
      }
    }
  }
}
