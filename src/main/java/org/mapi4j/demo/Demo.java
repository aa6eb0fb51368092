package org.mapi4j.demo;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.PrintWriter;
import java.time.Instant;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.ConflictHandler.Answer;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/**
 * The conflict rule on screen: two clients, one message, the second save refused, the three
 * answers, and FORCE_SAVE. Every code is held against what the page "Supporting Multiple Client
 * Access to Messages in Message Stores" says.
 */
public final class Demo {
  private static final String SAVE = "SaveChanges(KEEP_OPEN_READWRITE)";

  private final Steps steps;
  private final MessageStore store;
  private final StoreOptions options;

  /**
   * A demo on an open store.
   *
   * @param out where everything is printed
   * @param options how the clients open their sessions; their conflict handler is the demo's
   */
  public Demo(PrintWriter out, MessageStore store, StoreOptions options) {
    this.steps = new Steps(out);
    this.store = store;
    this.options = options;
  }

  /** Writes the sample mail into a folder; the value is the message that the demo edits. */
  public static Bytes writeSampleMail(IMAPIFolder folder, Instant now) {
    SampleMail mail = new SampleMail(now);
    Bytes plan = mail.store(folder, Letters.plan());
    Letters.others().forEach(letter -> mail.store(folder, letter));
    return plan;
  }

  /**
   * Plays all scenes on a message.
   *
   * @param ask a handler that asks the user, for one more scene; null for none
   * @return true when every code was the documented one
   */
  public boolean run(Bytes message, ConflictHandler ask) {
    firstSaveWins(message);
    keep(message);
    elsewhere(message);
    overwrite(message);
    force(message);
    if (ask != null) {
      askUser(message, ask);
    }
    steps.title("Result");
    int wrong = steps.wrong();
    steps.say(
        wrong == 0
            ? "All %d codes and values are as documented.".formatted(steps.checked())
            : "%d of %d codes and values are WRONG.".formatted(wrong, steps.checked()));
    return wrong == 0;
  }

  private Client client(ConflictHandler handler, Bytes message) {
    return new Client(store, options, handler, message);
  }

  private void edit(Client client, String who, String subject) {
    steps.call(
        who, "SetProps(PR_SUBJECT \"" + subject + "\")", S_OK, client.set(PR_SUBJECT_W, subject));
  }

  private void stored(Bytes message, String expected) {
    try (Client reader = client(null, message)) {
      steps.stored("PR_SUBJECT is now", expected, reader.subject());
    }
  }

  private void firstSaveWins(Bytes message) {
    steps.title("1. Two clients open one message. The first save wins.");
    try (Client a = client(null, message);
        Client b = client(null, message)) {
      steps.say("  A and B each open \"" + a.subject() + "\" for modification.");
      edit(a, "A", "Release on Thursday");
      edit(b, "B", "Release on Friday");
      steps.call("A", SAVE, S_OK, a.save(KEEP_OPEN_READWRITE));
      steps.call("B", SAVE, MAPI_E_OBJECT_CHANGED, b.save(KEEP_OPEN_READWRITE));
      steps.call("B", SAVE + ", again", MAPI_E_OBJECT_CHANGED, b.save(KEEP_OPEN_READWRITE));
      steps.stored("B's handle keeps its edit", "Release on Friday", b.subject());
      stored(message, "Release on Thursday");
    }
  }

  /** A saves between B's open and B's save; B has a handler, which answers as told. */
  private Client conflict(Bytes message, Answer answer, String theirs, String mine) {
    ConflictHandler handler =
        conflict -> {
          steps.say("  B's conflict handler is asked, with both versions:");
          steps.differences(conflict);
          return answer;
        };
    Client b = client(handler, message);
    try (Client a = client(null, message)) {
      edit(a, "A", theirs);
      edit(b, "B", mine);
      steps.call("B", "SetProps(PR_BODY …)", S_OK, b.set(PR_BODY_W, "B has rewritten this.\n"));
      steps.call("A", SAVE, S_OK, a.save(KEEP_OPEN_READWRITE));
    }
    return b;
  }

  private void keep(Bytes message) {
    steps.title("2. B has a conflict handler. First answer: keep theirs.");
    try (Client b = conflict(message, Answer.keep(), "Release at noon", "Release at midnight")) {
      steps.call("B", SAVE + " -> keep", MAPI_E_OBJECT_CHANGED, b.save(KEEP_OPEN_READWRITE));
      stored(message, "Release at noon");
    }
  }

  private void elsewhere(Bytes message) {
    steps.title("3. Second answer: save mine elsewhere. Both versions live on.");
    try (Client b =
        conflict(message, Answer.saveElsewhere(null), "Release in Bern", "Release in Rome")) {
      steps.call("B", SAVE + " -> elsewhere", S_OK, b.save(KEEP_OPEN_READWRITE));
      stored(message, "Release in Bern");
      try (Client reader = client(null, b.entryId())) {
        steps.stored("beside it, a new message", "Release in Rome", reader.subject());
      }
    }
  }

  private void overwrite(Bytes message) {
    steps.title("4. Third answer: overwrite theirs with mine.");
    try (Client b = conflict(message, Answer.overwrite(), "Version 2.0", "Version 1.9")) {
      steps.call("B", SAVE + " -> overwrite", S_OK, b.save(KEEP_OPEN_READWRITE));
      stored(message, "Version 1.9");
    }
  }

  private void force(Bytes message) {
    steps.title("5. FORCE_SAVE: no question asked, A's edit is replaced.");
    try (Client a = client(null, message);
        Client b = client(null, message)) {
      edit(a, "A", "Everything is ready");
      edit(b, "B", "Nothing is ready");
      steps.call("A", SAVE, S_OK, a.save(KEEP_OPEN_READWRITE));
      steps.call("B", SAVE, MAPI_E_OBJECT_CHANGED, b.save(KEEP_OPEN_READWRITE));
      steps.call(
          "B",
          "SaveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE)",
          S_OK,
          b.save(FORCE_SAVE | KEEP_OPEN_READWRITE));
      stored(message, "Nothing is ready");
      edit(a, "A", "Ready after all");
      steps.call("A", SAVE, MAPI_E_OBJECT_CHANGED, a.save(KEEP_OPEN_READWRITE));
    }
  }

  private void askUser(Bytes message, ConflictHandler ask) {
    steps.title("6. Your turn: you are B.");
    Answer[] given = new Answer[1];
    ConflictHandler remembering =
        conflict -> {
          given[0] = ask.onConflict(conflict);
          return given[0];
        };
    try (Client a = client(null, message);
        Client b = client(remembering, message)) {
      edit(a, "A", "A's last word");
      edit(b, "B", "Your last word");
      steps.call("A", SAVE, S_OK, a.save(KEEP_OPEN_READWRITE));
      int hr = b.save(KEEP_OPEN_READWRITE);
      boolean kept = given[0] instanceof Answer.Keep;
      steps.call("B", SAVE, kept ? MAPI_E_OBJECT_CHANGED : S_OK, hr);
      boolean replaced = given[0] instanceof Answer.Overwrite;
      stored(message, replaced ? "Your last word" : "A's last word");
    }
  }
}
