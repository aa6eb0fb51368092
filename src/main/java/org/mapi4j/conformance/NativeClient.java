package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;

/**
 * A C program within a check: it calls slots by their names and reads what they wrote. Its memory,
 * and the pointers it owns, are given back after the check.
 */
final class NativeClient {
  /** What a variable of C may hold before it is an output. */
  static final long GARBAGE = 0x5A5A_5A5A_5A5A_5A5AL;

  /** Bytes of an SPropValue. */
  static final int PROP_BYTES = 24;

  /** Bytes of an SRow. */
  static final int ROW_BYTES = 16;

  final NativeSide side;
  private final Context c;
  private NativeSide.Ledger ledger;
  private long store;

  NativeClient(Context c) {
    this.c = c;
    side = c.nativeSide();
  }

  /** A property as it lies in memory. */
  record RawProp(int tag, long union, long second) {
    /** The lower half of the union. */
    int number() {
      return (int) union;
    }
  }

  // Memory

  /** Zeroed memory. */
  long memory(int size) {
    long address = side.allocate(size);
    c.after(() -> side.free(address));
    return address;
  }

  /** Memory with these bytes. */
  long put(byte[] bytes) {
    long address = memory(Math.max(8, bytes.length));
    side.write(address, bytes);
    return address;
  }

  /** Memory with these bytes; 0 for null. */
  long put(Bytes bytes) {
    return bytes == null ? 0 : put(bytes.toArray());
  }

  /** A variable of 8 bytes that holds garbage. */
  long out() {
    return put(word(GARBAGE));
  }

  /** The bytes of a word. */
  static byte[] word(long word) {
    byte[] bytes = new byte[8];
    little(bytes).putLong(word);
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer at(long address, int size) {
    return little(side.read(address, size));
  }

  /** A ULONG in memory. */
  int number(long address) {
    return at(address, 4).getInt();
  }

  /** A pointer in memory. */
  long pointer(long address) {
    return at(address, 8).getLong();
  }

  /** An IID. */
  long guid(Guid guid) {
    return put(guid.toBytes());
  }

  /** An SPropTagArray. */
  long tags(int... tags) {
    return put(tagBytes(tags));
  }

  /** The bytes of an SPropTagArray. */
  static byte[] tagBytes(int... tags) {
    byte[] bytes = new byte[4 + 4 * tags.length];
    ByteBuffer buffer = little(bytes).putInt(tags.length);
    for (int tag : tags) {
      buffer.putInt(tag);
    }
    return bytes;
  }

  /** A wide string. */
  long wide(String text) {
    return put((text + '\0').getBytes(StandardCharsets.UTF_16LE));
  }

  /** A string of ASCII. */
  long narrow(String text) {
    return put((text + '\0').getBytes(StandardCharsets.US_ASCII));
  }

  /** The bytes of an SPropValue. */
  static byte[] propBytes(int tag, long union, long second) {
    byte[] bytes = new byte[PROP_BYTES];
    little(bytes).putInt(tag).putInt(0).putLong(union).putLong(second);
    return bytes;
  }

  /** The tag of the first property of an array. */
  static int tagOf(byte[] props) {
    return little(props).getInt();
  }

  /** The properties of an array. */
  List<RawProp> props(long address, int count) {
    List<RawProp> props = new ArrayList<>();
    require(address);
    for (int i = 0; i < count; i++) {
      ByteBuffer one = at(address + (long) PROP_BYTES * i, PROP_BYTES);
      props.add(new RawProp(one.getInt(0), one.getLong(8), one.getLong(16)));
    }
    return props;
  }

  /** The wide string at an address. */
  String wideAt(long address) {
    require(address);
    StringBuilder text = new StringBuilder();
    for (char unit; (unit = at(address + 2L * text.length(), 2).getChar()) != 0; ) {
      text.append(unit);
    }
    return text.toString();
  }

  /** What is no address must not end the process. */
  private static void require(long address) {
    if (address == 0 || address == GARBAGE) {
      throw new CheckFailed(
          "expected what an output points to, found the pointer 0x%X".formatted(address));
    }
  }

  /** The string of ASCII at an address. */
  String narrowAt(long address) {
    require(address);
    StringBuilder text = new StringBuilder();
    for (byte unit; (unit = side.read(address + text.length(), 1)[0]) != 0; ) {
      text.append((char) (unit & 0xFF));
    }
    return text.toString();
  }

  // Calls

  /** Calls a method; the result is an HRESULT or a number. */
  int call(Class<? extends IUnknown> type, String method, long object, long... words) {
    return side.call(object, slot(type, method), words);
  }

  /** The slot of a method. */
  static int slot(Class<? extends IUnknown> type, String method) {
    return Vtables.of(type).stream()
        .filter(slot -> slot.name().equals(method))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName() + "::" + method))
        .index();
  }

  /** Set-up: a call that must succeed. */
  void need(Class<? extends IUnknown> type, String method, long object, long... words) {
    c.need(call(type, method, object, words), method);
  }

  /** AddRef. */
  @CanIgnoreReturnValue
  int addRef(long object) {
    return side.call(object, 1);
  }

  /** Release. */
  @CanIgnoreReturnValue
  int release(long object) {
    return side.call(object, 2);
  }

  /** Releases a pointer after the check. */
  @CanIgnoreReturnValue
  long own(long object) {
    c.after(() -> release(object));
    return object;
  }

  /** QueryInterface; {@code ppv} receives the pointer. */
  int query(long object, Guid iid, long ppv) {
    return side.call(object, 0, guid(iid), ppv);
  }

  /** Set-up: the pointer that an output holds after a call that must have succeeded. */
  long owned(int hr, long out, String call) {
    c.need(hr, call);
    long object = pointer(out);
    if (object == 0 || object == GARBAGE) {
      throw new CheckFailed("set-up: %s: %s without an object".formatted(call, HResult.name(hr)));
    }
    return own(object);
  }

  /**
   * The address of an export of the native library. Without a library the check does not apply;
   * without the export it fails.
   */
  long function(String export) {
    long address = side.symbol(export);
    if (address == 0 && !side.missingLibrary().isEmpty()) {
      throw new NotApplicable(side.missingLibrary(), true);
    }
    if (address == 0) {
      throw new CheckFailed("the native library exports no " + export);
    }
    return address;
  }

  /** Calls an export whose result has 32 bits. */
  int callExport(String export, long... words) {
    return (int) side.callFunction(function(export), words);
  }

  // Objects

  /** The routines that this client's session allocates with. */
  NativeSide.Ledger ledger() {
    if (ledger == null) {
      ledger = side.newLedger();
      c.after(ledger::close);
    }
    return ledger;
  }

  /** MAPIFreeBuffer of the session. */
  void free(long block) {
    c.need((int) side.callFunction(ledger().freeBuffer(), block), "MAPIFreeBuffer");
  }

  /** The block of the session that begins at an address; null when there is none. */
  NativeSide.Block block(long address) {
    return ledger().live().stream()
        .filter(block -> block.address() == address)
        .findFirst()
        .orElse(null);
  }

  /** The check's session: an IMsgStore, read/write. */
  long store() throws Exception {
    if (store == 0) {
      store = own(side.openStore(true, ledger()));
    }
    return store;
  }

  /** A session that the check releases itself. */
  long freshStore() throws Exception {
    return side.openStore(true, ledger());
  }

  /** An object of a session, opened for modification; null is the root folder. */
  long open(long in, Bytes entryId) {
    long out = out();
    int hr =
        call(
            IMsgStore.class,
            "OpenEntry",
            in,
            entryId == null ? 0 : entryId.size(),
            put(entryId),
            0,
            MAPI_MODIFY,
            out(),
            out);
    return owned(hr, out, "OpenEntry");
  }
}
