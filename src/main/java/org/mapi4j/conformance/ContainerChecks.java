package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** GetContentsTable, GetHierarchyTable, and the properties that open their tables. */
final class ContainerChecks {
  private static final int[] TABLES = {
    PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY, PR_FOLDER_ASSOCIATED_CONTENTS
  };

  private ContainerChecks() {}

  static void register(Checks checks) {
    support(checks);
    widths(checks);
    depth(checks);
    properties(checks);
  }

  private static void support(Checks checks) {
    checks
        .rows("CONT-003", "CONT-004")
        .check(
            "a table is MAPI_E_NO_SUPPORT exactly where nothing can be in it",
            c -> {
              IMAPIFolder folder = c.folder();
              MapiResult<IMAPITable> associated = folder.getContentsTable(MAPI_ASSOCIATED);
              var message = folder.createMessage(null, MAPI_ASSOCIATED);
              c.gives(associated);
              c.gives(message);
              c.assertEqual(message.hr(), associated.hr(), "CreateMessage beside GetContentsTable");
              c.assertOneOf(
                  associated.hr(), "GetContentsTable(MAPI_ASSOCIATED)", S_OK, MAPI_E_NO_SUPPORT);
              c.stored();
              c.subfolder(folder, "child");
              c.own(c.ok(folder.getContentsTable(0), "GetContentsTable with a message"));
              c.own(c.ok(folder.getHierarchyTable(0), "GetHierarchyTable with a subfolder"));
            });
    checks
        .rows("CONT-008")
        .notApplicable(
            "the folders have no access control lists, whose tables the flag is for",
            c -> {
              c.stored();
              MapiResult<?> lists =
                  c.folder().openProperty(PR_ACL_TABLE, MapiGuid.IID_IMAPITable, 0, 0);
              c.assertTrue(lists.failed(), "OpenProperty(PR_ACL_TABLE) to fail", lists);
              IMAPITable table =
                  c.own(c.ok(c.folder().getContentsTable(ACLTABLE_FREEBUSY), "GetContentsTable"));
              for (var row : c.rows(table, PR_MEMBER_RIGHTS)) {
                c.assertTrue(row.lpProps().get(0).isError(), "no PR_MEMBER_RIGHTS", row);
              }
            });
  }

  private static void widths(Checks checks) {
    checks
        .rows("CONT-005")
        .check(
            "MAPI_UNICODE selects the width of text columns",
            c -> {
              c.stored();
              c.subfolder(c.folder(), "child");
              for (int flags : List.of(MAPI_UNICODE, 0)) {
                boolean wide = flags == MAPI_UNICODE;
                boolean known = c.supports(wide ? STORE_UNICODE_OK : STORE_ANSI_OK);
                for (MapiResult<IMAPITable> opened :
                    List.of(
                        c.folder().getContentsTable(flags), c.folder().getHierarchyTable(flags))) {
                  if (opened.hr() == MAPI_E_BAD_CHARWIDTH) {
                    c.assertTrue(!known, "a width that the mask names to be known", opened);
                    continue;
                  }
                  IMAPITable table = c.own(c.ok(opened, "a table of flags " + flags));
                  assertWidth(c, table, wide ? PT_UNICODE : PT_STRING8);
                }
              }
            });
  }

  private static void assertWidth(Context c, IMAPITable table, int type) {
    int texts = 0;
    for (SPropValue value : c.need(table.queryRows(1, 0), "QueryRows").get(0).lpProps()) {
      int of = PropTag.type(value.ulPropTag());
      if (of == PT_UNICODE || of == PT_STRING8) {
        c.assertEqual(type, of, "the type of " + PropTag.toString(value.ulPropTag()));
        texts++;
      }
    }
    c.assertTrue(texts > 0, "a text column among those that a table begins with", "none");
  }

  private static void depth(Checks checks) {
    checks
        .rows("CONT-009", "CONT-010")
        .check(
            "a table of all levels has what the tables of each level have",
            c -> {
              IMAPIFolder one = c.subfolder(c.folder(), "one");
              IMAPIFolder two = c.subfolder(one, "two");
              Map<Object, Integer> depths =
                  Map.of(
                      c.entryId(one), 0,
                      c.entryId(two), 1,
                      c.entryId(c.subfolder(two, "three")), 2,
                      c.entryId(c.subfolder(c.folder(), "beside")), 0);
              IMAPITable all =
                  c.own(
                      c.need(
                          c.folder().getHierarchyTable(CONVENIENT_DEPTH | MAPI_UNICODE),
                          "GetHierarchyTable(CONVENIENT_DEPTH)"));
              Set<Object> seen = new HashSet<>();
              for (var row : c.rows(all, PR_ENTRYID, PR_DEPTH)) {
                Bytes id = row.lpProps().get(0).asBytes();
                seen.add(id);
                c.assertEqual(depths.get(id), row.lpProps().get(1).value(), "PR_DEPTH");
              }
              c.assertEqual(depths.keySet(), seen, "folders of all levels");
              c.assertEqual(
                  Set.of("one", "beside"), FolderFixtures.names(c, c.folder()), "subfolders");
            });
  }

  private static void properties(Checks checks) {
    checks
        .rows("CONT-020")
        .check(
            "OpenProperty of the three table properties opens the same tables",
            c -> {
              IMAPIFolder folder = c.folder();
              Bytes message = c.stored();
              Bytes associated = FolderFixtures.associated(c, folder);
              Bytes child = c.entryId(c.subfolder(folder, "child"));
              Bytes[] expected = {message, child, associated};
              for (int i = 0; i < TABLES.length; i++) {
                IMAPITable table =
                    (IMAPITable)
                        c.own(
                            c.ok(
                                folder.openProperty(
                                    TABLES[i], MapiGuid.IID_IMAPITable, MAPI_UNICODE, 0),
                                "OpenProperty(" + PropTag.toString(TABLES[i]) + ")"));
                c.assertEqual(
                    List.of(expected[i]),
                    Fixtures.column(c.rows(table, PR_ENTRYID)),
                    "rows of " + PropTag.toString(TABLES[i]));
              }
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  folder.openProperty(PR_CONTAINER_CONTENTS, MapiGuid.IID_IStream, 0, 0),
                  "OpenProperty(PR_CONTAINER_CONTENTS, IID_IStream)");
            });
    checks
        .rows("CONT-021")
        .check(
            "GetPropList names the table properties, GetProps has no value of them",
            c -> {
              SPropTagArray list = c.ok(c.folder().getPropList(MAPI_UNICODE), "GetPropList");
              for (int tag : TABLES) {
                c.assertTrue(list.containsId(tag), PropTag.toString(tag) + " in the list", list);
              }
              MapiResult<List<SPropValue>> values = c.folder().getProps(tags(TABLES), 0);
              c.assertHr(MAPI_W_ERRORS_RETURNED, values.hr(), "GetProps");
              for (SPropValue value : values.value()) {
                c.assertTrue(value.isError(), "an error in place of a table", value);
              }
            });
  }
}
