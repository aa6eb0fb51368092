package org.mapi4j.conformance;

import java.util.Map;
import java.util.Optional;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;

/** A native half with a fault in its calls, or with other exports. */
final class FaultyNativeSide implements NativeSide {
  static final Fault NONE = (side, object, slot, words, sound) -> sound.call(words);

  private final NativeSide sound;
  private final Fault fault;
  private final Map<String, Long> exports;

  /** What happens instead of a call of a slot. */
  @FunctionalInterface
  interface Fault {
    int call(NativeSide side, long object, int slot, long[] words, Sound sound);
  }

  /** The sound call. */
  @FunctionalInterface
  interface Sound {
    int call(long[] words);
  }

  private FaultyNativeSide(NativeSide sound, Fault fault, Map<String, Long> exports) {
    this.sound = sound;
    this.fault = fault;
    this.exports = exports;
  }

  /** A subject whose native half has the fault. */
  static Subject behind(Subject subject, Fault fault, Map<String, Long> exports) {
    NativeSide side = new FaultyNativeSide(subject.nativeSide().orElseThrow(), fault, exports);
    return new Subject() {
      @Override
      public String name() {
        return subject.name();
      }

      @Override
      public IMsgStore open(boolean writable) throws Exception {
        return subject.open(writable);
      }

      @Override
      public Optional<NativeSide> nativeSide() {
        return Optional.of(side);
      }

      @Override
      public Optional<ProviderSide> providerSide() {
        return subject.providerSide();
      }
    };
  }

  @Override
  public int call(long object, int slot, long... words) {
    return fault.call(
        sound, object, slot, words.clone(), changed -> sound.call(object, slot, changed));
  }

  @Override
  public long symbol(String export) {
    return exports.getOrDefault(export, sound.symbol(export));
  }

  @Override
  public String missingLibrary() {
    return exports.isEmpty() ? sound.missingLibrary() : "";
  }

  @Override
  public long pointer(IUnknown object) {
    return sound.pointer(object);
  }

  @Override
  public <T extends IUnknown> T adopt(long pointer, Class<T> type) {
    return sound.adopt(pointer, type);
  }

  @Override
  public <T extends IUnknown> long export(T object, Class<T> type) {
    return sound.export(object, type);
  }

  @Override
  public long openStore(boolean writable, Ledger ledger) throws Exception {
    return sound.openStore(writable, ledger);
  }

  @Override
  public long callFunction(long function, long... arguments) {
    return sound.callFunction(function, arguments);
  }

  @Override
  public int providerInit(
      long malloc, Ledger ledger, int ulFlags, int ulMAPIVer, long version, long provider) {
    return sound.providerInit(malloc, ledger, ulFlags, ulMAPIVer, version, provider);
  }

  @Override
  public long liveObjects() {
    return sound.liveObjects();
  }

  @Override
  public byte[] read(long address, int length) {
    return sound.read(address, length);
  }

  @Override
  public void write(long address, byte[] bytes) {
    sound.write(address, bytes);
  }

  @Override
  public long allocate(int size) {
    return sound.allocate(size);
  }

  @Override
  public void free(long address) {
    sound.free(address);
  }

  @Override
  public void taskFree(long address) {
    sound.taskFree(address);
  }

  @Override
  public Ledger newLedger() {
    return sound.newLedger();
  }
}
