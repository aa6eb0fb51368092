package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Map;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.RawObjects.RawObject;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropTag;

/** Codes, flags, string widths and errors, as a caller of interface pointers meets them. */
final class ComConventionChecks {
  private static final int UNKNOWN = 0x4000_0000;
  private static final int ABSENT = PropTag.of(0x66F0, PT_LONG);
  private static final int COMPONENT_MAX = 30;
  private static final int ERROR_TEXT = 8;
  private static final int ERROR_COMPONENT = 16;

  private ComConventionChecks() {}

  static void register(Checks checks) {
    checks
        .rows("COM-008")
        .check(
            "a warning is a success and comes with its outputs",
            c -> {
              NativeClient client = new NativeClient(c);
              long message = client.open(client.store(), c.stored());
              long count = client.out();
              long out = client.out();
              long tags = client.tags(PR_SUBJECT_W, ABSENT);
              int hr = client.call(IMAPIProp.class, "GetProps", message, tags, 0, count, out);
              c.assertHr(MAPI_W_ERRORS_RETURNED, hr, "GetProps with an absent property");
              c.assertTrue(hr >= 0, "the severity bit to be clear", HResult.toString(hr));
              c.assertEqual(2, client.number(count), "cValues");
              NativeClient.RawProp entry = client.props(client.pointer(out), 2).get(1);
              c.assertEqual(PropTag.changePropType(ABSENT, PT_ERROR), entry.tag(), "its tag");
              c.assertHr(MAPI_E_NOT_FOUND, entry.number(), "its code");
              client.free(client.pointer(out));
            });
    checks
        .rows("COM-009")
        .check("unknown flags and bad arguments have their codes", c -> arguments(c));
    checks
        .rows("COM-010")
        .check("MAPI_UNICODE gives the width of strings, call by call", c -> widths(c));
    checks.rows("COM-014").check("GetLastError belongs to its object and code", c -> perObject(c));
    checks.rows("COM-015").check("MAPI_E_EXTENDED_ERROR comes with a MAPIERROR", c -> extended(c));
    checks
        .rows("COM-016")
        .check("a MAPIERROR has version 0 and strings as asked", c -> mapiError(c));
  }

  private static void arguments(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Map<String, RawObject> objects = RawObjects.open(c, client);
    long store = objects.get("store").pointer();
    long folder = objects.get("folder").pointer();
    long message = objects.get("message").pointer();
    long out = client.out();
    c.assertHr(
        MAPI_E_UNKNOWN_FLAGS,
        client.call(IMAPIProp.class, "GetProps", message, 0, UNKNOWN, client.out(), out),
        "GetProps with unknown flags");
    c.assertHr(
        MAPI_E_UNKNOWN_FLAGS,
        client.call(IMAPIProp.class, "SaveChanges", message, UNKNOWN),
        "SaveChanges with unknown flags");
    c.assertHr(
        MAPI_E_UNKNOWN_FLAGS,
        client.call(IMAPIFolder.class, "GetHierarchyTable", folder, UNKNOWN, out),
        "GetHierarchyTable with unknown flags");
    c.assertHr(
        MAPI_E_INVALID_PARAMETER,
        client.call(IMAPIProp.class, "GetProps", message, 0, 0, 0, out),
        "GetProps without a place for the count");
    c.assertHr(
        MAPI_E_INVALID_PARAMETER,
        client.call(IMAPIProp.class, "SetProps", message, 1, 0, 0),
        "SetProps of one property at NULL");
    c.assertHr(
        MAPI_E_INVALID_PARAMETER,
        client.call(IMsgStore.class, "OpenEntry", store, 0, 0, 0, 0, client.out(), 0),
        "OpenEntry without a place for the object");
  }

  private static void widths(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long message = client.open(client.store(), c.stored());
    int unspecified = PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED);
    long count = client.out();
    long out = client.out();
    for (int flags : new int[] {0, MAPI_UNICODE}) {
      boolean wide = flags == MAPI_UNICODE;
      client.need(
          IMAPIProp.class, "GetProps", message, client.tags(unspecified), flags, count, out);
      NativeClient.RawProp subject = client.props(client.pointer(out), 1).get(0);
      c.assertEqual(
          wide ? PT_UNICODE : PT_STRING8, PropTag.type(subject.tag()), "type of a string");
      String text = wide ? client.wideAt(subject.union()) : client.narrowAt(subject.union());
      c.assertEqual("subject", text, "a string with flags " + flags);
      client.free(client.pointer(out));
      long type = wide ? client.wide("IPM.Note") : client.narrow("IPM.Note");
      long explicit = client.out();
      client.need(
          IMsgStore.class, "GetReceiveFolder", client.store(), type, flags, count, out, explicit);
      long found = client.pointer(explicit);
      String given = wide ? client.wideAt(found) : client.narrowAt(found);
      c.assertTrue(
          "IPM.Note".regionMatches(true, 0, given, 0, given.length()),
          "a prefix of IPM.Note from GetReceiveFolder",
          given);
      client.free(client.pointer(out));
      client.free(found);
    }
  }

  private static void perObject(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long first = client.open(client.store(), c.stored());
    long second = client.open(client.store(), c.stored());
    int hr = client.call(IMAPIProp.class, "SaveChanges", first, UNKNOWN);
    c.assertHr(MAPI_E_UNKNOWN_FLAGS, hr, "SaveChanges with unknown flags");
    c.assertEqual("", error(c, client, second, hr), "the other object's error");
    c.assertEqual("", error(c, client, first, MAPI_E_NOT_FOUND), "the error of another code");
    String told = error(c, client, first, hr);
    c.assertHr(
        MAPI_E_NOT_FOUND,
        client.call(IMessage.class, "OpenAttach", second, 77, 0, 0, client.out()),
        "OpenAttach of no attachment");
    c.assertEqual(told, error(c, client, first, hr), "the error after another object's failure");
  }

  /** lpszError, empty without a MAPIERROR. */
  private static String error(Context c, NativeClient client, long object, int hr) {
    long out = client.out();
    c.ok(
        client.call(IMAPIProp.class, "GetLastError", object, hr, MAPI_UNICODE, out),
        "GetLastError");
    long error = client.pointer(out);
    if (error == 0) {
      return "";
    }
    long text = client.pointer(error + ERROR_TEXT);
    String told = text == 0 ? "no text" : client.wideAt(text);
    client.free(error);
    return told;
  }

  private static void extended(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    Map<String, RawObject> objects = RawObjects.open(c, client);
    long message = objects.get("message").pointer();
    long folder = objects.get("folder").pointer();
    assertBacked(c, client, message, client.call(IMAPIProp.class, "SaveChanges", message, UNKNOWN));
    assertBacked(
        c,
        client,
        message,
        client.call(IMessage.class, "OpenAttach", message, 77, 0, 0, client.out()));
    assertBacked(c, client, message, client.call(IMessage.class, "SubmitMessage", message, 0));
    long id = client.put(new byte[24]);
    assertBacked(
        c,
        client,
        folder,
        client.call(IMAPIFolder.class, "OpenEntry", folder, 24, id, 0, 0, 0, client.out()));
  }

  private static void assertBacked(Context c, NativeClient client, long object, int hr) {
    c.assertTrue(
        hr != MAPI_E_EXTENDED_ERROR || !error(c, client, object, hr).isEmpty(),
        "a MAPIERROR with MAPI_E_EXTENDED_ERROR",
        "none");
  }

  private static void mapiError(Context c) throws Exception {
    NativeClient client = new NativeClient(c);
    long message = client.open(client.store(), c.stored());
    int hr = client.call(IMAPIProp.class, "SaveChanges", message, UNKNOWN);
    c.assertHr(MAPI_E_UNKNOWN_FLAGS, hr, "SaveChanges with unknown flags");
    String[] components = new String[2];
    for (int flags : new int[] {0, MAPI_UNICODE}) {
      long out = client.out();
      c.ok(client.call(IMAPIProp.class, "GetLastError", message, hr, flags, out), "GetLastError");
      long error = client.pointer(out);
      if (error == 0) {
        c.notApplicable("a store need not give a MAPIERROR, and this one gave none");
      }
      c.assertEqual(0, client.number(error), "ulVersion");
      long component = client.pointer(error + ERROR_COMPONENT);
      c.assertDiffer(0L, component, "lpszComponent");
      boolean wide = flags == MAPI_UNICODE;
      components[wide ? 1 : 0] = wide ? client.wideAt(component) : client.narrowAt(component);
      client.free(error);
    }
    c.assertEqual(components[0], components[1], "the component in both widths");
    c.assertTrue(
        !components[0].isEmpty() && components[0].length() <= COMPONENT_MAX,
        "a component of 1 to %d characters".formatted(COMPONENT_MAX),
        components[0]);
  }
}
