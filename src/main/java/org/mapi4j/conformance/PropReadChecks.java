package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiTags.PR_BODY_W;
import static org.mapi4j.types.MapiTags.PR_IMPORTANCE;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** GetProps and GetPropList. */
final class PropReadChecks {
  private PropReadChecks() {}

  static void register(Checks checks) {
    checks
        .rows("PROP-024", "PROP-028")
        .check(
            "GetProps answers each tag in the order of the array, with the type asked for",
            c -> {
              IMessage message = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              List<SPropValue> props =
                  c.ok(
                      message.getProps(tags(PR_IMPORTANCE, PR_BODY_W, PR_SUBJECT_W), 0),
                      "GetProps");
              c.assertEqual(
                  List.of(PR_IMPORTANCE, PR_BODY_W, PR_SUBJECT_W),
                  props.stream().map(SPropValue::ulPropTag).toList(),
                  "tags of the result");
            });
    checks
        .rows("PROP-026")
        .check(
            "GetProps with cValues 0",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.message().getProps(SPropTagArray.EMPTY, 0),
                    "GetProps(0 tags)"));
  }
}
