package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.util.MapiUtil.*;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;

@DisplayName("Conversations and strings: UTIL-043, UTIL-052, UTIL-065, UTIL-066")
class ConversationIndexTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static Bytes index(Bytes parent, Instant at) {
    Clock clock = Clock.fixed(at, ZoneOffset.UTC);
    return scCreateConversationIndex(parent, clock, new Random(1)).value();
  }

  private static int block(Bytes index) {
    int at = index.size() - 5;
    return index.get(at) << 24
        | (index.get(at + 1) & 0xFF) << 16
        | (index.get(at + 2) & 0xFF) << 8
        | index.get(at + 3) & 0xFF;
  }

  @Test
  @DisplayName("UTIL-043")
  void scCreateConversationIndex_withoutParent_is22BytesOfTimeAndGuid() {
    Bytes header = index(null, START);
    assertEquals(22, header.size());
    assertEquals(1, header.get(0));
    long ticks = FILETIME.of(START).ticks();
    assertEquals("%010X".formatted(ticks >>> 16 & 0xFF_FFFF_FFFFL), header.slice(1, 6).toHex());
    assertEquals(22, index(Bytes.EMPTY, START).size());
    assertNotEquals(
        scCreateConversationIndex(null).value(), scCreateConversationIndex(null).value());
  }

  @Test
  @DisplayName("UTIL-043, UTIL-052: an answer")
  void scCreateConversationIndex_withParent_addsOneBlock() {
    Bytes header = index(null, START);
    Bytes child = index(header, START.plus(Duration.ofHours(3)));
    assertEquals(27, child.size());
    assertTrue(child.startsWith(header));
    assertEquals(32, index(child, START.plus(Duration.ofHours(4))).size());
  }

  @Test
  @DisplayName("UTIL-052: near and far answers")
  void scCreateConversationIndex_timeDifference_choosesTheScale() {
    Bytes header = index(null, START);
    long headerTicks = FILETIME.of(START).ticks() & -1L << 16;
    Instant near = START.plus(Duration.ofDays(30));
    int code = block(index(header, near));
    assertEquals((int) (FILETIME.of(near).ticks() - headerTicks >>> 18), code);
    Instant far = START.plus(Duration.ofDays(365 * 5));
    int farCode = block(index(header, far));
    assertEquals((int) (FILETIME.of(far).ticks() - headerTicks >>> 23) | 0x80000000, farCode);
  }

  @Test
  void scCreateConversationIndex_parentOfImpossibleLength_returnsInvalidParameter() {
    for (int size : new int[] {1, 21, 23, 26, 28}) {
      Bytes parent = Bytes.wrap(new byte[size]);
      assertEquals(MAPI_E_INVALID_PARAMETER, scCreateConversationIndex(parent).hr());
    }
  }

  @Test
  @DisplayName("UTIL-065")
  void szFind_exactMatches_giveTheRestOrNull() {
    assertEquals("bcb", szFindCh("abcb", 'b'));
    assertEquals("b", szFindLastCh("abcb", 'b'));
    assertEquals("cb", szFindSz("abcb", "cb"));
    assertNull(szFindCh("abcb", 'B'));
    assertNull(szFindLastCh("abcb", 'x'));
    assertNull(szFindSz("é", "e"));
    assertNull(szFindSz("a", "ab"));
    assertNull(szFindCh(null, 'a'));
    assertNull(szFindLastCh(null, 'a'));
    assertNull(szFindSz(null, "a"));
    assertNull(szFindSz("a", null));
  }

  @Test
  @DisplayName("UTIL-066")
  void uFromSz_leadingDigits_count() {
    assertEquals(55, uFromSz("55"));
    assertEquals(5, uFromSz("5a5b"));
    assertEquals(0, uFromSz("a5b5"));
    assertEquals(0, uFromSz(""));
    assertEquals(0, uFromSz(null));
    assertEquals(-1, uFromSz("4294967295"), "unsigned");
    assertEquals(0, uFromSz("٥"));
  }
}
