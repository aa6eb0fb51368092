package org.mapi4j.conformance;

/** Areas com, memory and provider, and the functions of area util that only C has. */
final class NativeAreas {
  private NativeAreas() {}

  static void register(Checks checks) {
    AllocatorChecks.register(checks);
    NativeHelperChecks.register(checks);
    OutputMemoryChecks.register(checks);
    InterfacePointerChecks.register(checks);
    ComConventionChecks.register(checks);
    SinkChecks.register(checks);
    ProviderEntryChecks.register(checks);
    ProviderChecks.register(checks);
    ProviderFeatureChecks.register(checks);
  }
}
