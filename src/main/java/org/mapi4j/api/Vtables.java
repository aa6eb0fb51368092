package org.mapi4j.api;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mapi4j.types.SpecFile;

/**
 * The slots of every interface and what their parameters are, so that a bridge can call any method
 * without a line of its own for it. Data: {@code org/mapi4j/spec/vtables.tsv} and {@code
 * descriptors.tsv}. Immutable; for any thread.
 */
public final class Vtables {
  private static final Map<String, List<Parameter>> PARAMETERS = parameters();
  private static final Map<String, List<String[]>> SLOTS = slots();

  private Vtables() {}

  /** Which way a parameter carries data. */
  public enum Direction {
    /** Into the method. */
    IN,
    /** Out of the method. */
    OUT,
    /** Both ways: an argument and an output. */
    INOUT,
    /** A Java argument that C has not; its value for a C caller is 0. */
    JAVA
  }

  /**
   * A parameter of a slot.
   *
   * @param name its name in C
   * @param type its type in C; empty for {@link Direction#JAVA}
   * @param direction which way it carries data
   * @param count the parameter that counts its elements or bytes; empty where nothing does
   * @param width what says whether its strings are wide: {@code parameter&FLAG}, {@code tag} (each
   *     property's tag), {@code self} (a field of the structure), {@code wide} or {@code ansi};
   *     empty without strings
   * @param iid what tells the interface of an object: the parameter that holds the identifier (its
   *     NULL means the standard interface) or the name of the identifier itself; empty for others
   * @param argument index of the Java argument; empty for outputs, and for counts, which the value
   *     that they count implies
   * @param output {@code value} when it is the result's value, else the name of a component of that
   *     record; empty for inputs and counts
   */
  public record Parameter(
      String name,
      String type,
      Direction direction,
      String count,
      String width,
      String iid,
      OptionalInt argument,
      String output) {}

  /**
   * A slot of a vtable.
   *
   * @param index its place in the vtable
   * @param declaredBy the interface that declares it, or one that it derives from
   * @param name the method's name in C
   * @param returns its result in C: HRESULT or ULONG
   * @param method the method of the Java interface; empty for AddRef
   * @param parameters in C order
   */
  public record Slot(
      int index,
      String declaredBy,
      String name,
      String returns,
      Optional<Method> method,
      List<Parameter> parameters) {
    /** Keeps its own copy of the list. */
    public Slot {
      parameters = List.copyOf(parameters);
    }
  }

  /** The vtable of an interface: the slots of what it derives from, then its own. */
  public static List<Slot> of(Class<? extends IUnknown> type) {
    List<Slot> slots = new ArrayList<>();
    for (Class<?> base : type.getInterfaces()) {
      if (IUnknown.class.isAssignableFrom(base)) {
        slots.addAll(of(base.asSubclass(IUnknown.class)));
      }
    }
    for (String[] row : SLOTS.getOrDefault(type.getSimpleName(), List.of())) {
      int index = Integer.parseInt(row[2]);
      if (index != slots.size()) {
        throw new IllegalStateException(
            "vtables.tsv: %s::%s is in slot %d, expected %d"
                .formatted(row[0], row[3], index, slots.size()));
      }
      List<Parameter> parameters = PARAMETERS.getOrDefault(row[0] + "::" + row[3], List.of());
      slots.add(new Slot(index, row[0], row[3], row[4], method(type, row[7]), parameters));
    }
    return List.copyOf(slots);
  }

  private static Optional<Method> method(Class<?> type, String name) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(name) && !method.isBridge())
        .findFirst();
  }

  private static Map<String, List<String[]>> slots() {
    Map<String, List<String[]>> slots = new HashMap<>();
    for (String[] row : SpecFile.rows("vtables.tsv")) {
      slots.computeIfAbsent(row[0], type -> new ArrayList<>()).add(row);
    }
    return slots;
  }

  private static Map<String, List<Parameter>> parameters() {
    Map<String, List<Parameter>> parameters = new HashMap<>();
    for (String[] row : SpecFile.rows("descriptors.tsv")) {
      parameters.computeIfAbsent(row[0] + "::" + row[2], slot -> new ArrayList<>()).add(read(row));
    }
    return parameters;
  }

  private static Parameter read(String[] row) {
    return new Parameter(
        row[4],
        row[5],
        Direction.valueOf(row[6].toUpperCase(Locale.ROOT)),
        row[7],
        row[8],
        row[9],
        row[10].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(row[10])),
        row[11]);
  }
}
