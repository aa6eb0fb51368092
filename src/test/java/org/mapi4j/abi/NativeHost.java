package org.mapi4j.abi;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;
import static org.mapi4j.types.SPropTagArray.tags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.Vtables;
import org.mapi4j.client.MapiException;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.MapiHost;
import org.mapi4j.conformance.NativeSide;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** A host written in C (host.c): its support object and profile section, and what they noted. */
final class NativeHost implements MapiHost {
  private static final int ADD_REF = 1;
  private static final int WRAPPING_BYTES = 8;

  private final Library library;
  private final Foreign.Routines routines;
  private final long pointer;
  private final IMAPISupport support;

  /** With a profile section of these properties, and the routines of a ledger. */
  NativeHost(Library library, List<SPropValue> section, NativeSide.Ledger ledger) {
    this.library = library;
    this.routines =
        new Foreign.Routines(ledger.allocateBuffer(), ledger.allocateMore(), ledger.freeBuffer());
    this.pointer =
        library.call(
            "host_support", ledger.allocateBuffer(), ledger.allocateMore(), ledger.freeBuffer());
    this.support = Foreign.adopt(pointer, IMAPISupport.class, routines);
    if (!section.isEmpty()) {
      try (IProfSect profile = section("host_section")) {
        MapiException.require(profile.setProps(section), "SetProps");
      }
    }
  }

  /** The library that host.c was built to. */
  record Library(Path file) {
    /** Calls a function; the result is the whole word. */
    long call(String function, long... arguments) {
      long address = NativeCalls.symbol(file.toString(), function);
      if (address == 0) {
        throw new IllegalStateException(file + " exports no " + function);
      }
      return NativeCalls.callFunction(address, arguments);
    }

    /** Calls a function whose result has 32 bits. */
    int number(String function, long... arguments) {
      return (int) call(function, arguments);
    }
  }

  private IProfSect section(String function, long... arguments) {
    long[] words = new long[arguments.length + 1];
    words[0] = pointer;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return Foreign.adopt(library.call(function, words), IProfSect.class, routines);
  }

  private static List<SPropValue> all(IProfSect section) {
    return MapiException.require(section.getProps(IProfSect.ALL_PROPS, MAPI_UNICODE), "GetProps");
  }

  @Override
  public IMAPISupport support() {
    return support;
  }

  @Override
  public long supportPointer(NativeSide side) {
    if (side.call(pointer, ADD_REF) < 2) {
      throw new IllegalStateException("AddRef of the support object");
    }
    return pointer;
  }

  @Override
  public long count(String method) {
    return library.number("host_calls", pointer, slot(method));
  }

  private static int slot(String method) {
    return Vtables.of(IMAPISupport.class).stream()
        .filter(slot -> slot.name().equals(method))
        .findFirst()
        .orElseThrow()
        .index();
  }

  @Override
  public List<List<SPropValue>> statusRows() {
    List<List<SPropValue>> rows = new ArrayList<>();
    for (long i = 0; i < count("ModifyStatusRow"); i++) {
      try (IProfSect row = section("host_row", i)) {
        rows.add(all(row));
      }
    }
    return rows;
  }

  @Override
  public List<Bytes> wrapped() {
    try (IProfSect given = section("host_wrapped")) {
      return all(given).stream().map(SPropValue::asBytes).toList();
    }
  }

  @Override
  public SPropValue get(int tag) {
    try (IProfSect profile = section("host_section")) {
      return MapiException.require(profile.getProps(tags(tag), MAPI_UNICODE), "GetProps").get(0);
    }
  }

  @Override
  public Bytes storeId() {
    Bytes wrapped = get(PR_ENTRYID).asBytes();
    return wrapped.slice(WRAPPING_BYTES, wrapped.size());
  }

  @Override
  public void close() {
    support.close();
  }
}
