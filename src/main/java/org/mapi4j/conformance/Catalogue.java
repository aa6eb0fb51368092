package org.mapi4j.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code requirements.tsv}, in the file's order. Immutable. */
public final class Catalogue {
  private static final String FILE = "/org/mapi4j/spec/requirements.tsv";
  private static final int COLUMNS = 7;

  private final Map<String, Requirement> rows;

  private Catalogue(Map<String, Requirement> rows) {
    this.rows = rows;
  }

  /** The catalogue of the jar. Throws IllegalStateException naming the line that is malformed. */
  public static Catalogue load() {
    Map<String, Requirement> rows = new LinkedHashMap<>();
    try (InputStream in = Catalogue.class.getResourceAsStream(FILE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int line = 1;
      reader.readLine();
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        Requirement row = parse(text, line);
        if (rows.put(row.id(), row) != null) {
          throw new IllegalStateException("%s line %d: id repeated: %s".formatted(FILE, line, row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + FILE + " is unreadable", e);
    }
    return new Catalogue(rows);
  }

  private static Requirement parse(String text, int line) {
    String[] cells = text.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalStateException(
          "%s line %d: expected %d columns, found %d".formatted(FILE, line, COLUMNS, cells.length));
    }
    return new Requirement(
        cells[0],
        cells[1],
        cells[2],
        Requirement.Level.parse(cells[3]),
        cells[4],
        cells[5],
        Integer.parseInt(cells[6]));
  }

  /** Every row. */
  public List<Requirement> rows() {
    return new ArrayList<>(rows.values());
  }

  /** The row with an id. */
  public Optional<Requirement> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }
}
