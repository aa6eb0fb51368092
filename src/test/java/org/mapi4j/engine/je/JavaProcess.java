package org.mapi4j.engine.je;

import com.sleepycat.je.Environment;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/** Another JVM with this one's class path. Its errors go where ours do. */
public final class JavaProcess {
  private JavaProcess() {}

  /** Starts a class's main. */
  public static Process start(Class<?> main, String... arguments) throws IOException {
    return start(Map.of(), main, arguments);
  }

  /** The same with a heap of its own, as {@code -Xmx40m}. */
  public static Process start(String heap, Class<?> main, String... arguments) throws IOException {
    return start(heap, Map.of(), main, arguments);
  }

  /** The same with further environment variables. */
  public static Process start(Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    return start("-Xmx256m", environment, main, arguments);
  }

  private static Process start(
      String heap, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(classPath(main));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Where the classes came from, also when a test runner loaded them by other means. */
  private static String classPath(Class<?> main) {
    List<String> places = new ArrayList<>();
    for (Class<?> needed : List.of(main, JeEngine.class, Environment.class, Assertions.class)) {
      places.add(place(needed));
    }
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  private static String place(Class<?> loaded) {
    try {
      return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException notAPath) {
      throw new IllegalStateException(notAPath);
    }
  }
}
