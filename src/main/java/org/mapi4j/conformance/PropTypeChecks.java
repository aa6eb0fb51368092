package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IPropData;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;
import org.mapi4j.util.MapiUtil;

/** Tags, identifiers, types, and the order of slots. */
final class PropTypeChecks {
  private static final int FIRST_ID = 0x6900;
  private static final List<String> IUNKNOWN = List.of("QueryInterface", "AddRef", "Release");

  private PropTypeChecks() {}

  static void register(Checks checks) {
    slots(checks);
    tags(checks);
    codes(checks);
    values(checks);
    order(checks);
  }

  private static void slots(Checks checks) {
    checks
        .rows("PROP-008")
        .check(
            "Java form: the descriptors that the native vtable is built from have this order",
            c ->
                assertSlots(
                    c,
                    IMAPIProp.class,
                    IUNKNOWN.size(),
                    "GetLastError",
                    "SaveChanges",
                    "GetProps",
                    "GetPropList",
                    "OpenProperty",
                    "SetProps",
                    "DeleteProps",
                    "CopyTo",
                    "CopyProps",
                    "GetNamesFromIDs",
                    "GetIDsFromNames"));
    checks
        .rows("UTIL-033")
        .check(
            "Java form: IPropData's descriptors follow those of IMAPIProp",
            c ->
                assertSlots(
                    c,
                    IPropData.class,
                    Vtables.of(IMAPIProp.class).size(),
                    "HrSetObjAccess",
                    "HrSetPropAccess",
                    "HrGetPropAccess",
                    "HrAddObjProps"));
  }

  /** Fails unless an interface's slots from an index on have these names, and Java methods. */
  static void assertSlots(Context c, Class<? extends IUnknown> type, int from, String... expected) {
    List<Vtables.Slot> slots = Vtables.of(type);
    List<String> names = slots.stream().map(Vtables.Slot::name).toList();
    c.assertEqual(IUNKNOWN, names.subList(0, IUNKNOWN.size()), "slots 0 to 2");
    c.assertEqual(List.of(expected), names.subList(from, names.size()), "slots from " + from);
    for (Vtables.Slot slot : slots.subList(IUNKNOWN.size(), slots.size())) {
      c.assertEqual(
          slot.name().toLowerCase(Locale.ROOT),
          slot.method()
              .map(method -> method.getName().toLowerCase(Locale.ROOT))
              .orElse("no Java method"),
          "Java method of slot " + slot.index());
    }
  }

  private static void tags(Checks checks) {
    checks
        .rows("PROP-117")
        .check(
            "PROP_TAG, PROP_ID, PROP_TYPE and CHANGE_PROP_TYPE",
            c -> {
              c.assertEqual(0x0037001F, PropTag.of(0x0037, PT_UNICODE), "PROP_TAG");
              c.assertEqual(0x8001, PropTag.id(0x8001001F), "PROP_ID");
              c.assertEqual(PT_UNICODE, PropTag.type(0x8001001F), "PROP_TYPE");
              c.assertEqual(
                  PR_SUBJECT_A, PropTag.changePropType(PR_SUBJECT_W, PT_STRING8), "change");
              c.assertEqual(
                  0xFFFE101F, PropTag.changePropType(0xFFFE0000, PT_MV_UNICODE), "change");
            });
    checks
        .rows("PROP-118")
        .check(
            "identifiers 0x0000 and 0xFFFF never name a property",
            c -> {
              IMessage m = c.message();
              int invalid = PropTag.of(PROP_ID_INVALID, PT_LONG);
              c.assertProblem(
                  0,
                  invalid,
                  MAPI_E_INVALID_TYPE,
                  m.setProps(List.of(SPropValue.of(invalid, 1))),
                  "SetProps(identifier 0xFFFF)");
              c.save(m);
              for (IMAPIProp object : List.of(c.store(), c.folder(), m)) {
                c.assertTrue(
                    c.need(object.getPropList(MAPI_UNICODE), "GetPropList").stream()
                        .map(PropTag::id)
                        .noneMatch(id -> id == PROP_ID_NULL || id == PROP_ID_INVALID),
                    "no reserved identifier",
                    object.getPropList(MAPI_UNICODE));
              }
            });
    checks
        .rows("PROP-123")
        .check(
            "FIsTransmittable is false from 0E00 to 0FFF, 6000 to 67FF, 7C00 to 7FFF, true around"
                + " them",
            c -> {
              for (int id : new int[] {0xE00, 0xFFF, 0x6000, 0x65FF, 0x67FF, 0x7C00, 0x7FFF}) {
                c.assertEqual(
                    false,
                    MapiUtil.fIsTransmittable(PropTag.of(id, PT_LONG)),
                    "FIsTransmittable(0x%04X)".formatted(id));
              }
              for (int id : new int[] {0x37, 0xDFF, 0x1000, 0x5FFF, 0x6800, 0x7BFF, 0x8000}) {
                c.assertEqual(
                    true,
                    MapiUtil.fIsTransmittable(PropTag.of(id, PT_LONG)),
                    "FIsTransmittable(0x%04X)".formatted(id));
              }
            });
  }

  private static void codes(Checks checks) {
    checks
        .rows("PROP-119")
        .check(
            "the type codes",
            c -> {
              c.assertEqual(
                  List.of(2, 3, 4, 5, 6, 7, 0xA, 0xB, 0xD, 0x14, 0x1E, 0x1F, 0x40, 0x48, 0x102),
                  List.of(
                      PT_I2,
                      PT_LONG,
                      PT_R4,
                      PT_DOUBLE,
                      PT_CURRENCY,
                      PT_APPTIME,
                      PT_ERROR,
                      PT_BOOLEAN,
                      PT_OBJECT,
                      PT_I8,
                      PT_STRING8,
                      PT_UNICODE,
                      PT_SYSTIME,
                      PT_CLSID,
                      PT_BINARY),
                  "type codes");
            });
    checks
        .rows("PROP-120")
        .check(
            "a multivalued type is its base type or MV_FLAG, with values of that type alone",
            c -> {
              c.assertEqual(0x1000, MV_FLAG, "MV_FLAG");
              c.assertEqual(0x101F, PT_MV_UNICODE, "PT_MV_UNICODE");
              c.assertEqual(0x1102, PT_MV_BINARY, "PT_MV_BINARY");
              c.assertEqual(true, PropType.isDefined(PT_LONG | MV_FLAG), "PT_MV_LONG defined");
              c.assertEqual(false, PropType.isDefined(PT_BOOLEAN | MV_FLAG), "PT_MV_BOOLEAN");
            });
    checks
        .rows("PROP-121")
        .check(
            "integers compare as signed numbers",
            c -> {
              for (int type : new int[] {PT_I2, PT_LONG, PT_I8}) {
                SPropValue minus = SPropValue.of(PropTag.of(FIRST_ID, type), -1);
                SPropValue one = SPropValue.of(PropTag.of(FIRST_ID, type), 1);
                c.assertEqual(
                    true, MapiUtil.fPropCompareProp(minus, RELOP_LT, one), minus + " < " + one);
                c.assertTrue(
                    MapiUtil.lPropCompareProp(minus, one) < 0, "-1 before 1", minus + ", " + one);
              }
            });
  }

  private static void values(Checks checks) {
    checks
        .rows("PROP-119", "PROP-120", "PROP-063")
        .check(
            "a value of every type, single and multivalued, is stored and read back exactly",
            c -> {
              IMessage m = c.newMessage();
              int id = FIRST_ID;
              Map<Integer, SPropValue> expected = new LinkedHashMap<>();
              for (Map.Entry<Integer, Object> sample : samples().entrySet()) {
                SPropValue one =
                    SPropValue.of(PropTag.of(id++, sample.getKey()), sample.getValue());
                expected.put(one.ulPropTag(), one);
                if (PropType.isDefined(sample.getKey() | MV_FLAG)) {
                  SPropValue many =
                      SPropValue.of(
                          PropTag.of(id++, sample.getKey() | MV_FLAG),
                          List.of(sample.getValue(), sample.getValue()));
                  expected.put(many.ulPropTag(), many);
                }
              }
              c.assertNoProblem(m.setProps(List.copyOf(expected.values())), "SetProps");
              c.save(m);
              IMessage read = c.openOther(c.entryId(m), 0);
              for (SPropValue value : expected.values()) {
                c.assertEqual(value, c.entry(read, value.ulPropTag()), "GetProps");
              }
            });
  }

  private static Map<Integer, Object> samples() {
    Map<Integer, Object> samples = new LinkedHashMap<>();
    samples.put(PT_I2, Short.MIN_VALUE);
    samples.put(PT_LONG, Integer.MIN_VALUE);
    samples.put(PT_R4, -1.5f);
    samples.put(PT_DOUBLE, Math.PI);
    samples.put(PT_CURRENCY, new Currency(-12_345));
    samples.put(PT_APPTIME, 45_000.75);
    samples.put(PT_BOOLEAN, true);
    samples.put(PT_I8, Long.MIN_VALUE + 1);
    samples.put(PT_STRING8, new String8(Bytes.of('a', 0xE9, 'z')));
    samples.put(PT_UNICODE, "\u65e5 \ud83d\ude00");
    samples.put(PT_SYSTIME, new FILETIME(0x01DB_4C3A_1234_5671L));
    samples.put(PT_CLSID, Guid.parse("01234567-89AB-CDEF-0123-456789ABCDEF"));
    samples.put(PT_BINARY, Bytes.of(0, 255, 7));
    return samples;
  }

  private static void order(Checks checks) {
    checks
        .rows("PROP-122")
        .check(
            "a store that takes multivalues keeps their order through SaveChanges, whether or not"
                + " its mask promises the rest of STORE_MV_PROPS_OK",
            c -> {
              int tag = PropTag.of(FIRST_ID, PT_MV_UNICODE);
              List<String> values = List.of("z", "a", "m", "a");
              IMessage m = c.newMessage();
              List<SPropProblem> problems =
                  c.ok(m.setProps(List.of(SPropValue.of(tag, values))), "SetProps");
              if (!problems.isEmpty() && !c.supports(STORE_MV_PROPS_OK)) {
                c.notApplicable("STORE_MV_PROPS_OK is clear, and multivalues are refused");
              }
              c.assertEqual(List.of(), problems, "problems");
              c.save(m);
              c.assertProp(values, c.openOther(c.entryId(m), 0), tag);
            });
  }
}
