package org.mapi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sleepycat.je.Environment;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JeEngine;

/**
 * The program of README.md, as a user has it: mapi4j and JE alone, no optional library, on the
 * class path and on the module path.
 */
class ReadmeProgramTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String LIBRARIES =
      String.join(File.pathSeparator, place(JeEngine.class), place(Environment.class));

  @TempDir Path directory;

  @Test
  void program_onTheClassPath_savesAMessage() throws Exception {
    compile("-cp", LIBRARIES);
    run("-cp", LIBRARIES + File.pathSeparator + directory.resolve("classes"), "readme.Program");
  }

  @Test
  void program_onTheModulePath_savesAMessage() throws Exception {
    write("module-info.java", "module readme {\n  requires org.mapi4j;\n}\n");
    compile("-p", LIBRARIES);
    run(
        "-p",
        LIBRARIES + File.pathSeparator + directory.resolve("classes"),
        "-m",
        "readme/readme.Program");
  }

  private void compile(String path, String libraries) throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
    assertTrue(program.find(), "README.md has a Java program");
    write("readme/Program.java", source(program.group(1)));
    List<String> arguments =
        new ArrayList<>(List.of("-d", directory.resolve("classes").toString(), path, libraries));
    for (String file : List.of("module-info.java", "readme/Program.java")) {
      if (Files.exists(directory.resolve(file))) {
        arguments.add(directory.resolve(file).toString());
      }
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    assertEquals(0, javac.run(null, null, null, arguments.toArray(String[]::new)));
  }

  private static String source(String body) {
    return """
        package readme;

        import static org.mapi4j.types.MapiCode.*;
        import static org.mapi4j.types.MapiDefs.*;
        import static org.mapi4j.types.MapiTags.*;

        import java.nio.file.Path;
        import java.util.List;
        import org.mapi4j.*;
        import org.mapi4j.api.*;
        import org.mapi4j.options.*;
        import org.mapi4j.types.*;

        class Program {
          public static void main(String[] args) {
        %s
          }
        }
        """
        .formatted(body);
  }

  private void write(String file, String text) throws Exception {
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  private void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program ends");
    String said = Files.readString(output);
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.startsWith("S_OK (0x00000000) "), said);
    assertTrue(Files.isDirectory(directory.resolve("mail")), "the program leaves a store");
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException notAPath) {
      throw new IllegalStateException(notAPath);
    }
  }
}
