package org.mapi4j.com;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Memory by the foreign function interface: plain loads and stores. */
@SuppressWarnings("restricted") // they are what this class is for
final class FfmMemory implements NativeMemory {
  /** All that a process can address. */
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final MethodHandle CALLOC =
      function("calloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(JAVA_LONG));

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  @Override
  public void read(long address, byte[] target, int offset, int length) {
    MemorySegment.copy(ALL, JAVA_BYTE, address, target, offset, length);
  }

  @Override
  public void write(long address, byte[] source, int offset, int length) {
    MemorySegment.copy(source, offset, ALL, JAVA_BYTE, address, length);
  }

  @Override
  public int getInt(long address) {
    return ALL.get(JAVA_INT_UNALIGNED, address);
  }

  @Override
  public long getLong(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  @Override
  public void putInt(long address, int value) {
    ALL.set(JAVA_INT_UNALIGNED, address, value);
  }

  @Override
  public void putLong(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  @Override
  public long allocate(long size) {
    try {
      long address = (long) CALLOC.invokeExact(1L, Math.max(size, 1));
      if (address == 0) {
        throw new OutOfMemoryError("calloc of " + size + " bytes");
      }
      return address;
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new AssertionError(checked);
    }
  }

  @Override
  public void free(long address) {
    try {
      FREE.invokeExact(address);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new AssertionError(checked);
    }
  }
}
