package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.Vtables.Parameter;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;

/** The C types of parameters: numbers by their width, everything else by its carrier. */
final class CTypes {
  private static final Map<String, Integer> NUMBERS = new HashMap<>();
  private static final Map<String, Carrier> CARRIERS = new HashMap<>();

  static {
    for (String type : List.of("ULONG", "LONG", "DWORD", "HRESULT")) {
      NUMBERS.put(type, 4);
    }
    for (String type :
        List.of(
            "BOOKMARK",
            "ULONG_PTR",
            "LARGE_INTEGER",
            "ULARGE_INTEGER",
            "LPALLOCATEBUFFER",
            "LPALLOCATEMORE",
            "LPFREEBUFFER")) {
      NUMBERS.put(type, 8);
    }
    strings();
    identifiers();
    properties();
    rows();
    others();
  }

  private CTypes() {}

  private static void strings() {
    Carrier text = ValueCarrier.<String>chain((d, p, n, wide) -> d.text(p, wide), Encoder::text);
    CARRIERS.put("LPTSTR", text);
    CARRIERS.put("LPSTR", text);
    CARRIERS.put("LPTSTR * counted", ValueCarrier.list(Decoder::texts, Encoder::texts));
  }

  private static void identifiers() {
    Carrier guid = ValueCarrier.<Guid>chain((d, p, n, w) -> d.guid(p), (e, v, w) -> e.guid(v));
    for (String type : List.of("LPCIID", "REFIID", "LPGUID", "LPMAPIUID")) {
      CARRIERS.put(type, guid);
    }
    Carrier guids =
        ValueCarrier.list(
            (d, p, n, w) -> d.guids(p, n), (Encoder e, List<Guid> v, boolean w) -> e.guids(v));
    CARRIERS.put("LPCIID counted", guids);
    CARRIERS.put("LPMAPIUID counted", guids);
    CARRIERS.put(
        "LPMAPIUID * counted",
        ValueCarrier.list((d, p, n, w) -> d.guidPointers(p, n), (e, v, w) -> e.guidPointers(v)));
    Carrier bytes = ValueCarrier.chain((d, p, n, w) -> d.bytes(p, n), (e, v, w) -> e.bytes(v));
    CARRIERS.put("LPENTRYID counted", bytes);
    CARRIERS.put("LPBYTE counted", bytes);
    CARRIERS.put(
        "LPNOTIFKEY",
        ValueCarrier.chain((d, p, n, w) -> d.notifyKey(p), (e, v, w) -> e.notifyKey(v)));
    CARRIERS.put(
        "LPMAPINAMEID * counted",
        ValueCarrier.chain((d, p, n, w) -> d.names(p, n), (e, v, w) -> e.names(v)));
  }

  private static void properties() {
    CARRIERS.put(
        "LPSPropTagArray", ValueCarrier.chain((d, p, n, w) -> d.tags(p), (e, v, w) -> e.tags(v)));
    CARRIERS.put(
        "LPSPropValue counted",
        ValueCarrier.list((d, p, n, w) -> d.props(p, n), (e, v, w) -> e.props(v)));
    CARRIERS.put(
        "LPSPropValue",
        ValueCarrier.chain((d, p, n, w) -> d.props(p, 1).get(0), (e, v, w) -> e.props(List.of(v))));
    CARRIERS.put(
        "LPSPropProblemArray",
        ValueCarrier.list((d, p, n, w) -> d.problems(p), (e, v, w) -> e.problems(v)));
    CARRIERS.put(
        "LPSRestriction",
        ValueCarrier.chain((d, p, n, w) -> d.restriction(p), (e, v, w) -> e.restriction(v)));
    CARRIERS.put(
        "LPSSortOrderSet",
        ValueCarrier.chain((d, p, n, w) -> d.sortOrder(p), (e, v, w) -> e.sortOrder(v)));
  }

  private static void rows() {
    CARRIERS.put("LPSRow", ValueCarrier.chain((d, p, n, w) -> d.row(p), (e, v, w) -> e.row(v)));
    CARRIERS.put("LPSRowSet", ValueCarrier.rows((d, p, n, w) -> d.rows(p), (e, v, w) -> e.rows(v)));
    CARRIERS.put(
        "LPADRLIST",
        ValueCarrier.rows((d, p, n, w) -> d.addressList(p), (e, v, w) -> e.addressList(v)));
    CARRIERS.put(
        "LPADRENTRY",
        ValueCarrier.chain((d, p, n, w) -> d.addressEntry(p), (e, v, w) -> e.addressEntry(v)));
    CARRIERS.put(
        "LPENTRYLIST",
        ValueCarrier.chain((d, p, n, w) -> d.entryList(p), (e, v, w) -> e.entryList(v)));
    CARRIERS.put(
        "LPFlagList",
        ValueCarrier.chain((d, p, n, w) -> d.flagList(p), (e, v, w) -> e.flagList(v)));
  }

  private static void others() {
    CARRIERS.put(
        "LPNOTIFICATION counted",
        ValueCarrier.list(Decoder::notifications, Encoder::notifications));
    CARRIERS.put(
        "LPNOTIFICATION",
        ValueCarrier.chain(
            (d, p, n, w) -> d.notifications(p, 1).get(0),
            (e, v, w) -> e.notifications(List.of(v), w)));
    CARRIERS.put(
        "LPMAPIERROR", ValueCarrier.chain((d, p, n, w) -> d.mapiError(p, w), Encoder::mapiError));
    CARRIERS.put("LPOPTIONDATA counted", ValueCarrier.list(Decoder::options, Encoder::options));
    CARRIERS.put(
        "ULONG * counted",
        ValueCarrier.list((d, p, n, w) -> d.numbers(p, n), (e, v, w) -> e.numbers(v)));
    CARRIERS.put(
        "LPULONG",
        ValueCarrier.chain(
            (d, p, n, w) -> d.numbers(p, 1).get(0), (e, v, w) -> e.numbers(List.of(v))));
    CARRIERS.put(
        "LPVOID",
        new ValueCarrier<Object>(
            (d, p, n, w) -> p, (e, v, w) -> address(v), (logon, address) -> {}, null));
    CARRIERS.put(
        "const void * counted",
        ValueCarrier.chain(
            (d, p, n, w) -> d.bytes(p, n).sharedArray(), (e, v, w) -> e.bytes(Bytes.wrap(v))));
  }

  /** An opaque pointer, which Java has as its address. */
  private static long address(Object value) {
    if (value instanceof Long address) {
      return address;
    }
    throw new ComFault(
        MAPI_E_NO_SUPPORT, "a %s cannot cross as data".formatted(value.getClass().getSimpleName()));
  }

  /** Bytes of a number in memory; 0 for what is none. */
  static int numberBytes(String type) {
    return NUMBERS.getOrDefault(type, 0);
  }

  /** The type that an output points at. */
  static String pointed(String type) {
    if (!type.endsWith("*")) {
      throw new IllegalArgumentException(type + " is no pointer by its name");
    }
    return type.substring(0, type.length() - 1).strip();
  }

  /** The carrier of a type that is no object; null where there is none yet. */
  static Carrier carrier(String type, Parameter parameter) {
    return CARRIERS.get(parameter.count().isEmpty() ? type : type + " counted");
  }
}
