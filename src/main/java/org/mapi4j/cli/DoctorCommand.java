package org.mapi4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Tells what runs here and whether a store is well.",
    footer = {
      "",
      "Each line begins with ok, BAD, no (not there, and only native callers need it), or -",
      "(only told). Exit 1 when one is BAD.",
      "",
      "Example:",
      "  java -jar target/mapi4j.jar doctor --store store"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--store", paramLabel = "DIR", description = "A store to examine.")
  private Path directory;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Health health = new Health();
    health.examineMachine();
    if (directory != null) {
      health.examineStore(directory, console.opener());
    }
    if (json) {
      console.out().println(Json.pretty(Map.of("good", health.good(), "findings", maps(health))));
    } else {
      health
          .findings()
          .forEach(
              each ->
                  console
                      .out()
                      .println(
                          "%-4s %-18s %s".formatted(each.verdict(), each.what(), each.text())));
    }
    return health.good() ? Main.GOOD : Main.FAILED;
  }

  private static List<Map<String, String>> maps(Health health) {
    return health.findings().stream()
        .map(each -> Map.of("verdict", each.verdict(), "what", each.what(), "text", each.text()))
        .toList();
  }
}
