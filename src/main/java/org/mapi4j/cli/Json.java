package org.mapi4j.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers, booleans and null as JSON. */
final class Json {
  private final StringBuilder out = new StringBuilder();
  private final boolean indented;

  private Json(boolean indented) {
    this.indented = indented;
  }

  /** For people too: a line per member. */
  static String pretty(Object value) {
    Json json = new Json(true);
    json.value(value, 0);
    return json.out.toString();
  }

  /** One line. */
  static String line(Object value) {
    Json json = new Json(false);
    json.value(value, 0);
    return json.out.toString();
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      members(map.entrySet().iterator(), '{', '}', depth);
    } else if (value instanceof List<?> list) {
      members(list.iterator(), '[', ']', depth);
    } else if (value instanceof Double number && !Double.isFinite(number)
        || value instanceof Float real && !Float.isFinite(real)) {
      text(value.toString());
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(value.toString());
    }
  }

  private void members(Iterator<?> members, char open, char close, int depth) {
    out.append(open);
    boolean any = members.hasNext();
    while (members.hasNext()) {
      newline(depth + 1);
      Object member = members.next();
      if (member instanceof Map.Entry<?, ?> entry) {
        text(entry.getKey().toString());
        out.append(indented ? ": " : ":");
        value(entry.getValue(), depth + 1);
      } else {
        value(member, depth + 1);
      }
      if (members.hasNext()) {
        out.append(',');
      }
    }
    if (any) {
      newline(depth);
    }
    out.append(close);
  }

  private void newline(int depth) {
    if (indented) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c) && !paired(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
