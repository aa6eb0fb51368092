package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.S_OK;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.mapi4j.types.HResult;

/** MAPI's allocator, as the native library exports it. */
final class AllocatorChecks {
  private static final int[] SIZES = {1, 2, 7, 8, 24, 4095, 100_000};
  private static final int CYCLES = 300;
  private static final int MORE = 3;
  private static final int ODD_SIZE = 5003;

  private AllocatorChecks() {}

  static void register(Checks checks) {
    checks
        .rows("UTIL-001", "MEM-001")
        .check(
            "MAPIAllocateBuffer gives blocks of their size, aligned, each by itself",
            c -> buffers(c));
    checks
        .rows("UTIL-002", "MEM-002")
        .check(
            "a block of MAPIAllocateMore lives and ends with its chain",
            c -> {
              NativeClient client = new NativeClient(c);
              long head = buffer(c, client, 16);
              long more = more(c, client, 32, head);
              long further = more(c, client, 8, more);
              c.assertDiffer(head, more, "the block of MAPIAllocateMore");
              c.assertDiffer(more, further, "the block linked to a linked block");
              fill(client, more, 32);
              // A block of a chain is not the caller's to free: whatever this answers, it stays.
              int freed = client.callExport("MAPIFreeBuffer", more);
              c.assertTrue(
                  isFilled(client, more, 32),
                  "a linked block to survive MAPIFreeBuffer of itself",
                  "other bytes after " + HResult.toString(freed));
              c.ok(client.callExport("MAPIFreeBuffer", head), "MAPIFreeBuffer(root)");
            });
    checks
        .rows("UTIL-003", "MEM-003")
        .check(
            "MAPIFreeBuffer(NULL) is S_OK",
            c -> c.ok(new NativeClient(c).callExport("MAPIFreeBuffer", 0), "MAPIFreeBuffer(NULL)"));
    checks
        .rows("UTIL-003", "MEM-004")
        .check("MAPIFreeBuffer gives back the whole chain", c -> wholeChain(c));
    checks
        .rows("UTIL-004", "MEM-006")
        .check(
            "MAPIReallocateBuffer copies the old contents",
            c -> {
              NativeClient client = new NativeClient(c);
              long old = buffer(c, client, 24);
              fill(client, old, 24);
              long out = client.out();
              c.ok(
                  client.callExport("MAPIReallocateBuffer", old, 100_000, out),
                  "MAPIReallocateBuffer");
              long block = client.pointer(out);
              c.assertTrue(
                  Arrays.equals(pattern(old, 24), client.side.read(block, 24)),
                  "the old contents",
                  "other bytes");
              fill(client, block, 100_000);
              c.ok(client.callExport("MAPIFreeBuffer", block), "MAPIFreeBuffer");
            });
  }

  private static void buffers(Context c) {
    NativeClient client = new NativeClient(c);
    long[] blocks = new long[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      blocks[i] = buffer(c, client, SIZES[i]);
      c.assertEqual(0L, blocks[i] & 3, "address modulo 4 of a block of " + SIZES[i] + " bytes");
      fill(client, blocks[i], SIZES[i]);
    }
    for (int i = 0; i < SIZES.length; i++) {
      c.assertTrue(
          isFilled(client, blocks[i], SIZES[i]),
          "a block of %d bytes to be nobody else's".formatted(SIZES[i]),
          "other bytes");
      more(c, client, 8, blocks[i]);
    }
    for (long block : blocks) {
      c.ok(client.callExport("MAPIFreeBuffer", block), "MAPIFreeBuffer");
    }
  }

  /** Blocks that were not given back would never be given out again. */
  private static void wholeChain(Context c) {
    NativeClient client = new NativeClient(c);
    Set<Long> addresses = new HashSet<>();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      long head = buffer(c, client, ODD_SIZE);
      addresses.add(head);
      for (int i = 0; i < MORE; i++) {
        addresses.add(more(c, client, ODD_SIZE, head));
      }
      c.ok(client.callExport("MAPIFreeBuffer", head), "MAPIFreeBuffer");
    }
    int given = CYCLES * (1 + MORE);
    c.assertTrue(
        addresses.size() < given / 2,
        "%d blocks to share the room of those freed before".formatted(given),
        addresses.size() + " addresses");
  }

  private static long buffer(Context c, NativeClient client, int size) {
    long out = client.out();
    c.assertHr(
        S_OK, client.callExport("MAPIAllocateBuffer", size, out), "MAPIAllocateBuffer " + size);
    return client.pointer(out);
  }

  @CanIgnoreReturnValue
  private static long more(Context c, NativeClient client, int size, long object) {
    long out = client.out();
    c.assertHr(
        S_OK, client.callExport("MAPIAllocateMore", size, object, out), "MAPIAllocateMore " + size);
    return client.pointer(out);
  }

  private static void fill(NativeClient client, long address, int size) {
    client.side.write(address, pattern(address, size));
  }

  private static boolean isFilled(NativeClient client, long address, int size) {
    return Arrays.equals(pattern(address, size), client.side.read(address, size));
  }

  private static byte[] pattern(long address, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) (address >> 4 ^ size));
    return bytes;
  }
}
