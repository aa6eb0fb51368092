package org.mapi4j.api;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.Vtables.Direction;
import org.mapi4j.api.Vtables.Parameter;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.types.MapiResult;

/** The slot table, the parameter descriptors and the Java interfaces say the same. */
class VtablesTest {
  private static final List<String[]> VTABLES = VtableFiles.rows("vtables.tsv");
  private static final Map<String, String> JAVA_TYPES =
      VtableFiles.testRows("java-types.tsv").stream().collect(toMap(row -> row[0], row -> row[1]));
  private static final Set<String> IIDS =
      new HashSet<>(VtableFiles.rows("iids.tsv").stream().map(row -> row[0]).toList());

  static Stream<Class<? extends IUnknown>> interfaces() {
    return Stream.concat(
            VTABLES.stream().map(row -> row[0]).distinct(),
            Stream.of("IAttach", "IMailUser", "IProfSect"))
        .map(VtablesTest::type);
  }

  static Stream<Slot> slots() {
    return interfaces().flatMap(VtablesTest::declaredSlots);
  }

  private static Class<? extends IUnknown> type(String name) {
    try {
      return Class.forName("org.mapi4j.api." + name).asSubclass(IUnknown.class);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("api has no interface " + name, e);
    }
  }

  private static Stream<Slot> declaredSlots(Class<? extends IUnknown> type) {
    return Vtables.of(type).stream().filter(slot -> slot.declaredBy().equals(type.getSimpleName()));
  }

  @Test
  void vtables_allInterfaces_haveTheSlotsOfTheHeaders() {
    assertEquals(266, slots().count());
    assertEquals(34, interfaces().count());
  }

  @Test
  void of_messageInterface_beginsWithInheritedSlots() {
    List<Slot> slots = Vtables.of(IMessage.class);
    assertEquals("QueryInterface", slots.get(0).name());
    assertEquals("SaveChanges", slots.get(4).name());
    assertEquals("SetReadFlag", slots.get(21).name());
    assertEquals(22, slots.size());
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void interface_baseAndMethods_areTheSlots(Class<? extends IUnknown> type) {
    List<String> java =
        Arrays.stream(type.getDeclaredMethods()).map(Method::getName).sorted().toList();
    List<String> slots =
        declaredSlots(type)
            .flatMap(s -> s.method().stream())
            .map(Method::getName)
            .sorted()
            .toList();
    assertEquals(slots, java);
    VTABLES.stream()
        .filter(row -> row[0].equals(type.getSimpleName()))
        .forEach(
            row ->
                assertEquals(
                    row[1],
                    Arrays.stream(type.getInterfaces())
                        .filter(IUnknown.class::isAssignableFrom)
                        .map(Class::getSimpleName)
                        .findFirst()
                        .orElse("")));
  }

  @ParameterizedTest
  @MethodSource("slots")
  void slot_parameterList_isTheHeaders(Slot slot) {
    String[] row =
        VTABLES.stream()
            .filter(r -> r[0].equals(slot.declaredBy()) && r[3].equals(slot.name()))
            .findFirst()
            .orElseThrow();
    assertEquals(Integer.toString(slot.index()), row[2]);
    List<String> described =
        slot.parameters().stream()
            .filter(p -> p.direction() != Direction.JAVA)
            .map(p -> normal(p.type() + " " + p.name()))
            .toList();
    List<String> header =
        Arrays.stream(row[5].split(","))
            .filter(p -> !p.isBlank())
            .map(p -> normal(p.strip().equals("LPSRow") ? "LPSRow lpSRow" : p))
            .toList();
    assertEquals(header, described);
  }

  @ParameterizedTest
  @MethodSource("slots")
  void slot_arguments_areTheMethods(Slot slot) {
    if (slot.method().isEmpty()) {
      assertEquals("AddRef", slot.name());
      return;
    }
    Type[] java = slot.method().get().getGenericParameterTypes();
    List<Parameter> arguments =
        slot.parameters().stream().filter(p -> p.argument().isPresent()).toList();
    assertEquals(java.length, arguments.size());
    for (int i = 0; i < java.length; i++) {
      Parameter parameter = arguments.get(i);
      assertEquals(i, parameter.argument().getAsInt(), parameter.name());
      assertEquals(javaType(parameter), shortName(java[i]), parameter.name());
    }
  }

  @ParameterizedTest
  @MethodSource("slots")
  void slot_outputs_areTheResult(Slot slot) {
    if (slot.method().isEmpty() || slot.name().equals("Release")) {
      return;
    }
    Type result = slot.method().get().getGenericReturnType();
    List<Parameter> outputs =
        slot.parameters().stream().filter(p -> !p.output().isEmpty()).toList();
    if (outputs.isEmpty()) {
      assertEquals(int.class, result);
      return;
    }
    assertTrue(
        result instanceof ParameterizedType generic && generic.getRawType() == MapiResult.class,
        () -> slot.name() + " has outputs and must return a MapiResult");
    Type value = ((ParameterizedType) result).getActualTypeArguments()[0];
    if (outputs.size() == 1) {
      assertEquals("value", outputs.get(0).output());
      assertEquals(boxed(javaType(outputs.get(0))), shortName(value));
      return;
    }
    RecordComponent[] components = ((Class<?>) value).getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    assertEquals(names, outputs.stream().map(Parameter::output).toList());
    for (int i = 0; i < components.length; i++) {
      assertEquals(
          javaType(outputs.get(i)), shortName(components[i].getGenericType()), names.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("slots")
  void slot_everyParameter_isCarriedOrImplied(Slot slot) {
    Set<String> counts = new HashSet<>();
    Set<String> names = new HashSet<>();
    slot.parameters().forEach(p -> counts.add(p.count()));
    slot.parameters().forEach(p -> names.add(p.name()));
    if (slot.method().isEmpty()) {
      return;
    }
    for (Parameter p : slot.parameters()) {
      if (p.argument().isEmpty() && p.output().isEmpty()) {
        assertTrue(counts.contains(p.name()), () -> p.name() + " is lost");
      }
      assertTrue(p.count().isEmpty() || names.contains(p.count()), p::name);
      assertTrue(
          p.iid().isEmpty() || names.contains(p.iid()) || IIDS.contains(p.iid()), p::toString);
      if (p.width().contains("&")) {
        assertTrue(names.contains(p.width().substring(0, p.width().indexOf('&'))), p::toString);
      }
      boolean strings = p.type().matches("LPTSTR.*|LPSTR.*|LPMAPIERROR.*");
      assertFalse(strings && p.width().isEmpty(), () -> p.name() + " has no string width");
    }
  }

  private static String normal(String parameter) {
    return parameter.strip().replaceAll("\\s*(\\*+)\\s*", " $1").replaceAll("\\s+", " ");
  }

  /** The Java type of a parameter: by its C type, whether it is counted, and its name for BOOL. */
  private static String javaType(Parameter p) {
    if (p.direction() == Direction.JAVA) {
      return "int";
    }
    List<String> keys = new ArrayList<>(List.of(p.type() + " " + p.name()));
    if (!p.count().isEmpty()) {
      keys.add(p.type() + " counted");
    }
    keys.add(p.type());
    String found =
        keys.stream().map(JAVA_TYPES::get).filter(t -> t != null).findFirst().orElse(null);
    assertNotNull(found, () -> "java-types.tsv has no row for " + keys);
    return found;
  }

  private static String boxed(String type) {
    return switch (type) {
      case "int" -> "Integer";
      case "long" -> "Long";
      case "boolean" -> "Boolean";
      default -> type;
    };
  }

  private static String shortName(Type type) {
    return type.getTypeName().replaceAll("[\\w.]+[.$](\\w+)", "$1");
  }
}
