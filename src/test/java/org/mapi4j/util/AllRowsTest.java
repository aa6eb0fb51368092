package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.util.MapiUtil.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

@DisplayName("HrQueryAllRows, HrAddColumnsEx: UTIL-048")
class AllRowsTest {
  private final List<String> calls = new ArrayList<>();
  private SPropTagArray columns = tags(PR_ENTRYID, PR_SUBJECT_W);

  /** A table of so many rows that gives seven at a time. */
  private IMAPITable table(int count) {
    List<SRow> rows =
        IntStream.range(0, count).mapToObj(i -> SRow.of(SPropValue.of(PR_ROWID, i))).toList();
    int[] cursor = {0};
    Map<String, Function<Object[], Object>> answers = new HashMap<>();
    answers.put("setColumns", args -> note("setColumns", columns = (SPropTagArray) args[0]));
    answers.put("restrict", args -> note("restrict", args[0]));
    answers.put("sortTable", args -> note("sortTable", args[0]));
    answers.put("queryColumns", args -> MapiResult.ok(columns));
    answers.put("seekRow", args -> MapiResult.ok(cursor[0] = 0));
    answers.put(
        "queryRows",
        args -> {
          int to = Math.min(count, cursor[0] + Math.min(7, (Integer) args[0]));
          SRowSet chunk = new SRowSet(rows.subList(cursor[0], to));
          cursor[0] = to;
          return MapiResult.ok(chunk);
        });
    return Fakes.of(IMAPITable.class, answers);
  }

  private int note(String call, Object argument) {
    calls.add(call + " " + argument);
    return S_OK;
  }

  @Test
  void hrQueryAllRows_shortRowSets_areReadToTheEnd() {
    assertEquals(20, hrQueryAllRows(table(20), null, null, null, 0).value().size());
    assertEquals(List.of(), calls);
    assertEquals(0, hrQueryAllRows(table(0), null, null, null, 0).value().size());
  }

  @Test
  void hrQueryAllRows_moreThanAllowed_returnsTableTooBig() {
    assertEquals(MAPI_E_TABLE_TOO_BIG, hrQueryAllRows(table(20), null, null, null, 19).hr());
    assertEquals(20, hrQueryAllRows(table(20), null, null, null, 20).value().size());
    assertEquals(MAPI_E_INVALID_PARAMETER, hrQueryAllRows(null, null, null, null, 0).hr());
  }

  @Test
  void hrQueryAllRows_columnsRestrictionAndOrder_areSetBeforehand() {
    SRestriction restriction = new SRestriction.SExistRestriction(PR_SUBJECT_W);
    SSortOrderSet sort = SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND));
    assertEquals(S_OK, hrQueryAllRows(table(1), tags(PR_ROWID), restriction, sort, 0).hr());
    assertEquals(
        List.of("setColumns " + tags(PR_ROWID), "restrict " + restriction, "sortTable " + sort),
        calls);
  }

  @Test
  void hrQueryAllRows_undefinedProperty_keepsThePtErrorOfQueryRows() {
    SPropValue missing = SPropValue.error(PR_SUBJECT_W, MAPI_E_NOT_FOUND);
    SRowSet[] chunks = {new SRowSet(List.of(SRow.of(missing))), SRowSet.EMPTY};
    int[] next = {0};
    IMAPITable table =
        Fakes.of(
            IMAPITable.class,
            Map.of(
                "seekRow", args -> MapiResult.ok(0),
                "queryRows", args -> MapiResult.ok(chunks[next[0]++])));
    SRowSet rows = hrQueryAllRows(table, null, null, null, 0).value();
    assertEquals(missing, rows.get(0).lpProps().get(0));
  }

  @Test
  void hrAddColumnsEx_newAndPresentColumns_comeFirst() {
    assertEquals(S_OK, hrAddColumns(table(0), tags(PR_IMPORTANCE, PR_SUBJECT_W)));
    assertEquals(tags(PR_IMPORTANCE, PR_SUBJECT_W, PR_ENTRYID), columns);
  }

  @Test
  void hrAddColumnsEx_filter_seesThePresentColumnsFirst() {
    assertEquals(
        S_OK,
        hrAddColumnsEx(
            table(0),
            tags(PR_IMPORTANCE),
            old ->
                SPropTagArray.of(
                    old.stream()
                        .map(
                            tag ->
                                tag == PR_SUBJECT_W ? PropTag.changePropType(tag, PT_STRING8) : tag)
                        .boxed()
                        .toList())));
    assertEquals(tags(PR_IMPORTANCE, PR_ENTRYID, PR_SUBJECT_A), columns);
    assertEquals(
        MAPI_E_INVALID_PARAMETER,
        hrAddColumnsEx(table(0), tags(PR_IMPORTANCE), old -> tags(1, 2, 3, 4, 5)));
  }
}
