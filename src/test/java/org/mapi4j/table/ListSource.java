package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Rows in a list, for tests. */
final class ListSource implements RowSource {
  /** A row of properties, by identifier. */
  static final class Row implements TableRow {
    final int number;
    final Map<Integer, SPropValue> props = new HashMap<>();
    final Map<Integer, List<Row>> children = new HashMap<>();

    Row(int number) {
      this.number = number;
    }

    @CanIgnoreReturnValue
    Row with(int tag, Object value) {
      props.put(PropTag.id(tag), SPropValue.of(tag, value));
      return this;
    }

    @CanIgnoreReturnValue
    Row with(SPropValue prop) {
      props.put(prop.id(), prop);
      return this;
    }

    @Override
    public Bytes instanceKey() {
      return Bytes.wrap(ByteBuffer.allocate(16).putInt(12, number).array());
    }

    @Override
    public SPropValue get(int propTag) {
      return props.get(PropTag.id(propTag));
    }

    @Override
    public Iterable<? extends RowView> subobjects(int propTag) {
      return children.getOrDefault(propTag, List.of());
    }
  }

  final List<Row> rows = new ArrayList<>();
  private int lastNumber;
  private long stamp;
  int state = S_OK;
  int failure = S_OK;

  /** A source of rows with these subjects. */
  static ListSource subjects(String... subjects) {
    ListSource source = new ListSource();
    for (String subject : subjects) {
      source.add(subject);
    }
    return source;
  }

  @CanIgnoreReturnValue
  Row add() {
    return insert(rows.size());
  }

  @CanIgnoreReturnValue
  Row add(String subject) {
    return add().with(PR_SUBJECT_W, subject);
  }

  Row insert(int index) {
    Row row = new Row(++lastNumber);
    rows.add(index, row);
    changed();
    return row;
  }

  void remove(String subject) {
    rows.removeIf(row -> row.get(PR_SUBJECT_W).asString().equals(subject));
    changed();
  }

  void changed() {
    stamp++;
  }

  @Override
  public SPropTagArray allColumns() {
    return SPropTagArray.tags(PR_SUBJECT_W, PR_IMPORTANCE, PR_BODY_W);
  }

  @Override
  public SPropTagArray initialColumns() {
    return SPropTagArray.tags(PR_INSTANCE_KEY, PR_SUBJECT_W);
  }

  @Override
  public List<? extends TableRow> rows() {
    if (failure != S_OK) {
      throw new Unavailable();
    }
    return List.copyOf(rows);
  }

  @Override
  public long stamp() {
    return stamp;
  }

  @Override
  public int state() {
    return state;
  }

  @Override
  public int codeOf(RuntimeException thrown) {
    return thrown instanceof Unavailable ? failure : S_OK;
  }

  private static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
