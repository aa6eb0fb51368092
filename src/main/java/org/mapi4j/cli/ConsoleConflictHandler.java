package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_DELETED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.types.HResult;
import org.mapi4j.types.SPropValue;

/**
 * The console's front end of the conflict rule's third way: shows what the message was when it was
 * opened, what is stored now and what is about to be saved, and asks. The end of the input keeps
 * what is stored.
 */
final class ConsoleConflictHandler implements ConflictHandler {
  private final Console console;

  ConsoleConflictHandler(Console console) {
    this.console = console;
  }

  @Override
  public Answer onConflict(MessageConflict conflict) {
    show(conflict);
    String choices =
        conflict.deleted()
            ? "[k]eep it deleted, save [e]lsewhere? "
            : "[k]eep theirs, [o]verwrite with mine, save mine [e]lsewhere? ";
    while (true) {
      console.out().print(choices);
      console.out().flush();
      String answer = line();
      switch (answer == null ? "keep" : answer.strip().toLowerCase(Locale.ROOT)) {
        case "k", "keep" -> {
          return Answer.keep();
        }
        case "o", "overwrite" -> {
          if (!conflict.deleted()) {
            return Answer.overwrite();
          }
        }
        case "e", "elsewhere" -> {
          return Answer.saveElsewhere(null);
        }
        default -> {}
      }
      console.out().println("Please answer with one of the letters in brackets.");
    }
  }

  private String line() {
    try {
      return console.in().readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("the answer cannot be read", e);
    }
  }

  private void show(MessageConflict conflict) {
    console
        .out()
        .println(
            conflict.deleted()
                ? "%s: the message was deleted after you opened it (version %d)."
                    .formatted(HResult.toString(MAPI_E_OBJECT_DELETED), conflict.openedVersion())
                : "%s: someone else saved this message after you opened it: you have version %d, the store %d."
                    .formatted(
                        HResult.toString(MAPI_E_OBJECT_CHANGED),
                        conflict.openedVersion(),
                        conflict.storedVersion()));
    for (MessageConflict.Difference difference : conflict.differences()) {
      console.out().println("  " + TagNames.name(difference.propTag()));
      print("when opened", difference.base());
      print("theirs", difference.theirs());
      print("mine", difference.mine());
    }
  }

  private void print(String whose, SPropValue value) {
    console
        .out()
        .println(
            "    %-12s %s".formatted(whose, value == null ? "(absent)" : ValueText.line(value)));
  }
}
