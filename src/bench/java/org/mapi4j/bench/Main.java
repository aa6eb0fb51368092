package org.mapi4j.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code java -jar target/bench.jar NAME [--json] [--count N]}. */
public final class Main {
  private static final Map<String, Measurement> MEASUREMENTS =
      new TreeMap<>(
          Map.of(
              "collate",
              new CollateBench(),
              "save",
              new SaveBench(),
              "open",
              new OpenBench(),
              "import",
              new ImportBench(),
              "size",
              new SizeBench(),
              "com",
              new ComBench(),
              "com-cycles",
              new ComCyclesBench(),
              "shared",
              new SharedBench(),
              "table",
              new TableBench(),
              "table-oak",
              new TableOakBench()));

  private Main() {}

  /** Runs one measurement; exit 0 good, 1 failed, 2 usage. */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    Measurement measurement = words.isEmpty() ? null : MEASUREMENTS.get(words.get(0));
    if (measurement == null) {
      System.err.println(
          "bench: expected one of "
              + MEASUREMENTS.keySet()
              + (words.isEmpty() ? "" : ", found " + words.get(0)));
      System.exit(2);
    }
    int at = words.indexOf("--count");
    Figures figures = new Figures(words.contains("--json"));
    measurement.run(
        figures, at < 0 ? measurement.defaultCount() : Integer.parseInt(words.get(at + 1)));
    figures.print(words.get(0));
  }
}
