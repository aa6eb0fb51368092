package org.mapi4j.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** An object's dump as text: a line per property, what is inside indented below. */
final class DumpText {
  private final PrintWriter out;

  private DumpText(PrintWriter out) {
    this.out = out;
  }

  static void print(PrintWriter out, Map<String, Object> dump) {
    new DumpText(out).object(dump, "");
  }

  private void object(Map<?, ?> dump, String indent) {
    properties((List<?>) dump.get("properties"), indent);
    parts(dump, "recipients", "recipient", indent);
    parts(dump, "attachments", "attachment", indent);
    if (dump.get("message") instanceof Map<?, ?> message) {
      out.println(indent + "embedded message");
      object(message, indent + "  ");
    }
  }

  private void parts(Map<?, ?> dump, String key, String title, String indent) {
    if (dump.get(key) instanceof List<?> parts) {
      int number = 0;
      for (Object part : parts) {
        out.println(indent + title + " " + number++);
        if (part instanceof Map<?, ?> inner) {
          object(inner, indent + "  ");
        } else {
          properties((List<?>) part, indent + "  ");
        }
      }
    }
  }

  private void properties(List<?> properties, String indent) {
    for (Object each : properties) {
      Map<?, ?> property = (Map<?, ?>) each;
      Object known = property.get("known");
      out.println(
          "%s%s %-11s %s = %s"
              .formatted(
                  indent,
                  property.get("tag"),
                  property.get("type"),
                  ValueText.plain(
                      known == null
                          ? String.valueOf(property.get("name"))
                          : property.get("name") + " " + known),
                  property.get("text")));
    }
  }
}
