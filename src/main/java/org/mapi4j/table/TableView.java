package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.advise.SinkThreads;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * A view of a source's rows: columns, sort order, categories and restriction over a live row set.
 * The cursor stays on its row when others come or go. Calls are serialised, and wait for what runs
 * asynchronously; after {@link #close} each answers MAPI_E_INVALID_OBJECT. Sinks are told by {@link
 * TableWatch}. Source: MAPI "IMAPITable : IUnknown". Where the pages differ: ADR 0010.
 */
public final class TableView implements IMAPITable {
  /** Columns of one view; more are MAPI_E_TOO_COMPLEX. */
  static final int COLUMNS_MAX = 10_000;

  private static final int TIMING = TBL_ASYNC | TBL_BATCH;
  private static final SSortOrderSet UNSORTED = SSortOrderSet.of();

  private final RowSource source;
  private final TableOptions options;
  private final ShownRows rows;
  private final Places places;
  private final Categories categories;
  private final TableWatch watch;
  private final TimedWork work = new TimedWork();
  private volatile LastError lastError = new LastError(S_OK, null);
  private volatile boolean closed;

  private record LastError(int code, MAPIERROR error) {}

  /**
   * A view at the first row, with the initial columns and every row.
   *
   * @param kind how it comes to its rows
   */
  TableView(RowSource source, TableOptions options, ShownRows.Kind kind) {
    this.source = source;
    this.options = options;
    ViewContext context = ViewContext.next(options);
    Shape shape = new Shape(inWidth(source.initialColumns().stream()), null, defaultOrder());
    this.rows = kind.rows(context, source, shape);
    this.places = rows.places;
    this.categories = new Categories(rows, options);
    this.watch = new TableWatch(source, rows, this::look);
  }

  /** Opens a view at the first row, with the initial columns and every row. */
  public static TableView open(RowSource source, TableOptions options) {
    return new TableView(source, options, KeptRows::new);
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    boolean known = IID_IMAPITable.equals(riid) || IID_IUnknown.equals(riid);
    return answer(
        "QueryInterface",
        () -> known ? MapiResult.ok(this) : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED));
  }

  @Override
  public void close() {
    List<SinkQueue> ended = new ArrayList<>();
    boolean first = false;
    try {
      synchronized (this) {
        first = !closed;
        closed = true;
        try {
          watch.close(ended);
        } finally {
          rows.close();
        }
      }
    } finally {
      SinkQueue.end(ended);
      if (first) {
        source.released();
      }
    }
  }

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    int state = state();
    if (state < 0) {
      return MapiResult.error(state);
    }
    if (unknown(ulFlags, MAPI_UNICODE)) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    LastError last = lastError;
    return MapiResult.ok(hResult == last.code() ? last.error() : null);
  }

  @Override
  public MapiResult<Long> advise(int ulEventMask, IMAPIAdviseSink lpAdviseSink) {
    return answer("Advise", () -> watch.advise(ulEventMask, lpAdviseSink));
  }

  @Override
  public int unadvise(long ulConnection) {
    List<SinkQueue> ended = new ArrayList<>();
    int hr = code("Unadvise", () -> watch.remove(ulConnection, ended) ? S_OK : MAPI_E_NOT_FOUND);
    SinkQueue.end(ended); // without the monitor, which the sink may want
    return hr;
  }

  @Override
  public MapiResult<Status> getStatus() {
    return atOnce(
        "GetStatus", 0, 0, () -> MapiResult.ok(new Status(work.status(), source.tableType())));
  }

  @Override
  public int setColumns(SPropTagArray lpPropTagArray, int ulFlags) {
    return operation(TimedWork.Kind.COLUMNS, ulFlags, () -> changeColumns(lpPropTagArray));
  }

  private int changeColumns(SPropTagArray columns) {
    if (columns != null && columns.size() > COLUMNS_MAX) {
      return MAPI_E_TOO_COMPLEX;
    }
    if (columns == null
        || columns.isEmpty()
        || columns.stream().anyMatch(tag -> PropTag.type(tag) == PT_ERROR)) {
      return MAPI_E_INVALID_PARAMETER;
    }
    Shape next = rows.shape().withColumns(columns);
    List<Integer> expanded = next.instanceColumns();
    if (expanded.size() > Instances.INSTANCE_COLUMNS_MAX) {
      return MAPI_E_TOO_COMPLEX;
    }
    if (expanded.equals(rows.shape().instanceColumns())) {
      rows.setColumns(next);
    } else {
      rows.expand(next);
    }
    return S_OK;
  }

  @Override
  public MapiResult<SPropTagArray> queryColumns(int ulFlags) {
    return answer(
        "QueryColumns",
        ulFlags,
        TBL_ALL_COLUMNS,
        () ->
            MapiResult.ok(
                (ulFlags & TBL_ALL_COLUMNS) == 0 ? rows.shape().columns() : allColumns()));
  }

  /** Initial columns first, then what else there is, each identifier once. */
  private SPropTagArray allColumns() {
    SPropTagArray initial = inWidth(source.initialColumns().stream());
    IntStream more =
        IntStream.concat(source.allColumns().stream(), IntStream.of(ownColumns()))
            .filter(tag -> !initial.containsId(tag));
    return inWidth(IntStream.concat(initial.stream(), more).distinct());
  }

  /** Columns that the view adds to those of its source. */
  private int[] ownColumns() {
    return options.categorizable()
        ? new int[] {PR_INSTANCE_KEY, PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT, PR_CONTENT_UNREAD}
        : new int[] {PR_INSTANCE_KEY};
  }

  @Override
  public MapiResult<Integer> getRowCount(int ulFlags) {
    return answer("GetRowCount", ulFlags, 0, () -> MapiResult.ok(rows.present().size()));
  }

  @Override
  public MapiResult<Integer> seekRow(int bkOrigin, int lRowCount) {
    return answer("SeekRow", () -> seek(bkOrigin, lRowCount));
  }

  private MapiResult<Integer> seek(int bookmark, int count) {
    boolean near = bookmark == BOOKMARK_BEGINNING && count >= 0 && count < Integer.MAX_VALUE;
    List<ViewRow> all = near ? rows.present(count + 1) : rows.present();
    Places.Place origin = places.find(bookmark, all);
    if (origin == null) {
      return MapiResult.error(MAPI_E_INVALID_BOOKMARK);
    }
    int hr = used(origin);
    int from = origin.index();
    int to = (int) Math.max(0, Math.min(all.size(), (long) from + count));
    if (bookmark == BOOKMARK_BEGINNING && to == 0) {
      places.cursorToStart();
    } else {
      places.cursorTo(to, all);
    }
    return MapiResult.of(hr, to - from);
  }

  @Override
  public int seekRowApprox(int ulNumerator, int ulDenominator) {
    return code("SeekRowApprox", () -> seekFraction(ulNumerator, ulDenominator));
  }

  private int seekFraction(int ulNumerator, int ulDenominator) {
    long numerator = Integer.toUnsignedLong(ulNumerator);
    long denominator = Integer.toUnsignedLong(ulDenominator);
    if (numerator == 0) {
      places.cursorToStart();
    } else if (denominator == 0) {
      return MAPI_E_INVALID_PARAMETER;
    } else {
      List<ViewRow> all = rows.present();
      long row = numerator >= denominator ? all.size() : numerator * all.size() / denominator;
      places.cursorTo((int) row, all);
    }
    return S_OK;
  }

  @Override
  public MapiResult<Position> queryPosition() {
    return answer(
        "QueryPosition",
        () -> {
          int size = rows.present().size();
          int row = places.cursor().index();
          return MapiResult.ok(new Position(row, row, Math.max(1, size)));
        });
  }

  @Override
  public int findRow(SRestriction lpRestriction, int bkOrigin, int ulFlags) {
    return code(
        "FindRow",
        ulFlags,
        DIR_BACKWARD,
        () -> find(lpRestriction, bkOrigin, (ulFlags & DIR_BACKWARD) != 0));
  }

  private int find(SRestriction restriction, int bookmark, boolean backward) {
    if (!options.restrictable()) {
      return MAPI_E_NO_SUPPORT;
    }
    int checked = Restrictions.check(restriction, options.subobjects());
    SRestriction wide = checked == S_OK ? wide(restriction) : null;
    if (wide == null) {
      return checked == S_OK ? MAPI_E_TOO_COMPLEX : checked;
    }
    List<ViewRow> all = rows.present();
    Places.Place origin = places.find(bookmark, all);
    if (origin == null) {
      return MAPI_E_INVALID_BOOKMARK;
    }
    int found = rows.find(wide, origin.index(), backward);
    if (found < 0) {
      return MAPI_E_NOT_FOUND;
    }
    int hr = used(origin);
    places.cursorTo(found, all);
    return hr;
  }

  @Override
  public int restrict(SRestriction lpRestriction, int ulFlags) {
    return operation(TimedWork.Kind.RESTRICTION, ulFlags, () -> filter(lpRestriction));
  }

  private int filter(SRestriction restriction) {
    if (!options.restrictable()) {
      return MAPI_E_NO_SUPPORT;
    }
    if (restriction == NO_RESTRICTION) {
      return reshape(rows.shape().withFilter(null));
    }
    int checked = Restrictions.check(restriction, options.subobjects());
    SRestriction wide = checked == S_OK ? wide(restriction) : null;
    if (wide == null) {
      return checked == S_OK ? MAPI_E_TOO_COMPLEX : checked;
    }
    return reshape(rows.shape().withFilter(wide));
  }

  @Override
  public MapiResult<Integer> createBookmark() {
    return answer(
        "CreateBookmark",
        () -> {
          if (!options.bookmarkable()) {
            return MapiResult.error(MAPI_E_NO_SUPPORT);
          }
          int bookmark = places.mark(rows.present());
          return bookmark == 0
              ? MapiResult.error(MAPI_E_UNABLE_TO_COMPLETE)
              : MapiResult.ok(bookmark);
        });
  }

  @Override
  public int freeBookmark(int bkPosition) {
    return code(
        "FreeBookmark",
        () ->
            switch (bkPosition) {
              case BOOKMARK_BEGINNING, BOOKMARK_CURRENT, BOOKMARK_END -> S_OK;
              default -> places.free(bkPosition) ? S_OK : MAPI_E_INVALID_BOOKMARK;
            });
  }

  @Override
  public int sortTable(SSortOrderSet lpSortCriteria, int ulFlags) {
    return operation(TimedWork.Kind.ORDER, ulFlags, () -> order(lpSortCriteria));
  }

  private int order(SSortOrderSet criteria) {
    int checked =
        criteria == null
            ? MAPI_E_INVALID_PARAMETER
            : SortOrder.check(criteria, options.categorizable());
    if (checked != S_OK) {
      return checked;
    }
    Shape next = rows.shape().withOrder(criteria.aSort().isEmpty() ? defaultOrder() : criteria);
    if (next.instanceColumns().size() > Instances.INSTANCE_COLUMNS_MAX) {
      return MAPI_E_TOO_COMPLEX;
    }
    return reshape(next);
  }

  /** Another restriction or order; where rows would be too many, the one before stays. */
  private int reshape(Shape next) {
    Shape before = rows.shape();
    rows.reshape(next);
    try {
      var unused = next.instanceColumns().isEmpty() ? null : rows.present();
      return S_OK;
    } catch (Instances.TooMany tooMany) {
      rows.goBack(before);
      watch.tell(TABLE_CHANGED, S_OK);
      throw tooMany;
    }
  }

  @Override
  public MapiResult<SSortOrderSet> querySortOrder() {
    return answer("QuerySortOrder", () -> MapiResult.ok(rows.shape().order()));
  }

  @Override
  public MapiResult<SRowSet> queryRows(int lRowCount, int ulFlags) {
    return answer(
        "QueryRows", ulFlags, TBL_NOADVANCE, () -> read(lRowCount, (ulFlags & TBL_NOADVANCE) != 0));
  }

  /** A negative count steps back first; what it stepped over is what is read. */
  private MapiResult<SRowSet> read(int count, boolean noAdvance) {
    if (count == 0) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    List<ViewRow> all = presentFor(count);
    int cursor = places.cursor().index();
    long other = (long) cursor + count;
    int from = (int) Math.max(0, Math.min(cursor, other));
    int to = (int) Math.min(all.size(), Math.max(cursor, other));
    SRowSet read = rows.read(from, to);
    if (from < to) {
      places.cursorTo(noAdvance ? from : to, all);
    }
    return MapiResult.ok(read);
  }

  /** The rows, as far as a read from the cursor needs them. */
  private List<ViewRow> presentFor(int count) {
    int cursor = places.cursor().index();
    long last = Math.max(cursor, (long) cursor + count);
    List<ViewRow> all = rows.present((int) Math.min(Integer.MAX_VALUE, last + 1));
    return places.cursor().index() == cursor ? all : rows.present(); // it moved with its row
  }

  @Override
  public int abort() {
    return atOnce("Abort", 0, 0, () -> MapiResult.<Void>of(work.abort(), null)).hr();
  }

  @Override
  public MapiResult<Expanded> expandRow(Bytes pbInstanceKey, int ulRowCount, int ulFlags) {
    return answer(
        "ExpandRow",
        ulFlags,
        0,
        () -> categories.expand(pbInstanceKey, Integer.toUnsignedLong(ulRowCount)));
  }

  @Override
  public MapiResult<Integer> collapseRow(Bytes pbInstanceKey, int ulFlags) {
    return answer("CollapseRow", ulFlags, 0, () -> categories.collapse(pbInstanceKey));
  }

  @Override
  public MapiResult<Integer> waitForCompletion(int ulFlags, int ulTimeout) {
    return atOnce(
        "WaitForCompletion",
        ulFlags,
        0,
        () ->
            work.await(ulTimeout == -1 ? -1 : Integer.toUnsignedLong(ulTimeout))
                ? MapiResult.ok(work.status())
                : MapiResult.error(MAPI_E_TIMEOUT));
  }

  @Override
  public MapiResult<Bytes> getCollapseState(int ulFlags, Bytes lpbInstanceKey) {
    return answer("GetCollapseState", ulFlags, 0, () -> categories.state(lpbInstanceKey));
  }

  @Override
  public MapiResult<Integer> setCollapseState(int ulFlags, Bytes pbCollapseState) {
    return answer("SetCollapseState", ulFlags, 0, () -> categories.restore(pbCollapseState));
  }

  private int state() {
    return closed ? MAPI_E_INVALID_OBJECT : source.state();
  }

  private boolean unknown(int flags, int known) {
    return (flags & ~known) != 0 && !options.lenientFlags();
  }

  private SRestriction wide(SRestriction restriction) {
    return WideStrings.of(restriction, options.codePage()).orElse(null);
  }

  private static int used(Places.Place place) {
    return place.takeMoved() ? MAPI_W_POSITION_CHANGED : S_OK;
  }

  private SPropTagArray inWidth(IntStream tags) {
    return SPropTagArray.tags(tags.map(this::inWidth).toArray());
  }

  private int inWidth(int tag) {
    return PropTag.changePropType(tag, PropType.withWidth(PropTag.type(tag), options.unicode()));
  }

  private SSortOrderSet defaultOrder() {
    SSortOrderSet order = Objects.requireNonNullElse(options.defaultSort(), UNSORTED);
    return SSortOrderSet.of(
        order.aSort().stream()
            .map(key -> new SSortOrder(inWidth(key.ulPropTag()), key.ulOrder()))
            .toArray(SSortOrder[]::new));
  }

  /**
   * One of the three operations whose outcome GetStatus tells. What can be refused is refused at
   * once; asynchronous is what costs the time, to put the rows in their new order.
   */
  private int operation(TimedWork.Kind kind, int flags, IntSupplier body) {
    Supplier<MapiResult<Void>> timed =
        () -> MapiResult.of(work.isBusy() ? MAPI_E_BUSY : carryOut(kind, flags, body), null);
    if (work.isBusy()) { // who completes has the monitor
      return atOnce(kind.call, flags, TIMING, () -> MapiResult.<Void>error(MAPI_E_BUSY)).hr();
    }
    synchronized (this) {
      return atOnce(kind.call, flags, TIMING, timed).hr();
    }
  }

  private int carryOut(TimedWork.Kind kind, int flags, IntSupplier body) {
    Shape before = rows.shape();
    int hr = body.getAsInt();
    work.ended(kind, hr);
    if (hr >= 0 && (flags & TBL_ASYNC) != 0) {
      work.begin(kind);
      start(() -> complete(kind, before));
    }
    return hr;
  }

  private static void start(Runnable rest) {
    try {
      SinkThreads.execute(rest);
    } catch (RuntimeException | Error noThread) {
      rest.run();
    }
  }

  /** The rest of an operation, on a thread of its own; every call but a few waits for it. */
  private synchronized void complete(TimedWork.Kind kind, Shape before) {
    int hr = MAPI_E_CALL_FAILED;
    boolean undone = false;
    try {
      hr = closed || source.state() < 0 ? MAPI_E_INVALID_OBJECT : bringUpToDate();
      undone = work.decide() || hr < 0;
      if (undone && !closed) {
        rows.goBack(before);
        watch.tell(hr < 0 ? TABLE_ERROR : TABLE_CHANGED, hr < 0 ? hr : S_OK);
      } else if (!closed) {
        watch.tell(kind.done, S_OK);
      }
    } finally {
      work.finish(hr < 0 ? kind.failed : TBLSTAT_COMPLETE);
    }
  }

  /** The rows in their new order, unless that is aborted meanwhile. */
  private int bringUpToDate() {
    try {
      var unused = Aborted.during(work::isAborted, rows::present);
      return S_OK;
    } catch (Aborted undone) {
      return S_OK;
    } catch (RuntimeException thrown) {
      int hr = rows.codeOf(thrown);
      if (hr >= 0) {
        throw thrown;
      }
      return hr;
    }
  }

  /** Rows may have changed: sinks are told what became of them. */
  private synchronized void look() {
    if (state() >= 0) {
      watch.present();
    }
  }

  private int code(String call, IntSupplier body) {
    return code(call, 0, 0, body);
  }

  private int code(String call, int flags, int known, IntSupplier body) {
    return answer(call, flags, known, () -> MapiResult.<Void>of(body.getAsInt(), null)).hr();
  }

  private <T> MapiResult<T> answer(String call, Supplier<MapiResult<T>> body) {
    return answer(call, 0, 0, body);
  }

  /** Most calls: one at a time, when nothing runs asynchronously. */
  private <T> MapiResult<T> answer(
      String call, int flags, int known, Supplier<MapiResult<T>> body) {
    while (true) {
      var unused = work.await(-1);
      synchronized (this) {
        if (!work.isBusy()) { // it may have begun before this thread had the monitor
          return atOnce(call, flags, known, body);
        }
      }
    }
  }

  /** Every call: on an open view, with known flags; a failure is remembered. */
  private <T> MapiResult<T> atOnce(
      String call, int flags, int known, Supplier<MapiResult<T>> body) {
    int state = state();
    if (state < 0) {
      return MapiResult.error(state);
    }
    MapiResult<T> result;
    try {
      result = unknown(flags, known) ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS) : body.get();
    } catch (RuntimeException thrown) {
      int hr = rows.codeOf(thrown);
      if (hr >= 0) {
        throw thrown;
      }
      result = MapiResult.error(hr);
    }
    if (result.failed()) {
      String text = "IMAPITable::" + call + ": " + HResult.toString(result.hr());
      lastError = new LastError(result.hr(), new MAPIERROR(0, text, "mapi4j", 0, 0));
    }
    return result;
  }
}
