package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;

/**
 * The image of one native block while it is put together: little-endian bytes, and the places that
 * hold pointers into the block itself, which are offsets until the block has its address.
 *
 * <p>One is kept per thread and used again, without its array where that has grown beyond {@link
 * #KEPT_BYTES_MAX}. An allocation routine of the host that calls back in finds it taken and gets
 * another.
 */
final class Block {
  /** An array that has grown beyond this is given back after its call. */
  static final int KEPT_BYTES_MAX = 256 << 10;

  /** No block is larger: its size is an int, and so is the length of a Java array. */
  static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  private static final int FIRST_BYTES = 4 << 10;
  private static final int FIRST_POINTERS = 64;
  private static final int UNITS = 512;

  private static final ThreadLocal<Block> OF_THREAD = ThreadLocal.withInitial(Block::new);

  /** Characters go through this array: taken one by one they would be most of a call's time. */
  private final char[] units = new char[UNITS];

  private byte[] bytes;

  /** The bytes as 16-bit units. */
  private CharBuffer wides;

  private int[] pointers = new int[FIRST_POINTERS];
  private int end;
  private int pointerCount;
  private int bytesMax;
  private boolean taken;

  private Block() {
    use(new byte[FIRST_BYTES]);
  }

  private void use(byte[] array) {
    bytes = array;
    wides = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
  }

  /** An empty block for this thread; {@link #release} it when it is published. */
  static Block take(int bytesMax) {
    Block block = OF_THREAD.get();
    if (block.taken) {
      block = new Block();
    }
    block.taken = true;
    block.bytesMax = bytesMax;
    block.clear();
    return block;
  }

  /** Gives the block back to its thread. */
  void release() {
    taken = false;
    if (bytes.length > KEPT_BYTES_MAX) {
      use(new byte[FIRST_BYTES]);
      pointers = new int[FIRST_POINTERS];
    }
  }

  /** Starts over. */
  void clear() {
    end = 0;
    pointerCount = 0;
  }

  /** Bytes placed so far. */
  int size() {
    return end;
  }

  /** Zeroed room at the next multiple of eight; its offset. */
  int place(long size) {
    int at = room(size, Layouts.ALIGN);
    Arrays.fill(bytes, at, end, (byte) 0);
    return at;
  }

  /** As {@link #place}, for an array of structures. */
  int place(int elements, int width) {
    return place((long) elements * width);
  }

  private int room(long size, int align) {
    int from = end;
    long at = (from + (long) align - 1) & -align;
    long next = at + size;
    if (next > bytes.length) {
      grow(next);
    }
    for (int gap = from; gap < at; gap++) {
      bytes[gap] = 0;
    }
    end = (int) next;
    return (int) at;
  }

  private void grow(long needed) {
    if (needed > bytesMax) {
      throw new ComFault(
          MAPI_E_NOT_ENOUGH_MEMORY,
          "an output needs %d bytes, at most %d fit".formatted(needed, bytesMax));
    }
    int length = (int) Math.min(bytesMax, Math.max(needed, 2L * bytes.length));
    try {
      use(Arrays.copyOf(bytes, length));
    } catch (OutOfMemoryError full) {
      throw new ComFault(
          MAPI_E_NOT_ENOUGH_MEMORY, "an output needs %d bytes of heap".formatted(length));
    }
  }

  void putShort(int at, int value) {
    LittleEndian.putShort(bytes, at, (short) value);
  }

  void putInt(int at, int value) {
    LittleEndian.putInt(bytes, at, value);
  }

  void putLong(int at, long value) {
    LittleEndian.putLong(bytes, at, value);
  }

  /** Writes a pointer to an offset of this block. */
  void point(int at, int target) {
    LittleEndian.putLong(bytes, at, target);
    if (pointerCount == pointers.length) {
      pointers = Arrays.copyOf(pointers, 2 * pointerCount);
    }
    pointers[pointerCount++] = at;
  }

  /** Writes a GUID structure in place. */
  void putGuid(int at, Guid guid) {
    guid.writeTo(bytes, at);
  }

  /** Places bytes at any address; their offset. */
  int raw(byte[] source) {
    int at = room(source.length, 1);
    System.arraycopy(source, 0, bytes, at, source.length);
    return at;
  }

  /** Places bytes and a NUL; their offset. */
  int terminated(byte[] source) {
    int at = room(source.length + 1L, 1);
    System.arraycopy(source, 0, bytes, at, source.length);
    bytes[at + source.length] = 0;
    return at;
  }

  /** Places a string of 16-bit units and a NUL; its offset. */
  int wide(String text) {
    int length = text.length();
    int at = room(2L * length + 2, 2);
    for (int from = 0; from < length; from += UNITS) {
      int to = Math.min(from + UNITS, length);
      text.getChars(from, to, units, 0);
      wides.put(at / 2 + from, units, 0, to - from);
    }
    LittleEndian.putShort(bytes, at + 2 * length, (short) 0);
    return at;
  }

  /** Points at a string, or stays NULL for null. */
  void text(int at, String text, boolean wide, Charset ansi) {
    if (text != null) {
      point(at, wide ? wide(text) : terminated(text.getBytes(ansi)));
    }
  }

  /** Points at a wide string, or stays NULL for null. */
  void wideText(int at, String text) {
    if (text != null) {
      point(at, wide(text));
    }
  }

  /** Copies bytes into room that was placed. */
  void copy(Bytes source, int at) {
    source.copyTo(0, bytes, at, source.size());
  }

  /** Points at bytes and writes their count; NULL and 0 for null and for none. */
  void counted(int count, int pointer, Bytes data) {
    if (data != null && !data.isEmpty()) {
      putInt(count, data.size());
      point(pointer, raw(data.sharedArray()));
    }
  }

  /** Points at a GUID, or stays NULL for null. */
  void guid(int at, Guid guid) {
    if (guid != null) {
      int target = place(Layouts.GUID);
      putGuid(target, guid);
      point(at, target);
    }
  }

  /** Allocates a chain for this block and copies it there; its address. */
  long publish(NativeMemory memory, Allocators allocators) {
    long address = allocators.allocateBuffer(end);
    write(memory, address);
    return address;
  }

  /** Copies this block to an address; its pointers then hold there. */
  void write(NativeMemory memory, long address) {
    byte[] image = bytes;
    for (int i = 0; i < pointerCount; i++) {
      int at = pointers[i];
      LittleEndian.putLong(image, at, LittleEndian.getLong(image, at) + address);
    }
    memory.write(address, image, 0, end);
  }
}
