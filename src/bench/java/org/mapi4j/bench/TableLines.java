package org.mapi4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What tables cost at several sizes, beside the floor, as figures, as Markdown and as a chart. */
final class TableLines {
  private final List<Integer> sizes = new ArrayList<>();
  private final Map<String, Line> lines = new LinkedHashMap<>();

  /**
   * A line: one cost at each size.
   *
   * @param name what is measured
   * @param floor what it is measured against
   * @param most how many times the floor it should take at most
   */
  private record Line(String name, String floor, double most, List<Cost> costs) {}

  /** Microseconds at a size, and the median of the rounds' ratios. */
  private record Cost(double ours, double floor, double ratio) {}

  void begin(int size) {
    sizes.add(size);
  }

  /** Adds microseconds of rounds, ours and the floor's beside each other. */
  void add(String name, String floor, double most, double[] ours, double[] floors) {
    double[] ratios = new double[ours.length];
    Arrays.setAll(ratios, i -> ours[i] / floors[i]);
    lines
        .computeIfAbsent(name, key -> new Line(name, floor, most, new ArrayList<>()))
        .costs()
        .add(new Cost(Figures.median(ours), Figures.median(floors), Figures.median(ratios)));
  }

  void report(Figures figures) {
    for (Line line : lines.values()) {
      for (int i = 0; i < line.costs().size(); i++) {
        Cost cost = line.costs().get(i);
        String rows = "%,d rows: ".formatted(sizes.get(i));
        figures.add(rows + line.name(), cost.ours(), "us");
        figures.add(rows + line.floor(), cost.floor(), "us");
        figures.atMost(rows + line.name() + ", ratio", cost.ratio(), line.most());
      }
    }
  }

  /** One row for each line, one column for each size: ours, the floor and the ratio. */
  String markdown() {
    StringBuilder text = new StringBuilder("| measures, beside its floor |");
    sizes.forEach(size -> text.append(" %,d rows |".formatted(size)));
    text.append(" aim |\n|---|").append("---|".repeat(sizes.size())).append("---|\n");
    for (Line line : lines.values()) {
      text.append("| ").append(line.name()).append("; ").append(line.floor()).append(" |");
      for (Cost cost : line.costs()) {
        text.append(
            " %s; %s: %s |".formatted(time(cost.ours()), time(cost.floor()), ratio(cost.ratio())));
      }
      text.append(" ").append(ratio(line.most())).append(" |\n");
    }
    return text.toString();
  }

  /** Our microseconds against the size, as powers of ten, since they span seven of them. */
  String chart() {
    StringBuilder text =
        new StringBuilder("```mermaid\nxychart-beta\n")
            .append("  title \"powers of ten of microseconds against rows\"\n")
            .append(
                sizes.stream()
                    .map("\"%,d\""::formatted)
                    .collect(Collectors.joining(", ", "  x-axis [", "]\n")))
            .append("  y-axis \"log10 µs\" -1 --> 8\n");
    for (Line line : lines.values()) {
      text.append(series(line.name(), line, Cost::ours));
    }
    return text.append("```\n").toString();
  }

  private static String series(String name, Line line, ToDoubleFunction<Cost> value) {
    return line.costs().stream()
        .map(cost -> "%.1f".formatted(Math.log10(Math.max(0.1, value.applyAsDouble(cost)))))
        .collect(Collectors.joining(", ", "  line \"" + name + "\" [", "]\n"));
  }

  private static String time(double micros) {
    if (micros < 100) {
      return String.format(Locale.ROOT, "%.1f µs", micros);
    }
    return micros < 100_000
        ? String.format(Locale.ROOT, "%,.0f µs", micros)
        : String.format(Locale.ROOT, "%,.0f ms", micros / 1000);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.4f" : "%.2f", ratio);
  }
}
