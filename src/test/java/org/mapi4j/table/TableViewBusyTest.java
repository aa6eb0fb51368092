package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.table.Views.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Calls that were about to begin when another thread began an asynchronous operation. */
@Timeout(60)
class TableViewBusyTest {
  private static final int ROUNDS = 200;

  /** What a call answers that waits for the view while a SortTable begins, which is aborted. */
  private static <T> T meetingSort(TableView view, Callable<T> call) throws Exception {
    FutureTask<T> answer = new FutureTask<>(call);
    Thread caller = new Thread(answer);
    synchronized (view) {
      caller.start();
      while (caller.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      SSortOrderSet order = SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND));
      assertHr(S_OK, view.sortTable(order, TBL_ASYNC));
      assertHr(S_OK, view.abort());
    }
    return answer.get();
  }

  @Test
  void setColumns_isBusyOrLasts() throws Exception {
    SPropTagArray columns = SPropTagArray.tags(PR_IMPORTANCE);
    for (int round = 0; round < ROUNDS; round++) {
      TableView view = open(ListSource.subjects("b", "a"));
      int hr = meetingSort(view, () -> view.setColumns(columns, 0));
      assertTrue(hr == S_OK || hr == MAPI_E_BUSY);
      if (hr == S_OK) {
        assertEquals(columns, ok(view.queryColumns(0)), "round " + round);
      }
      view.close();
    }
  }

  @Test
  void createBookmark_waits_soThatItsBookmarkLasts() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      TableView view = open(ListSource.subjects("b", "a"));
      int bookmark = ok(meetingSort(view, view::createBookmark));
      assertEquals(S_OK, view.freeBookmark(bookmark), "round " + round);
      view.close();
    }
  }
}
