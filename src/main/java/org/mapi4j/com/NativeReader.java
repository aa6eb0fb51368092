package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;

import com.google.errorprone.annotations.FormatMethod;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.mapi4j.types.Bytes;

/**
 * Copies of native memory within the limits of one call: every count is checked before anything is
 * read or allocated, and all copies together stay within {@link ComLimits#callBytesMax}. Throws
 * {@link ComFault} MAPI_E_INVALID_PARAMETER that names what was read, by its toString. Confined to
 * one thread.
 */
final class NativeReader {
  private static final int PAGE = 4096;
  private static final int FIRST_SCAN = 128;
  private static final byte[] NONE = {};

  private final NativeMemory memory;
  private final Charset ansi;
  private final ComLimits limits;
  private long left;
  private byte[] scan = NONE;

  NativeReader(NativeMemory memory, Charset ansi, ComLimits limits) {
    this.memory = memory;
    this.ansi = ansi;
    this.limits = limits;
    this.left = limits.callBytesMax();
  }

  ComLimits limits() {
    return limits;
  }

  @FormatMethod
  static ComFault invalid(String message, Object... values) {
    return new ComFault(MAPI_E_INVALID_PARAMETER, message.formatted(values));
  }

  /** A ULONG. */
  long count(long address) {
    return Integer.toUnsignedLong(memory.getInt(address));
  }

  /** An array of structures, which begins at an address. */
  byte[] array(Object what, long address, long count, int size) {
    if (count > limits.elementsMax()) {
      throw invalid("%s: %d elements, at most %d", what, count, limits.elementsMax());
    }
    return count == 0 ? NONE : copy(what, address, count * size);
  }

  /** One structure. */
  byte[] structure(Object what, long address, int size) {
    return copy(what, address, size);
  }

  /** A binary value. */
  Bytes data(Object what, long address, long count) {
    if (count > limits.bytesMax()) {
      throw invalid("%s: %d bytes, at most %d", what, count, limits.bytesMax());
    }
    return count == 0 ? Bytes.EMPTY : Bytes.wrap(copy(what, address, count));
  }

  /** A binary value, null where the pointer is NULL and the count 0. */
  Bytes optional(Object what, long address, long count) {
    return address == 0 && count == 0 ? null : data(what, address, count);
  }

  private byte[] copy(Object what, long address, long length) {
    require(what, address);
    charge(what, length);
    if (length > Block.BYTES_MAX) {
      throw invalid("%s: %d bytes are more than an array holds", what, length);
    }
    byte[] copy = new byte[(int) length];
    memory.read(address, copy, 0, copy.length);
    return copy;
  }

  private static void require(Object what, long address) {
    if (address == 0) {
      throw invalid("%s: a pointer is NULL", what);
    }
  }

  private void charge(Object what, long length) {
    if (length > left) {
      throw invalid("%s: a call passes more than %d bytes", what, limits.callBytesMax());
    }
    left -= length;
  }

  /** A string up to its NUL; null for NULL. */
  String text(Object what, long address, boolean wide) {
    if (address == 0) {
      return null;
    }
    if (!wide) {
      int length = scan(what, address, 1);
      return new String(scan, 0, length, ansi);
    }
    int length = scan(what, address, 2) / 2;
    char[] units = new char[length];
    for (int i = 0; i < length; i++) {
      units[i] = (char) LittleEndian.getShort(scan, 2 * i);
    }
    return new String(units);
  }

  /** A string that must be there. */
  String requiredText(Object what, long address) {
    require(what, address);
    return text(what, address, true);
  }

  /** The bytes of a narrow string that must be there. */
  Bytes requiredNarrow(Object what, long address) {
    require(what, address);
    int length = scan(what, address, 1);
    return Bytes.copyOf(scan, 0, length);
  }

  /**
   * Copies a string into the scan array; its bytes without the NUL. No page is touched before the
   * pages in front of it turned out to hold no NUL, since the next one may not be mapped.
   */
  private int scan(Object what, long address, int unit) {
    int length = 0;
    while (true) {
      long at = address + length;
      int toPage = PAGE - (int) (at & PAGE - 1);
      // A unit that straddles two pages needs both.
      int step = Math.max(unit, Math.min(toPage, Math.max(FIRST_SCAN, length)) & -unit);
      if (length / unit > limits.textUnitsMax()) {
        throw invalid("%s: a string of more than %d units", what, limits.textUnitsMax());
      }
      charge(what, step);
      if (length + step > scan.length) {
        scan = Arrays.copyOf(scan, Math.max(length + step, 2 * length));
      }
      memory.read(at, scan, length, step);
      int end = length + step;
      for (; length < end; length += unit) {
        if (scan[length] == 0 && (unit == 1 || scan[length + 1] == 0)) {
          return checked(what, length, unit);
        }
      }
    }
  }

  private int checked(Object what, int length, int unit) {
    if (length / unit > limits.textUnitsMax()) {
      throw invalid("%s: a string of more than %d units", what, limits.textUnitsMax());
    }
    return length;
  }
}
