package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiTags;
import org.mapi4j.util.CompoundEID;
import org.mapi4j.util.MapiUtil;

/** Helper functions for text, identifiers and conversations. */
final class UtilTextChecks {
  private static final int HEADER_BYTES = 22;
  private static final int CHILD_BYTES = 5;
  private static final long DAY_SECONDS = 86_400;
  private static final int LOW_BITS = 18;
  private static final int FAR_LOW_BITS = 23;
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  private UtilTextChecks() {}

  static void register(Checks checks) {
    hexadecimal(checks);
    names(checks);
    strings(checks);
    compound(checks);
    headers(checks);
    children(checks);
  }

  private static void hexadecimal(Checks checks) {
    checks
        .rows("UTIL-036")
        .check(
            "HexFromBin writes two upper-case digits a byte",
            c -> {
              c.assertEqual("0A", MapiUtil.hexFromBin(Bytes.of(10)), "HexFromBin(10)");
              c.assertEqual("00FFAB", MapiUtil.hexFromBin(Bytes.of(0, 255, 0xAB)), "HexFromBin");
            });
    checks
        .rows("UTIL-037")
        .check(
            "FBinFromHex and ScBinFromHexBounded take 0-9, A-F, a-f alone and keep to cb bytes",
            c -> {
              byte[] out = new byte[3];
              c.assertEqual(true, MapiUtil.fBinFromHex("0aFf9B", out), "FBinFromHex");
              c.assertEqual(Bytes.of(0x0A, 0xFF, 0x9B), Bytes.copyOf(out), "bytes");
              for (String bad : List.of("0g", "0x12", "-1", " 1")) {
                c.assertEqual(false, MapiUtil.fBinFromHex(bad, new byte[8]), bad);
                c.assertHr(
                    MAPI_E_CALL_FAILED,
                    MapiUtil.scBinFromHexBounded(bad, new byte[8], 8),
                    "ScBinFromHexBounded(" + bad + ")");
              }
              byte[] three = new byte[3];
              c.ok(MapiUtil.scBinFromHexBounded("0102", three, 2), "ScBinFromHexBounded");
              c.assertEqual(Bytes.of(1, 2, 0), Bytes.copyOf(three), "bytes");
              byte[] guarded = new byte[3];
              c.assertHr(
                  MAPI_E_CALL_FAILED,
                  MapiUtil.scBinFromHexBounded("010203", guarded, 2),
                  "ScBinFromHexBounded(3 bytes into 2)");
              c.assertEqual((byte) 0, guarded[2], "the byte after the bound");
            });
  }

  private static void names(Checks checks) {
    checks
        .rows("UTIL-038")
        .check(
            "FEqualNames: set, kind and value; text with its case",
            c -> {
              Guid set = MapiGuid.PS_PUBLIC_STRINGS;
              MAPINAMEID text = MAPINAMEID.string(set, "Name");
              MAPINAMEID number = MAPINAMEID.id(set, 0x8001);
              c.assertEqual(
                  true, MapiUtil.fEqualNames(text, MAPINAMEID.string(set, "Name")), "equal text");
              c.assertEqual(
                  true, MapiUtil.fEqualNames(number, MAPINAMEID.id(set, 0x8001)), "equal numbers");
              c.assertEqual(
                  false, MapiUtil.fEqualNames(text, MAPINAMEID.string(set, "name")), "case");
              c.assertEqual(
                  false, MapiUtil.fEqualNames(number, MAPINAMEID.id(set, 0x8002)), "numbers");
              c.assertEqual(false, MapiUtil.fEqualNames(text, number), "kinds");
              c.assertEqual(
                  false,
                  MapiUtil.fEqualNames(text, MAPINAMEID.string(MapiGuid.PS_MAPI, "Name")),
                  "sets");
            });
  }

  private static void strings(Checks checks) {
    checks
        .rows("UTIL-065")
        .check(
            "SzFindCh, SzFindLastCh and SzFindSz match exactly; NULL when absent or for NULL",
            c -> {
              c.assertEqual("bcab", MapiUtil.szFindCh("abcab", 'b'), "SzFindCh");
              c.assertEqual("b", MapiUtil.szFindLastCh("abcab", 'b'), "SzFindLastCh");
              c.assertEqual("cab", MapiUtil.szFindSz("abcab", "ca"), "SzFindSz");
              c.assertEqual(null, MapiUtil.szFindCh("abc", 'B'), "SzFindCh, other case");
              c.assertEqual(null, MapiUtil.szFindLastCh("abc", 'x'), "SzFindLastCh, absent");
              c.assertEqual(null, MapiUtil.szFindSz("abc", "BC"), "SzFindSz, other case");
              c.assertEqual(null, MapiUtil.szFindSz("ab", "abc"), "SzFindSz, larger key");
              c.assertEqual(null, MapiUtil.szFindCh(null, 'a'), "SzFindCh(NULL)");
              c.assertEqual(null, MapiUtil.szFindLastCh(null, 'a'), "SzFindLastCh(NULL)");
              c.assertEqual(null, MapiUtil.szFindSz(null, "a"), "SzFindSz(NULL, …)");
              c.assertEqual(null, MapiUtil.szFindSz("a", null), "SzFindSz(…, NULL)");
            });
    checks
        .rows("UTIL-066")
        .check(
            "UFromSz reads the digits at the start",
            c -> {
              c.assertEqual(55, MapiUtil.uFromSz("55"), "UFromSz(55)");
              c.assertEqual(5, MapiUtil.uFromSz("5a5b"), "UFromSz(5a5b)");
              c.assertEqual(0, MapiUtil.uFromSz("a5b5"), "UFromSz(a5b5)");
              c.assertEqual(0, MapiUtil.uFromSz(""), "UFromSz of no character");
              c.assertEqual(-1, MapiUtil.uFromSz("4294967295"), "UFromSz(2^32 - 1), unsigned");
            });
  }

  private static void compound(Checks checks) {
    checks
        .rows("UTIL-068")
        .check(
            "HrDecomposeEID splits what HrComposeEID joined; a simple identifier is copied",
            c -> {
              Bytes key = c.get(c.store(), MapiTags.PR_RECORD_KEY).asBytes();
              Bytes id = c.stored();
              Bytes joined = c.ok(MapiUtil.hrComposeEID(null, key, id), "HrComposeEID");
              c.assertDiffer(id, joined, "the compound identifier");
              c.assertEqual(
                  new CompoundEID(key, id),
                  c.ok(MapiUtil.hrDecomposeEID(null, joined), "HrDecomposeEID"),
                  "parts");
              c.assertEqual(
                  id,
                  c.ok(MapiUtil.hrComposeEID(null, Bytes.EMPTY, id), "HrComposeEID(no key)"),
                  "identifier without a store key");
              c.assertEqual(
                  new CompoundEID(null, id),
                  c.ok(MapiUtil.hrDecomposeEID(null, id), "HrDecomposeEID(simple)"),
                  "parts of a simple identifier");
            });
    checks
        .rows("UTIL-069")
        .check(
            "HrComposeMsgID and HrDecomposeMsgID are the same through text",
            c -> {
              Bytes key = Bytes.of(9, 8, 7);
              Bytes id = c.stored();
              String text = c.ok(MapiUtil.hrComposeMsgID(null, key, id), "HrComposeMsgID");
              Bytes joined = c.need(MapiUtil.hrComposeEID(null, key, id), "HrComposeEID");
              c.assertEqual(
                  c.need(MapiUtil.hrSzFromEntryID(joined), "HrSzFromEntryID"), text, "text");
              c.assertEqual(
                  new CompoundEID(key, id),
                  c.ok(MapiUtil.hrDecomposeMsgID(null, text), "HrDecomposeMsgID"),
                  "parts");
            });
  }

  private static Bytes index(Context c, Bytes parent, Instant time) {
    return c.ok(
        MapiUtil.scCreateConversationIndex(
            parent, Clock.fixed(time, ZoneOffset.UTC), new Random(7)),
        "ScCreateConversationIndex");
  }

  private static void headers(Checks checks) {
    checks
        .rows("UTIL-043", "UTIL-052")
        .check(
            "without a parent 22 bytes: 1, five bytes of time, a GUID; with one, 5 bytes more",
            c -> {
              for (Bytes none : new Bytes[] {null, Bytes.EMPTY}) {
                Bytes header = index(c, none, START);
                c.assertEqual(HEADER_BYTES, header.size(), "bytes of the header");
                c.assertEqual((byte) 1, header.get(0), "the reserved byte");
                long ticks = FILETIME.of(START).ticks();
                for (int i = 1; i <= 5; i++) {
                  c.assertEqual((byte) (ticks >>> 56 - 8 * i), header.get(i), "time byte " + i);
                }
                Bytes child = index(c, header, START.plusSeconds(60));
                c.assertEqual(HEADER_BYTES + CHILD_BYTES, child.size(), "bytes with a child");
                c.assertTrue(child.startsWith(header), "the parent first", child);
                c.assertEqual(
                    HEADER_BYTES + 2 * CHILD_BYTES,
                    index(c, child, START.plusSeconds(120)).size(),
                    "bytes with two children");
              }
              c.assertDiffer(
                  c.need(MapiUtil.scCreateConversationIndex(null), "index"),
                  c.need(MapiUtil.scCreateConversationIndex(null), "index"),
                  "two headers");
            });
  }

  private static void children(Checks checks) {
    checks
        .rows("UTIL-052")
        .check(
            "a child block is a scale bit and 31 bits of the distance to the header's time",
            c -> {
              Bytes header = index(c, null, START);
              long start = headerTicks(header);
              for (long days : new long[] {1, 300, 2000}) {
                Instant now = START.plusSeconds(days * DAY_SECONDS);
                Bytes child = index(c, header, now);
                long distance = FILETIME.of(now).ticks() - start;
                boolean far = distance >>> 49 != 0;
                long bits = distance >>> (far ? FAR_LOW_BITS : LOW_BITS) & 0x7FFF_FFFFL;
                long found = 0;
                for (int i = 0; i < 4; i++) {
                  found = found << 8 | child.get(HEADER_BYTES + i) & 0xFF;
                }
                c.assertEqual(
                    bits | (far ? 0x8000_0000L : 0), found, "block after %d days".formatted(days));
              }
            });
  }

  /** The header's time: the byte 1 and five bytes are the high 48 bits of a FILETIME. */
  private static long headerTicks(Bytes header) {
    long ticks = 0;
    for (int i = 0; i < 6; i++) {
      ticks = ticks << 8 | header.get(i) & 0xFF;
    }
    return ticks << 16;
  }
}
