package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.history.Event.Kind.FORCE;
import static org.mapi4j.history.Event.Kind.OPEN;
import static org.mapi4j.history.Event.Kind.SAVE;
import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
  private static Event open(int client, long from, long to, int saw) {
    return new Event(client, OPEN, from, to, 0, saw, S_OK, false);
  }

  private static Event save(int client, long from, long to, int base, int value, int hr) {
    return new Event(client, SAVE, from, to, base, value, hr, false);
  }

  @Test
  void check_firstWinsSecondIsRefused_isExplained() {
    var history =
        List.of(
            open(1, 0, 1, 0),
            open(2, 0, 1, 0),
            save(1, 2, 5, 0, 1, S_OK),
            save(2, 3, 6, 0, 2, MAPI_E_OBJECT_CHANGED),
            open(3, 7, 8, 1));
    assertTrue(HistoryChecker.check(history, 0).isEmpty());
  }

  @Test
  void check_bothSaversSucceed_isAViolation() {
    var history = List.of(save(1, 2, 5, 0, 1, S_OK), save(2, 3, 6, 0, 2, S_OK));
    assertTrue(HistoryChecker.check(history, 0).isPresent());
  }

  @Test
  void check_refusalWithoutAnEarlierSave_isAViolation() {
    assertTrue(
        HistoryChecker.check(List.of(save(2, 3, 6, 0, 2, MAPI_E_OBJECT_CHANGED)), 0).isPresent());
  }

  @Test
  void check_newThenOldRead_isAViolation() {
    var history = List.of(save(1, 2, 9, 0, 1, S_OK), open(2, 3, 4, 1), open(3, 5, 6, 0));
    assertTrue(HistoryChecker.check(history, 0).isPresent());
  }

  @Test
  void check_acknowledgedSaveNotReadBack_isAViolation() {
    assertTrue(
        HistoryChecker.check(List.of(save(1, 0, 1, 0, 1, S_OK), open(2, 2, 3, 0)), 0).isPresent());
  }

  @Test
  void check_forceOverAnotherSave_isExplained() {
    var history =
        List.of(
            save(1, 0, 1, 0, 1, S_OK),
            new Event(2, FORCE, 2, 3, 0, 2, S_OK, false),
            open(3, 4, 5, 2));
    assertTrue(HistoryChecker.check(history, 0).isEmpty());
  }

  @Test
  void check_saveWithoutAnswer_mayHaveHappenedOrNot() {
    Event unanswered = new Event(1, SAVE, 0, 1, 0, 1, S_OK, true);
    assertTrue(HistoryChecker.check(List.of(unanswered, open(2, 2, 3, 0)), 0).isEmpty());
    assertTrue(HistoryChecker.check(List.of(unanswered, open(2, 2, 3, 1)), 0).isEmpty());
    assertTrue(
        HistoryChecker.check(List.of(unanswered, open(2, 2, 3, 1), open(2, 4, 5, 0)), 0)
            .isPresent());
  }
}
