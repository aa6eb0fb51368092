package org.mapi4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Entry point of the jar. Exit codes: 0 good, 1 failed, 2 usage. Failures are one clear line on
 * stderr; {@code --verbose} adds the stack trace.
 */
public final class Main {
  /** Everything went well. */
  static final int GOOD = 0;

  /** The command was understood and failed. */
  static final int FAILED = 1;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    quietLibraries();
    WatchedOutput out = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    Console console = Console.system(out);
    int code = run(console, List.of(args));
    System.exit(told(code, out.failure(), console.err()));
  }

  /**
   * The exit code when results may not have arrived: a reader that left wanted no more, any other
   * failure of the output is the command's.
   */
  static int told(int code, IOException lost, PrintWriter err) {
    String why = lost == null ? "" : String.valueOf(lost.getMessage());
    if (lost == null || why.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      return code;
    }
    err.println("mapi4j: standard output: " + why);
    return code == GOOD ? FAILED : code;
  }

  /** A library's logging API complains on the console when nothing is there to log with. */
  private static void quietLibraries() {
    if (System.getProperty("log4j2.loggerContextFactory") == null) {
      System.setProperty(
          "log4j2.loggerContextFactory",
          "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
      System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    }
  }

  /** Runs one command in this process; the value is the exit code. */
  static int run(Console console, List<String> args) {
    int code = commandLine(console).execute(args.toArray(String[]::new));
    console.flush();
    return code;
  }

  private static CommandLine commandLine(Console console) {
    RootCommand root = new RootCommand();
    CommandLine line = new CommandLine(root);
    line.setExpandAtFiles(false); // a subject may begin with @, whatever files lie about
    Commands.register(line, console);
    line.setOut(console.out());
    line.setErr(console.err());
    line.setExecutionStrategy(new CommandLine.RunLast());
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(console, failure, root.verbose));
    return line;
  }

  private static int usage(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    boolean noCommand = wrong instanceof UnmatchedArgumentException && command.getParent() == null;
    command
        .getErr()
        .println(
            name
                + ": "
                + (noCommand ? noCommand(command, args[0]) : wrong.getMessage() + near(wrong)));
    command.getErr().println("Try: " + name + " --help");
    return USAGE;
  }

  private static String noCommand(CommandLine root, String typed) {
    return "no command " + typed + "." + Nearest.hint(typed, root.getSubcommands().keySet());
  }

  private static String near(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ". Did you mean " + String.join(", ", unmatched.getSuggestions()) + "?"
        : "";
  }

  private static int failed(Console console, Exception failure, boolean verbose) {
    console.out().flush();
    console.err().println("mapi4j: " + reason(failure));
    if (verbose) {
      failure.printStackTrace(console.err());
    }
    return FAILED;
  }

  /** What went wrong, in a line: a fault of the program itself keeps the name of its class. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    boolean ours = failure.getClass().getName().startsWith("org.mapi4j.");
    return ours
        ? message
        : words(failure.getClass().getSimpleName().replace("Exception", "")) + ": " + message;
  }

  /** {@code AccessDenied} as {@code access denied}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
