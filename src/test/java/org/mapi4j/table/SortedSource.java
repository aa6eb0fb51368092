package org.mapi4j.table;

import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/** Rows ordered by key that several views share; each asks for its own changes. */
final class SortedSource {
  final Map<Bytes, ListSource.Row> rows = new TreeMap<>();
  private final List<View> views = new ArrayList<>();
  private long stamp;

  /** What the views share; null for nothing. */
  RowColumns columns;

  /** Whether values are kept with the rows. */
  boolean keeping;

  /** Lets further views share columns, which read a view of their own. */
  @CanIgnoreReturnValue
  View share(int few, long bytesMax) {
    View read = view();
    read.shares = false;
    columns = new RowColumns(read, bytesMax, few);
    return read;
  }

  /** A row came, went or changed. */
  void touch(int number) {
    stamp++;
    views.forEach(view -> view.touched.add(key(number)));
  }

  /** Nobody knows any more what changed. */
  void lose() {
    stamp++;
    views.forEach(view -> view.lost = true);
  }

  static Bytes key(int number) {
    return Bytes.wrap(ByteBuffer.allocate(16).putInt(12, number).array());
  }

  /** A source of its own for a further view. */
  View view() {
    View view = new View();
    views.add(view);
    return view;
  }

  final class View implements RowSource {
    private final Set<Bytes> touched = new LinkedHashSet<>();
    private boolean lost;
    private boolean shares = true;
    int readWhole;

    @Override
    public SPropTagArray allColumns() {
      return initialColumns();
    }

    @Override
    public SPropTagArray initialColumns() {
      return SPropTagArray.tags(PR_SUBJECT_W);
    }

    @Override
    public List<? extends TableRow> rows() {
      readWhole++;
      touched.clear();
      lost = false;
      return List.copyOf(rows.values());
    }

    @Override
    public long stamp() {
      return stamp;
    }

    @Override
    public boolean isOrderedByKey() {
      return true;
    }

    @Override
    public Optional<List<List<Bytes>>> changes() {
      Optional<List<List<Bytes>>> answer =
          lost ? Optional.empty() : Optional.of(touched.stream().map(List::of).toList());
      touched.clear();
      lost = false;
      return answer;
    }

    @Override
    public TableRow row(Bytes key) {
      return rows.get(key);
    }

    @Override
    public RowColumns columns() {
      return shares ? columns : null;
    }

    @Override
    public boolean keeps(int propId) {
      return keeping;
    }

    @Override
    public TableRow unread(Bytes key) {
      return rows.getOrDefault(key, new ListSource.Row(0));
    }

    @Override
    public List<? extends TableRow> after(Bytes key, int count) {
      return rows.entrySet().stream()
          .filter(row -> key == null || row.getKey().compareTo(key) > 0)
          .limit(count)
          .map(Map.Entry::getValue)
          .toList();
    }
  }
}
