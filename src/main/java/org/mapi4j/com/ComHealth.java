package org.mapi4j.com;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.com.LibraryFile.Target;

/**
 * What this machine has for native callers, and what to do about what it lacks. Works without JNA
 * and without the native library: the store in Java needs neither. Any thread.
 */
public final class ComHealth {
  private static final int FFM_FEATURE = 22;
  private static final Set<String> X64 = Set.of("amd64", "x86_64");
  private static final long PROBE = 0x1234_5678_9ABC_DEF0L;

  private final List<Finding> findings = new ArrayList<>();

  private ComHealth() {}

  /** How something stands. */
  public enum Verdict {
    /** It is there and works. */
    GOOD,
    /** It is not there, or not for this system: native callers cannot do without it. */
    ABSENT,
    /** It is there and does not work. */
    BAD,
    /** Only told. */
    TOLD
  }

  /**
   * One line.
   *
   * @param what the thing, in a word or two
   * @param text what was found, and for {@link Verdict#ABSENT} and {@link Verdict#BAD} the next
   *     step to take
   */
  public record Finding(Verdict verdict, String what, String text) {}

  /** Examines this process and what lies beside the jar. */
  public static List<Finding> examine() {
    ComHealth health = new ComHealth();
    health.bitness(
        System.getProperty("sun.arch.data.model", "unknown"),
        System.getProperty("os.arch", "unknown"));
    health.jna();
    health.thunks(System.getProperty(BackEnd.PROPERTY), Runtime.version().feature());
    Target own = Target.of(System.getProperty("os.name", ""));
    for (Target target : Target.values()) {
      health.library(target, target == own, LibraryFile.places(target));
    }
    return List.copyOf(health.findings);
  }

  /** Examines the thunks alone: whether calls can cross at all. */
  public static Finding examineThunks() {
    return thunksOf(System.getProperty(BackEnd.PROPERTY), Runtime.version().feature()).get(0);
  }

  /** The native library for this system beside the jar, which {@link #examine} tells of. */
  public static Optional<Path> library() {
    return LibraryFile.places(Target.of(System.getProperty("os.name", ""))).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** As {@link #examine}, of other circumstances. */
  static List<Finding> bitnessOf(String bits, String architecture) {
    ComHealth health = new ComHealth();
    health.bitness(bits, architecture);
    return health.findings;
  }

  /** As {@link #examine}, of other circumstances. */
  static List<Finding> thunksOf(String property, int feature) {
    ComHealth health = new ComHealth();
    health.thunks(property, feature);
    return health.findings;
  }

  /** As {@link #examine}, of other circumstances. */
  static List<Finding> libraryOf(Target target, boolean own, List<Path> places) {
    ComHealth health = new ComHealth();
    health.library(target, own, places);
    return health.findings;
  }

  private void add(Verdict verdict, String what, String text) {
    findings.add(new Finding(verdict, what, text));
  }

  private void bitness(String bits, String architecture) {
    if (bits.equals("64") && X64.contains(architecture)) {
      add(Verdict.GOOD, "native bitness", "64 bit, x64");
    } else {
      add(
          Verdict.ABSENT,
          "native bitness",
          "%s bit, %s: native callers need a JVM of 64 bits for x64; install one and name it by jvm= in the library's .ini"
              .formatted(bits, architecture));
    }
  }

  private void jna() {
    try {
      Class<?> found = Class.forName("com.sun.jna.Native", false, ComHealth.class.getClassLoader());
      String version = found.getPackage().getImplementationVersion();
      add(Verdict.GOOD, "JNA", version == null ? "there" : "there, " + version);
    } catch (ClassNotFoundException | LinkageError absent) {
      add(
          Verdict.ABSENT,
          "JNA",
          "not on the class path: only the jna thunks need it; put net.java.dev.jna:jna beside the jar (target/lib)");
    }
  }

  private void thunks(String property, int feature) {
    try {
      Thunks thunks = BackEnd.choose(property, feature);
      if (callsBack(thunks)) {
        add(Verdict.GOOD, "thunks", thunks.name() + ", " + why(thunks.name(), property, feature));
      } else {
        add(
            Verdict.BAD,
            "thunks",
            "%s: a call into Java and back gave a wrong number; try -D%s=%s"
                .formatted(
                    thunks.name(), BackEnd.PROPERTY, thunks.name().equals("jna") ? "ffm" : "jna"));
      }
    } catch (IllegalStateException none) {
      String cause = none.getCause() == null ? "" : " (" + none.getCause() + ")";
      add(property == null ? Verdict.ABSENT : Verdict.BAD, "thunks", none.getMessage() + cause);
    } catch (LinkageError broken) {
      add(
          Verdict.BAD,
          "thunks",
          broken + ": name a folder that libraries may be loaded from, -Djna.tmpdir=DIR");
    }
  }

  private static String why(String name, String property, int feature) {
    if (property != null) {
      return "as -D%s says".formatted(BackEnd.PROPERTY);
    }
    if (name.equals("ffm")) {
      return "since Java %d and this jar have it".formatted(feature);
    }
    return feature < FFM_FEATURE
        ? "since ffm needs Java %d or later".formatted(FFM_FEATURE)
        : "since this jar was built without ffm; build with JAVA25_HOME set for calls ten times as fast";
  }

  /** A native function that calls Java, called from Java. */
  private static boolean callsBack(Thunks thunks) {
    MethodHandle twice = MethodHandles.identity(long.class);
    long function = thunks.function(twice);
    try {
      return (long) thunks.caller(1).invokeExact(function, PROBE) == PROBE;
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new IllegalStateException("a call into Java and back failed", checked);
    }
  }

  private void library(Target target, boolean own, List<Path> places) {
    String what = target.folder;
    try {
      Path found = places.stream().filter(Files::isRegularFile).findFirst().orElse(null);
      if (found != null) {
        library(what, LibraryFile.read(found));
        headers(found);
      } else if (own) {
        add(
            Verdict.ABSENT,
            what,
            "no %s at %s: install gcc and cmake and run native/build.sh JAVA_HOME target/native"
                .formatted(target.file, places.isEmpty() ? "the jar" : places.get(0)));
      } else {
        add(
            Verdict.TOLD,
            what,
            "no %s: built where %s is installed".formatted(target.file, tools(target)));
      }
    } catch (IOException e) {
      add(Verdict.BAD, what, e + ": make the file readable");
    }
  }

  private static String tools(Target target) {
    return target == Target.WINDOWS ? "mingw-w64" : "gcc";
  }

  private void library(String what, LibraryFile file) {
    if (file.bits() != 64) {
      String kind = file.bits() == 0 ? "no library" : "a library of 32 bits";
      add(
          Verdict.BAD,
          what,
          "%s is %s: build it anew with native/build.sh".formatted(file.path(), kind));
    } else if (!file.bridge().equals(Host.version())) {
      add(
          Verdict.BAD,
          what,
          "%s has bridge version %s, this jar %s: take both from one build"
              .formatted(
                  file.path(), file.bridge().isEmpty() ? "none" : file.bridge(), Host.version()));
    } else {
      add(
          Verdict.GOOD,
          what,
          "%s, bridge version %s as the jar's".formatted(file.path(), file.bridge()));
    }
  }

  /** The headers lie beside the folder of the library, in a build as in an installation. */
  private void headers(Path library) {
    if (findings.stream().anyMatch(each -> each.what().equals("headers"))) {
      return;
    }
    Path folder = library.toAbsolutePath().resolveSibling("../include").normalize();
    if (Files.isRegularFile(folder.resolve("mapidefs.h"))
        && Files.isRegularFile(folder.resolve("mapi4j.h"))) {
      add(Verdict.GOOD, "headers", folder.toString());
    } else {
      add(
          Verdict.ABSENT,
          "headers",
          "none in %s: native/build.sh JAVA_HOME target/native makes them".formatted(folder));
    }
  }
}
