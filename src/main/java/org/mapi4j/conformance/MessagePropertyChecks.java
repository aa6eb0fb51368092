package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.attach;
import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** What a message has, and what of it is the store's. */
final class MessagePropertyChecks {
  private MessagePropertyChecks() {}

  static void register(Checks checks) {
    identity(checks);
    computed(checks);
    size(checks);
    derived(checks);
    tables(checks);
  }

  private static void identity(Checks checks) {
    int[] given = {
      PR_CREATION_TIME,
      PR_LAST_MODIFICATION_TIME,
      PR_ENTRYID,
      PR_PARENT_ENTRYID,
      PR_RECORD_KEY,
      PR_SEARCH_KEY,
      PR_STORE_ENTRYID,
      PR_STORE_RECORD_KEY
    };
    checks
        .rows("MSG-007")
        .check(
            "A saved message has its identity and times, and SetProps does not change them",
            c -> {
              IMessage message = c.message();
              for (int tag : given) {
                SPropValue value = c.get(message, tag);
                if (tag != PR_SEARCH_KEY) {
                  refuses(c, message, tag, other(value));
                }
              }
            });
  }

  private static void computed(Checks checks) {
    checks
        .rows("MSG-008")
        .check(
            "A saved message has the computed properties, which SetProps does not change",
            c -> {
              IMessage message = c.message();
              c.assertProp("", message, PR_DISPLAY_TO_W);
              for (int tag : new int[] {PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W}) {
                refuses(c, message, tag, SPropValue.of(tag, "somebody"));
              }
              refuses(
                  c,
                  message,
                  PR_MESSAGE_SIZE,
                  SPropValue.of(PR_MESSAGE_SIZE, c.get(message, PR_MESSAGE_SIZE).asInt() + 1));
              refuses(
                  c,
                  message,
                  PR_NORMALIZED_SUBJECT_W,
                  SPropValue.of(PR_NORMALIZED_SUBJECT_W, "another"));
              SPropTagArray list = c.ok(message.getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(
                  list.containsId(PR_MESSAGE_ATTACHMENTS), "PR_MESSAGE_ATTACHMENTS listed", list);
              c.assertNoProblem(
                  message.setProps(List.of(SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Other"))),
                  "SetProps(PR_MESSAGE_CLASS)");
              c.assertTrue(Fixtures.flags(c, message) != 0, "PR_MESSAGE_FLAGS", 0);
            });
    checks
        .rows("MSG-009")
        .check(
            "A class of 255 characters is kept; classes compare without regard to case",
            c -> {
              String longest = "IPM." + "x~ -".repeat(62) + "End";
              Bytes id = c.stored(SPropValue.of(PR_MESSAGE_CLASS_W, longest));
              c.assertEqual(255, longest.length(), "characters of the class");
              c.assertProp(longest, c.openOther(id, 0), PR_MESSAGE_CLASS_W);
              c.message(SPropValue.of(PR_MESSAGE_CLASS_W, "ipm.B"));
              c.message(SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.c"));
              c.message(SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.a"));
              MessageClassTables.check(c);
            });
  }

  private static void size(Checks checks) {
    checks
        .rows("MSG-020")
        .check(
            "PR_MESSAGE_SIZE is there after the first save only, and grows with the message",
            c -> {
              IMessage message = c.newMessage();
              c.assertPropError(MAPI_E_NOT_FOUND, message, PR_MESSAGE_SIZE);
              c.save(message);
              int small = c.get(message, PR_MESSAGE_SIZE).asInt();
              c.set(message, PR_BODY_W, "0123456789".repeat(1000));
              c.save(message);
              int large = c.get(message, PR_MESSAGE_SIZE).asInt();
              c.assertTrue(small > 0 && small < 5_000, "a size of a few bytes", small);
              c.assertTrue(
                  large - small >= 9_000 && large - small <= 22_000,
                  "about 10,000 characters more than " + small,
                  large);
            });
  }

  private static void derived(Checks checks) {
    checks
        .rows("MSG-027")
        .check(
            "A conversation topic that is set stays; one that is not is the store's to fill",
            c -> {
              IMessage message = c.message(SPropValue.of(PR_CONVERSATION_TOPIC_W, "topic"));
              c.assertProp("topic", c.openOther(c.entryId(message), 0), PR_CONVERSATION_TOPIC_W);
              SPropValue filled = c.entry(c.message(), PR_CONVERSATION_TOPIC_W);
              if (filled.isError()) {
                c.assertHr(MAPI_E_NOT_FOUND, filled.scode(), "PR_CONVERSATION_TOPIC");
              } else {
                c.assertEqual("subject", filled.asString(), "PR_CONVERSATION_TOPIC");
              }
            });
    checks
        .rows("MSG-029")
        .check(
            "PR_BODY_CRC follows the body where it is exposed",
            c -> {
              IMessage message = c.message();
              SPropValue before = c.entry(message, PR_BODY_CRC);
              if (before.isError()) {
                c.assertHr(MAPI_E_NOT_FOUND, before.scode(), "PR_BODY_CRC");
                c.notApplicable("the store does not expose PR_BODY_CRC");
              }
              c.set(message, PR_BODY_W, "another body");
              c.save(message);
              c.assertDiffer(before.value(), c.get(message, PR_BODY_CRC).value(), "PR_BODY_CRC");
            });
  }

  private static void tables(Checks checks) {
    checks
        .rows("MSG-031", "MSG-032")
        .check(
            "PR_MESSAGE_ATTACHMENTS is listed and opens as the attachment table",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              c.save(message);
              SPropTagArray list = c.ok(message.getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(
                  list.contains(PR_MESSAGE_ATTACHMENTS), "PR_MESSAGE_ATTACHMENTS listed", list);
              IMAPITable table =
                  (IMAPITable)
                      c.own(
                          c.ok(
                              message.openProperty(
                                  PR_MESSAGE_ATTACHMENTS, MapiGuid.IID_IMAPITable, MAPI_UNICODE, 0),
                              "OpenProperty(PR_MESSAGE_ATTACHMENTS, IID_IMAPITable)"));
              c.assertEqual(
                  List.of("a.txt"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "attachment table");
            });
    checks
        .rows("MSG-032", "TABLE-093")
        .check(
            "PR_MESSAGE_RECIPIENTS opens as the recipient table, or is refused",
            c -> {
              IMessage message = c.newMessage();
              c.need(
                  message.modifyRecipients(0, ADRLIST.of(Fixtures.recipient(MAPI_TO, "A"))),
                  "ModifyRecipients");
              c.save(message);
              MapiResult<IUnknown> opened =
                  message.openProperty(
                      PR_MESSAGE_RECIPIENTS, MapiGuid.IID_IMAPITable, MAPI_UNICODE, 0);
              if (opened.failed()) {
                c.assertOneOf(
                    opened.hr(),
                    "OpenProperty(PR_MESSAGE_RECIPIENTS)",
                    MAPI_E_NO_SUPPORT,
                    MAPI_E_INTERFACE_NOT_SUPPORTED);
                c.notApplicable("the store opens no PR_MESSAGE_RECIPIENTS: it need not");
              }
              IMAPITable table = (IMAPITable) c.own(opened.value());
              c.assertEqual(
                  List.of("A"), column(c.rows(table, PR_DISPLAY_NAME_W)), "recipient table");
            });
  }

  /** Another value for a property. */
  private static SPropValue other(SPropValue value) {
    return value.value() instanceof Bytes
        ? SPropValue.of(value.ulPropTag(), Bytes.of(1, 2, 3, 4))
        : SPropValue.of(value.ulPropTag(), new FILETIME(1_000_000));
  }

  /** SetProps of a property that the store owns: a problem or no effect, and the value stays. */
  static void refuses(Context c, IMAPIProp object, int tag, SPropValue value) {
    Object before = c.get(object, tag).value();
    List<SPropProblem> problems = c.ok(object.setProps(List.of(value)), "SetProps");
    if (!problems.isEmpty()) {
      c.assertEqual(1, problems.size(), "number of problems");
      c.assertOneOf(problems.get(0).scode(), "SetProps", MAPI_E_COMPUTED, MAPI_E_NO_ACCESS);
    }
    c.assertEqual(before, c.get(object, tag).value(), "value after SetProps " + value);
  }
}
