package org.mapi4j.demo;

import java.io.PrintWriter;
import java.util.List;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.options.MessageConflict.Difference;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** What the demo prints, and its count of codes that are not what the pages say. */
final class Steps {
  private static final int CELL = 28;

  private final PrintWriter out;
  private int checked;
  private int wrong;

  Steps(PrintWriter out) {
    this.out = out;
  }

  int checked() {
    return checked;
  }

  int wrong() {
    return wrong;
  }

  void title(String text) {
    out.println();
    out.println(text);
    out.println("-".repeat(text.length()));
  }

  void say(String text) {
    out.println(text);
    out.flush();
  }

  /** A call and its code, which must be the documented one. */
  void call(String who, String call, int expected, int hr) {
    checked++;
    String verdict = "";
    if (hr != expected) {
      wrong++;
      verdict = "   WRONG: expected " + HResult.toString(expected);
    }
    say("  %-7s %-47s %s%s".formatted(who, call, HResult.toString(hr), verdict));
  }

  /** A value in the store, which must be this one. */
  void stored(String what, String expected, String found) {
    checked++;
    String verdict = "";
    if (!expected.equals(found)) {
      wrong++;
      verdict = "   WRONG: expected \"" + expected + "\"";
    }
    say("  %-7s %-47s \"%s\"%s".formatted("store", what, found, verdict));
  }

  /** Base, theirs and mine beside each other, a line per property. */
  void differences(MessageConflict conflict) {
    say("");
    row("", "when opened", "stored now (theirs)", "about to be saved (mine)");
    for (Difference each : shown(conflict.differences())) {
      row(
          PropTag.name(each.propTag()).orElse("0x%08X".formatted(each.propTag())),
          cell(each.base()),
          cell(each.theirs()),
          cell(each.mine()));
    }
    say("");
  }

  /** Times and keys differ in every save and say nothing here. */
  private static List<Difference> shown(List<Difference> differences) {
    return differences.stream()
        .filter(
            each ->
                text(each.base()) != null
                    || text(each.theirs()) != null
                    || text(each.mine()) != null)
        .toList();
  }

  private static String text(SPropValue value) {
    return value != null && value.value() instanceof String text ? text : null;
  }

  private static String cell(SPropValue value) {
    return value == null
        ? "(absent)"
        : String.valueOf(value.value()).replaceAll("\\s+", " ").strip();
  }

  private void row(String property, String base, String theirs, String mine) {
    say(
        ("    %-14s | %-" + CELL + "s | %-" + CELL + "s | %s")
            .formatted(property, cut(base), cut(theirs), cut(mine)));
  }

  private static String cut(String text) {
    return text.length() <= CELL ? text : text.substring(0, CELL - 1) + "…";
  }
}
