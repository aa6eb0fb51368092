package org.mapi4j.cli;

import java.nio.file.Path;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.com.ComHealth;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.Host;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.NativeSide;

/** What a native program beside the kit could do, in this process. */
final class ComNativeSide implements NativeSide {
  private static final String BUILD = "build it with native/build.sh (see native/README.md)";

  private final EngineSubject store;
  private final Path library;

  ComNativeSide(EngineSubject store) {
    this.store = store;
    this.library = ComHealth.library().orElse(null);
  }

  @Override
  public long pointer(IUnknown object) {
    return Foreign.pointer(object);
  }

  @Override
  public <T extends IUnknown> T adopt(long pointer, Class<T> type) {
    return Foreign.adopt(pointer, type, null);
  }

  @Override
  public <T extends IUnknown> long export(T object, Class<T> type) {
    return Foreign.export(object, type, null);
  }

  @Override
  public long openStore(boolean writable, NativeSide.Ledger ledger) {
    return Foreign.export(
        store.open(writable), IMsgStore.class, org.mapi4j.cli.Ledger.routines(ledger));
  }

  @Override
  public int call(long object, int slot, long... arguments) {
    return NativeCalls.call(object, slot, arguments);
  }

  @Override
  public long callFunction(long function, long... arguments) {
    return NativeCalls.callFunction(function, arguments);
  }

  @Override
  public long symbol(String export) {
    return library == null ? 0 : NativeCalls.symbol(library.toString(), export);
  }

  @Override
  public String missingLibrary() {
    return library == null ? "there is no native library beside the jar: " + BUILD : "";
  }

  @Override
  public int providerInit(
      long malloc,
      NativeSide.Ledger ledger,
      int ulFlags,
      int ulMAPIVer,
      long lpulProviderVer,
      long lppMSProvider) {
    long export = symbol("MSProviderInit");
    return export == 0
        ? (int)
            Host.providerInit(
                0,
                malloc,
                ledger.allocateBuffer(),
                ledger.allocateMore(),
                ledger.freeBuffer(),
                ulFlags,
                ulMAPIVer,
                lpulProviderVer,
                lppMSProvider)
        : (int)
            callFunction(
                export,
                0,
                malloc,
                ledger.allocateBuffer(),
                ledger.allocateMore(),
                ledger.freeBuffer(),
                Integer.toUnsignedLong(ulFlags),
                Integer.toUnsignedLong(ulMAPIVer),
                lpulProviderVer,
                lppMSProvider);
  }

  @Override
  public long liveObjects() {
    return Foreign.held().size();
  }

  @Override
  public byte[] read(long address, int length) {
    return NativeCalls.read(address, length);
  }

  @Override
  public void write(long address, byte[] bytes) {
    NativeCalls.write(address, bytes);
  }

  @Override
  public long allocate(int size) {
    return NativeCalls.allocate(size);
  }

  @Override
  public void free(long address) {
    NativeCalls.free(address);
  }

  @Override
  public void taskFree(long address) {
    NativeCalls.taskFree(address);
  }

  @Override
  public NativeSide.Ledger newLedger() {
    return new org.mapi4j.cli.Ledger();
  }
}
