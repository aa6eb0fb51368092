package org.mapi4j.com;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.STATSTG;

/**
 * Every C type of the parameter descriptors that is a value, with how to make one, carry it out and
 * carry it in again. Names are those of java-types.tsv.
 */
final class CrossingTypes {
  /** A value and the way across and back. */
  record Crossing<T>(
      Function<RandomValues, T> make, Out<T> out, In<T> in, Function<T, Integer> count) {
    /** Sends a value out and reads it back; the chains that hold it. */
    Result<T> cross(FakeMemory memory, RecordingAllocators allocators, RandomValues values) {
      T value = make.apply(values);
      Encoder encoder = new Encoder(memory, allocators, ISO_8859_1);
      Decoder decoder = new Decoder(memory, ISO_8859_1, ComLimits.DEFAULT);
      long address = out.encode(encoder, value);
      return new Result<>(value, address, in.decode(decoder, address, count.apply(value)));
    }
  }

  /** What went out, where, and what came back. */
  record Result<T>(T sent, long address, T received) {}

  /** Carries a value out. */
  interface Out<T> {
    long encode(Encoder encoder, T value);
  }

  /** Carries a value in. */
  interface In<T> {
    T decode(Decoder decoder, long address, long count);
  }

  private static <T> Crossing<T> one(Function<RandomValues, T> make, Out<T> out, In<T> in) {
    return new Crossing<>(make, out, in, value -> 1);
  }

  private static <T> Crossing<List<T>> list(
      Function<RandomValues, T> make, Out<List<T>> out, In<List<T>> in) {
    return new Crossing<>(values -> values.list(5, () -> make.apply(values)), out, in, List::size);
  }

  private static final Crossing<?> BYTES =
      new Crossing<>(
          RandomValues::entryId,
          Encoder::bytes,
          (decoder, address, count) -> decoder.bytes(address, count),
          Bytes::size);
  private static final Crossing<?> GUID =
      one(RandomValues::guid, Encoder::guid, (d, address, count) -> d.guid(address));
  private static final Crossing<?> GUIDS = list(RandomValues::guid, Encoder::guids, Decoder::guids);
  private static final Crossing<?> WIDE =
      one(RandomValues::text, (e, v) -> e.text(v, true), (d, a, n) -> d.text(a, true));
  private static final Crossing<?> NARROW =
      one(RandomValues::narrow, (e, v) -> e.text(v, false), (d, a, n) -> d.text(a, false));
  private static final Crossing<?> TAGS =
      one(RandomValues::tags, Encoder::tags, (d, a, n) -> d.tags(a));
  private static final Crossing<?> PROPS = list(RandomValues::prop, Encoder::props, Decoder::props);
  private static final Crossing<?> NUMBERS =
      list(RandomValues::number, Encoder::numbers, Decoder::numbers);
  private static final Crossing<?> NAMES =
      new Crossing<>(RandomValues::names, Encoder::names, Decoder::names, List::size);
  private static final Crossing<?> NOTIFICATIONS =
      list(RandomValues::notification, (e, v) -> e.notifications(v, false), Decoder::notifications);
  private static final Crossing<?> RESTRICTION =
      one(v -> v.restriction(4), Encoder::restriction, (d, a, n) -> d.restriction(a));
  private static final Crossing<?> SORT_ORDER =
      one(RandomValues::sortOrder, Encoder::sortOrder, (d, a, n) -> d.sortOrder(a));
  private static final Crossing<?> ROW =
      one(RandomValues::row, Encoder::row, (d, a, n) -> d.row(a));
  private static final Crossing<?> ROWS =
      one(RandomValues::rows, Encoder::rows, (d, a, n) -> d.rows(a));
  private static final Crossing<?> ADDRESSES =
      one(RandomValues::addressList, Encoder::addressList, (d, a, n) -> d.addressList(a));
  private static final Crossing<?> ENTRIES =
      one(RandomValues::entryList, Encoder::entryList, (d, a, n) -> d.entryList(a));

  /** By the C type of java-types.tsv; types that end in "(ansi)" cross a second way. */
  static final Map<String, Crossing<?>> BY_TYPE =
      Map.ofEntries(
          entry("LPTSTR", WIDE),
          entry("LPTSTR (ansi)", NARROW),
          entry("LPSTR", NARROW),
          entry("LPTSTR *", WIDE),
          entry(
              "LPTSTR ** counted",
              list(
                  RandomValues::text,
                  (e, v) -> e.texts(v, true),
                  (d, a, n) -> d.texts(a, n, true))),
          entry(
              "LPTSTR ** counted (ansi)",
              list(
                  RandomValues::narrow,
                  (e, v) -> e.texts(v, false),
                  (d, a, n) -> d.texts(a, n, false))),
          entry("LPCIID", GUID),
          entry("LPCIID counted", GUIDS),
          entry("REFIID", GUID),
          entry("LPGUID", GUID),
          entry("LPMAPIUID", GUID),
          entry("MAPIUID *", GUID),
          entry("LPMAPIUID counted", GUIDS),
          entry(
              "LPMAPIUID ** counted",
              list(RandomValues::guid, Encoder::guidPointers, Decoder::guidPointers)),
          entry("LPENTRYID counted", BYTES),
          entry("LPENTRYID * counted", BYTES),
          entry("LPBYTE counted", BYTES),
          entry("LPBYTE * counted", BYTES),
          entry(
              "LPNOTIFKEY",
              one(RandomValues::bytes, Encoder::notifyKey, (d, a, n) -> d.notifyKey(a))),
          entry("LPNOTIFICATION", NOTIFICATIONS),
          entry("LPNOTIFICATION counted", NOTIFICATIONS),
          entry(
              "LPMAPIERROR *",
              one(
                  v -> v.mapiError(true),
                  (e, v) -> e.mapiError(v, true),
                  (d, a, n) -> d.mapiError(a, true))),
          entry(
              "LPMAPIERROR * (ansi)",
              one(
                  v -> v.mapiError(false),
                  (e, v) -> e.mapiError(v, false),
                  (d, a, n) -> d.mapiError(a, false))),
          entry("LPSPropTagArray", TAGS),
          entry("LPSPropTagArray *", TAGS),
          entry("LPSPropValue", PROPS),
          entry("LPSPropValue counted", PROPS),
          entry("LPSPropValue * counted", PROPS),
          entry(
              "LPSPropProblemArray *",
              list(RandomValues::problem, Encoder::problems, (d, a, n) -> d.problems(a))),
          entry("LPMAPINAMEID * counted", NAMES),
          entry("LPMAPINAMEID ** counted", NAMES),
          entry("LPSRestriction", RESTRICTION),
          entry("LPSRestriction *", RESTRICTION),
          entry("LPSSortOrderSet", SORT_ORDER),
          entry("LPSSortOrderSet *", SORT_ORDER),
          entry("LPSRow", ROW),
          entry("LPSRow *", ROW),
          entry("LPSRowSet", ROWS),
          entry("LPSRowSet *", ROWS),
          entry("LPENTRYLIST", ENTRIES),
          entry("LPENTRYLIST *", ENTRIES),
          entry("LPADRLIST", ADDRESSES),
          entry("LPADRLIST *", ADDRESSES),
          entry(
              "LPADRENTRY",
              one(
                  RandomValues::addressEntry,
                  Encoder::addressEntry,
                  (d, a, n) -> d.addressEntry(a))),
          entry(
              "LPADRPARM",
              one(
                  RandomValues::addressParameters,
                  (e, v) -> e.addressParameters(v, AddressCallbacks.NONE),
                  (d, a, n) -> d.addressParameters(a, null, null, null))),
          entry(
              "LPFlagList",
              one(RandomValues::numbers, Encoder::flagList, (d, a, n) -> d.flagList(a))),
          entry(
              "LPOPTIONDATA * counted",
              list(
                  v -> v.option(true),
                  (e, v) -> e.options(v, true),
                  (d, a, n) -> d.options(a, n, true))),
          entry(
              "LPOPTIONDATA * counted (ansi)",
              list(
                  v -> v.option(false),
                  (e, v) -> e.options(v, false),
                  (d, a, n) -> d.options(a, n, false))),
          entry("ULONG * rgulAccess", NUMBERS),
          entry("ULONG **", NUMBERS));

  private CrossingTypes() {}

  /** STATSTG * has no chain: it fills memory of the caller. */
  static STATSTG statstg(FakeMemory memory, RecordingAllocators allocators, STATSTG sent) {
    long target = memory.allocateDirty(Layouts.STATSTG_BYTES);
    new Encoder(memory, allocators, ISO_8859_1).statstg(sent, target);
    return new Decoder(memory, ISO_8859_1, ComLimits.DEFAULT).statstg(target);
  }
}
