package org.mapi4j.com;

import com.sun.jna.Pointer;

/** Memory by JNA. */
final class JnaMemory implements NativeMemory {
  @Override
  public void read(long address, byte[] target, int offset, int length) {
    new Pointer(address).read(0, target, offset, length);
  }

  @Override
  public void write(long address, byte[] source, int offset, int length) {
    new Pointer(address).write(0, source, offset, length);
  }

  @Override
  public int getInt(long address) {
    return new Pointer(address).getInt(0);
  }

  @Override
  public long getLong(long address) {
    return new Pointer(address).getLong(0);
  }

  @Override
  public void putInt(long address, int value) {
    new Pointer(address).setInt(0, value);
  }

  @Override
  public void putLong(long address, long value) {
    new Pointer(address).setLong(0, value);
  }

  @Override
  public long allocate(long size) {
    long address = JnaThunks.LibC.calloc(1, Math.max(size, 1));
    if (address == 0) {
      throw new OutOfMemoryError("calloc of " + size + " bytes");
    }
    return address;
  }

  @Override
  public void free(long address) {
    JnaThunks.LibC.free(address);
  }
}
