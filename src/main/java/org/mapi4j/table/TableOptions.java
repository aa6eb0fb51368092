package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.MAPI_E_TOO_COMPLEX;
import static org.mapi4j.types.MapiCode.S_OK;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.stream.IntStream;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * How a view behaves. The withers change one component each.
 *
 * @param unicode the width of string columns until SetColumns says otherwise: PT_UNICODE or
 *     PT_STRING8
 * @param codePage what PT_STRING8 columns are encoded in
 * @param columnBytesMax bytes of a value that a column gives; a larger one is
 *     PT_ERROR/MAPI_E_NOT_ENOUGH_MEMORY, never cut
 * @param restrictable false: Restrict and FindRow answer MAPI_E_NO_SUPPORT
 * @param bookmarkable false: CreateBookmark answers MAPI_E_NO_SUPPORT, as attachment tables do
 * @param subobjects true where rows are messages: SSubRestriction is evaluated, else it is
 *     MAPI_E_TOO_COMPLEX
 * @param categorizable true where rows may be categorized: SortTable takes categories, and rows
 *     have PR_ROW_TYPE and PR_DEPTH; else categories are MAPI_E_NO_SUPPORT
 * @param lenientFlags true: unknown flags are ignored instead of MAPI_E_UNKNOWN_FLAGS
 * @param defaultSort the order while SortTable asks for none; null for the source's own
 */
public record TableOptions(
    boolean unicode,
    Charset codePage,
    int columnBytesMax,
    boolean restrictable,
    boolean bookmarkable,
    boolean subobjects,
    boolean categorizable,
    boolean lenientFlags,
    SSortOrderSet defaultSort) {
  /** Checks that the code page is there and the limit is positive. */
  public TableOptions {
    Objects.requireNonNull(codePage, "codePage");
    if (columnBytesMax <= 0) {
      throw new IllegalArgumentException("columnBytesMax: expected > 0, found " + columnBytesMax);
    }
  }

  /** Restrictable, with bookmarks, without subobjects, in the source's own order. */
  public static TableOptions of(boolean unicode, Charset codePage, int columnBytesMax) {
    return new TableOptions(
        unicode, codePage, columnBytesMax, true, true, false, false, false, null);
  }

  /** S_OK, or what SortTable answers to an order. */
  public int check(SSortOrderSet order) {
    int checked = SortOrder.check(order, categorizable);
    IntStream keys = order.aSort().stream().mapToInt(SSortOrder::ulPropTag);
    return checked == S_OK && Instances.columns(keys).size() > Instances.INSTANCE_COLUMNS_MAX
        ? MAPI_E_TOO_COMPLEX
        : checked;
  }

  /** With {@link #restrictable}. */
  public TableOptions withRestrictable(boolean value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        value,
        bookmarkable,
        subobjects,
        categorizable,
        lenientFlags,
        defaultSort);
  }

  /** With {@link #bookmarkable}. */
  public TableOptions withBookmarkable(boolean value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        restrictable,
        value,
        subobjects,
        categorizable,
        lenientFlags,
        defaultSort);
  }

  /** With {@link #subobjects}. */
  public TableOptions withSubobjects(boolean value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        restrictable,
        bookmarkable,
        value,
        categorizable,
        lenientFlags,
        defaultSort);
  }

  /** With {@link #categorizable}. */
  public TableOptions withCategorizable(boolean value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        restrictable,
        bookmarkable,
        subobjects,
        value,
        lenientFlags,
        defaultSort);
  }

  /** With {@link #lenientFlags}. */
  public TableOptions withLenientFlags(boolean value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        restrictable,
        bookmarkable,
        subobjects,
        categorizable,
        value,
        defaultSort);
  }

  /** With {@link #defaultSort}. */
  public TableOptions withDefaultSort(SSortOrderSet value) {
    return new TableOptions(
        unicode,
        codePage,
        columnBytesMax,
        restrictable,
        bookmarkable,
        subobjects,
        categorizable,
        lenientFlags,
        value);
  }
}
