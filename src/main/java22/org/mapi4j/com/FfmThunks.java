package org.mapi4j.com;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/** Thunks by the foreign function interface of Java 22 and later. */
@SuppressWarnings("restricted") // they are what this class is for
final class FfmThunks implements Thunks {
  private static final Linker LINKER = Linker.nativeLinker();

  private final NativeMemory memory = new FfmMemory();

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  public NativeMemory memory() {
    return memory;
  }

  @Override
  public long function(MethodHandle target) {
    FunctionDescriptor words = words(target.type().parameterCount());
    return LINKER.upcallStub(target, words, Arena.global()).address();
  }

  @Override
  public MethodHandle caller(int words) {
    try {
      MethodHandle segment =
          MethodHandles.lookup()
              .findStatic(
                  MemorySegment.class,
                  "ofAddress",
                  MethodType.methodType(MemorySegment.class, long.class));
      return MethodHandles.filterArguments(LINKER.downcallHandle(words(words)), 0, segment);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(renamed.getMessage(), renamed);
    }
  }

  @Override
  public MethodHandle bound(long function, int words) {
    return LINKER.downcallHandle(MemorySegment.ofAddress(function), words(words));
  }

  @Override
  public long symbol(String library, String name) {
    try {
      return SymbolLookup.libraryLookup(library, Arena.global())
          .find(name)
          .map(MemorySegment::address)
          .orElse(0L);
    } catch (IllegalArgumentException absent) {
      return 0;
    }
  }

  private static FunctionDescriptor words(int count) {
    MemoryLayout[] words = new MemoryLayout[count];
    Arrays.fill(words, ValueLayout.JAVA_LONG);
    return FunctionDescriptor.of(ValueLayout.JAVA_LONG, words);
  }
}
