package org.mapi4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.Charset;
import java.util.List;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** What the tests of views share. */
final class Views {
  static final Charset WESTERN = Charset.forName("windows-1252");
  static final TableOptions WIDE = TableOptions.of(true, WESTERN, 1000);
  static final TableOptions NARROW = TableOptions.of(false, WESTERN, 1000);

  private Views() {}

  /** A view with one column, PR_SUBJECT_W. */
  static TableView open(ListSource source) {
    TableView view = TableView.open(source, WIDE);
    assertHr(S_OK, view.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0));
    return view;
  }

  static void assertHr(int expected, int hr) {
    assertEquals(HResult.toString(expected), HResult.toString(hr));
  }

  @CanIgnoreReturnValue
  static <T> T ok(MapiResult<T> result) {
    assertHr(S_OK, result.hr());
    return result.value();
  }

  /** The subjects that QueryRows gives, joined. */
  static String read(TableView view, int count) {
    return read(view, count, 0);
  }

  static String read(TableView view, int count, int flags) {
    return subjects(ok(view.queryRows(count, flags)));
  }

  /** Every subject, from the first row. */
  static String all(TableView view) {
    ok(view.seekRow(BOOKMARK_BEGINNING, 0));
    return read(view, 1000);
  }

  static String subjects(SRowSet rows) {
    List<String> subjects =
        rows.aRow().stream()
            .map(SRow::lpProps)
            .map(props -> props.get(0))
            .map(prop -> prop.isError() ? "?" : prop.asString())
            .toList();
    return String.join(" ", subjects);
  }

  static SRestriction subject(int relop, String text) {
    return new SPropertyRestriction(relop, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, text));
  }

  static SSortOrderSet by(int... tagsAndOrders) {
    SSortOrder[] keys = new SSortOrder[tagsAndOrders.length / 2];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new SSortOrder(tagsAndOrders[2 * i], tagsAndOrders[2 * i + 1]);
    }
    return SSortOrderSet.of(keys);
  }
}
