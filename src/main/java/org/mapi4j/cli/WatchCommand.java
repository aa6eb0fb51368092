package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the notifications of a store, or of a folder and what lies in it.",
    footer = {
      "",
      "Ends with Ctrl-C, or after the number of events that --events gives.",
      "",
      "Example:",
      "  java -jar target/mapi4j.jar watch --store store",
      "  java -jar target/mapi4j.jar watch --store store /Inbox --json"
    })
final class WatchCommand implements Callable<Integer> {
  private static final StoreOptions READ_ONLY = StoreOptions.builder().writable(false).build();

  private static final Map<Integer, String> EVENTS =
      Map.of(
          fnevCriticalError, "error",
          fnevNewMail, "new mail",
          fnevObjectCreated, "created",
          fnevObjectDeleted, "deleted",
          fnevObjectModified, "modified",
          fnevObjectMoved, "moved",
          fnevObjectCopied, "copied",
          fnevSearchComplete, "searched");

  /**
   * Events that wait for the reader; while they do, the store keeps the next, or tells of a loss.
   */
  private static final int HEARD_MAX = 1024;

  private final Console console;
  private final BlockingQueue<NOTIFICATION> heard = new ArrayBlockingQueue<>(HEARD_MAX);

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A path such as /Inbox, or an entry identifier in hexadecimal.")
  private String folder;

  @Option(names = "--events", paramLabel = "N", description = "End after so many events.")
  private long events = Long.MAX_VALUE;

  @Option(names = "--json", description = "As JSON, a line for each event.")
  private boolean json;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (events < 1) {
      throw new CommandFailure("--events: expected 1 or more");
    }
    try (MessageStore session = store.open(console, READ_ONLY)) {
      IMsgStore watched = session.store();
      Bytes within = folder == null ? null : folderId(new StoreView(watched));
      int mask = EVENTS.keySet().stream().reduce(0, (all, one) -> all | one);
      long connection = MapiException.require(watched.advise(null, mask, new Sink()), "Advise");
      console.err().println("watching; Ctrl-C ends");
      console.err().flush();
      try {
        for (long told = 0; told < events && !console.out().checkError(); ) {
          NOTIFICATION event = heard.take();
          if (within == null || concerns(event, within)) {
            console.out().println(json ? Json.line(object(event)) : text(watched, event));
            told++; // and is flushed, which shows whether anybody still reads
          }
        }
      } finally {
        heard.clear(); // there is room for what is being told
        MapiException.require(watched.unadvise(connection), "Unadvise");
      }
    }
    return Main.GOOD;
  }

  private Bytes folderId(StoreView view) {
    try (IMAPIFolder opened = view.folder(folder, 0)) {
      return MapiException.require(opened.getProps(tags(PR_ENTRYID), 0), "GetProps")
          .get(0)
          .asBytes();
    }
  }

  /** True for an event of a folder, or of what is or was in it. */
  private static boolean concerns(NOTIFICATION event, Bytes folder) {
    if (event instanceof OBJECT_NOTIFICATION object) {
      return folder.equals(object.lpEntryID())
          || folder.equals(object.lpParentID())
          || folder.equals(object.lpOldParentID());
    }
    return !(event instanceof NEWMAIL_NOTIFICATION mail) || folder.equals(mail.lpParentID());
  }

  private static String text(IMsgStore store, NOTIFICATION event) {
    String what = EVENTS.get(event.ulEventType());
    if (event instanceof OBJECT_NOTIFICATION object) {
      String from =
          object.lpOldParentID() == null ? "" : " from " + name(store, object.lpOldParentID());
      String in = object.lpParentID() == null ? "" : " in " + name(store, object.lpParentID());
      String changed =
          object.lpPropTagArray() == null
              ? ""
              : object.lpPropTagArray().stream()
                  .mapToObj(TagNames::name)
                  .collect(Collectors.joining(", ", ": ", ""));
      return "%-8s %s %s%s%s%s"
          .formatted(what, type(object), name(store, object.lpEntryID()), in, from, changed);
    }
    if (event instanceof NEWMAIL_NOTIFICATION mail) {
      return "%-8s %s in %s"
          .formatted(what, name(store, mail.lpEntryID()), name(store, mail.lpParentID()));
    }
    ERROR_NOTIFICATION error = (ERROR_NOTIFICATION) event;
    return "%-8s %s %s"
        .formatted(
            what,
            HResult.toString(error.scode()),
            error.lpMAPIError() == null ? "" : error.lpMAPIError().lpszError());
  }

  private static String type(OBJECT_NOTIFICATION object) {
    return switch (object.ulObjType()) {
      case MAPI_MESSAGE -> "message";
      case MAPI_FOLDER -> "folder";
      case MAPI_STORE -> "store";
      default -> "object";
    };
  }

  /** A subject or a folder's name, where the object is still there; else its identifier. */
  private static String name(IMsgStore store, Bytes entryId) {
    var opened = store.openEntry(entryId, null, 0);
    if (opened.failed()) {
      return entryId.toHex();
    }
    try (IMAPIProp object = (IMAPIProp) opened.value().lppUnk()) {
      var props = object.getProps(tags(PR_SUBJECT_W, PR_DISPLAY_NAME_W), MAPI_UNICODE);
      return props.failed()
          ? entryId.toHex()
          : props.value().stream()
              .filter(value -> !value.isError())
              .map(value -> '"' + ValueText.plain(value.asString()) + '"')
              .findFirst()
              .orElse(entryId.toHex());
    }
  }

  private static Map<String, Object> object(NOTIFICATION event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("event", EVENTS.get(event.ulEventType()));
    if (event instanceof OBJECT_NOTIFICATION object) {
      members.put("type", type(object));
      members.put("entryId", hex(object.lpEntryID()));
      members.put("parentId", hex(object.lpParentID()));
      members.put("oldId", hex(object.lpOldID()));
      members.put("oldParentId", hex(object.lpOldParentID()));
      members.put(
          "properties",
          object.lpPropTagArray() == null
              ? null
              : object.lpPropTagArray().stream().mapToObj(TagNames::name).toList());
    } else if (event instanceof NEWMAIL_NOTIFICATION mail) {
      members.put("entryId", hex(mail.lpEntryID()));
      members.put("parentId", hex(mail.lpParentID()));
      members.put("class", mail.lpszMessageClass());
      members.put("flags", mail.ulMessageFlags());
    } else if (event instanceof ERROR_NOTIFICATION error) {
      members.put("code", HResult.toString(error.scode()));
      members.put("text", error.lpMAPIError() == null ? null : error.lpMAPIError().lpszError());
    }
    members.values().removeIf(Objects::isNull);
    return members;
  }

  private static String hex(Bytes bytes) {
    return bytes == null || bytes.isEmpty() ? null : bytes.toHex();
  }

  /** Hands events over to the command's thread, so that printing holds nobody up. */
  private final class Sink implements IMAPIAdviseSink {
    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      try {
        for (NOTIFICATION one : lpNotifications) {
          heard.put(one);
        }
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }
}
