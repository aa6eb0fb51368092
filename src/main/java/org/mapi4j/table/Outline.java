package org.mapi4j.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.SPropValue;

/**
 * The categories of a view, and which of them are open. A category is named by its keys, so that
 * one whose last row went is the same when a row comes again. Source: MAPI "Sorting and
 * Categorization", "SSortOrderSet".
 */
final class Outline {
  private static final String NAME = "category";

  private final Set<Bytes> toggled = new HashSet<>();
  private int levelsOpen;

  /** Every category as a sort order has it: open down to a level. */
  void reset(int newLevelsOpen) {
    levelsOpen = newLevelsOpen;
    toggled.clear();
  }

  /** Opens or closes a category. */
  void toggle(HeadingRow heading) {
    if (!toggled.remove(heading.identity())) {
      toggled.add(heading.identity());
    }
  }

  /** Names of the categories that are not as the order has them. */
  Set<Bytes> toggled() {
    return Set.copyOf(toggled);
  }

  /** The same from a state that was kept. */
  void restore(Set<Bytes> names) {
    toggled.clear();
    toggled.addAll(names);
  }

  private boolean isOpen(int level, Bytes name) {
    return level < levelsOpen != toggled.contains(name);
  }

  /** What is visible of leaves in order: headings, and the leaves of categories that are open. */
  List<ViewRow> rows(ViewContext view, List<LeafRow> leaves, SortOrder order) {
    List<ViewRow> visible = new ArrayList<>();
    HeadingRow[] chain = new HeadingRow[order.levels()];
    LeafRow before = null;
    int shown = 0;
    for (LeafRow leaf : leaves) {
      int first = before == null ? 0 : order.firstDifference(before.keys(), leaf.keys());
      if (first < chain.length) {
        shown = openFrom(first, view, leaf, order, chain, visible);
      }
      for (HeadingRow heading : chain) {
        heading.add(leaf);
      }
      if (shown == chain.length) {
        visible.add(leaf);
      }
      before = leaf;
    }
    return visible;
  }

  /** New categories from a level inwards: how many levels down from the top all are open. */
  private int openFrom(
      int first,
      ViewContext view,
      LeafRow leaf,
      SortOrder order,
      HeadingRow[] chain,
      List<ViewRow> visible) {
    int shown = 0;
    while (shown < first && chain[shown].isOpen()) {
      shown++;
    }
    for (int level = first; level < chain.length; level++) {
      SPropValue[] keys = Arrays.copyOf(leaf.keys(), order.keysOfLevel(level));
      Bytes name = name(level, keys);
      chain[level] = new HeadingRow(view, name, level, isOpen(level, name), keys);
      if (shown == level) {
        visible.add(chain[level]);
        shown += chain[level].isOpen() ? 1 : 0;
      }
    }
    return shown;
  }

  /** One byte more than a digest has, so that no leaf has the name. */
  private static Bytes name(int level, SPropValue[] keys) {
    StringBuilder text = new StringBuilder(NAME);
    for (SPropValue key : keys) {
      text.append('\n').append(key == null ? "" : text(key));
    }
    Bytes whole = Bytes.copyOf(text.toString().getBytes(StandardCharsets.UTF_8));
    return Bytes.of(level).concat(ViewContext.digest(whole));
  }

  /** Equal for values that are equal as sort keys, and for no others. */
  private static String text(SPropValue key) {
    String tag = Integer.toHexString(key.ulPropTag()) + ' ';
    if (key.value() instanceof String text) {
      String name = PropCompare.ignoresCase(key.ulPropTag()) ? folded(text) : text;
      return tag + name.length() + ' ' + name;
    }
    return tag + plain(key.value());
  }

  /** As String.CASE_INSENSITIVE_ORDER takes two characters for one. */
  private static String folded(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
    }
    return new String(folded);
  }

  private static String plain(Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.toHex();
    }
    if (value instanceof FILETIME time) {
      return Long.toUnsignedString(time.ticks());
    }
    if (value instanceof Number number && number.doubleValue() == 0) {
      return "0"; // 0.0 and -0.0 are one key
    }
    if (value instanceof List<?> list) {
      StringBuilder all = new StringBuilder();
      for (Object one : list) {
        String text = plain(one);
        all.append(text.length()).append(' ').append(text).append(' ');
      }
      return all.toString();
    }
    return String.valueOf(value);
  }

  /** The heading with an instance key among visible rows; -1 for none. */
  static int find(List<ViewRow> visible, ViewContext view, Bytes instanceKey) {
    for (int i = 0; i < visible.size(); i++) {
      if (visible.get(i) instanceof HeadingRow heading
          && view.instanceKey(heading.identity()).equals(instanceKey)) {
        return i;
      }
    }
    return -1;
  }
}
