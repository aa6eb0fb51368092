package org.mapi4j.engine.je;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sleepycat.je.Cursor;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Environment;
import com.sleepycat.je.Get;
import com.sleepycat.je.OperationResult;
import com.sleepycat.je.Put;
import com.sleepycat.je.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * An open JE environment with our databases, and reading. Reads see committed rows only and hold no
 * lock while they wait for one. On threads of the engine only.
 */
final class JeStore {
  /** The first format. A build that knows only older ones must refuse the directory. */
  static final int FORMAT_V1 = 1;

  /** What this build writes, and the newest it reads. */
  static final int FORMAT = FORMAT_V1;

  private static final Bytes FORMAT_KEY = Bytes.wrap(new byte[] {'f', 'o', 'r', 'm', 'a', 't'});

  /** JE's note that it met damage. It would refuse every later opening; we name the damage. */
  static final String MARKER = "7fffffff.jdb";

  private final Environment environment;
  private final Database rows;
  private final Database changes;
  private final Database meta;
  private final boolean readOnly;

  private JeStore(
      Environment environment, Database rows, Database changes, Database meta, boolean readOnly) {
    this.environment = environment;
    this.rows = rows;
    this.changes = changes;
    this.meta = meta;
    this.readOnly = readOnly;
  }

  /**
   * Opens what is there, or makes it. Throws StorageFault or what JE throws; nothing is open then.
   */
  static JeStore open(
      Path directory, JeOptions options, boolean readOnly, Consumer<OpeningStep> watcher)
      throws IOException {
    prepare(directory, options, readOnly);
    Environment environment =
        new Environment(directory.toFile(), JeSettings.environment(options, readOnly));
    List<Database> opened = new ArrayList<>();
    try {
      watcher.accept(OpeningStep.ENVIRONMENT);
      if (!readOnly) {
        OwnerFile.write(directory);
      }
      if (!readOnly && environment.getDatabaseNames().isEmpty()) {
        create(environment, watcher);
        environment.flushLog(true);
        CleanMark.write(directory);
      }
      if (!readOnly) {
        Making.end(directory);
      }
      JeStore store = openDatabases(environment, opened, directory, readOnly);
      watcher.accept(OpeningStep.DATABASES);
      return store;
    } catch (RuntimeException | IOException | Error e) {
      abandon(environment, opened, e);
      throw e;
    }
  }

  private static void prepare(Path directory, JeOptions options, boolean readOnly)
      throws IOException {
    if (!Making.isEnded(directory)) {
      if (!options.create() || readOnly) {
        throw new StorageFault.Absent("no store in %s".formatted(directory), null);
      }
      Making.begin(directory);
    }
    CleanMark.verify(directory);
    if (!readOnly && !Files.isWritable(directory)) {
      throw new StorageFault.ReadOnly("%s cannot be written".formatted(directory), null);
    }
    if (options.writable()) {
      Files.deleteIfExists(directory.resolve(MARKER));
    }
  }

  private static JeStore openDatabases(
      Environment environment, List<Database> opened, Path directory, boolean readOnly) {
    Database meta = openDatabase(environment, null, "meta", opened, readOnly);
    DatabaseEntry version = new DatabaseEntry();
    if (meta.get(null, entry(FORMAT_KEY), version, Get.SEARCH, null) == null) {
      throw new StorageFault.Damaged(
          "%s: database meta has no record \"format\"".formatted(directory), null);
    }
    int format = ByteBuffer.wrap(version.getData()).getInt();
    if (format > FORMAT) {
      throw new StorageFault.NewerFormat(
          "%s has format version %d, this program reads up to %d"
              .formatted(directory, format, FORMAT),
          null);
    }
    Database rows = openDatabase(environment, null, "rows", opened, readOnly);
    Database changes = openDatabase(environment, null, "changes", opened, readOnly);
    return new JeStore(environment, rows, changes, meta, readOnly);
  }

  /** All databases and the version in one transaction, so that a crash leaves all or nothing. */
  private static void create(Environment environment, Consumer<OpeningStep> watcher) {
    Transaction transaction = environment.beginTransaction(null, null);
    List<Database> made = new ArrayList<>();
    try {
      Database meta = openDatabase(environment, transaction, "meta", made, false);
      openDatabase(environment, transaction, "rows", made, false);
      openDatabase(environment, transaction, "changes", made, false);
      byte[] version = ByteBuffer.allocate(Integer.BYTES).putInt(FORMAT).array();
      meta.put(transaction, entry(FORMAT_KEY), new DatabaseEntry(version), Put.OVERWRITE, null);
      watcher.accept(OpeningStep.CREATION);
      made.forEach(Database::close);
      transaction.commit(Durability.COMMIT_SYNC);
    } catch (RuntimeException | Error e) {
      try {
        made.forEach(Database::close);
        transaction.abort();
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  @CanIgnoreReturnValue
  private static Database openDatabase(
      Environment environment,
      Transaction transaction,
      String name,
      List<Database> opened,
      boolean readOnly) {
    Database database = environment.openDatabase(transaction, name, JeSettings.database(readOnly));
    opened.add(database);
    return database;
  }

  private static void abandon(Environment environment, List<Database> opened, Throwable why) {
    try {
      opened.forEach(Database::close);
    } catch (RuntimeException alsoFailed) {
      why.addSuppressed(alsoFailed);
    }
    try {
      environment.close();
    } catch (RuntimeException alsoFailed) {
      why.addSuppressed(alsoFailed);
    }
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isValid() {
    return environment.isValid();
  }

  Environment environment() {
    return environment;
  }

  Database rows() {
    return rows;
  }

  Database changes() {
    return changes;
  }

  /** Closes everything, tidily when JE still can. Throws what JE throws first. */
  void close() {
    RuntimeException first = null;
    for (AutoCloseable part : List.<AutoCloseable>of(rows, changes, meta, environment)) {
      try {
        part.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      } catch (Exception impossible) {
        throw new AssertionError(impossible);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  Optional<Row> get(Bytes key) {
    DatabaseEntry data = new DatabaseEntry();
    return rows.get(null, entry(key), data, Get.SEARCH, null) == null
        ? Optional.empty()
        : Optional.of(row(key, data.getData()));
  }

  List<Row> scan(KeyRange range, boolean reverse, int limit) {
    List<Row> found = new ArrayList<>();
    if (limit <= 0) {
      return found;
    }
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry data = new DatabaseEntry();
    try (Cursor cursor = rows.openCursor(null, JeSettings.READING)) {
      boolean more = reverse ? last(cursor, range, key, data) : first(cursor, range, key, data);
      while (more) {
        Bytes at = Bytes.wrap(key.getData());
        boolean beforeEnd = range.to() == null || at.compareTo(range.to()) < 0;
        boolean afterStart = at.compareTo(range.from()) >= 0;
        if (beforeEnd && afterStart) {
          found.add(row(at, data.getData()));
          if (found.size() == limit) {
            break;
          }
        } else if (reverse ? !afterStart : !beforeEnd) {
          break;
        }
        more = cursor.get(key, data, reverse ? Get.PREV : Get.NEXT, null) != null;
      }
    }
    return found;
  }

  private static boolean first(
      Cursor cursor, KeyRange range, DatabaseEntry key, DatabaseEntry data) {
    key.setData(range.from().toArray());
    return cursor.get(key, data, Get.SEARCH_GTE, null) != null;
  }

  /** Stands at or after the end: rows that came in between are passed over. */
  private static boolean last(
      Cursor cursor, KeyRange range, DatabaseEntry key, DatabaseEntry data) {
    if (range.to() != null) {
      key.setData(range.to().toArray());
      if (cursor.get(key, data, Get.SEARCH_GTE, null) != null) {
        return true;
      }
    }
    return cursor.get(key, data, Get.LAST, null) != null;
  }

  /** The number of the last commit, 0 for none. */
  long lastSeq() {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry data = new DatabaseEntry();
    try (Cursor cursor = changes.openCursor(null, JeSettings.READING)) {
      return cursor.get(key, data, Get.LAST, null) == null
          ? 0
          : seq(key) + ChangeRecord.count(data.getData()) - 1;
    }
  }

  /** The number of the first record kept, or one more than the last commit. */
  long firstRecord(long lastSeq) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry none = new DatabaseEntry();
    none.setPartial(0, 0, true);
    try (Cursor cursor = changes.openCursor(null, JeSettings.READING)) {
      return cursor.get(key, none, Get.FIRST, null) == null ? lastSeq + 1 : seq(key);
    }
  }

  /** The record of the change log that begins with a number. */
  Optional<Bytes> record(long seq) {
    DatabaseEntry data = new DatabaseEntry();
    DatabaseEntry key = new DatabaseEntry(seqKey(seq));
    return changes.get(null, key, data, Get.SEARCH, null) == null
        ? Optional.empty()
        : Optional.of(Bytes.wrap(data.getData()));
  }

  /** The changes after one number up to another, or empty when the first of them is not kept. */
  Optional<List<Change>> changes(long since, long upTo, int limit) {
    List<Change> found = new ArrayList<>();
    if (since >= upTo || limit <= 0) {
      return Optional.of(found);
    }
    DatabaseEntry key = new DatabaseEntry(seqKey(since + 1));
    DatabaseEntry data = new DatabaseEntry();
    try (Cursor cursor = changes.openCursor(null, JeSettings.READING)) {
      OperationResult at = cursor.get(key, data, Get.SEARCH_GTE, null);
      if (at == null) {
        at = cursor.get(key, data, Get.LAST, null);
      } else if (seq(key) > since + 1) {
        at = cursor.get(key, data, Get.PREV, null);
      }
      if (at == null || seq(key) + ChangeRecord.count(data.getData()) <= since + 1) {
        return Optional.empty();
      }
      while (at != null) {
        for (ChangeRecord.Entry entry : ChangeRecord.decode(seq(key), data.getData())) {
          long seq = entry.change().seq();
          if (seq > upTo || found.size() == limit) {
            return Optional.of(found);
          }
          if (seq > since) {
            found.add(entry.change());
          }
        }
        // the record after the last visible commit may be under way: do not wait for it
        long reached = found.isEmpty() ? since : found.get(found.size() - 1).seq();
        at =
            reached >= upTo || found.size() == limit ? null : cursor.get(key, data, Get.NEXT, null);
      }
    }
    return Optional.of(found);
  }

  /** The commit with a token after a number, the newest first: it is asked for soon or never. */
  OptionalLong findToken(Bytes token, long after) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry data = new DatabaseEntry();
    try (Cursor cursor = changes.openCursor(null, JeSettings.READING)) {
      OperationResult at = cursor.get(key, data, Get.LAST, null);
      while (at != null && seq(key) + ChangeRecord.count(data.getData()) > after + 1) {
        for (ChangeRecord.Entry entry : ChangeRecord.decode(seq(key), data.getData())) {
          if (entry.token().equals(token)) {
            return OptionalLong.of(entry.change().seq());
          }
        }
        at = cursor.get(key, data, Get.PREV, null);
      }
    }
    return OptionalLong.empty();
  }

  static DatabaseEntry entry(Bytes key) {
    return new DatabaseEntry(key.sharedArray());
  }

  static byte[] seqKey(long seq) {
    return ByteBuffer.allocate(Long.BYTES).putLong(seq).array();
  }

  static long seq(DatabaseEntry key) {
    return ByteBuffer.wrap(key.getData()).getLong();
  }

  /** What a record holds: the version, then the value. */
  static byte[] record(long version, Bytes value) {
    return ByteBuffer.allocate(Long.BYTES + value.size())
        .putLong(version)
        .put(value.sharedArray())
        .array();
  }

  private static Row row(Bytes key, byte[] record) {
    return new Row(
        key,
        ByteBuffer.wrap(record).getLong(),
        Bytes.copyOf(record, Long.BYTES, record.length - Long.BYTES));
  }
}
