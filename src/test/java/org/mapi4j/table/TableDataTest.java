package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.ITableData;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Rows that a program fills, against a plain list. The kit's TDATA rows play the rest. */
class TableDataTest {
  private static final SPropTagArray COLUMNS = SPropTagArray.tags(PR_ROWID, PR_SUBJECT_W);
  private static final SSortOrderSet BY_SUBJECT =
      SSortOrderSet.of(
          new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND),
          new SSortOrder(PR_ROWID, TABLE_SORT_ASCEND));

  private static <T> T ok(MapiResult<T> result) {
    assertEquals(S_OK, result.hr());
    return result.value();
  }

  private static ITableData data() {
    return ok(TableData.create(null, TBLTYPE_DYNAMIC, PR_ROWID, COLUMNS));
  }

  private static SPropValue id(int id) {
    return SPropValue.of(PR_ROWID, id);
  }

  private static SRow row(int id, String subject) {
    return SRow.of(id(id), SPropValue.of(PR_SUBJECT_W, subject));
  }

  private static List<SRow> read(IMAPITable view) {
    assertEquals(0, ok(view.seekRow(BOOKMARK_BEGINNING, 0)));
    return ok(view.queryRows(10_000, 0)).aRow();
  }

  @Test
  void views_ofRandomChanges_equalAList_seed1() throws Exception {
    Random chance = new Random(1);
    ITableData data = data();
    List<SRow> model = new ArrayList<>();
    IMAPITable plain = ok(data.hrGetView(null, null, 0));
    IMAPITable sorted = ok(data.hrGetView(BY_SUBJECT, null, 0));
    for (int step = 0; step < 3_000; step++) {
      change(chance, data, model);
      if (step % 7 == 0) {
        assertEquals(model, read(plain), "step " + step);
        List<SRow> expected = new ArrayList<>(model);
        expected.sort(
            (a, b) -> {
              int bySubject = subject(a).compareTo(subject(b));
              return bySubject != 0 ? bySubject : Integer.compare(number(a), number(b));
            });
        assertEquals(expected, read(sorted), "step " + step);
        for (int i = 0; i < model.size(); i++) {
          assertEquals(model.get(i), ok(data.hrEnumRow(i)));
        }
      }
    }
  }

  private static String subject(SRow row) {
    return row.lpProps().get(1).asString();
  }

  private static int number(SRow row) {
    return row.lpProps().get(0).asInt();
  }

  private static void change(Random chance, ITableData data, List<SRow> model) {
    SRow row = row(chance.nextInt(60), "s" + chance.nextInt(20));
    int there = -1;
    for (int i = 0; i < model.size(); i++) {
      there = number(model.get(i)) == number(row) ? i : there;
    }
    switch (chance.nextInt(20)) {
      case 0 -> {
        assertEquals(model.size(), ok(data.hrDeleteRows(TAD_ALL_ROWS, null)));
        model.clear();
      }
      case 1, 2, 3, 4, 5 -> {
        int at = chance.nextInt(model.size() + 1);
        assertEquals(there < 0 ? S_OK : MAPI_E_INVALID_PARAMETER, data.hrInsertRow(at, row));
        if (there < 0) {
          model.add(at, row);
        }
      }
      case 6, 7, 8 -> {
        assertEquals(there < 0 ? MAPI_E_NOT_FOUND : S_OK, data.hrDeleteRow(id(number(row))));
        if (there >= 0) {
          model.remove(there);
        }
      }
      default -> {
        assertEquals(S_OK, data.hrModifyRows(0, new SRowSet(List.of(row))));
        if (there < 0) {
          model.add(row);
        } else {
          model.set(there, row);
        }
      }
    }
  }

  @Test
  void views_besideWriters_loseNoRow() throws Exception {
    ITableData data = data();
    IMAPITable view = ok(data.hrGetView(null, null, 0));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        int from = 1_000 * w;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = from; i < from + 500; i++) {
                    assertEquals(S_OK, data.hrModifyRow(row(i, "s")));
                  }
                }));
      }
      int before = 0;
      for (Future<?> writer : writers) {
        while (!writer.isDone()) {
          int now = read(view).size();
          assertTrue(now >= before, before + " rows, then " + now);
          before = now;
        }
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(2_000, read(view).size());
  }

  @Test
  void columns_ofEitherWidth_areGivenAsTheViewWants() {
    ITableData narrow =
        ok(
            TableData.create(
                null, TBLTYPE_DYNAMIC, PR_ROWID, SPropTagArray.tags(PR_ROWID, PR_SUBJECT_A)));
    assertEquals(S_OK, narrow.hrModifyRow(row(1, "wide")));
    IMAPITable view = ok(narrow.hrGetView(null, null, 0));
    assertEquals(SRow.of(id(1), SPropValue.of(PR_SUBJECT_A, "wide")), read(view).get(0));
    assertEquals(S_OK, view.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0));
    assertEquals(SRow.of(SPropValue.of(PR_SUBJECT_W, "wide")), read(view).get(0));
  }

  @Test
  void close_leavesOpenViewsAndRefusesTheRest() {
    ITableData data = data();
    assertEquals(S_OK, data.hrModifyRow(row(1, "a")));
    IMAPITable view = ok(data.hrGetView(null, null, 0));
    data.close();
    assertEquals(List.of(row(1, "a")), read(view));
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrGetView(null, null, 0).hr());
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrModifyRow(row(2, "b")));
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrInsertRow(0, row(2, "b")));
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrDeleteRow(id(1)));
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrDeleteRows(TAD_ALL_ROWS, null).hr());
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrQueryRow(id(1)).hr());
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrEnumRow(0).hr());
    assertEquals(MAPI_E_INVALID_OBJECT, data.hrNotify(0, List.of(id(1))));
  }

  @Test
  void hrModifyRow_beyondTheColumnsOfATable_isTooComplexAndChangesNothing() {
    ITableData data = data();
    List<SPropValue> many = new ArrayList<>(List.of(id(1)));
    for (int i = 0; i < TableView.COLUMNS_MAX; i++) {
      many.add(SPropValue.of(PropTag.of(0x1000 + i, PT_LONG), i));
    }
    assertEquals(MAPI_E_TOO_COMPLEX, data.hrModifyRow(new SRow(many)));
    assertEquals(MAPI_E_TOO_COMPLEX, data.hrInsertRow(0, new SRow(many)));
    assertEquals(null, ok(data.hrEnumRow(0)));
  }

  @Test
  void hrInsertRow_toAndFroAtOnePlace_keepsKeysShortAndTheOrder() {
    TableDataRows rows = new TableDataRows(COLUMNS);
    TableDataView view = rows.view(TBLTYPE_DYNAMIC);
    List<Integer> expected = new ArrayList<>();
    int reloads = 0;
    for (int i = 0; i < 7000; i++) {
      int at = (i + 1) / 2;
      assertEquals(S_OK, rows.insert(at, id(i), row(i, "s")));
      expected.add(at, i);
      boolean anew = view.changes().isEmpty();
      assertEquals(anew ? TABLE_RELOAD : TABLE_CHANGED, view.coarseEvent());
      reloads += anew ? 1 : 0;
    }
    assertTrue(reloads > 0 && reloads < 3, reloads + " times anew");
    List<Integer> found = new ArrayList<>();
    for (DataRow row : rows.all()) {
      assertTrue(row.instanceKey().size() <= TableDataRows.KEY_BYTES_MAX);
      assertEquals(row, rows.row(row.instanceKey()));
      assertEquals(found.size(), rows.find(row.index()).lpuliRow());
      found.add(row.index().asInt());
    }
    assertEquals(expected, found);
  }

  @Test
  void hrDeleteRows_many_leavesTheOthersInOrder() {
    ITableData data = data();
    List<SRow> rows = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      rows.add(row(i, "s"));
    }
    assertEquals(S_OK, data.hrModifyRows(0, new SRowSet(rows)));
    rows.removeIf(row -> row.lpProps().get(0).asInt() % 1000 == 7);
    rows.addAll(rows.subList(0, 10));
    rows.add(row(-1, "nowhere"));
    assertEquals(99_900, ok(data.hrDeleteRows(0, new SRowSet(rows))));
    for (int i = 0; i < 100; i++) {
      assertEquals(id(1000 * i + 7), data.hrEnumRow(i).value().lpProps().get(0));
      assertEquals(i, ok(data.hrQueryRow(id(1000 * i + 7))).lpuliRow());
    }
  }

  @Test
  void release_ofAViewWhoseCallerReleaseThrows_releasesAndReports() {
    ITableData data = data();
    assertEquals(S_OK, data.hrModifyRow(row(1, "one")));
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    List<Throwable> reported = new ArrayList<>();
    thread.setUncaughtExceptionHandler((where, thrown) -> reported.add(thrown));
    try {
      for (Throwable thrown : List.of(new IllegalStateException("mine"), new LinkageError())) {
        int[] calls = {0};
        IMAPITable view =
            ok(
                data.hrGetView(
                    null,
                    (number, table, released) -> {
                      calls[0]++;
                      if (thrown instanceof Error error) {
                        throw error;
                      }
                      throw (RuntimeException) thrown;
                    },
                    7));
        view.close();
        view.close();
        assertEquals(1, calls[0]);
        assertEquals(MAPI_E_INVALID_OBJECT, view.getRowCount(0).hr());
        assertEquals(thrown, reported.remove(reported.size() - 1));
        assertEquals(List.of(), reported);
      }
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(row(1, "one")), read(ok(data.hrGetView(null, null, 0))));
  }
}
