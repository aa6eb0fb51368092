package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_MESSAGE_CLASS_W;

import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Message classes in tables. The check's folder holds the classes ipm.B, IPM.c and IPM.a. */
final class MessageClassTables {
  private MessageClassTables() {}

  static void check(Context c) throws Exception {
    IMAPITable table = c.own(c.need(c.folder().getContentsTable(MAPI_UNICODE), "GetContentsTable"));
    if (c.supports(STORE_SORT_OK)) {
      c.ok(
          table.sortTable(
              SSortOrderSet.of(new SSortOrder(PR_MESSAGE_CLASS_W, TABLE_SORT_ASCEND)), 0),
          "SortTable(PR_MESSAGE_CLASS)");
      c.assertEqual(
          List.of("IPM.a", "ipm.B", "IPM.c"),
          column(c.rows(table, PR_MESSAGE_CLASS_W)).subList(0, 3),
          "classes sorted");
    }
    if (c.supports(STORE_RESTRICTION_OK)) {
      c.ok(
          table.restrict(
              new SPropertyRestriction(
                  RELOP_EQ, PR_MESSAGE_CLASS_W, SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.b")),
              0),
          "Restrict(PR_MESSAGE_CLASS = IPM.b)");
      c.assertEqual(
          List.of("ipm.B"), column(c.rows(table, PR_MESSAGE_CLASS_W)), "rows of class IPM.b");
    }
  }
}
