package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The generated constants and the names that people see agree. */
class ConstantsTest {
  @Test
  void codes_everyConstant_isTheCodeOfItsName() {
    Map<Integer, List<String>> names =
        ints(MapiCode.class).stream()
            .collect(
                Collectors.groupingBy(
                    ConstantsTest::value, Collectors.mapping(Field::getName, Collectors.toList())));
    names.forEach(
        (code, constants) ->
            assertTrue(
                constants.contains(HResult.name(code)),
                () -> constants + " " + HResult.name(code)));
  }

  @Test
  void tags_everyConstant_hasANameOfItsIdentifierAndType() {
    Map<Integer, List<String>> names =
        ints(MapiTags.class).stream()
            .collect(
                Collectors.groupingBy(
                    ConstantsTest::value, Collectors.mapping(Field::getName, Collectors.toList())));
    List<String> wrong =
        names.entrySet().stream()
            .filter(e -> e.getValue().stream().noneMatch(n -> shown(e.getKey()).equals(n)))
            .map(e -> shown(e.getKey()) + " for " + e.getValue())
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static String shown(int tag) {
    return PropTag.toString(tag).replaceFirst(" .*", "");
  }

  private static List<Field> ints(Class<?> constants) {
    return Arrays.stream(constants.getFields()).filter(f -> f.getType() == int.class).toList();
  }

  private static int value(Field field) {
    try {
      return field.getInt(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field.getName(), e);
    }
  }
}
