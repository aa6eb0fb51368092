package org.mapi4j.types;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An ordered list of property tags. Source: MAPI "SPropTagArray". */
public final class SPropTagArray {
  /** No tag: cValues 0. */
  public static final SPropTagArray EMPTY = new SPropTagArray(new int[0]);

  private final int[] tags;

  private SPropTagArray(int[] tags) {
    this.tags = tags;
  }

  /** These tags, in this order. Import it statically: {@code tags(PR_SUBJECT_W, PR_ENTRYID)}. */
  public static SPropTagArray tags(int... tags) {
    return new SPropTagArray(tags.clone());
  }

  /** These tags, in this order. */
  public static SPropTagArray of(List<Integer> tags) {
    return new SPropTagArray(tags.stream().mapToInt(Integer::intValue).toArray());
  }

  /** cValues. */
  public int size() {
    return tags.length;
  }

  /** True when cValues is 0. */
  public boolean isEmpty() {
    return tags.length == 0;
  }

  /** The tag at an index. */
  public int get(int index) {
    return tags[index];
  }

  /** The tags in order. */
  public IntStream stream() {
    return Arrays.stream(tags);
  }

  /** True when a tag with this identifier is listed, whatever its type. */
  public boolean containsId(int tag) {
    for (int t : tags) {
      if (PropTag.id(t) == PropTag.id(tag)) {
        return true;
      }
    }
    return false;
  }

  /** True when exactly this tag is listed. */
  public boolean contains(int tag) {
    for (int t : tags) {
      if (t == tag) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SPropTagArray array && Arrays.equals(tags, array.tags);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tags);
  }

  @Override
  public String toString() {
    return stream().mapToObj(PropTag::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
