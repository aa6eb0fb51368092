package org.mapi4j.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;

/**
 * A second process that owns stores while the kit runs in this one. It ends with its input, so also
 * with the process that started it.
 */
final class StoreHolder implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;

  private StoreHolder(Process process) {
    this.process = process;
  }

  /** Starts a process that owns the stores of these directories when this returns. */
  static StoreHolder start(Path... directories) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String place = StoreHolder.class.getProtectionDomain().getCodeSource().getLocation().toString();
    command.addAll(
        List.of(
            "-cp",
            Path.of(URI.create(place)) + File.pathSeparator + System.getProperty("java.class.path"),
            StoreHolder.class.getName()));
    for (Path directory : directories) {
      command.add(directory.toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    StoreHolder holder = new StoreHolder(process);
    String said = process.inputReader().readLine();
    if (!READY.equals(said)) {
      holder.close();
      throw new IOException("the process that is to own the stores said: " + said);
    }
    return holder;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        int exit = process.waitFor();
        if (exit != 0) {
          throw new IOException("the process that owned the stores ended with exit " + exit);
        }
      } catch (InterruptedException notNow) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The second process. Arguments: the directories. */
  public static void main(String[] args) throws IOException {
    List<MessageStore> held = new ArrayList<>();
    for (String directory : args) {
      held.add(Mapi4j.open(Path.of(directory), StoreOptions.DEFAULT));
    }
    System.out.println(READY);
    int read = 0;
    while (read >= 0) {
      read = System.in.read();
    }
    held.forEach(MessageStore::close);
  }
}
