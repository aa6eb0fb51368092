package org.mapi4j.types;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The data files of {@code org/mapi4j/spec}, facts of MAPI that the jar carries as tables: a line
 * of headings, then rows with a tab between columns.
 */
public final class SpecFile {
  private SpecFile() {}

  /**
   * The rows of a file by its name, without the headings; UncheckedIOException without the file.
   */
  public static List<String[]> rows(String file) {
    try (InputStream in = open(file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("org/mapi4j/spec/" + file + " cannot be read", e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = SpecFile.class.getResourceAsStream("/org/mapi4j/spec/" + file);
    if (in == null) {
      throw new IOException("the jar lacks it");
    }
    return in;
  }
}
