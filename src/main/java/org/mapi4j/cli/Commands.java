package org.mapi4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The commands, in the order of the help. */
final class Commands {
  private Commands() {}

  /** Adds every command; each is a Callable whose value is the exit code. */
  static void register(CommandLine line, Console console) {
    Map<String, Callable<Integer>> commands = new LinkedHashMap<>();
    commands.put("demo", new DemoCommand(console));
    commands.put("import", new ImportCommand(console));
    commands.put("ls", new LsCommand(console));
    commands.put("search", new SearchCommand(console));
    commands.put("rm", new RmCommand(console));
    commands.put("restore", new RestoreCommand(console));
    commands.put("dump", new DumpCommand(console));
    commands.put("watch", new WatchCommand(console));
    commands.put("get", new GetCommand(console));
    commands.put("set", new SetCommand(console));
    commands.put("check", new CheckCommand(console));
    commands.put("compact", new CompactCommand(console));
    commands.put("doctor", new DoctorCommand(console));
    commands.put("conformance", new ConformanceCommand(console));
    commands.put("bench", new BenchCommand());
    commands.forEach(line::addSubcommand);
  }
}
