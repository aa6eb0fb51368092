package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The messages of a folder, a line or an object of JSON for each. */
final class FolderRows {
  private static final SPropTagArray COLUMNS =
      tags(
          PR_ENTRYID,
          PR_SUBJECT_W,
          PR_SENDER_NAME_W,
          PR_MESSAGE_DELIVERY_TIME,
          PR_CREATION_TIME,
          PR_MESSAGE_FLAGS,
          PR_HASATTACH,
          PR_MESSAGE_SIZE,
          PR_MESSAGE_CLASS_W);

  private final Console console;
  private final TableArguments rows;
  private final IMAPIFolder folder;
  private final boolean deleted;
  private final SPropTagArray columns;
  private final int[] groups;

  /**
   * @param deleted those that were deleted and are kept, instead of those that are there
   */
  FolderRows(Console console, TableArguments rows, IMAPIFolder folder, boolean deleted) {
    this.console = console;
    this.rows = rows;
    this.folder = folder;
    this.deleted = deleted;
    this.columns = rows.columns(folder, usual());
    this.groups = rows.groups(folder);
  }

  private SPropTagArray usual() {
    IntStream more =
        deleted
            ? IntStream.of(PR_DELETED_ON)
            : StoreView.isSearch(folder) ? IntStream.of(PR_PARENT_DISPLAY_W) : IntStream.empty();
    return tags(IntStream.concat(COLUMNS.stream(), more).toArray());
  }

  /** The number of the first row that was passed, how many were, and how many there are. */
  private record Passed(int first, int read, int count) {}

  private Passed each(BiConsumer<Integer, SRow> row) {
    try (IMAPITable table = StoreView.contents(folder, columns, deleted ? SHOW_SOFT_DELETES : 0)) {
      int first = rows.apply(table, folder, columns);
      int count = MapiException.require(table.getRowCount(0), "IMAPITable::GetRowCount");
      int[] number = {first};
      int read = rows.rows(table, one -> row.accept(number[0]++, one));
      return new Passed(first, read, count);
    }
  }

  /** As objects of JSON. */
  List<Map<String, Object>> objects() {
    List<Map<String, Object>> all = new ArrayList<>();
    Passed passed = each((number, row) -> all.add(object(number, row)));
    assert passed.read() == all.size();
    return all;
  }

  /** Prints them, and how many there are. */
  void print() {
    Passed passed = each((number, row) -> console.out().println(line(number, row)));
    int count = passed.count();
    if (passed.read() == count && rows.isPlain()) {
      String kind = deleted ? "deleted message" : "message";
      console.out().println(count + " " + kind + (count == 1 ? "" : "s"));
    } else if (passed.read() == 0) {
      console.out().println("no row of " + count);
    } else {
      int last = passed.first() + passed.read() - 1;
      console.out().println("rows %d to %d of %d".formatted(passed.first(), last, count));
    }
  }

  /** One row in text: a heading, the columns asked for, or the usual ones. */
  private String line(int number, SRow row) {
    String indent = groups.length == 0 ? "" : "  ".repeat(StoreView.number(row, PR_DEPTH));
    if (isHeading(row)) {
      String key = text(row, groups[StoreView.number(row, PR_DEPTH)]);
      int unread = StoreView.number(row, PR_CONTENT_UNREAD);
      return "%s%s: %d%s"
          .formatted(
              indent,
              key,
              StoreView.number(row, PR_CONTENT_COUNT),
              unread == 0 ? "" : " (" + unread + " unread)");
    }
    String start = indent + (rows.isPlain() ? "#%-5d ".formatted(number) : "");
    return rows.hasColumns()
        ? start + columns.stream().mapToObj(tag -> text(row, tag)).collect(Collectors.joining("  "))
        : start + usual(row);
  }

  private static boolean isHeading(SRow row) {
    return row.find(PR_ROW_TYPE).map(type -> type.asInt() != TBL_LEAF_ROW).orElse(false);
  }

  private static String text(SRow row, int tag) {
    return row.find(tag)
        .filter(value -> !value.isError())
        .map(
            value ->
                value.value() instanceof String text
                    ? ValueText.plain(text)
                    : ValueText.line(value))
        .orElse("-");
  }

  private static String usual(SRow row) {
    String time =
        row.find(PR_MESSAGE_DELIVERY_TIME)
            .or(() -> row.find(PR_CREATION_TIME))
            .map(FolderRows::minute)
            .orElse("");
    boolean read = (StoreView.number(row, PR_MESSAGE_FLAGS) & MSGFLAG_READ) != 0;
    boolean attachments = row.find(PR_HASATTACH).map(SPropValue::asBoolean).orElse(false);
    return "%s%s %-17s %-24s %s"
        .formatted(
            read ? " " : "*",
            attachments ? "@" : " ",
            time,
            cut(ValueText.plain(StoreView.text(row, PR_SENDER_NAME_W)), 24),
            ValueText.plain(StoreView.text(row, PR_SUBJECT_W)) + remark(row));
  }

  /** Where a search found it, when it was deleted. */
  private static String remark(SRow row) {
    return value(row, PR_DELETED_ON)
        .map(time -> "  (deleted " + minute(time) + ")")
        .or(
            () ->
                value(row, PR_PARENT_DISPLAY_W)
                    .map(name -> "  (in " + ValueText.plain(name.asString()) + ")"))
        .orElse("");
  }

  private static Optional<SPropValue> value(SRow row, int tag) {
    return row.find(tag).filter(found -> !found.isError());
  }

  private static String minute(SPropValue time) {
    return time.asTime().toInstant().truncatedTo(ChronoUnit.MINUTES).toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** A message has its number, which its address takes, where the view is that of the folder. */
  private Map<String, Object> object(int number, SRow row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(rows.isPlain() ? "number" : "row", number);
    if (isHeading(row)) {
      int depth = StoreView.number(row, PR_DEPTH);
      object.put("group", TagNames.name(groups[depth]));
      object.put(
          "value",
          row.find(groups[depth]).filter(key -> !key.isError()).map(ValueText::json).orElse(null));
      object.put("messages", StoreView.number(row, PR_CONTENT_COUNT));
      object.put("unread", StoreView.number(row, PR_CONTENT_UNREAD));
      return object;
    }
    columns.stream()
        .mapToObj(row::find)
        .flatMap(Optional::stream)
        .filter(value -> !value.isError())
        .forEach(value -> object.put(TagNames.name(value.ulPropTag()), ValueText.json(value)));
    return object;
  }
}
