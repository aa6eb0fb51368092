package org.mapi4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mapi4j.com.ComHealth;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.RowResult;
import org.mapi4j.conformance.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs the conformance kit against a new store; exit 1 when a row fails.",
    footer = {
      "",
      "The last line is: N passed, N failed, N not applicable.",
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar conformance",
      "  java -jar target/mapi4j.jar conformance --engine je --report conformance.json --json",
      "  java -jar target/mapi4j.jar conformance --through com",
      "  java -jar target/mapi4j.jar conformance --through shared"
    })
final class ConformanceCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "memory|je",
      description =
          "The storage engine: ${COMPLETION-CANDIDATES}; memory unless given, je through shared.")
  private Engine engine;

  @Option(
      names = "--through",
      paramLabel = "com|shared",
      description = {
        "com: reach the store through interface pointers, as a native client does.",
        "shared: reach the store of a second process that owns it."
      })
  private Through through;

  @Option(names = "--report", paramLabel = "F", description = "Also write the report to a file.")
  private Path report;

  @Option(names = "--json", description = "The report as JSON.")
  private boolean json;

  /** The engines by the names that the command line gives them. */
  @SuppressWarnings("MemberName")
  enum Engine {
    /** In the heap. */
    memory,
    /** Berkeley DB JE. */
    je
  }

  /** Ways to a store other than the direct one. */
  @SuppressWarnings("MemberName")
  enum Through {
    /** Native vtables. */
    com,
    /** A second process. */
    shared
  }

  /** A report, and the interface pointers that the run has left. */
  private record Run(Report report, long unreleased) {}

  ConformanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (through == Through.shared && engine == Engine.memory) {
      throw new ParameterException(
          spec.commandLine(),
          "--through shared: processes share directories; expected --engine je");
    }
    Run run = through == Through.com ? throughCom() : direct();
    Report result = run.report();
    if (report != null) {
      Files.writeString(report, json ? result.toJson() : result.toText());
    }
    if (json && report == null) {
      console.out().print(result.toJson());
    } else {
      console.out().print(result.toText());
    }
    if (run.unreleased() != 0) {
      console.err().printf("%d objects were not released%n", run.unreleased());
    }
    boolean good = result.count(RowResult.Outcome.FAILED) == 0 && run.unreleased() == 0;
    return good ? Main.GOOD : Main.FAILED;
  }

  private Run direct() throws Exception {
    try (EngineSubject subject = subject()) {
      return new Run(Runner.standard().run(subject), 0);
    }
  }

  private Run throughCom() throws Exception {
    ComHealth.Finding thunks = ComHealth.examineThunks();
    if (thunks.verdict() != ComHealth.Verdict.GOOD) {
      throw new CommandFailure("--through com: " + thunks.text());
    }
    try (ComSubject subject = new ComSubject(subject())) {
      Report report = Runner.throughCom().run(subject);
      return new Run(report, subject.left());
    }
  }

  private EngineSubject subject() throws Exception {
    if (through == Through.shared) {
      return EngineSubject.shared(console.opener());
    }
    return engine != Engine.je ? EngineSubject.memory() : EngineSubject.embedded(console.opener());
  }
}
