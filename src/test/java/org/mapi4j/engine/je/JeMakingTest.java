package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** The power fails while a store is made: of its log the beginning may be there, or holes. */
class JeMakingTest {
  private static final JeOptions EXISTING = JeOptions.DEFAULT.withCreate(false);
  private static final String LOG = "00000000.jdb";
  private static final String BEGUN = "mapi4j.begun";
  private static final String CLOSED = "mapi4j.closed";

  @TempDir private Path directory;

  private Path made;
  private byte[] log;

  /** A store with one row, whose files at the last moment of its making are what is cut. */
  @BeforeEach
  void make() {
    made = directory.resolve("made");
    try (JeEngine engine = JeEngine.open(made, JeOptions.DEFAULT, this::look, step -> {})) {
      committed(engine, Batch.builder().put(bytes("a"), 1, bytes("x")));
    }
  }

  private void look(OpeningStep step) {
    try {
      if (step == OpeningStep.CREATION) {
        assertTrue(Files.exists(made.resolve(BEGUN)));
        assertFalse(Files.exists(made.resolve(CLOSED)));
        assertThrows(StorageFault.Locked.class, () -> JeEngine.open(made, JeOptions.DEFAULT));
      } else if (step == OpeningStep.DATABASES) {
        assertFalse(Files.exists(made.resolve(BEGUN)));
        assertTrue(Files.exists(made.resolve(CLOSED)));
        log = Files.readAllBytes(made.resolve(LOG));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path image(String name, byte[] content) throws IOException {
    Path image = Files.createDirectories(directory.resolve(name));
    Files.write(image.resolve(LOG), content);
    Files.createFile(image.resolve(BEGUN));
    return image;
  }

  private static Optional<Bytes> value(Path store) {
    try (JeEngine engine = JeEngine.open(store, EXISTING)) {
      return engine.get(bytes("a")).map(Row::value);
    }
  }

  @Test
  void open_ofWhatWasNeverMadeToItsEnd_isAbsentAndMakesItAnew() throws IOException {
    assertTrue(log.length > 1000, "a log without a root tells nothing");
    for (int length = 0; length <= log.length; length += 397) {
      byte[] torn = Arrays.copyOf(log, length);
      Arrays.fill(torn, length / 2, length / 2 + length / 4, (byte) 0);
      Path image = image("torn-" + length, torn);
      assertFalse(JeEngine.holdsStore(image));
      assertThrows(StorageFault.Absent.class, () -> JeEngine.open(image, EXISTING));
      try (JeEngine engine = JeEngine.open(image, JeOptions.DEFAULT)) {
        assertEquals(0, engine.seq());
        committed(engine, Batch.builder().put(bytes("a"), 1, bytes("y")));
      }
      assertEquals(Optional.of(bytes("y")), value(image));
      assertFalse(Files.exists(image.resolve(BEGUN)));
    }
  }

  @Test
  void open_ofAStoreMadeToItsEnd_keepsItWhateverIsLeftOfItsMaking() throws IOException {
    Files.writeString(made.resolve(BEGUN), "e");
    Files.delete(made.resolve(CLOSED));
    assertTrue(JeEngine.holdsStore(made));
    assertEquals(Optional.of(bytes("x")), value(made));
    assertFalse(Files.exists(made.resolve(BEGUN)));
  }

  @Test
  void open_ofAFinishedStoreIntoWhichAnEmptyNoteCame_keepsIt() throws IOException {
    Files.createFile(made.resolve(BEGUN));
    assertTrue(JeEngine.holdsStore(made));
    assertEquals(Optional.of(bytes("x")), value(made));
    assertFalse(Files.exists(made.resolve(BEGUN)));
    Files.createFile(made.resolve(BEGUN));
    try (JeEngine engine = JeEngine.open(made, JeOptions.DEFAULT)) {
      Bytes large = Bytes.wrap(new byte[2 << 20]);
      committed(engine, Batch.builder().put(bytes("b"), 1, large));
    }
    Files.delete(made.resolve(CLOSED));
    Files.createFile(made.resolve(BEGUN));
    assertEquals(Optional.of(bytes("x")), value(made));
  }

  @Test
  void open_ofAMarkWhoseLogWasDeleted_isMadeAnewHoweverOftenThatIsCut() throws IOException {
    Files.delete(made.resolve(LOG));
    Making.begin(made);
    Files.write(made.resolve(LOG), Arrays.copyOf(log, 100));
    try (JeEngine engine = JeEngine.open(made, JeOptions.DEFAULT)) {
      assertEquals(0, engine.seq());
    }
  }

  @Test
  void begin_besideOneWhoMadeItMeanwhile_changesNothing() throws IOException {
    Making.begin(made);
    assertFalse(Files.exists(made.resolve(BEGUN)));
    assertEquals(Optional.of(bytes("x")), value(made));
  }

  @Test
  void open_ofALogThatNothingSaysWasBegun_keepsItsFiles() throws IOException {
    Path image = image("damaged", Arrays.copyOf(log, 50));
    Files.delete(image.resolve(BEGUN));
    assertThrows(StorageFault.Damaged.class, () -> JeEngine.open(image, JeOptions.DEFAULT));
    assertTrue(Files.exists(image.resolve(LOG)));
    Files.delete(made.resolve(CLOSED));
    assertEquals(Optional.of(bytes("x")), value(made));
  }
}
