package org.mapi4j.util;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Objects of an interface that answer the methods a test names and refuse all others. */
final class Fakes {
  private Fakes() {}

  static <T> T of(Class<T> type, String method, Function<Object[], Object> answer) {
    return of(type, Map.of(method, answer));
  }

  static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals")
                    ? self == args[0]
                    : method.getName().equals("hashCode")
                        ? System.identityHashCode(self)
                        : type.getSimpleName();
              }
              Function<Object[], Object> answer = answers.get(method.getName());
              if (answer == null) {
                throw new AssertionError("unexpected call of " + method);
              }
              return answer.apply(args);
            });
    return type.cast(proxy);
  }
}
