package org.mapi4j.conformance;

/** Areas store, message, attach, named, recipient and receive. */
final class ObjectAreas {
  private ObjectAreas() {}

  static void register(Checks checks) {
    java.util.Objects.requireNonNull(checks);
  }
}
