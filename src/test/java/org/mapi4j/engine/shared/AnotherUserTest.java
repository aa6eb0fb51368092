package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import com.sleepycat.je.Environment;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.spi.Batch;

/** A program of another user, who may enter the directory, gets nothing and changes nothing. */
class AnotherUserTest {
  private static final String NOBODY = "65534";

  @TempDir private Path directory;

  /** True, and NOT RUN, where no program of another user can be started. */
  private static boolean cannotTry() {
    boolean can =
        System.getProperty("user.name").equals("root") && Files.exists(Path.of("/usr/bin/setpriv"));
    if (!can) {
      System.out.println("NOT RUN: a program of another user, because that needs root and setpriv");
    }
    return !can;
  }

  @Test
  void program_ofAnotherUser_isRefused() throws Exception {
    if (cannotTry()) {
      return;
    }
    Path store = Files.createDirectory(directory.resolve("store"));
    try (SharedEngine owner = SharedWriter.open(store, "owner", SharedOptions.PATIENCE);
        SharedEngine guest = SharedWriter.open(store, "guest", SharedOptions.PATIENCE)) {
      long before = committed(guest, Batch.builder().put(bytes("a"), 1, bytes("x")));
      letIn();
      int port = PortFile.read(store).orElseThrow().port();
      assertEquals(
          List.of("secret: refused", "store: refused", "port: refused"),
          asNobody(store.toString(), "" + port));
      assertEquals(before, owner.seq());
      assertEquals(2, owner.participants().size());
      assertEquals(before + 1, committed(guest, Batch.builder().put(bytes("b"), 1, bytes("y"))));
      assertFalse(guest.isOwner());
    }
  }

  /** As an administrator's program leaves one that is killed. */
  @Test
  void memberFile_ofAnotherUsersDeadProcess_keepsNobodyOut() throws Exception {
    if (cannotTry()) {
      return;
    }
    Path store = Files.createDirectory(directory.resolve("store"));
    Path members = Files.createDirectory(store.resolve("mapi4j.members"));
    for (Path folder : List.of(store, members)) {
      Files.setAttribute(folder, "unix:uid", Integer.parseInt(NOBODY));
    }
    Path readable = Files.createFile(members.resolve("A".repeat(32)));
    Path secret = Files.createFile(members.resolve("B".repeat(32)));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(List.of("store: open, at 0"), asNobody(store.toString()));
    assertFalse(Files.exists(readable), "it is nobody's who lives");
    assertTrue(Files.exists(secret));
  }

  /** What it printed. */
  private List<String> asNobody(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-cp", program(), OtherUser.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.lines().toList();
  }

  /** Everybody may enter, and read what is not the secret. */
  private void letIn() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Stream<Path> entries = Files.walk(directory.resolve("store"))) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith("mapi4j.secret")) {
          boolean folder = Files.isDirectory(entry);
          Files.setPosixFilePermissions(
              entry, PosixFilePermissions.fromString(folder ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /** A class path that everybody may read. */
  private String program() throws IOException, URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> needed : List.of(SharedEngine.class, OtherUser.class, Environment.class)) {
      Path from = Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path to = directory.resolve("program").resolve("" + places.size());
      copy(from, to);
      places.add(to.toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (file.equals(from) && !Files.isDirectory(file)) {
          copy = to;
        }
        Files.copy(file, copy);
        boolean folder = Files.isDirectory(copy);
        Files.setPosixFilePermissions(
            copy, PosixFilePermissions.fromString(folder ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
