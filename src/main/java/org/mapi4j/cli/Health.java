package org.mapi4j.cli;

import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.MessageStore;
import org.mapi4j.StoreOpenException;
import org.mapi4j.StoreProcess;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.client.MapiException;
import org.mapi4j.com.ComHealth;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.ThisProgram;

/** What doctor finds out, a line each. */
final class Health {
  private static final long MEGABYTE = 1 << 20;
  private static final long FREE_BYTES_WANTED = 256 * MEGABYTE;

  private final List<Finding> findings = new ArrayList<>();

  /**
   * One line; the verdict is {@code ok}, {@code BAD}, {@code no} for what only native callers need
   * and is not there, or {@code -} for what is only told.
   */
  record Finding(String verdict, String what, String text) {}

  List<Finding> findings() {
    return findings;
  }

  boolean good() {
    return findings.stream().noneMatch(each -> each.verdict().equals("BAD"));
  }

  private void add(String verdict, String what, String text) {
    findings.add(new Finding(verdict, what, text));
  }

  private void check(boolean good, String what, String text) {
    add(good ? "ok" : "BAD", what, text);
  }

  void examineMachine() {
    add("-", "mapi4j", ThisProgram.version());
    int feature = Runtime.version().feature();
    check(
        feature >= 17,
        "Java",
        "%s, %s %s (17 or later is needed)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.vm.name")));
    add(
        "-",
        "bitness",
        "%s bit, %s, %s %s"
            .formatted(
                System.getProperty("sun.arch.data.model", "unknown"),
                System.getProperty("os.arch"),
                System.getProperty("os.name"),
                System.getProperty("os.version")));
    add("-", "heap", Runtime.getRuntime().maxMemory() / MEGABYTE + " MB at most");
    library("storage engine", "com.sleepycat.je.Environment", "the embedded store needs it");
    library(".msg files", "org.apache.poi.poifs.filesystem.POIFSFileSystem", "import needs it");
    ComHealth.examine().forEach(each -> add(verdict(each.verdict()), each.what(), each.text()));
  }

  private static String verdict(ComHealth.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "ok";
      case ABSENT -> "no";
      case BAD -> "BAD";
      case TOLD -> "-";
    };
  }

  private void library(String what, String type, String need) {
    try {
      Class<?> found = Class.forName(type, false, Health.class.getClassLoader());
      String version = found.getPackage().getImplementationVersion();
      add("ok", what, version == null ? "there" : "there, " + version);
    } catch (ClassNotFoundException e) {
      add("BAD", what, e.getMessage() + " is not on the class path; " + need);
    }
  }

  void examineStore(Path directory, StoreOpener opener) {
    if (!Files.isDirectory(directory)) {
      boolean file = Files.exists(directory);
      add(
          "BAD",
          "store",
          directory
              + (file ? ": a store is a directory, and this is a file" : ": no such directory"));
      return;
    }
    try {
      add("-", "store", directory.toRealPath().toString());
      add("-", "owner", Files.getOwner(directory).getName());
      FileStore disk = Files.getFileStore(directory);
      long free = disk.getUsableSpace();
      check(free >= FREE_BYTES_WANTED, "free disk", free / MEGABYTE + " MB");
      check(Files.isWritable(directory), "writable", Files.isWritable(directory) ? "yes" : "no");
    } catch (IOException e) {
      add("BAD", "directory", Main.reason(e));
    }
    StoreOptions readOnly = StoreOptions.builder().writable(false).create(false).build();
    try (MessageStore session = opener.open(directory, readOnly)) {
      add("ok", "opens", "yes");
      session.processes().forEach(this::process);
      contents(session);
      session.maintenance().ifPresent(files -> examineFiles(session, files));
    } catch (StoreOpenException | StorageFault | MapiException | CommandFailure e) {
      add("BAD", "opens", e.getMessage());
    } catch (Exception e) {
      add("BAD", "opens", Main.reason(e));
    }
  }

  private void process(StoreProcess process) {
    String whose = process.pid() == ProcessHandle.current().pid() ? " (this command)" : "";
    add(
        "-",
        process.owner() ? "owner process" : "client process",
        "pid %d, %s%s".formatted(process.pid(), process.program(), whose));
  }

  private void examineFiles(MessageStore session, EngineMaintenance files) {
    add("-", "format version", String.valueOf(files.formatVersion()));
    add("-", "files", files.diskBytes() / MEGABYTE + " MB");
    try {
      EngineMaintenance.CheckReport report = files.check();
      // Rows of damaged files would only say the same again, in many words; while another process
      // writes, rows that belong together may be read from before and after.
      List<String> problems =
          report.problems().isEmpty() && isAlone(session) ? session.check() : report.problems();
      problems.forEach(problem -> add("BAD", "check", problem));
      if (problems.isEmpty()) {
        add("ok", "check", report.rows() + " rows, all readable");
      }
    } catch (StorageFault.Damaged e) {
      add("BAD", "check", e.getMessage());
    }
  }

  private static boolean isAlone(MessageStore session) {
    long own = ProcessHandle.current().pid();
    return session.processes().stream().allMatch(process -> process.pid() == own);
  }

  private void contents(MessageStore session) {
    long[] counts = new long[2];
    StoreView view = new StoreView(session.store());
    try (IMAPIFolder root = view.folder("/", 0)) {
      count(view, root, counts);
    }
    add("-", "contents", "%d folders, %d messages".formatted(counts[0], counts[1]));
  }

  private static void count(StoreView view, IMAPIFolder folder, long[] counts) {
    StoreView.children(
        folder,
        row -> {
          counts[0]++;
          counts[1] += StoreView.number(row, PR_CONTENT_COUNT);
          String entryId = row.find(PR_ENTRYID).orElseThrow().asBytes().toHex();
          try (IMAPIFolder child = view.folder(entryId, 0)) {
            count(view, child, counts);
          }
        });
  }
}
