package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "import",
          "ls",
          "dump",
          "watch",
          "get",
          "set",
          "check",
          "compact",
          "doctor",
          "conformance",
          "bench");

  @Test
  void help_ofTheProgramAndOfEveryCommand_hasAnExample() {
    CliRun root = CliRun.of("--help");
    assertEquals(0, root.code());
    for (String command : COMMANDS) {
      assertTrue(root.out().contains("  " + command), command);
      CliRun help = CliRun.of(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("java -jar target/mapi4j.jar " + command), help.out());
    }
  }

  @Test
  void run_aMistypedCommand_suggestsTheNearestAndExitsTwo() {
    CliRun run = CliRun.of("imprt", "x");
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("mapi4j: no command imprt. Did you mean import?"), run.err());
  }

  @Test
  void run_withoutACommand_exitsTwo() {
    CliRun run = CliRun.of();
    assertEquals(2, run.code());
    assertTrue(run.err().contains("which command?"), run.err());
  }

  @Test
  void run_anUnknownOption_namesItAndExitsTwo() {
    CliRun run = CliRun.of("ls", "--store", "x", "--colour");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--colour"), run.err());
  }

  @Test
  void run_aStoreThatIsNotThere_saysSoWithoutAStackTrace() {
    CliRun run = CliRun.of("ls", "--store", "/nowhere/at/all");
    assertEquals(1, run.code());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void run_aFailureWithVerbose_printsTheStackTrace() {
    CliRun run = CliRun.of("ls", "--store", "/nowhere/at/all", "--verbose");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("\tat org.mapi4j."), run.err());
  }

  @Test
  void output_thatCannotBeWritten_isAFailureUnlessItsReaderLeft() {
    for (String why : List.of("No space left on device", "Broken pipe")) {
      WatchedOutput out =
          new WatchedOutput(
              new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                  throw new IOException(why);
                }
              });
      PrintWriter results = new PrintWriter(out, true, StandardCharsets.UTF_8);
      results.println("lost");
      StringWriter err = new StringWriter();
      boolean left = why.equals("Broken pipe");
      assertEquals(
          left ? Main.GOOD : Main.FAILED,
          Main.told(Main.GOOD, out.failure(), new PrintWriter(err, true)));
      assertEquals(
          left ? "" : "mapi4j: standard output: " + why + System.lineSeparator(), err.toString());
    }
    WatchedOutput good = new WatchedOutput(OutputStream.nullOutputStream());
    new PrintWriter(good, true, StandardCharsets.UTF_8).println("arrived");
    assertEquals(Main.GOOD, Main.told(Main.GOOD, good.failure(), null));
  }
}
