package org.mapi4j.com;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The outputs that a client may leave out by passing NULL, beside problem arrays. Data: {@code
 * optional-outputs.tsv}.
 */
final class OptionalOutputs {
  private static final Set<String> NAMES = read();

  private OptionalOutputs() {}

  static boolean contains(String type, String method, String parameter) {
    return NAMES.contains(type + " " + method + " " + parameter);
  }

  private static Set<String> read() {
    try (InputStream in = OptionalOutputs.class.getResourceAsStream("optional-outputs.tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(row -> row[0] + " " + row[1] + " " + row[2])
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks optional-outputs.tsv", e);
    }
  }
}
