package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Environment;
import com.sleepycat.je.EnvironmentConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** Opening a directory: again, by another process, read-only, damaged, of another format. */
class JeDirectoryTest {
  private static final JeOptions EXISTING = JeOptions.DEFAULT.withCreate(false);

  @TempDir private Path directory;

  private static Batch.Builder put(String key, long version, String value) {
    return Batch.builder().put(bytes(key), version, bytes(value));
  }

  private static String value(JeEngine engine, String key) {
    return engine
        .get(bytes(key))
        .map(row -> new String(row.value().toArray(), StandardCharsets.UTF_8))
        .orElse(null);
  }

  @Test
  void open_whoseFirstFileHasNoHeader_makesTheStoreAnew() throws IOException {
    for (int bytes : new int[] {0, 20, 37}) {
      Path store = Files.createDirectories(directory.resolve("" + bytes));
      Files.write(store.resolve("00000000.jdb"), new byte[bytes]);
      assertThrows(StorageFault.Absent.class, () -> JeEngine.open(store, EXISTING));
      try (JeEngine engine = JeEngine.open(store, JeOptions.DEFAULT)) {
        committed(engine, put("a", 1, "x"));
      }
      try (JeEngine engine = JeEngine.open(store, EXISTING)) {
        assertEquals("x", value(engine, "a"));
      }
    }
  }

  @Test
  void open_whoseFirstFileLostItsHeaderAfterAClose_isDamaged() throws IOException {
    JeEngine.open(directory, JeOptions.DEFAULT).close();
    Files.write(directory.resolve("00000000.jdb"), new byte[0]);
    assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(directory, JeOptions.DEFAULT));
  }

  @Test
  void open_whoseFirstFileLostItsHeaderWithoutAClose_isDamaged() throws IOException {
    Path image = Files.createDirectories(directory.resolve("image"));
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      committed(engine, put("a", 1, "x"));
      Files.copy(directory.resolve("mapi4j.closed"), image.resolve("mapi4j.closed"));
    }
    Files.write(image.resolve("00000000.jdb"), new byte[] {1, 2, 3});
    assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(image, JeOptions.DEFAULT));
    assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(image, EXISTING));
  }

  @Test
  void open_again_keepsRowsNumbersTokensAndChanges() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      committed(engine, put("a", 1, "x").token(bytes("token")));
      committed(engine, put("b", 7, "y").add(bytes("n"), 5));
      committed(engine, Batch.builder().delete(bytes("a")));
    }
    try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
      assertEquals(3, engine.seq());
      assertEquals(null, value(engine, "a"));
      assertEquals(7, engine.get(bytes("b")).orElseThrow().version());
      assertEquals(5, engine.get(bytes("n")).orElseThrow().counter());
      assertEquals(OptionalLong.of(1), engine.outcomeOf(bytes("token")));
      List<Change> changes = engine.changesSince(0, 10).orElseThrow();
      assertEquals(List.of(1L, 2L, 3L), changes.stream().map(Change::seq).toList());
      assertEquals(4, committed(engine, put("c", 1, "z")));
    }
  }

  @Test
  void open_absentWithoutCreate_isAbsentAndMakesNothing() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    assertThrows(StorageFault.Absent.class, () -> JeEngine.open(nowhere, EXISTING));
    assertFalse(Files.exists(nowhere));
    assertThrows(
        StorageFault.Absent.class,
        () -> JeEngine.open(directory, JeOptions.DEFAULT.withWritable(false)));
  }

  @Test
  void open_twiceInOneProcess_isLocked() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      assertThrows(StorageFault.Locked.class, () -> JeEngine.open(directory, JeOptions.DEFAULT));
      committed(engine, put("a", 1, "x"));
    }
    JeEngine.open(directory, EXISTING).close();
  }

  @Test
  void open_whileAnotherProcessHasIt_isLockedNamingTheOwner() throws Exception {
    Process owner = JavaProcess.start(Holder.class, directory.toString());
    try (BufferedReader out = owner.inputReader()) {
      assertEquals("open", out.readLine());
      StorageFault.Locked locked =
          assertThrows(
              StorageFault.Locked.class, () -> JeEngine.open(directory, JeOptions.DEFAULT));
      assertTrue(locked.getMessage().contains("pid " + owner.pid()), locked.getMessage());
      assertTrue(locked.getMessage().contains(Holder.class.getName()), locked.getMessage());
    } finally {
      owner.destroyForcibly().waitFor();
    }
    try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
      assertEquals("held", value(engine, "a"));
    }
  }

  /** The other process: opens the directory, says so, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    /** The directory is the argument. */
    public static void main(String[] args) throws IOException {
      try (JeEngine engine = JeEngine.open(Path.of(args[0]), JeOptions.DEFAULT)) {
        committed(engine, put("a", 1, "held"));
        System.out.println("open");
        System.out.flush();
        int end = System.in.read();
        assertTrue(end <= 0);
      }
    }
  }

  @Test
  void open_forReading_readsAndRefusesCommits() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      committed(engine, put("a", 1, "x"));
    }
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT.withWritable(false))) {
      assertEquals("x", value(engine, "a"));
      assertThrows(StorageFault.ReadOnly.class, () -> await(engine, put("a", 2, "y")));
      assertEquals("x", value(engine, "a"));
    }
  }

  @Test
  void open_readOnlyFileSystem_isReadOnlyForWritingAndOpensForReading() throws Exception {
    Optional<Mount> mounted = Mount.tmpfs(directory.resolve("mnt"), 64);
    if (mounted.isEmpty()) {
      System.out.println("NOT RUN: read-only file system, because this user may not mount one");
      return;
    }
    try (Mount mount = mounted.get()) {
      Path store = mount.path().resolve("store");
      try (JeEngine engine = JeEngine.open(store, JeOptions.DEFAULT)) {
        committed(engine, put("a", 1, "x"));
      }
      mount.remountReadOnly();
      assertThrows(StorageFault.ReadOnly.class, () -> JeEngine.open(store, EXISTING));
      try (JeEngine engine = JeEngine.open(store, EXISTING.withWritable(false))) {
        assertEquals("x", value(engine, "a"));
      }
    }
  }

  @Test
  void open_newerFormat_namesBothVersionsAndChangesNothing() {
    JeEngine.open(directory, JeOptions.DEFAULT).close();
    EnvironmentConfig config = new EnvironmentConfig();
    config.setTransactional(true);
    config.setConfigParam(EnvironmentConfig.FREE_DISK, "0");
    DatabaseConfig existing = new DatabaseConfig().setTransactional(true).setKeyPrefixing(true);
    try (Environment environment = new Environment(directory.toFile(), config);
        Database meta = environment.openDatabase(null, "meta", existing)) {
      byte[] version = ByteBuffer.allocate(Integer.BYTES).putInt(JeStore.FORMAT + 1).array();
      meta.put(
          null,
          new DatabaseEntry("format".getBytes(StandardCharsets.US_ASCII)),
          new DatabaseEntry(version));
    }
    StorageFault.NewerFormat newer =
        assertThrows(
            StorageFault.NewerFormat.class, () -> JeEngine.open(directory, JeOptions.DEFAULT));
    assertTrue(newer.getMessage().contains("version " + (JeStore.FORMAT + 1)), newer.getMessage());
    assertTrue(newer.getMessage().contains("up to " + JeStore.FORMAT), newer.getMessage());
  }

  @Test
  void get_damagedRow_isDamagedNamingTheFileAndTheRestStaysReadable() throws IOException {
    fill(40);
    Path file = damage("row 20:");
    try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
      StorageFault.Damaged damaged =
          assertThrows(StorageFault.Damaged.class, () -> engine.get(bytes("k20")));
      assertTrue(
          damaged.getMessage().contains(file.getFileName().toString()), damaged.getMessage());
      assertTrue(value(engine, "k10").startsWith("row 10:"));
      assertTrue(value(engine, "k30").startsWith("row 30:"));
      assertThrows(StorageFault.Damaged.class, () -> await(engine, put("k10", 2, "new")));
      assertTrue(value(engine, "k10").startsWith("row 10:"));
    }
    try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
      assertTrue(value(engine, "k30").startsWith("row 30:"), "opens again after it met damage");
    }
  }

  @Test
  void open_endOfLogDamaged_isDamagedAndNothingIsCutOff() throws IOException {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      for (int i = 0; i < 10; i++) {
        committed(engine, put("k" + i, 1, "row %d:%s".formatted(i, "x".repeat(5_000))));
      }
    }
    Path file = damage("row 5:");
    byte[] before = Files.readAllBytes(file);
    StorageFault.Damaged damaged =
        assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(directory, EXISTING));
    assertTrue(damaged.getMessage().contains(file.getFileName().toString()), damaged.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    Files.write(file, Arrays.copyOf(before, before.length / 2));
    assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(directory, EXISTING));
  }

  @Test
  void check_damagedRow_namesTheFile() throws IOException {
    fill(40);
    Path file = damage("row 20:");
    try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
      EngineMaintenance.CheckReport report = engine.check();
      assertFalse(report.problems().isEmpty());
      assertTrue(
          report.problems().get(0).contains(file.getFileName().toString()),
          report.problems().toString());
    }
  }

  @Test
  void open_logFileMissing_isDamagedNamingIt() throws IOException {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      for (int i = 0; i < 9; i++) {
        committed(engine, big("k" + i));
      }
    }
    Path first = directory.resolve("00000000.jdb");
    Files.delete(first);
    StorageFault.Damaged damaged =
        assertThrows(
            StorageFault.Damaged.class,
            () -> {
              try (JeEngine engine = JeEngine.open(directory, EXISTING)) {
                assertEquals(9, engine.scan(new KeyRange(Bytes.EMPTY, null), false, 100).size());
              }
            });
    assertTrue(damaged.getMessage().contains("00000000.jdb"), damaged.getMessage());
  }

  private static Batch.Builder big(String key) {
    return Batch.builder().put(bytes(key), 1, Bytes.wrap(new byte[8 << 20]));
  }

  private void fill(int rows) {
    JeOptions smallFiles = JeOptions.DEFAULT.withDiskBytesMax(16L << 20);
    try (JeEngine engine = JeEngine.open(directory, smallFiles)) {
      for (int i = 0; i < rows; i++) {
        committed(engine, put("k" + i, 1, "row %d:%s".formatted(i, "x".repeat(100_000))));
      }
    }
  }

  /** Overwrites some bytes after a text in the log. */
  private Path damage(String text) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jdb")).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = content.indexOf(text);
        if (at >= 0) {
          try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at + 1000);
            raw.write("damage".getBytes(StandardCharsets.US_ASCII));
          }
          return file;
        }
      }
    }
    throw new AssertionError("not in the log: " + text);
  }

  @Test
  void compact_afterRowsWereReplaced_freesTheirBytesAndKeepsTheRest() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      int rowBytes = 4 << 20;
      int versions = 40;
      for (int i = 0; i < versions; i++) {
        committed(
            engine,
            Batch.builder()
                .put(bytes("k"), i, Bytes.wrap(new byte[rowBytes]))
                .durability(Batch.Durability.ASYNC));
      }
      EngineMaintenance.CompactReport report = engine.compact();
      assertTrue(
          report.bytesAfter() <= report.bytesBefore()
              && report.bytesAfter() < (long) versions * rowBytes / 2,
          report.bytesBefore() + " → " + report.bytesAfter());
      assertEquals(39, engine.get(bytes("k")).orElseThrow().version());
      assertEquals(List.of(), engine.check().problems());
    }
  }
}
