package org.mapi4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mapi4j.architecture.CodeBase.Source;
import org.mapi4j.architecture.CodeBase.Use;

/** The rules of the packages, as data in this package's resources, held against the classes. */
class ArchitectureTest {
  private static final int LINES_MAX = 600;
  private static final List<Use> USES = CodeBase.uses();
  private static final List<Source> SOURCES = CodeBase.sources();
  private static final List<String[]> PACKAGES = CodeBase.rules("packages.tsv");

  @Test
  void packages_everyClass_usesOnlyWhatItsPackageMay() {
    List<String> found = new ArrayList<>();
    for (Use use : USES) {
      String from = CodeBase.packageOf(use.user());
      String to = CodeBase.packageOf(use.used());
      if (!CodeBase.isOurs(use.used()) || from.equals(to)) {
        continue;
      }
      String[] rule = rule(from);
      if (rule == null) {
        found.add(use.user() + ": packages.tsv has no row for package " + from);
      } else if (!matchesAny(to, rule[1].split(" "))) {
        found.add(use.user() + " uses " + use.used() + "; " + from + " may use: " + rule[1]);
      }
    }
    assertNone(found);
  }

  @Test
  void packages_everyPackage_isFreeOfCycles() {
    Map<String, TreeSet<String>> edges = new TreeMap<>();
    for (Use use : USES) {
      String from = CodeBase.packageOf(use.user());
      String to = CodeBase.packageOf(use.used());
      if (CodeBase.isOurs(use.used()) && !from.equals(to)) {
        edges.computeIfAbsent(from, p -> new TreeSet<>()).add(to);
      }
    }
    List<String> found = new ArrayList<>();
    for (String start : edges.keySet()) {
      TreeSet<String> reached = new TreeSet<>();
      reach(start, edges, reached);
      if (reached.contains(start)) {
        found.add("package " + start + " uses itself through " + reached);
      }
    }
    assertNone(found);
  }

  @Test
  void libraries_everyClass_usesThemInTheirPackageOnly() {
    List<String> found = new ArrayList<>();
    for (String[] rule : CodeBase.rules("libraries.tsv")) {
      for (Use use : USES) {
        boolean inside = matchesAny(CodeBase.packageOf(use.user()), rule[1].split(" "));
        if (use.used().startsWith(rule[0] + ".") && !inside) {
          found.add(use.user() + " uses " + use.used() + ", which only " + rule[1] + " may");
        }
      }
    }
    assertNone(found);
  }

  @Test
  void sources_everyFile_keepsTheRulesOfItsText() {
    List<String> found = new ArrayList<>();
    for (String[] rule : CodeBase.rules("sources.tsv")) {
      Pattern pattern = Pattern.compile(rule[0]);
      for (Source source : SOURCES) {
        boolean allowed =
            Arrays.stream(rule[1].split(" "))
                .anyMatch(place -> !place.isEmpty() && source.path().startsWith(place));
        if (source.isMain() && !allowed) {
          source.linesMatching(pattern).forEach(line -> found.add(line + ": " + rule[2]));
        }
      }
    }
    assertNone(found);
  }

  @Test
  void sources_everyFile_hasAtMost600Lines() {
    assertNone(
        SOURCES.stream()
            .filter(source -> source.lines().size() > LINES_MAX)
            .map(source -> source.file() + " has " + source.lines().size() + " lines")
            .toList());
  }

  @Test
  void packages_everyPackage_saysWhatItIs() {
    Collection<String> silent =
        SOURCES.stream()
            .filter(source -> source.isMain() && !source.file().endsWith("module-info.java"))
            .map(source -> source.file().getParent())
            .distinct()
            // what newer releases replace belongs to the package of src/main/java
            .map(folder -> Path.of(folder.toString().replace("java22", "java")))
            .filter(folder -> !folder.resolve("package-info.java").toFile().exists())
            .map(folder -> folder + " has no package-info.java")
            .toList();
    assertNone(silent);
  }

  @Test
  void uses_classesOfTheBuild_areSeen() {
    assertTrue(
        USES.contains(new Use("org.mapi4j.api.IMessage", "org.mapi4j.types.ADRLIST")),
        "jdeps shows no dependencies");
    assertEquals("api", CodeBase.packageOf("org.mapi4j.api.IMessage"));
    assertEquals(".", CodeBase.packageOf("org.mapi4j.Mapi4j"));
  }

  private static String[] rule(String name) {
    return PACKAGES.stream()
        .filter(row -> matchesAny(name, new String[] {row[0]}))
        .findFirst()
        .orElse(null);
  }

  private static boolean matchesAny(String name, String[] patterns) {
    return Arrays.stream(patterns)
        .anyMatch(
            pattern ->
                pattern.endsWith(".*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern));
  }

  private static void reach(
      String from, Map<String, TreeSet<String>> edges, TreeSet<String> reached) {
    for (String next : edges.getOrDefault(from, new TreeSet<>())) {
      if (reached.add(next)) {
        reach(next, edges, reached);
      }
    }
  }

  private static void assertNone(Collection<String> found) {
    assertTrue(
        found.isEmpty(),
        () -> found.stream().sorted().distinct().collect(Collectors.joining("\n", "\n", "\n")));
  }
}
