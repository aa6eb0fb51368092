package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.options.ConflictHandler.Answer;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.options.MessageConflict.Difference;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

class ConsoleConflictHandlerTest {
  private final StringWriter shown = new StringWriter();

  private Answer answer(String typed, boolean deleted) {
    Difference subject =
        new Difference(
            PR_SUBJECT_W,
            SPropValue.of(PR_SUBJECT_W, "plan"),
            deleted ? null : SPropValue.of(PR_SUBJECT_W, "their plan"),
            SPropValue.of(PR_SUBJECT_W, "my plan"));
    Console console =
        new Console(
            new PrintWriter(shown),
            new PrintWriter(shown),
            new BufferedReader(new StringReader(typed)),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            StoreOpener.EMBEDDED);
    return new ConsoleConflictHandler(console)
        .onConflict(new MessageConflict(Bytes.EMPTY, deleted, 1, 2, List.of(subject)));
  }

  @Test
  void onConflict_eachLetter_givesItsAnswerAfterShowingAllThreeVersions() {
    assertEquals(Answer.keep(), answer("k\n", false));
    assertEquals(Answer.overwrite(), answer("o\n", false));
    assertEquals(Answer.saveElsewhere(null), answer("e\n", false));
    assertTrue(shown.toString().contains("when opened  \"plan\""), shown.toString());
    assertTrue(shown.toString().contains("theirs       \"their plan\""), shown.toString());
    assertTrue(shown.toString().contains("mine         \"my plan\""), shown.toString());
  }

  @Test
  void onConflict_anotherWord_asksAgain() {
    assertEquals(Answer.overwrite(), answer("what?\noverwrite\n", false));
    assertTrue(shown.toString().contains("Please answer"), shown.toString());
  }

  @Test
  void onConflict_aDeletedMessage_offersNoOverwriting() {
    assertEquals(Answer.saveElsewhere(null), answer("o\ne\n", true));
  }

  @Test
  void onConflict_theEndOfTheInput_keepsWhatIsStored() {
    assertEquals(Answer.keep(), answer("", false));
  }
}
