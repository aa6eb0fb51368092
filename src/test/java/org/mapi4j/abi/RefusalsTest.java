package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.com.Host;

/**
 * Why no store opens: a code for each reason, from each export that needs Java, and one line that a
 * reader understands, on stderr (Windows: in the debugger's output) and in the log of the .ini.
 */
class RefusalsTest {
  private static final int EXPORTS = 3;

  /** The least that Linux gives a thread, PTHREAD_STACK_MIN. */
  private static final String LEAST_STACK_BYTES = "16384";

  private static final String HOST = "org/mapi4j/com/Host.class";

  @TempDir private Path directory;
  private String home;

  @BeforeEach
  void findJava() {
    home = System.getProperty("java.home");
  }

  @Test
  void exports_withoutAJvmThatFits_sayWhy() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, the JVM")) {
      return;
    }
    Linux linux = new Linux();
    linux.install("/nowhere", "/x", "");
    linux.assertRefused("80044A01", "no JVM could be loaded", EXPORTS);
    Path narrow = libjvm("narrow/lib/server", new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0});
    linux.install(narrow.toString(), "/x", "");
    linux.assertRefused("80044A02", "32 bits", EXPORTS);
    linux.install(home, "/x", "-XX:+Nothing");
    linux.assertRefused("80044A03", "did not start", EXPORTS);
  }

  @Test
  void exports_withAJvmThatIsTooOld_saySo() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, an old JVM")) {
      return;
    }
    Linux linux = new Linux();
    byte[] wide = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};
    Path eleven = libjvm("eleven/lib/server", wide);
    release(eleven, "11.0.13");
    linux.install(eleven.toString(), "/x", "");
    linux.assertRefused("80044A04", "is of Java 11, " + eleven, EXPORTS);
    Path eight = libjvm("eight/jre/lib/amd64/server", wide);
    release(eight, "1.8.0_292");
    linux.install(eight.toString(), "/x", "");
    linux.assertRefused("80044A04", "is of Java 8, " + eight, EXPORTS);
    Path unnamed = libjvm("unnamed/lib/server", Files.readAllBytes(jvm("-DREFUSES_JNI_10")));
    linux.install(unnamed.toString(), "/x", "");
    linux.assertRefused("80044A04", "is too old, Java 17 or later", EXPORTS);
    Path later = classes("later", hostOfVersion(Runtime.version().feature() + 1));
    linux.install(home, later.toString(), "");
    linux.assertRefused("80044A04", "UnsupportedClassVersionError", EXPORTS);
  }

  @Test
  void exports_withoutTheJarThatFits_sayWhy() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, the jar")) {
      return;
    }
    Linux linux = new Linux();
    linux.install(home, "/nowhere.jar", "");
    linux.assertRefused("80044A05", "not on the class path", EXPORTS);
    linux.install(home, classes("other", host("return \"another\";")).toString(), "");
    linux.assertRefused("80044A06", "the jar has bridge version another, this library", EXPORTS);
    linux.install(home, classes("failing", host("throw new Error(\"text\");")).toString(), "");
    linux.assertRefused("80044A06", "java.lang.Error: text", EXPORTS);
  }

  @Test
  void exports_onAThreadWithTheLeastStack_sayHowMuchIsNeeded() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, the stack") || NativeTools.lacksFfm("stacks")) {
      return;
    }
    Linux linux = new Linux();
    NativeTools.installLinux(directory, "");
    linux.assertRefused(
        "80044A07", "KB of stack left, 256 are needed", 2 * EXPORTS, LEAST_STACK_BYTES, "opened");
    assertTrue(Files.exists(linux.store()));
  }

  @Test
  void exports_onAThreadOf64KiB_sayHowMuchIsNeeded() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, a small stack")
        || NativeTools.lacksFfm("stacks")) {
      return;
    }
    Linux linux = new Linux();
    NativeTools.installLinux(directory, "");
    linux.assertRefused(
        "80044A07", "KB of stack left, 256 are needed", 2 * EXPORTS, "65536", "opened");
  }

  /** However large it is, Java does not know it. */
  @ParameterizedTest
  @ValueSource(strings = {"65536", "4194304"})
  void exports_onAnotherStackThanTheThreadsOwn_saySo(String bytes) throws Exception {
    if (NativeTools.lacksLinux("why no store opens, coroutines")
        || NativeTools.lacksFfm("coroutines")) {
      return;
    }
    Linux linux = new Linux();
    NativeTools.installLinux(directory, "");
    linux.assertRefused(
        "80044A07", "runs on another stack than its own", 6 * EXPORTS, bytes, "elsewhere");
  }

  @Test
  void exports_withMoreInTheIniThanIsRead_sayWhat() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, a large .ini")) {
      return;
    }
    Linux linux = new Linux();
    linux.install(home, "/x", "-Da=b ".repeat(64));
    linux.assertRefused("80044A03", "more than 64 JVM options", EXPORTS);
    linux.install(home, "/x", "-Da=" + "b".repeat(4096));
    linux.assertRefused("80044A03", "one of the JVM options has 4096 bytes or more", EXPORTS);
    linux.install(home, "/x:".repeat(16_384), "");
    linux.assertRefused("80044A05", "classpath= of the .ini", EXPORTS);
    linux.install(home, "/x", "");
    Path ini = directory.resolve("native/libmapi4j.ini");
    Files.writeString(ini, Files.readString(ini) + "#".repeat(65_536) + "\n");
    linux.assertRefused("80044A03", "has more than 64 KB", EXPORTS);
  }

  /** Java 10 to 16 knows this JNI and not our options; without a file that tells, it is tried. */
  @Test
  void exports_withAJvmOfAnUnknownReleaseThatRefuses_sayWhatIsNeeded() throws Exception {
    if (NativeTools.lacksLinux("why no store opens, a JVM of an unknown release")) {
      return;
    }
    Linux linux = new Linux();
    Path unnamed = libjvm("unnamed/lib/server", Files.readAllBytes(jvm("-DREFUSES_OPTIONS")));
    linux.install(unnamed.toString(), "/x", "");
    linux.assertRefused("80044A03", "is it of Java 17 or later", EXPORTS);
  }

  @Test
  void exports_onWindows_sayWhy() throws Exception {
    if (NativeTools.lacksWine("why no store opens, on Windows")) {
      return;
    }
    Path program = compile(NativeTools.MINGW);
    install(NativeTools.MINGW, "Z:\\nowhere", "X:\\x", "");
    assertRefusedOnWindows(program, "80044A01", "no JVM could be loaded");
    byte[] pe = new byte[128];
    pe[0] = 'M';
    pe[1] = 'Z';
    pe[0x3C] = 0x40;
    System.arraycopy(new byte[] {'P', 'E', 0, 0, 0x4C, 1}, 0, pe, 0x40, 6);
    Path runtime = Files.createDirectories(directory.resolve("runtime/bin/server"));
    Path home = directory.resolve("runtime");
    Files.write(runtime.resolve("jvm.dll"), pe);
    install(NativeTools.MINGW, NativeTools.windowsPath(home), "X:\\x", "");
    assertRefusedOnWindows(program, "80044A02", "32 bits");
    pe[0x44] = 0x64;
    pe[0x45] = (byte) 0x86;
    Files.write(runtime.resolve("jvm.dll"), pe);
    release(home, "11.0.13");
    assertRefusedOnWindows(program, "80044A04", "is of Java 11");
    String slashes = NativeTools.windowsPath(runtime.resolve("jvm.dll")).replace('\\', '/');
    install(NativeTools.MINGW, slashes, "X:\\x", "");
    assertRefusedOnWindows(program, "80044A04", "is of Java 11");
    install(NativeTools.MINGW, NativeTools.windowsPath(home), "X:\\x", "");
    assertRefusedOnWindows(program, "80044A07", "256 are needed", "100000");
  }

  private void assertRefusedOnWindows(Path program, String code, String why, String... more)
      throws Exception {
    Path library = directory.resolve("native");
    List<String> arguments = new ArrayList<>(List.of(NativeTools.windowsPath(store()), code));
    arguments.addAll(List.of(more));
    NativeTools.wine(program, library, arguments.toArray(String[]::new)).assertPassed(code);
    assertLines(lines(Files.readString(library.resolve("log.txt"))), code, why, EXPORTS);
    Files.delete(library.resolve("log.txt"));
  }

  private Path store() {
    return directory.resolve("store");
  }

  /** The program and the library's folder on this system. */
  private final class Linux {
    private final Path program = compile(NativeTools.GCC);
    private final Path library = directory.resolve("native");

    Linux() throws Exception {}

    Path store() {
      return RefusalsTest.this.store();
    }

    void install(String jvm, String classpath, String options) throws IOException {
      RefusalsTest.this.install(NativeTools.GCC, jvm, classpath, options);
    }

    void assertRefused(String code, String why, int lines, String... more) throws Exception {
      List<String> arguments = new ArrayList<>(List.of(store().toString(), code));
      arguments.addAll(List.of(more));
      NativeTools.Run run = NativeTools.linux(program, library, arguments.toArray(String[]::new));
      run.assertPassed(code);
      List<String> said = lines(run.output());
      assertLines(said, code, why, lines);
      assertEquals(said, lines(Files.readString(library.resolve("log.txt"))), "in the log");
      Files.delete(library.resolve("log.txt"));
      assertEquals(more.length > 1, Files.exists(store()), "a store");
    }
  }

  private void install(String compiler, String jvm, String classpath, String options)
      throws IOException {
    Path library = NativeTools.install(directory, compiler, jvm, "");
    String ini = compiler.equals(NativeTools.MINGW) ? "mapi4j.ini" : "libmapi4j.ini";
    Files.writeString(
        library.resolve(ini),
        "jvm=%s\nclasspath=%s\noptions=%s\nlog=log.txt\n".formatted(jvm, classpath, options));
  }

  /** What the library said; a JVM that does not start has lines of its own. */
  private static List<String> lines(String text) {
    return text.lines().filter(line -> line.startsWith("mapi4j: ")).toList();
  }

  /** One for each call; the first says why. */
  private static void assertLines(List<String> lines, String code, String why, int count) {
    assertEquals(count, lines.size(), lines::toString);
    for (String line : lines) {
      assertTrue(line.startsWith("mapi4j: 0x" + code + " "), line);
    }
    assertTrue(lines.get(0).contains(why), lines.get(0));
  }

  private static Path compile(String compiler) throws Exception {
    return NativeTools.compile(compiler, "refused.c", "refused", NativeTools.ours(compiler));
  }

  private static Path jvm(String refuses) throws Exception {
    List<String> options = new ArrayList<>(NativeTools.jni(NativeTools.GCC));
    options.addAll(List.of("-shared", "-fPIC", refuses));
    return NativeTools.compile(
        NativeTools.GCC, "old_jvm.c", "old_jvm" + refuses + ".so", options.toArray(String[]::new));
  }

  /** A Java home whose JVM is these bytes. */
  private Path libjvm(String folder, byte[] bytes) throws IOException {
    Path server = Files.createDirectories(directory.resolve(folder));
    Files.write(server.resolve("libjvm.so"), bytes);
    return directory.resolve(folder.substring(0, folder.indexOf('/')));
  }

  private static void release(Path home, String version) throws IOException {
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  private Path classes(String folder, byte[] host) throws IOException {
    Path classes = directory.resolve(folder);
    Files.createDirectories(classes.resolve(HOST).getParent());
    Files.write(classes.resolve(HOST), host);
    return classes;
  }

  /** Our own class, as if a compiler of that Java had made it. */
  private static byte[] hostOfVersion(int java) throws IOException {
    try (InputStream in = Host.class.getResourceAsStream("Host.class")) {
      byte[] bytes = in.readAllBytes();
      bytes[7] = (byte) (44 + java);
      return bytes;
    }
  }

  /** Another jar's class, with a version that does this. */
  private byte[] host(String body) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("compiled"));
    Path source = folder.resolve("Host.java");
    String text =
        "package org.mapi4j.com; public class Host { public static String version() {%s} }";
    Files.writeString(source, text.formatted(body), StandardCharsets.UTF_8);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertEquals(0, code, body);
    return Files.readAllBytes(folder.resolve(HOST));
  }
}
