package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import picocli.CommandLine.Option;

/** Which rows of a table are shown, in what order and with what columns. */
final class TableArguments {
  private static final int ROWS_PER_PAGE = 500;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "TAG",
      description = "Columns: subject, PR_SUBJECT_W or 0x0037001F.")
  private List<String> columns;

  @Option(
      names = "--where",
      paramLabel = "TEXT",
      description = {
        "Only rows such as: subject contains \"plan\" and not (importance = 2 or message_flags has 1).",
        "The tests are = != < <= > >= contains starts has exists."
      })
  private String where;

  @Option(
      names = "--sort",
      split = ",",
      paramLabel = "TAG [desc]",
      description = "The order: \"importance desc,subject\".")
  private List<String> sort;

  @Option(
      names = "--group",
      split = ",",
      paramLabel = "TAG [desc]",
      description = "Headings of rows with the same value.")
  private List<String> group;

  @Option(names = "--from", paramLabel = "N", description = "The first row shown; 1 by default.")
  private int from = 1;

  @Option(names = "--count", paramLabel = "N", description = "How many rows; all by default.")
  private int count = Integer.MAX_VALUE;

  /** True when the rows are the folder's messages in the order that numbers them. */
  boolean isPlain() {
    return where == null && sort == null && group == null;
  }

  /** True when nothing was asked for. */
  boolean isEmpty() {
    return isPlain() && columns == null && from == 1 && count == Integer.MAX_VALUE;
  }

  /** {@code --where}, which then restricts no table; null without one. */
  String takeWhere() {
    String taken = where;
    where = null;
    return taken;
  }

  /** Tags of {@code --columns}, or these. */
  SPropTagArray columns(IMAPIProp folder, SPropTagArray usual) {
    return columns == null
        ? usual
        : SPropTagArray.tags(
            parts("--columns", columns).stream().mapToInt(name -> tag(name, folder)).toArray());
  }

  boolean hasColumns() {
    return columns != null;
  }

  /** Tags of {@code --group}, the outermost first. */
  int[] groups(IMAPIProp folder) {
    return keys("--group", group, folder).stream().mapToInt(SSortOrder::ulPropTag).toArray();
  }

  /** Columns, order and restriction; the cursor on the first row shown, whose number it returns. */
  int apply(IMAPITable table, IMAPIProp folder, SPropTagArray shown) {
    if (from < 1 || count < 1) {
      throw new CommandFailure("--from, --count: expected 1 or more");
    }
    List<SSortOrder> keys = new ArrayList<>(keys("--group", group, folder));
    int groups = keys.size();
    IntStream more =
        IntStream.concat(
            keys.stream().mapToInt(SSortOrder::ulPropTag),
            IntStream.of(PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT, PR_CONTENT_UNREAD));
    IntStream all = groups == 0 ? shown.stream() : IntStream.concat(shown.stream(), more);
    MapiException.require(
        table.setColumns(SPropTagArray.tags(all.distinct().toArray()), TBL_BATCH),
        "IMAPITable::SetColumns");
    keys.addAll(keys("--sort", sort, folder));
    if (!keys.isEmpty()) {
      SSortOrderSet order = new SSortOrderSet(keys, groups, groups);
      MapiException.require(
          table.sortTable(order, TBL_BATCH), "--sort, --group: IMAPITable::SortTable");
    }
    if (where != null) {
      MapiException.require(
          table.restrict(Where.parse(where, name -> tag(name, folder)), TBL_BATCH),
          "--where: IMAPITable::Restrict");
    }
    return 1
        + MapiException.require(table.seekRow(BOOKMARK_BEGINNING, from - 1), "IMAPITable::SeekRow");
  }

  /** Passes the rows shown, and returns how many. */
  int rows(IMAPITable table, Consumer<SRow> each) {
    int read = 0;
    while (read < count) {
      SRowSet page =
          MapiException.require(
              table.queryRows(Math.min(ROWS_PER_PAGE, count - read), 0), "IMAPITable::QueryRows");
      if (page.size() == 0) {
        break;
      }
      page.forEach(each);
      read += page.size();
    }
    return read;
  }

  /** What an option lists; nothing where it was not given. */
  private static List<String> parts(String option, List<String> texts) {
    if (texts != null && (texts.isEmpty() || texts.stream().anyMatch(String::isBlank))) {
      throw new CommandFailure(option + ": expected a property, or several with a comma between");
    }
    return texts == null ? List.of() : texts;
  }

  private static List<SSortOrder> keys(String option, List<String> texts, IMAPIProp folder) {
    return parts(option, texts).stream().map(text -> key(option, text.strip(), folder)).toList();
  }

  private static SSortOrder key(String option, String text, IMAPIProp folder) {
    String[] words = text.split("\\s+", -1);
    boolean descends = words.length == 2 && words[1].equalsIgnoreCase("desc");
    if (words.length > 2 || words.length == 2 && !descends && !words[1].equalsIgnoreCase("asc")) {
      throw new CommandFailure(
          option + ": " + text + ": expected a property, or a property and desc");
    }
    return new SSortOrder(tag(words[0], folder), descends ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND);
  }

  /** {@code subject} is PR_SUBJECT; the rest as everywhere. */
  static int tag(String name, IMAPIProp folder) {
    String text = name.strip();
    return TagNames.parse(
        text.matches("[a-z][a-z0-9_]*") ? "PR_" + text.toUpperCase(Locale.ROOT) : text, folder);
  }
}
