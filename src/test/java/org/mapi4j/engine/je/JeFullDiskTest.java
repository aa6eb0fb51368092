package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.StoreOpenException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;

/** No room, by limit and by disk: nothing is written, nothing is lost, and room is noticed. */
class JeFullDiskTest {
  private static final int ROW_BYTES = 100_000;

  @TempDir private Path directory;

  private static Batch.Builder row(int i) {
    return Batch.builder()
        .put(bytes("k%04d".formatted(i)), i, Bytes.wrap(new byte[ROW_BYTES]))
        .put(bytes("z"), i, Bytes.EMPTY)
        .token(bytes("token" + i));
  }

  /** Commits until there is no room; the number of rows that were acknowledged. */
  private static int fill(JeEngine engine, int from) {
    for (int i = from; ; i++) {
      try {
        committed(engine, row(i));
      } catch (StorageFault.DiskFull full) {
        assertEquals(OptionalLong.empty(), engine.outcomeOf(bytes("token" + i)));
        return i;
      }
    }
  }

  private static void assertRows(JeEngine engine, int count) {
    assertEquals(count, engine.scan(KeyRange.prefix(bytes("k")), false, 100_000).size());
    assertEquals(count - 1, engine.get(bytes("z")).orElseThrow().version());
  }

  @Test
  void commit_overDiskBytesMax_isDiskFullAndReadingGoesOn() {
    JeOptions small = JeOptions.DEFAULT.withDiskBytesMax(20L << 20);
    int rows;
    try (JeEngine engine = JeEngine.open(directory, small)) {
      rows = fill(engine, 0);
      assertTrue(rows > 50, "only " + rows + " rows fit");
      assertRows(engine, rows);
      assertThrows(StorageFault.DiskFull.class, () -> await(engine, row(rows)));
      assertRows(engine, rows);
    }
    try (JeEngine engine = JeEngine.open(directory, small.withDiskBytesMax(60L << 20))) {
      assertRows(engine, rows);
      committed(engine, row(rows));
      assertRows(engine, rows + 1);
    }
  }

  @Test
  void commit_onFullFileSystem_isDiskFullUntilThereIsRoom() throws Exception {
    Optional<Mount> mounted = Mount.tmpfs(directory.resolve("mnt"), 40);
    if (mounted.isEmpty()) {
      System.out.println("NOT RUN: full file system, because this user may not mount a small one");
      return;
    }
    try (Mount mount = mounted.get()) {
      fillUpFileSystem(mount.path(), 12 << 20);
    }
  }

  private static void fillUpFileSystem(Path place, int ballastBytes) throws IOException {
    Path ballast = Files.write(place.resolve("ballast"), new byte[ballastBytes]);
    Path store = place.resolve("store");
    try (JeEngine engine = JeEngine.open(store, JeOptions.DEFAULT)) {
      int rows = fill(engine, 0);
      assertRows(engine, rows);
      fillTheRest(place);
      assertThrows(StorageFault.DiskFull.class, () -> await(engine, row(rows)));
      assertRows(engine, rows);
      Files.delete(ballast);
      committed(engine, row(rows));
      assertRows(engine, rows + 1);
    }
    try (JeEngine engine = JeEngine.open(store, JeOptions.DEFAULT)) {
      assertEquals(List.of(), engine.check().problems());
    }
  }

  /** Leaves not a byte, so that JE itself meets the end of the disk. */
  private static void fillTheRest(Path place) {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(place.resolve("rest"))) {
      for (int i = 0; i < 1 << 20; i++) {
        out.write(block);
      }
      throw new AssertionError("the file system is not small");
    } catch (IOException full) {
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
    }
  }

  @Test
  void commit_diskFullsWithoutWarning_isDiskFullAndTheStoreComesBack() throws Exception {
    Optional<Mount> mounted = Mount.tmpfs(directory.resolve("mnt"), 40);
    if (mounted.isEmpty()) {
      System.out.println("NOT RUN: full file system, because this user may not mount a small one");
      return;
    }
    try (Mount mount = mounted.get();
        JeEngine engine = JeEngine.open(mount.path().resolve("store"), JeOptions.DEFAULT)) {
      for (int i = 0; i < 20; i++) {
        committed(engine, row(i));
      }
      fillTheRest(mount.path());
      // JE has not looked at the disk since there was room: it meets the write error itself
      int rows = fill(engine, 20);
      assertRows(engine, rows);
      assertThrows(StorageFault.DiskFull.class, () -> await(engine, row(rows)));
      assertRows(engine, rows);
      Files.delete(mount.path().resolve("rest"));
      committed(engine, row(rows));
      assertRows(engine, rows + 1);
    }
  }

  @Test
  void open_onFullFileSystem_isForReadingAlone() throws Exception {
    Optional<Mount> mounted = Mount.tmpfs(directory.resolve("mnt"), 40);
    if (mounted.isEmpty()) {
      System.out.println("NOT RUN: full file system, because this user may not mount a small one");
      return;
    }
    try (Mount mount = mounted.get()) {
      Path store = mount.path().resolve("store");
      StoreOptions reading = StoreOptions.builder().writable(false).create(false).build();
      Mapi4j.open(store, StoreOptions.DEFAULT).close();
      fillTheRest(mount.path());
      StoreOpenException refused =
          assertThrows(
              StoreOpenException.class, () -> Mapi4j.open(store, StoreOptions.DEFAULT).close());
      assertEquals(MapiCode.MAPI_E_NOT_ENOUGH_DISK, refused.hr());
      try (MessageStore session = Mapi4j.open(store, reading)) {
        assertEquals(List.of(), session.check());
        assertEquals(List.of(), session.maintenance().orElseThrow().check().problems());
      }
      Files.delete(mount.path().resolve("rest"));
      Mapi4j.open(store, StoreOptions.DEFAULT).close();
    }
  }
}
