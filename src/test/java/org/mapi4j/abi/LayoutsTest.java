package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where the bridge writes and reads, against what C compilers lay out from our headers. */
class LayoutsTest {
  private static final String INCLUDE = "-I" + NativeTools.NATIVE.resolve("include");

  @Test
  void everyConstant_onLinux_isWhatGccSays() throws Exception {
    if (!NativeTools.lacksLinux("layouts of the bridge")) {
      compare(
          NativeTools.linux(
              NativeTools.compile(NativeTools.GCC, "layouts.c", "layouts", INCLUDE),
              NativeTools.NATIVE));
    }
  }

  @Test
  void everyConstant_onWindows_isWhatMingwSays() throws Exception {
    if (!NativeTools.lacksWine("layouts of the bridge on Windows")) {
      compare(
          NativeTools.wine(
              NativeTools.compile(NativeTools.MINGW, "layouts.c", "layouts", INCLUDE, "-static"),
              NativeTools.NATIVE));
    }
  }

  private static void compare(NativeTools.Run run) throws ReflectiveOperationException {
    assertEquals(0, run.exit(), run.output());
    Map<String, Integer> ours = constants();
    TreeSet<String> seen = new TreeSet<>();
    List<String> differences = new ArrayList<>();
    for (String line : run.output().lines().toList()) {
      String[] parts = line.split("\t");
      seen.add(parts[0]);
      if (!parts[1].equals(String.valueOf(ours.get(parts[0])))) {
        differences.add(line + ", not " + ours.get(parts[0]));
      }
    }
    assertEquals(List.of(), differences);
    assertEquals(ours.keySet(), seen, "each constant is compared, and only constants are");
  }

  /** The class is its package's own. */
  private static Map<String, Integer> constants() throws ReflectiveOperationException {
    Map<String, Integer> constants = new TreeMap<>();
    for (Field field : Class.forName("org.mapi4j.com.Layouts").getDeclaredFields()) {
      if (!field.isSynthetic()) {
        field.setAccessible(true);
        constants.put(field.getName(), field.getInt(null));
      }
    }
    return constants;
  }
}
