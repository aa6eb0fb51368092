package org.mapi4j.client;

import java.util.Optional;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** A row of a table by typed keys. */
public record Row(SRow values) {
  /**
   * The value of a column; empty where the row has none. Throws {@link IllegalArgumentException}
   * for a column that was not asked for, {@link MapiException} for a value that could not be given.
   */
  public <T> Optional<T> get(Key<T> key) {
    for (SPropValue value : values.lpProps()) {
      if (value.ulPropTag() == key.tag()) {
        return Optional.of(key.toJava(value));
      }
      if (value.isError() && value.id() == PropTag.id(key.tag())) {
        return Props.absent(value, key);
      }
    }
    throw new IllegalArgumentException(key + " is no column of this table");
  }

  /** PR_ENTRYID. Throws IllegalStateException where the row has none. */
  public Bytes entryId() {
    return get(Tags.ENTRYID)
        .orElseThrow(() -> new IllegalStateException("the row has no PR_ENTRYID"));
  }
}
