package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.util.MapiUtil;
import org.mapi4j.util.PropBlock;

/** Helper functions for property values. */
final class UtilValueChecks {
  /** Size of SPropValue where pointers have 8 bytes. */
  private static final int PROP_BYTES = 24;

  private static final SPropValue LONG = SPropValue.of(PR_IMPORTANCE, 2);
  private static final SPropValue TEXT = SPropValue.of(PR_SUBJECT_W, "abc");
  private static final SPropValue BINARY = SPropValue.of(PR_HTML, Bytes.of(1, 2, 3));
  private static final SPropValue MANY =
      SPropValue.of(PropTag.of(0x6801, PT_MV_UNICODE), List.of("one", "two", "three"));
  private static final SPropValue UNKNOWN_TYPE = new SPropValue(PropTag.of(0x6802, 0x77), 5L);

  private UtilValueChecks() {}

  static void register(Checks checks) {
    sizes(checks);
    searches(checks);
    counting(checks);
    copying(checks);
    relocating(checks);
    objects(checks);
  }

  private static void sizes(Checks checks) {
    checks
        .rows("UTIL-005")
        .check(
            "Java form: FreeProws and FreePadrlist leave values that others hold as they are",
            c -> {
              SRowSet rows = new SRowSet(List.of(SRow.of(LONG, TEXT), SRow.of(BINARY)));
              SPropValue held = rows.get(0).lpProps().get(1);
              MapiUtil.freeProws(rows);
              MapiUtil.freeProws(null);
              ADRLIST list = ADRLIST.of(ADRENTRY.of(TEXT));
              MapiUtil.freePadrlist(list);
              MapiUtil.freePadrlist(null);
              c.assertEqual("abc", held.value(), "a value of a freed row set");
              c.assertEqual(List.of(TEXT), list.aEntries().get(0).rgPropVals(), "a freed entry");
            });
    checks
        .rows("UTIL-007")
        .check(
            "UlPropSize counts the value alone",
            c -> {
              c.assertEqual(4, MapiUtil.ulPropSize(LONG), "UlPropSize(PT_LONG)");
              c.assertEqual(
                  2, MapiUtil.ulPropSize(SPropValue.of(PropTag.of(0x6803, PT_I2), 7)), "PT_I2");
              c.assertEqual(
                  8, MapiUtil.ulPropSize(SPropValue.of(PropTag.of(0x6803, PT_I8), 7L)), "PT_I8");
              c.assertEqual(3, MapiUtil.ulPropSize(BINARY), "UlPropSize(PT_BINARY of 3)");
              c.assertEqual(8, MapiUtil.ulPropSize(TEXT), "UlPropSize(PT_UNICODE abc and NUL)");
              c.assertEqual(
                  4, MapiUtil.ulPropSize(SPropValue.of(PR_SUBJECT_A, "abc")), "PT_STRING8");
            });
    checks
        .rows("UTIL-067")
        .check(
            "GetInstance copies one value of a multivalued property",
            c -> {
              int single = PropTag.of(0x6801, PT_UNICODE);
              for (int i = 0; i < 3; i++) {
                c.assertEqual(
                    SPropValue.of(single, MANY.asList().get(i)),
                    MapiUtil.getInstance(MANY, i),
                    "GetInstance");
              }
              c.assertTrue(
                  MapiUtil.getInstance(MANY, 1).value() == MANY.asList().get(1),
                  "the value itself, not a copy",
                  "a copy");
            });
  }

  private static void searches(Checks checks) {
    checks
        .rows("UTIL-015")
        .check(
            "PpropFindProp and LpValFindProp: the whole tag, or the identifier with PT_UNSPECIFIED",
            c -> {
              SPropValue narrow = SPropValue.of(PR_SUBJECT_A, "narrow");
              List<SPropValue> props = List.of(LONG, narrow, TEXT);
              int any = PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED);
              c.assertEqual(TEXT, MapiUtil.ppropFindProp(props, PR_SUBJECT_W), "PpropFindProp");
              c.assertEqual(narrow, MapiUtil.ppropFindProp(props, any), "PT_UNSPECIFIED");
              c.assertEqual(null, MapiUtil.ppropFindProp(props, PR_BODY_W), "absent");
              c.assertEqual(TEXT, MapiUtil.lpValFindProp(PR_SUBJECT_W, props), "LpValFindProp");
              c.assertEqual(narrow, MapiUtil.lpValFindProp(any, props), "PT_UNSPECIFIED");
              c.assertEqual(null, MapiUtil.lpValFindProp(PR_BODY_W, props), "absent");
            });
  }

  private static void counting(Checks checks) {
    checks
        .rows("UTIL-018")
        .check(
            "ScCountProps counts the array and its data, as on x64; Java form of pcb NULL: the"
                + " caller drops the number",
            c -> {
              c.assertEqual(
                  PROP_BYTES,
                  c.ok(MapiUtil.scCountProps(List.of(LONG)), "ScCountProps"),
                  "PT_LONG");
              int two = c.ok(MapiUtil.scCountProps(List.of(LONG, BINARY)), "ScCountProps");
              c.assertTrue(two >= 2 * PROP_BYTES + 3, "two structures and 3 bytes", two);
              int text = c.ok(MapiUtil.scCountProps(List.of(TEXT)), "ScCountProps");
              c.assertTrue(text >= PROP_BYTES + 8, "a structure and 4 wide characters", text);
            });
    checks
        .rows("UTIL-019")
        .check(
            "ScCountProps refuses PROP_ID_NULL, PROP_ID_INVALID and multivalues without values",
            c -> {
              for (SPropValue bad :
                  List.of(
                      SPropValue.of(PropTag.of(PROP_ID_NULL, PT_LONG), 1),
                      SPropValue.of(PropTag.of(PROP_ID_INVALID, PT_LONG), 1),
                      SPropValue.of(MANY.ulPropTag(), List.of()))) {
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    MapiUtil.scCountProps(List.of(LONG, bad)),
                    "ScCountProps(" + bad + ")");
              }
            });
  }

  private static void copying(Checks checks) {
    checks
        .rows("UTIL-020")
        .check(
            "ScCopyProps copies in order into one block of ScCountProps' size",
            c -> {
              List<SPropValue> props = List.of(TEXT, LONG, BINARY, MANY);
              PropBlock block = c.ok(MapiUtil.scCopyProps(props, 0x10000), "ScCopyProps");
              c.assertEqual(props, c.ok(block.props(), "the block's values"), "values");
              c.assertEqual(
                  c.ok(MapiUtil.scCountProps(props), "ScCountProps"), block.size(), "*pcb");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  MapiUtil.scCopyProps(List.of(UNKNOWN_TYPE), 0),
                  "ScCopyProps(unknown type)");
            });
    checks
        .rows("UTIL-049")
        .check(
            "PropCopyMore; Java form: a value is immutable, so its copy needs no allocation",
            c -> {
              for (SPropValue value : List.of(LONG, TEXT, BINARY, MANY)) {
                c.assertEqual(value, c.ok(MapiUtil.propCopyMore(value), "PropCopyMore"), "copy");
              }
              c.assertHr(
                  MAPI_E_NO_SUPPORT,
                  MapiUtil.propCopyMore(UNKNOWN_TYPE),
                  "PropCopyMore(unknown type)");
            });
  }

  private static void relocating(Checks checks) {
    checks
        .rows("UTIL-021", "UTIL-050")
        .check(
            "ScRelocProps moves the pointers to a standard base and back",
            c -> {
              List<SPropValue> props = List.of(TEXT, BINARY, MANY, LONG);
              PropBlock block = c.need(MapiUtil.scCopyProps(props, 0x7000), "ScCopyProps");
              PropBlock standard = c.ok(MapiUtil.scRelocProps(block, 0x7000, 0), "ScRelocProps");
              c.assertDiffer(block.memory(), standard.memory(), "memory at base 0");
              c.assertEqual(block.size(), standard.size(), "*pcb");
              PropBlock saved = PropBlock.of(standard.memory(), props.size(), 0);
              PropBlock back = c.ok(MapiUtil.scRelocProps(saved, 0, 0x7000), "ScRelocProps");
              c.assertEqual(block.memory(), back.memory(), "memory after both moves");
              c.assertEqual(props, c.ok(back.props(), "values"), "values after both moves");
            });
    checks
        .rows("UTIL-021")
        .check(
            "ScRelocProps refuses an unknown type",
            c -> {
              PropBlock block = c.need(MapiUtil.scCopyProps(List.of(LONG), 0), "ScCopyProps");
              byte[] memory = block.memory().toArray();
              memory[0] = 0x77;
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  MapiUtil.scRelocProps(PropBlock.of(Bytes.copyOf(memory), 1, 0), 0, 8),
                  "ScRelocProps(unknown type)");
            });
  }

  private static void objects(Checks checks) {
    checks
        .rows("UTIL-016")
        .check(
            "FPropExists: the full tag, or the identifier with PT_UNSPECIFIED",
            c -> {
              IMessage m = c.message(LONG);
              c.assertEqual(true, MapiUtil.fPropExists(m, PR_IMPORTANCE), "PR_IMPORTANCE");
              c.assertEqual(
                  true,
                  MapiUtil.fPropExists(m, PropTag.changePropType(PR_IMPORTANCE, PT_UNSPECIFIED)),
                  "PR_IMPORTANCE as PT_UNSPECIFIED");
              c.assertEqual(
                  false,
                  MapiUtil.fPropExists(m, PropTag.changePropType(PR_IMPORTANCE, PT_BINARY)),
                  "PR_IMPORTANCE as PT_BINARY");
              c.assertEqual(false, MapiUtil.fPropExists(m, PR_HTML), "PR_HTML");
            });
    checks
        .rows("UTIL-017")
        .check(
            "HrGetOneProp and HrSetOneProp succeed or fail, never warn",
            c -> {
              IMessage m = c.message();
              c.assertEqual(
                  SPropValue.of(PR_SUBJECT_W, "subject"),
                  c.ok(MapiUtil.hrGetOneProp(m, PR_SUBJECT_W), "HrGetOneProp"),
                  "value");
              c.assertHr(
                  MAPI_E_NOT_FOUND, MapiUtil.hrGetOneProp(m, PR_HTML), "HrGetOneProp(PR_HTML)");
              c.ok(MapiUtil.hrSetOneProp(m, BINARY), "HrSetOneProp(PR_HTML)");
              c.assertProp(BINARY.value(), m, PR_HTML);
              c.assertHr(
                  MAPI_E_COMPUTED,
                  MapiUtil.hrSetOneProp(m, SPropValue.of(PR_OBJECT_TYPE, MAPI_FOLDER)),
                  "HrSetOneProp(PR_OBJECT_TYPE)");
            });
  }
}
