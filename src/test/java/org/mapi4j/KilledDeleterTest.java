package org.mapi4j;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.types.SRow;

/** kill -9 of a process that deletes messages, which are kept, and restores them. */
class KilledDeleterTest {
  private static final int SEED = 84;
  private static final int ROUNDS = Boolean.getBoolean("mapi4j.long") ? 25 : 3;

  @TempDir private Path directory;

  @Test
  @DisplayName("kill_whileDeletingAndRestoring_leavesEachMessageInOnePlace, seed " + SEED)
  void kill_whileDeletingAndRestoring_leavesEachMessageInOnePlace() throws Exception {
    Random chance = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = run(30 + chance.nextInt(200));
      try (MessageStore session = Mapi4j.open(directory, DeletingProcess.OPTIONS)) {
        assertEquals(List.of(), session.check(), "round " + round);
        IMAPIFolder inbox = DeletingProcess.inbox(session.store());
        Map<String, String> places = new HashMap<>();
        place(places, inbox, 0, "there");
        place(places, inbox, SHOW_SOFT_DELETES, "deleted");
        assertEquals(DeletingProcess.MESSAGES, places.size(), "round " + round);
        assertAcknowledged(lines, places, "round " + round);
        inbox.close();
      }
    }
    try (MessageStore session = Mapi4j.open(directory, DeletingProcess.OPTIONS)) {
      IMAPIFolder inbox = DeletingProcess.inbox(session.store());
      assertEquals(S_OK, inbox.emptyFolder(0, null, DELETE_HARD_DELETE));
      assertEquals(List.of(), DeletingProcess.rows(inbox, SHOW_SOFT_DELETES));
      session.sweep();
      assertEquals(List.of(), session.check());
    }
  }

  private static void place(
      Map<String, String> places, IMAPIFolder inbox, int flags, String state) {
    for (SRow row : DeletingProcess.rows(inbox, flags)) {
      String id = row.lpProps().get(1).asBytes().toString();
      assertNull(places.put(id, state), "a message in two places");
    }
  }

  /** What was told last of each message holds, but for one call that was under way. */
  private static void assertAcknowledged(
      List<String> lines, Map<String, String> places, String name) {
    Map<String, String> told = new HashMap<>();
    lines.forEach(line -> told.put(line.split(" ")[0], line.split(" ")[1]));
    long others =
        told.entrySet().stream()
            .filter(one -> !one.getValue().equals(places.get(one.getKey())))
            .count();
    assertTrue(others <= 1, () -> name + ": told " + told + ", there " + places);
  }

  private List<String> run(int linesBefore) throws Exception {
    Process deleter = JavaProcess.start(DeletingProcess.class, directory.toString());
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = deleter.inputReader()) {
      for (int i = 0; i < linesBefore; i++) {
        String line = out.readLine();
        assertNotNull(line, "the process ended by itself");
        lines.add(line);
      }
      assertTrue(deleter.toHandle().destroyForcibly());
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
      assertTrue(deleter.waitFor() != 0);
    }
    // Of the last one only a part may have come.
    String last = lines.get(lines.size() - 1);
    if (!last.endsWith(" deleted") && !last.endsWith(" there")) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
