package org.mapi4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Runs one of the measurements that the README quotes; they are in bench.jar beside this"
            + " jar.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar bench save"})
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "save, open, import, size or com.")
  private String name;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path jar =
        Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path bench = jar.resolveSibling("bench.jar");
    if (!Files.isRegularFile(bench)) {
      throw new CommandFailure(
          "bench: " + bench + " is missing; mvn verify builds it beside mapi4j.jar");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                bench.toString(),
                name));
    if (json) {
      command.add("--json");
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
