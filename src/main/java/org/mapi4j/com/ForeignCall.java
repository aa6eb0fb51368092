package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.mapi4j.com.SlotPlan.Crossing;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/**
 * A method of Java as the call of a foreign slot, by the descriptors of its parameters. What the
 * bridge refuses is the call's result, as is MAPI_E_CALL_FAILED for outputs that cannot be read:
 * nothing is thrown. Immutable; any thread.
 */
final class ForeignCall {
  private final SlotPlan plan;
  private final boolean supported;
  private final Constructor<?> record;

  ForeignCall(SlotPlan plan) {
    this.plan = plan;
    this.supported =
        plan.supported()
            && plan.parameters().stream().filter(Crossing::inOut).allMatch(Transfers::canReturn);
    Class<?> type = plan.valueType();
    boolean whole =
        plan.parameters().stream().anyMatch(c -> c.parameter().output().equals("value"));
    this.record = type == null || whole ? null : constructor(type);
  }

  private static Constructor<?> constructor(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException broken) {
      throw new LinkageError(type.getName(), broken);
    }
  }

  /** An int, or a MapiResult where the slot has outputs. */
  Object invoke(ForeignObject object, long pointer, Object[] arguments) {
    try {
      if (!supported) {
        throw new ComFault(MAPI_E_NO_SUPPORT, plan.slot().name() + " cannot cross yet");
      }
      object.enter();
      try (ForeignFrame frame = new ForeignFrame(object, plan, arguments)) {
        int hr = frame.call(pointer);
        Object result = plan.valueType() == null ? (Object) hr : result(frame, hr);
        frame.keep(result);
        object.refused(null);
        return result;
      } finally {
        object.exit();
      }
    } catch (ComFault fault) {
      object.refused(new ComObject.Refusal(fault.hr(), fault.getMessage()));
      return plan.valueType() == null ? (Object) fault.hr() : MapiResult.error(fault.hr());
    }
  }

  private MapiResult<?> result(ForeignFrame frame, int hr) {
    Object[] outputs;
    try {
      outputs = frame.outputs(hr < 0);
    } catch (ComFault unreadable) {
      throw new ComFault(
          MAPI_E_CALL_FAILED,
          "%s answered %s with outputs that cannot be read: %s"
              .formatted(plan.slot().name(), HResult.toString(hr), unreadable.getMessage()));
    }
    if (hr < 0 && Arrays.stream(outputs).allMatch(output -> output == null)) {
      return MapiResult.error(hr);
    }
    return MapiResult.of(hr, value(frame, outputs));
  }

  private Object value(ForeignFrame frame, Object[] outputs) {
    if (record == null) {
      for (Crossing c : plan.parameters()) {
        if (c.parameter().output().equals("value")) {
          return outputs[c.word() - 1];
        }
      }
      throw new IllegalStateException(plan.slot() + " has no value");
    }
    RecordComponent[] components = plan.valueType().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      String name = components[i].getName();
      for (Crossing c : plan.parameters()) {
        if (c.parameter().output().equals(name)) {
          values[i] = outputs[c.word() - 1];
        }
      }
      if (values[i] == null && components[i].getType().isPrimitive()) {
        values[i] = ForeignFrame.number(components[i].getType(), 0);
      }
    }
    try {
      return record.newInstance(values);
    } catch (ReflectiveOperationException refused) {
      frame.discard(outputs);
      throw new ComFault(MAPI_E_CALL_FAILED, plan.slot().name() + ": " + refused.getCause());
    }
  }
}
