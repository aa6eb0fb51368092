package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Our headers against mingw-w64's: slot, widths and order of the arguments of every method, size
 * and offset of every field. Each difference is a row of header-differences.tsv with its reason.
 */
class HeaderTest {
  private static final String INCLUDE = "-I" + NativeTools.NATIVE.resolve("include");

  @Test
  void slots_inC_areThoseOfTheDataFiles() throws Exception {
    if (!NativeTools.lacksLinux("slots in C")) {
      String slots = NativeTools.NATIVE.resolve("test/slots.c").toString();
      Path object = NativeTools.compile(NativeTools.GCC, slots, "slots.o", "-c", INCLUDE);
      assertTrue(object.toFile().length() > 0);
    }
    if (!NativeTools.lacksWine("slots in C on Windows")) {
      String slots = NativeTools.NATIVE.resolve("test/slots.c").toString();
      Path object = NativeTools.compile(NativeTools.MINGW, slots, "slots.o", "-c", INCLUDE);
      assertTrue(object.toFile().length() > 0);
    }
  }

  @Test
  void layout_onLinux_isThatOnWindows_andDiffersFromMingwOnlyAsListed() throws Exception {
    if (NativeTools.lacksLinux("headers on Linux") || NativeTools.lacksWine("headers on Windows")) {
      return;
    }
    List<String[]> differences = differences();
    List<String> options = new ArrayList<>(List.of("-DFOREIGN", "-static"));
    differences.stream()
        .filter(row -> row[2].equals("absent"))
        .forEach(row -> options.add("-DLACKS_" + row[0].split("::|\\.")[0]));
    List<Path> programs =
        compileAll(
            List.of(
                () -> compile(NativeTools.GCC, INCLUDE),
                () -> compile(NativeTools.MINGW, INCLUDE, "-static"),
                () -> compile(NativeTools.MINGW, options.toArray(String[]::new))));
    Map<String, String> linux = layout(NativeTools.linux(programs.get(0), NativeTools.NATIVE));
    Map<String, String> windows = layout(NativeTools.wine(programs.get(1), NativeTools.NATIVE));
    Map<String, String> mingw = layout(NativeTools.wine(programs.get(2), NativeTools.NATIVE));
    assertEquals(linux, windows);
    assertTrue(linux.size() > 800, "only " + linux.size());
    TreeSet<String> found = new TreeSet<>();
    windows.forEach(
        (what, ours) -> {
          String theirs = mingw.getOrDefault(what, "absent");
          if (!theirs.equals(ours)) {
            found.add(what + "\t" + ours + "\t" + theirs);
          }
        });
    TreeSet<String> listed = new TreeSet<>();
    differences.forEach(row -> listed.add(row[0] + "\t" + row[1] + "\t" + row[2]));
    assertEquals(String.join("\n", listed), String.join("\n", found));
    assertTrue(windows.keySet().containsAll(mingw.keySet()), "mingw-w64 has more");
  }

  /** Side by side: each takes seconds. */
  private static List<Path> compileAll(List<Callable<Path>> compilations) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(compilations.size());
    try {
      List<Path> programs = new ArrayList<>();
      for (Future<Path> program : threads.invokeAll(compilations)) {
        programs.add(program.get());
      }
      return programs;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Path compile(String compiler, String... options)
      throws IOException, InterruptedException {
    String name = List.of(options).contains("-DFOREIGN") ? "layout-mingw" : "layout";
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-O0"); // a program of many lines that run once
    return NativeTools.compile(compiler, "layout.cpp", name, all.toArray(String[]::new));
  }

  private static Map<String, String> layout(NativeTools.Run run) {
    assertEquals(0, run.exit(), run.output());
    Map<String, String> lines = new LinkedHashMap<>();
    run.output()
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(parts -> assertEquals(null, lines.put(parts[0], parts[1]), parts[0]));
    return lines;
  }

  private static List<String[]> differences() throws IOException {
    try (InputStream in = HeaderTest.class.getResourceAsStream("header-differences.tsv")) {
      List<String[]> rows =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split("\t", -1))
              .toList();
      rows.forEach(row -> assertTrue(row.length == 4 && !row[3].isBlank(), row[0]));
      return rows;
    }
  }
}
