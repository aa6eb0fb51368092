package org.mapi4j.com;

/**
 * The memory of this process by address. Reading or writing an address that is not mapped ends the
 * process, as in C: callers check for NULL and bound every count first. Any thread.
 */
interface NativeMemory {
  /** Copies memory into an array. */
  void read(long address, byte[] target, int offset, int length);

  /** Copies from an array into memory. */
  void write(long address, byte[] source, int offset, int length);

  /** 4 bytes, little-endian. */
  int getInt(long address);

  /** 8 bytes, little-endian: a pointer or a 64-bit number. */
  long getLong(long address);

  /** Writes 4 bytes. */
  void putInt(long address, int value);

  /** Writes 8 bytes. */
  void putLong(long address, long value);

  /** malloc: 16-byte aligned, never 0; zeroed. Throws OutOfMemoryError. */
  long allocate(long size);

  /** free of what {@link #allocate} gave; 0 is harmless. */
  void free(long address);
}
