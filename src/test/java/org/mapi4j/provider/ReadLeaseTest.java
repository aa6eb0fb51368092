package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Lease;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;

/** Large values of folders and the store that others replace while somebody reads them. */
class ReadLeaseTest {
  private static final int TAG = PropTag.of(0x6601, PT_BINARY);
  private static final int SIZE = 300_000;

  private Runnable beforeLease = () -> {};
  private final TestStore store =
      TestStore.on(
          new BrokenShards.Passing(new MemoryEngine()) {
            @Override
            public Lease lease(Bytes key, long session, Lease.Mode mode) {
              Runnable once = beforeLease;
              beforeLease = () -> {};
              once.run();
              return super.lease(key, session, mode);
            }
          });
  private final TestStore other = store.session(StoreOptions.DEFAULT);

  private static byte[] value(int filler) {
    byte[] value = new byte[SIZE];
    Arrays.fill(value, (byte) filler);
    return value;
  }

  private IMAPIProp owner(TestStore session, boolean folder) {
    return folder ? session.folder(id(store.root())) : session.store;
  }

  private void replaceAndSweep(IMAPIProp owner) {
    set(owner, TAG, value(2));
    other.sweep();
  }

  @ParameterizedTest(name = "folder {0}")
  @ValueSource(booleans = {true, false})
  void stream_valueReplacedAndSweptMeanwhile_readsOnAndLetsGoAtRelease(boolean folder) {
    IMAPIProp writing = owner(other, folder);
    set(writing, TAG, value(1));
    IMAPIProp reading = owner(store, folder);
    try (IStream stream = (IStream) ok(reading.openProperty(TAG, MapiGuid.IID_IStream, 0, 0))) {
      replaceAndSweep(writing);
      byte[] read = new byte[SIZE];
      assertEquals(SIZE, ok(stream.read(read, 0, SIZE)));
      assertEquals(Bytes.wrap(value(1)), Bytes.wrap(read));
    }
    reading.close();
    other.sweep();
    assertEquals(0, other.rows('z'));
  }

  @ParameterizedTest(name = "folder {0}")
  @ValueSource(booleans = {true, false})
  void getProps_valueReplacedAndSweptBetweenRowAndLease_isTheNewOne(boolean folder) {
    IMAPIProp writing = owner(other, folder);
    set(writing, TAG, value(1));
    IMAPIProp reading = owner(store, folder);
    beforeLease = () -> replaceAndSweep(writing);
    assertEquals(Bytes.wrap(value(2)), get(reading, TAG).asBytes());
  }

  @Test
  void setProps_withoutAnythingLarge_leasesNothing() {
    IMAPIFolder folder = store.folder("f");
    beforeLease =
        () -> {
          throw new AssertionError("a lease");
        };
    set(folder, PropTag.of(0x6602, PT_LONG), 5);
    set(store.store, PropTag.of(0x6602, PT_LONG), 5);
    assertEquals(5, get(folder, PropTag.of(0x6602, PT_LONG)).asInt());
    assertEquals(List.of(), TestStore.subjects(folder, 0));
  }
}
