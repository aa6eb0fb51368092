package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** PR_SUBJECT, PR_SUBJECT_PREFIX and PR_NORMALIZED_SUBJECT; bodies. */
final class SubjectChecks {
  private SubjectChecks() {}

  /** A subject as set, the prefix set with it or null, and what the save makes of them. */
  private record Case(String subject, String set, String prefix, String normalized) {}

  static void register(Checks checks) {
    checks
        .rows("MSG-021", "MSG-026", "MSG-074")
        .check(
            "A prefix that starts the subject is kept, whatever its length",
            c ->
                run(
                    c,
                    new Case("URGENT: now", "URGENT: ", "URGENT: ", "now"),
                    new Case("RE: x", "RE: ", "RE: ", "x"),
                    new Case("R2D2: x", "R2D2: ", "R2D2: ", "x")));
    checks
        .rows("MSG-022", "MSG-074")
        .check(
            "A prefix that does not start the subject is dropped and computed anew",
            c ->
                run(
                    c,
                    new Case("FW: x", "RE: ", "FW: ", "x"),
                    new Case("plain", "RE: ", null, "plain")));
    checks
        .rows("MSG-023", "MSG-025", "MSG-074")
        .check(
            "Without a prefix one to three letters, a colon and a space are split off",
            c ->
                run(
                    c,
                    new Case("RE: x", null, "RE: ", "x"),
                    new Case("a: b", null, "a: ", "b"),
                    new Case("Fwd: RE: y", null, "Fwd: ", "RE: y"),
                    new Case("R2: x", null, null, "R2: x"),
                    new Case("Note: x", null, null, "Note: x"),
                    new Case("R : x", null, null, "R : x"),
                    new Case("R-: x", null, null, "R-: x"),
                    new Case(": x", null, null, ": x"),
                    new Case("RE:x", null, null, "RE:x")));
    checks
        .rows("MSG-024", "MSG-074")
        .check(
            "Without a prefix, or with an empty one, the normalized subject is the subject",
            c ->
                run(
                    c,
                    new Case("hello", null, null, "hello"),
                    new Case("RE: x", "", "", "RE: x"),
                    new Case("", null, null, "")));
    savedValues(checks);
  }

  private static void savedValues(Checks checks) {
    checks
        .rows("MSG-025")
        .check(
            "A later save computes them again",
            c -> {
              IMessage message = c.message(SPropValue.of(PR_SUBJECT_W, "RE: one"));
              c.assertProp("one", message, PR_NORMALIZED_SUBJECT_W);
              c.set(message, PR_SUBJECT_W, "AW: two");
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              c.assertProp("two", stored, PR_NORMALIZED_SUBJECT_W);
              c.assertProp("AW: ", stored, PR_SUBJECT_PREFIX_W);
            });
    checks
        .rows("MSG-035")
        .check(
            "PR_RTF_COMPRESSED comes back as it was stored",
            c -> {
              Bytes rtf = Bytes.fromHex("0E000000060000004D454C41000000007B5C727466317D");
              Bytes id = c.stored(SPropValue.of(PR_RTF_COMPRESSED, rtf));
              IMessage stored = c.openOther(id, 0);
              c.assertProp(rtf, stored, PR_RTF_COMPRESSED);
              c.assertEqual(
                  rtf, c.readAll(c.stream(stored, PR_RTF_COMPRESSED, 0)), "PR_RTF_COMPRESSED");
            });
    checks
        .rows("MSG-040")
        .check(
            "PR_HTML and PR_BODY_HTML are one property",
            c -> {
              Bytes html = Bytes.copyOf(new byte[] {'<', 'p', '>'});
              IMessage message = c.message(SPropValue.of(PR_HTML, html));
              c.assertProp(html, message, PR_HTML);
              c.need(
                  message.deleteProps(SPropTagArray.tags(PR_BODY_HTML_W)),
                  "DeleteProps(PR_BODY_HTML)");
              c.assertPropError(MAPI_E_NOT_FOUND, message, PR_HTML);
              c.set(message, PR_BODY_HTML_W, "<b>");
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              c.assertProp("<b>", stored, PR_BODY_HTML_W);
              List<Integer> ids =
                  c.need(stored.getPropList(0), "GetPropList").stream()
                      .filter(tag -> PropTag.id(tag) == 0x1013)
                      .map(PropTag::id)
                      .boxed()
                      .toList();
              c.assertEqual(List.of(0x1013), ids, "entries of identifier 0x1013");
            });
    checks
        .rows("MSG-072")
        .check("Every type of value comes back in another session", SavedValues::check);
  }

  private static void run(Context c, Case... cases) throws Exception {
    for (Case one : cases) {
      IMessage message = c.newMessage();
      c.set(message, PR_SUBJECT_W, one.subject());
      if (one.set() != null) {
        c.set(message, PR_SUBJECT_PREFIX_W, one.set());
      }
      c.assertHr(MapiCode.S_OK, message.saveChanges(0), "SaveChanges");
      IMessage stored = c.openOther(c.entryId(message), 0);
      c.assertProp(one.subject(), stored, PR_SUBJECT_W);
      c.assertEqual(
          one.normalized(),
          c.get(stored, PR_NORMALIZED_SUBJECT_W).asString(),
          "PR_NORMALIZED_SUBJECT of " + one);
      SPropValue prefix = c.entry(stored, PR_SUBJECT_PREFIX_W);
      if (one.prefix() == null) {
        c.assertTrue(
            prefix.isError() || prefix.asString().isEmpty(), "no prefix of " + one, prefix);
      } else {
        c.assertEqual(one.prefix(), prefix.value(), "PR_SUBJECT_PREFIX of " + one);
      }
      c.assertEqual(
          one.subject(),
          (prefix.isError() ? "" : prefix.asString())
              + c.get(stored, PR_NORMALIZED_SUBJECT_W).asString(),
          "prefix and normalized subject together");
    }
  }
}
