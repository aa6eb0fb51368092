package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** A value of every type, saved and read back. */
final class SavedValues {
  /** First of the identifiers used: the range of message-class-defined properties. */
  private static final int FIRST_ID = 0x6850;

  private SavedValues() {}

  static void check(Context c) throws Exception {
    List<SPropValue> values = values(c);
    Bytes id = c.stored(values.toArray(SPropValue[]::new));
    IMessage stored = c.openOther(id, 0);
    SPropTagArray asked = SPropTagArray.of(values.stream().map(SPropValue::ulPropTag).toList());
    c.assertEqual(values, c.ok(stored.getProps(asked, 0), "GetProps"), "values");
  }

  private static List<SPropValue> values(Context c) throws Exception {
    Guid guid = Guid.parse("01234567-89AB-CDEF-0123-456789ABCDEF");
    FILETIME time = new FILETIME(0x01D0_1234_5678_9ABDL);
    List<Object[]> plain =
        List.of(
            new Object[] {PT_I2, (short) -2},
            new Object[] {PT_LONG, Integer.MIN_VALUE},
            new Object[] {PT_R4, -0.5f},
            new Object[] {PT_DOUBLE, Math.PI},
            new Object[] {PT_CURRENCY, new Currency(-12_345)},
            new Object[] {PT_APPTIME, 38_000.25},
            new Object[] {PT_BOOLEAN, true},
            new Object[] {PT_I8, Long.MIN_VALUE},
            new Object[] {PT_UNICODE, "a\u00e9\u4e2d\ud83d\ude00"},
            new Object[] {PT_STRING8, String8.ascii("narrow")},
            new Object[] {PT_SYSTIME, time},
            new Object[] {PT_CLSID, guid},
            new Object[] {PT_BINARY, Bytes.of(0, 1, 255)});
    List<SPropValue> values = new ArrayList<>();
    for (Object[] one : plain) {
      int type = (Integer) one[0];
      values.add(SPropValue.of(PropTag.of(FIRST_ID + values.size(), type), one[1]));
      if (type != PT_BOOLEAN && c.supports(STORE_MV_PROPS_OK)) {
        values.add(
            SPropValue.of(
                PropTag.of(FIRST_ID + values.size(), type | MV_FLAG), List.of(one[1], one[1])));
      }
    }
    return values;
  }
}
