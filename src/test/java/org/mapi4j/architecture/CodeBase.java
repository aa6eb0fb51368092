package org.mapi4j.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mapi4j.api.IUnknown;

/** The project's classes, as jdeps sees them, and its source files. */
final class CodeBase {
  private static final String BASE = "org.mapi4j";
  private static final Pattern USE = Pattern.compile("^ +(\\S+) +-> (\\S+) .*$", Pattern.MULTILINE);

  private CodeBase() {}

  /** One class names another; nested classes count as their outermost one. */
  record Use(String user, String used) {}

  /** A source file; the path is that below the base package. */
  record Source(Path file, String path, boolean isMain, List<String> lines) {
    Stream<String> linesMatching(Pattern pattern) {
      return IntStream.range(0, lines.size())
          .filter(i -> pattern.matcher(lines.get(i)).find() && !isComment(lines.get(i)))
          .mapToObj(i -> file + ":" + (i + 1));
    }

    private static boolean isComment(String line) {
      return line.strip().startsWith("*");
    }
  }

  static boolean isOurs(String className) {
    return className.startsWith(BASE + ".");
  }

  /** The package below the base package; a dot for the base package itself. */
  static String packageOf(String className) {
    String name = className.substring(0, className.lastIndexOf('.'));
    return name.equals(BASE) ? "." : name.startsWith(BASE) ? name.substring(11) : name;
  }

  static List<Use> uses() {
    List<String> args = new ArrayList<>(List.of("-verbose:class", "-filter:none"));
    try (Stream<Path> files = Files.walk(classes())) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .filter(file -> !file.toString().contains("META-INF"))
          .forEach(file -> args.add(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = jdeps.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("jdeps: " + err + out);
    }
    List<Use> uses = new ArrayList<>();
    Matcher lines = USE.matcher(out.toString());
    while (lines.find()) {
      if (isOurs(lines.group(1))) {
        uses.add(new Use(outermost(lines.group(1)), outermost(lines.group(2))));
      }
    }
    return uses.stream().distinct().toList();
  }

  static List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        String below = file.toString().replace('\\', '/').replaceFirst(".*/org/mapi4j/", "");
        boolean isMain = file.startsWith(Path.of("src", "main"));
        sources.add(new Source(file, below, isMain, Files.readAllLines(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** The rows of a file of rules, without its head. */
  static List<String[]> rules(String file) {
    try (InputStream in = CodeBase.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path classes() {
    try {
      return Path.of(IUnknown.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String outermost(String className) {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }
}
