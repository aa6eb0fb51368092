import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the constant classes of {@code org.mapi4j.types} from the data files of {@code
 * org/mapi4j/spec}. Run by Maven before compilation as a single source file; arguments: the data
 * folder, the folder for generated sources.
 */
final class GenerateConstants {
  private static final String PACKAGE = "org.mapi4j.types";
  private final Path data;
  private final Path target;
  private final Map<String, Integer> typeCodes = new HashMap<>();

  private GenerateConstants(Path data, Path target) {
    this.data = data;
    this.target = target.resolve(PACKAGE.replace('.', '/'));
  }

  public static void main(String[] args) throws IOException {
    new GenerateConstants(Path.of(args[0]), Path.of(args[1])).run();
  }

  private void run() throws IOException {
    Files.createDirectories(target);
    codes();
    flags();
    tags();
    iids();
  }

  private void codes() throws IOException {
    StringBuilder out = head("MapiCode", "HRESULTs of MAPI, named as in mapicode.h.");
    for (String[] row : rows("hresults.tsv")) {
      constant(out, row[1], row[0], "The " + row[3] + " code " + row[1] + ".");
      if (!row[2].isEmpty()) {
        constant(out, row[2], row[0], "Another name of {@link #" + row[1] + "}.");
      }
    }
    write("MapiCode", out);
  }

  private void flags() throws IOException {
    StringBuilder out =
        head("MapiDefs", "Flags and other constants of the MAPI headers, under their own names.");
    for (String[] row : rows("constants.tsv")) {
      constant(out, row[0], row[1], row[0] + " of " + row[2] + ".");
      if (row[0].startsWith("PT_")) {
        typeCodes.put(row[0], Integer.decode(row[1]));
      }
    }
    typeCodes.put("PT_SRESTRICTION", 0xFD);
    typeCodes.put("PT_ACTIONS", 0xFE);
    write("MapiDefs", out);
  }

  private void tags() throws IOException {
    StringBuilder out = head("MapiTags", "Property tags, named as in mapitags.h.");
    for (String[] row : rows("proptags.tsv")) {
      Integer type = typeCodes.get(row[1]);
      if (type == null) {
        throw new IOException("proptags.tsv: " + row[2] + " has the unknown type " + row[1]);
      }
      if (!row[2].matches("[A-Za-z]\\w*")) {
        continue; // an Internet header's name, known to people but no Java name
      }
      String value = "0x%04X%04X".formatted(Integer.decode(row[0]), type);
      constant(out, row[2], value, (row[3].isEmpty() ? row[2] : row[3]) + ", " + row[1] + ".");
    }
    write("MapiTags", out);
  }

  private void iids() throws IOException {
    StringBuilder out =
        head("MapiGuid", "Interface identifiers and property sets, named as in mapiguid.h.");
    for (String[] row : rows("iids.tsv")) {
      out.append("  /** ")
          .append(row[0])
          .append(". */\n  public static final Guid ")
          .append(row[0])
          .append(" = Guid.parse(\"")
          .append(row[1])
          .append("\");\n");
    }
    write("MapiGuid", out);
  }

  private StringBuilder head(String name, String purpose) {
    return new StringBuilder(
        "package "
            + PACKAGE
            + ";\n\n/** "
            + purpose
            + " Generated; the data is in {@code org/mapi4j/spec}. */\npublic final class "
            + name
            + " {\n  private "
            + name
            + "() {}\n\n");
  }

  private static void constant(StringBuilder out, String name, String value, String purpose) {
    out.append("  /** ")
        .append(purpose)
        .append(" */\n  public static final int ")
        .append(name)
        .append(" = ")
        .append(value)
        .append(";\n");
  }

  private void write(String name, StringBuilder out) throws IOException {
    Path file = target.resolve(name + ".java");
    String text = out.append("}\n").toString();
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  private List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(data.resolve(file)).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .toList();
  }
}
