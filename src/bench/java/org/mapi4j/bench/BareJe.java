package org.mapi4j.bench;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Environment;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationStatus;
import com.sleepycat.je.Transaction;
import com.sleepycat.je.TransactionConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** The floor: one JE database used directly. */
final class BareJe implements AutoCloseable {
  private static final CursorConfig READING =
      new CursorConfig().setReadCommitted(true).setNonSticky(true);

  private final Environment environment;
  private final Database database;

  BareJe(Path directory, long cacheBytes) {
    this(directory, cacheBytes, "rows");
  }

  /** A database of its own beside others of the directory. */
  BareJe(Path directory, long cacheBytes, String name) {
    EnvironmentConfig config = new EnvironmentConfig();
    config.setAllowCreate(true).setTransactional(true).setCacheSize(cacheBytes);
    config.setConfigParam(EnvironmentConfig.FREE_DISK, "0");
    environment = new Environment(directory.toFile(), config);
    database =
        environment.openDatabase(
            null, name, new DatabaseConfig().setAllowCreate(true).setTransactional(true));
  }

  /** One durable commit of one record. */
  void put(byte[] key, byte[] value) {
    Transaction transaction =
        environment.beginTransaction(
            null, new TransactionConfig().setDurability(Durability.COMMIT_SYNC));
    put(transaction, key, value);
    transaction.commit();
  }

  /** A batch of records in one commit that does not wait for the disk. */
  void load(long first, int count) {
    load(first, count, BareJe::key, Sample::record);
  }

  /** The same with keys and records of the caller's. */
  void load(long first, int count, LongFunction<byte[]> key, LongFunction<byte[]> record) {
    Transaction transaction =
        environment.beginTransaction(
            null, new TransactionConfig().setDurability(Durability.COMMIT_NO_SYNC));
    for (long i = first; i < first + count; i++) {
      put(transaction, key.apply(i), record.apply(i));
    }
    transaction.commit();
  }

  private void put(Transaction transaction, byte[] key, byte[] value) {
    OperationStatus status =
        database.put(transaction, new DatabaseEntry(key), new DatabaseEntry(value));
    if (status != OperationStatus.SUCCESS) {
      throw new IllegalStateException(status.toString());
    }
  }

  byte[] get(byte[] key) {
    DatabaseEntry value = new DatabaseEntry();
    OperationStatus status =
        database.get(null, new DatabaseEntry(key), value, LockMode.READ_COMMITTED);
    if (status != OperationStatus.SUCCESS) {
      throw new IllegalStateException(status.toString());
    }
    return value.getData();
  }

  /** Bytes of so many records, read from a key on. */
  long scan(byte[] from, int count) {
    DatabaseEntry key = new DatabaseEntry(from);
    DatabaseEntry value = new DatabaseEntry();
    long bytes = 0;
    int left = count;
    try (Cursor cursor = database.openCursor(null, READING)) {
      OperationStatus at = cursor.getSearchKeyRange(key, value, null);
      while (at == OperationStatus.SUCCESS && left-- > 0) {
        bytes += value.getSize() + key.getSize();
        at = left == 0 ? at : cursor.getNext(key, value, null);
      }
    }
    return left > 0 ? -1 : bytes;
  }

  void sync() {
    environment.flushLog(true);
  }

  static byte[] key(long number) {
    return ByteBuffer.allocate(16).putLong(number * 0x9E3779B97F4A7C15L).putLong(number).array();
  }

  @Override
  public void close() {
    database.close();
    environment.close();
  }
}
