package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.Arrays;
import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.util.MapiUtil;
import org.mapi4j.util.PropBlock;

/** The FBad functions: TRUE is bad. */
final class UtilValidityChecks {
  private static final int PT_UNDEFINED = 0x77;
  private static final int VALUE_AT = 8;
  private static final SPropValue GOOD = SPropValue.of(PR_IMPORTANCE, 1);
  private static final SPropValue BAD = new SPropValue(PropTag.of(0x6810, PT_UNDEFINED), 1L);

  private UtilValidityChecks() {}

  static void register(Checks checks) {
    tag(checks);
    prop(checks);
    columns(checks);
    rows(checks);
    lists(checks);
  }

  private static void tag(Checks checks) {
    checks
        .rows("UTIL-039")
        .check(
            "FBadPropTag: a type that is none, an identifier that MAPI gives another type",
            c -> {
              int undefined = PropTag.of(0x6810, PT_UNDEFINED);
              int other = PropTag.changePropType(PR_IMPORTANCE, PT_BINARY);
              c.assertEqual(true, MapiUtil.fBadPropTag(undefined), "type 0x0077");
              c.assertEqual(true, MapiUtil.fBadPropTag(other), "PR_IMPORTANCE as PT_BINARY");
              c.assertEqual(false, MapiUtil.fBadPropTag(PR_IMPORTANCE), "PR_IMPORTANCE");
              c.assertEqual(false, MapiUtil.fBadPropTag(PR_SUBJECT_W), "PR_SUBJECT_W");
              c.assertEqual(false, MapiUtil.fBadPropTag(PR_SUBJECT_A), "PR_SUBJECT_A");
              c.assertEqual(
                  false, MapiUtil.fBadPropTag(PropTag.of(0x8001, PT_MV_LONG)), "a named one");
            });
  }

  private static void prop(Checks checks) {
    checks
        .rows("UTIL-040")
        .check(
            "FBadProp; Java form of invalid memory: a PropBlock with a Boolean of 2, or a PT_BINARY"
                + " of size 3 at NULL",
            c -> {
              SPropValue flag = SPropValue.of(PropTag.of(0x6811, PT_BOOLEAN), true);
              SPropValue bytes = SPropValue.of(PR_HTML, Bytes.of(1, 2, 3));
              c.assertEqual(false, MapiUtil.fBadProp(flag), "FBadProp(TRUE)");
              c.assertEqual(false, MapiUtil.fBadProp(bytes), "FBadProp(PT_BINARY)");
              c.assertEqual(true, MapiUtil.fBadProp(BAD), "FBadProp(type 0x0077)");
              PropBlock block = c.need(MapiUtil.scCopyProps(List.of(flag), 0x1000), "ScCopyProps");
              c.assertEqual(false, MapiUtil.fBadProp(block, 0), "FBadProp in memory");
              byte[] two = block.memory().toArray();
              two[VALUE_AT] = 2;
              c.assertEqual(
                  true,
                  MapiUtil.fBadProp(PropBlock.of(Bytes.copyOf(two), 1, 0x1000), 0),
                  "FBadProp of a Boolean 2");
              PropBlock binary =
                  c.need(MapiUtil.scCopyProps(List.of(bytes), 0x1000), "ScCopyProps");
              byte[] nowhere = binary.memory().toArray();
              Arrays.fill(nowhere, VALUE_AT + 8, VALUE_AT + 16, (byte) 0);
              c.assertEqual(
                  true,
                  MapiUtil.fBadProp(PropBlock.of(Bytes.copyOf(nowhere), 1, 0x1000), 0),
                  "FBadProp of PT_BINARY, size 3 at NULL");
            });
  }

  private static void columns(Checks checks) {
    checks
        .rows("UTIL-041", "TABLE-100")
        .check(
            "FBadColumnSet: PT_ERROR is bad, PT_NULL is not",
            c -> {
              c.assertEqual(
                  false,
                  MapiUtil.fBadColumnSet(tags(PR_SUBJECT_W, PR_NULL)),
                  "FBadColumnSet(PT_NULL)");
              c.assertEqual(
                  true,
                  MapiUtil.fBadColumnSet(
                      tags(PR_SUBJECT_W, PropTag.changePropType(PR_IMPORTANCE, PT_ERROR))),
                  "FBadColumnSet(PT_ERROR)");
            });
  }

  private static void rows(Checks checks) {
    checks
        .rows("UTIL-042", "TABLE-101", "RESTR-032")
        .check(
            "FBadRow, FBadRowSet and FBadRestriction",
            c -> {
              SRow good = SRow.of(GOOD);
              SRow bad = SRow.of(GOOD, BAD);
              c.assertEqual(true, MapiUtil.fBadRowSet(null), "FBadRowSet(NULL)");
              c.assertEqual(false, MapiUtil.fBadRow(good), "FBadRow of a good one");
              c.assertEqual(true, MapiUtil.fBadRow(bad), "FBadRow of a bad property");
              c.assertEqual(
                  false, MapiUtil.fBadRowSet(new SRowSet(List.of(good, good))), "FBadRowSet, good");
              c.assertEqual(
                  true, MapiUtil.fBadRowSet(new SRowSet(List.of(good, bad))), "FBadRowSet, bad");
              SRestriction sound =
                  new SRestriction.SPropertyRestriction(RELOP_EQ, PR_IMPORTANCE, GOOD);
              SRestriction unsound = new SRestriction.SPropertyRestriction(99, PR_IMPORTANCE, GOOD);
              c.assertEqual(
                  false,
                  MapiUtil.fBadRestriction(
                      new SRestriction.SAndRestriction(
                          List.of(sound, new SRestriction.SNotRestriction(sound)))),
                  "FBadRestriction, good");
              c.assertEqual(
                  true,
                  MapiUtil.fBadRestriction(
                      new SRestriction.SAndRestriction(
                          List.of(sound, new SRestriction.SNotRestriction(unsound)))),
                  "FBadRestriction, a bad one within");
            });
  }

  private static void lists(Checks checks) {
    checks
        .rows("UTIL-042", "TABLE-101")
        .check(
            "FBadEntryList, FBadRglpNameID and FBadSortOrderSet",
            c -> {
              c.assertEqual(
                  false, MapiUtil.fBadEntryList(ENTRYLIST.of(c.stored())), "FBadEntryList, good");
              c.assertEqual(
                  true, MapiUtil.fBadEntryList(ENTRYLIST.of(Bytes.of(1, 2))), "FBadEntryList, 2");
              MAPINAMEID name = MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "n");
              c.assertEqual(false, MapiUtil.fBadRglpNameID(List.of(name)), "FBadRglpNameID, good");
              c.assertEqual(
                  true,
                  MapiUtil.fBadRglpNameID(
                      List.of(name, new MAPINAMEID(MapiGuid.PS_MAPI, MNID_STRING, 0, null))),
                  "FBadRglpNameID, no text");
              SSortOrder key = new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND);
              c.assertEqual(
                  false,
                  MapiUtil.fBadSortOrderSet(new SSortOrderSet(List.of(key), 0, 0)),
                  "FBadSortOrderSet, good");
              c.assertEqual(
                  true,
                  MapiUtil.fBadSortOrderSet(new SSortOrderSet(List.of(key), 2, 0)),
                  "FBadSortOrderSet, more categories than columns");
            });
    checks
        .rows("UTIL-073")
        .check(
            "FBadRglpszW: a NULL among the strings",
            c -> {
              c.assertEqual(false, MapiUtil.fBadRglpszW(List.of("a", "")), "FBadRglpszW, good");
              c.assertEqual(true, MapiUtil.fBadRglpszW(Arrays.asList("a", null)), "with NULL");
              c.assertEqual(true, MapiUtil.fBadRglpszW(null), "FBadRglpszW(NULL)");
            });
  }
}
