package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.Restrictions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSizeRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;
import org.mapi4j.types.String8;

/** Restrictions as bytes of a row, and in either width. */
class RestrictionCodecTest {
  private static final int MAX = StoredSearch.RESTRICTION_BYTES_MAX;
  private static final Charset LATIN = Charset.forName("windows-1252");
  private static final Bytes FOLDER = Bytes.fromHex("101112131415161718191a1b1c1d1e1f");

  private static Bytes encode(SRestriction restriction) {
    return RestrictionCodec.encode(restriction, MAX).orElseThrow();
  }

  private static SRestriction compare(int tag, Object value) {
    return new SPropertyRestriction(RELOP_EQ, tag, SPropValue.of(tag, value));
  }

  /** One of each kind. */
  private static final List<SRestriction> KINDS =
      List.of(
          new SAndRestriction(List.of()),
          new SOrRestriction(List.of(new SExistRestriction(PR_SUBJECT_W), compare(PR_PRIORITY, 1))),
          new SNotRestriction(new SExistRestriction(PR_BODY_W)),
          new SContentRestriction(
              FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "žluťoučký")),
          compare(PR_MESSAGE_DELIVERY_TIME, new FILETIME(0x0123_4567_89AB_CDEFL)),
          compare(PR_SEARCH_KEY, Bytes.of(1, 2, 3)),
          new SComparePropsRestriction(RELOP_LT, PR_IMPORTANCE, PR_PRIORITY),
          new SBitMaskRestriction(BMR_NEZ, PR_MESSAGE_FLAGS, MSGFLAG_READ),
          new SSizeRestriction(RELOP_GT, PR_SUBJECT_W, -1),
          new SSubRestriction(
              PR_MESSAGE_RECIPIENTS, new SNotRestriction(compare(PR_DISPLAY_NAME_W, "x"))),
          new SCommentRestriction(
              List.of(
                  SPropValue.of(PR_SUBJECT_W, "why"),
                  SPropValue.of(PR_SUBJECT_W, "twice"),
                  SPropValue.of(PropTag.of(0x6601, PT_MV_LONG), List.of(1, 2))),
              null),
          new SAnnotationRestriction(List.of(), compare(PR_IMPORTANCE, 2)));

  @Test
  void decode_eachKind_isWhatWasEncoded() {
    for (SRestriction one : KINDS) {
      assertEquals(S_OK, Restrictions.check(one), one.toString());
      assertEquals(one, RestrictionCodec.decode(encode(one)));
    }
    SRestriction all = new SAndRestriction(KINDS);
    assertEquals(all, RestrictionCodec.decode(encode(all)));
  }

  @Test
  void encode_theExampleOfThePage_isWhatThePageSays() {
    SRestriction unread =
        new SAndRestriction(
            List.of(
                new SBitMaskRestriction(BMR_EQZ, PR_MESSAGE_FLAGS, MSGFLAG_READ),
                new SContentRestriction(
                    FL_SUBSTRING, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "ab"))));
    assertEquals(
        "010002" + "06000000000E07000300000001" + "03000000010037001F0037001F046162",
        encode(unread).toHex());
    StoredSearch search =
        new StoredSearch(SEARCH_RUNNING, List.of(FOLDER), Bytes.of(1, 8, 0, 0x37, 0, 0x1F), null);
    FolderRow row =
        new FolderRow(
            FOLDER,
            FOLDER_SEARCH,
            PropSet.of(List.of(new Stored.Whole(SPropValue.of(PR_DISPLAY_NAME_W, "a")))),
            search);
    assertEquals(
        "02101112131415161718191A1B1C1D1E1F00000002013001001F000261"
            + "010000000101101112131415161718191A1B1C1D1E1F060108"
            + "0037001F00",
        row.encode().toHex());
    assertEquals(row, FolderRow.decode(row.encode()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void decode_damagedBytes_isDamageAndNothingElse(long seed) {
    Random random = new Random(seed);
    Bytes good = encode(new SAndRestriction(KINDS));
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.toArray();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Bytes cut =
          Bytes.wrap(bad)
              .slice(0, random.nextInt(4) == 0 ? bad.length : 1 + random.nextInt(bad.length));
      try {
        assertEquals(S_OK, Restrictions.check(RestrictionCodec.decode(cut)));
      } catch (StorageFault.Unreadable refused) {
        assertNotNull(refused.getMessage());
      }
    }
  }

  @Test
  void decode_treeBeyondTheLimits_isDamage() {
    byte[] deep = new byte[Restrictions.RESTRICTION_DEPTH_MAX + 8];
    Arrays.fill(deep, (byte) RES_NOT);
    deep[0] = 1;
    assertThrows(StorageFault.Damaged.class, () -> RestrictionCodec.decode(Bytes.wrap(deep)));
    Bytes newer = Bytes.of(2, RES_AND, 0);
    assertThrows(StorageFault.NewerFormat.class, () -> RestrictionCodec.decode(newer));
    Bytes more = Bytes.of(1, RES_AND, 0, 0);
    assertThrows(StorageFault.Damaged.class, () -> RestrictionCodec.decode(more));
    Bytes count = Bytes.of(1, RES_COUNT, 0, 0, 0, 1);
    assertThrows(StorageFault.Damaged.class, () -> RestrictionCodec.decode(count));
  }

  @Test
  void encode_moreThanFits_isEmpty() {
    SRestriction text = compare(PR_SUBJECT_W, "x".repeat(MAX));
    assertEquals(Optional.empty(), RestrictionCodec.encode(text, MAX));
    SRestriction many =
        new SOrRestriction(new ArrayList<>(Collections.nCopies(10_000, compare(PR_PRIORITY, 1))));
    assertEquals(Optional.empty(), RestrictionCodec.encode(many, MAX));
    SRestriction object =
        new SCommentRestriction(List.of(new SPropValue(PR_ATTACH_DATA_OBJ, null)), null);
    assertEquals(Optional.empty(), RestrictionCodec.encode(object, MAX));
  }

  @Test
  void widths_ofEachKind_changeStringsAndComeBack() {
    for (SRestriction wide : KINDS) {
      Optional<SRestriction> narrow = RestrictionWidths.of(wide, false, LATIN);
      if (wide instanceof SContentRestriction) {
        assertEquals(Optional.empty(), narrow, "ť and č are not in the code page");
        continue;
      }
      assertEquals(wide, RestrictionWidths.of(narrow.orElseThrow(), true, LATIN).orElseThrow());
    }
    SRestriction narrow =
        RestrictionWidths.of(compare(PR_SUBJECT_W, "é"), false, LATIN).orElseThrow();
    SPropertyRestriction property = (SPropertyRestriction) narrow;
    assertEquals(PR_SUBJECT_A, property.ulPropTag());
    assertEquals(new SPropValue(PR_SUBJECT_A, new String8(Bytes.of(0xE9))), property.lpProp());
    SRestriction size = new SSizeRestriction(RELOP_EQ, PR_SUBJECT_A, 3);
    assertEquals(size, RestrictionWidths.of(size, true, LATIN).orElseThrow());
  }
}
