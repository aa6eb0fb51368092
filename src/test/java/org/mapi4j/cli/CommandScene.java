package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiTags.PR_IMPORTANCE;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.SPropValue;

/** Commands on a store in the heap. */
abstract class CommandScene {
  @TempDir Path directory;

  final MemoryOpener opener = new MemoryOpener();

  @AfterEach
  final void close() {
    opener.close();
  }

  /** Saves a message. */
  static void add(IMAPIFolder folder, String subject, int importance) {
    try (IMessage message = MapiException.require(folder.createMessage(null, 0), "create")) {
      List<SPropValue> values =
          List.of(SPropValue.of(PR_SUBJECT_W, subject), SPropValue.of(PR_IMPORTANCE, importance));
      assertTrue(MapiException.require(message.setProps(values), "SetProps").isEmpty());
      MapiException.require(message.saveChanges(0), "SaveChanges");
    }
  }

  /** Runs a command on the store. */
  final CliRun run(String command, String... more) {
    String[] args = new String[3 + more.length];
    args[0] = command;
    args[1] = "--store";
    args[2] = directory.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return CliRun.answering("", opener, args);
  }

  /** What a command prints that succeeds. */
  @CanIgnoreReturnValue
  final String good(String command, String... more) {
    CliRun run = run(command, more);
    assertEquals("", run.err());
    assertEquals(0, run.code());
    return run.out();
  }
}
