package org.mapi4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.ServiceEntry;
import org.mapi4j.conformance.ProviderSide;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/**
 * The provider as a MAPI subsystem meets it: through MSProviderInit and interface pointers. Its
 * stores lie in a folder of temporary files, gone when it is closed.
 */
final class ComProviderSide implements ProviderSide, AutoCloseable {
  private static final int VERSION_AT = 20;

  private final ComNativeSide nativeSide;
  private final Ledger ledger = new Ledger();
  private Path folder;
  private int profiles;

  ComProviderSide(ComNativeSide nativeSide) {
    this.nativeSide = nativeSide;
  }

  @Override
  public MapiResult<Provider> init(int ulFlags, int ulMAPIVer) {
    long outs = nativeSide.allocate(16);
    try {
      int hr = nativeSide.providerInit(0, ledger, ulFlags, ulMAPIVer, outs, outs + 8);
      if (hr < 0) {
        return MapiResult.error(hr);
      }
      ByteBuffer read = ByteBuffer.wrap(nativeSide.read(outs, 16)).order(ByteOrder.LITTLE_ENDIAN);
      return MapiResult.of(
          hr,
          new Provider(
              read.getInt(0),
              Foreign.adopt(read.getLong(8), IMSProvider.class, ledger.routines())));
    } finally {
      nativeSide.free(outs);
    }
  }

  @Override
  public Ledger routines() {
    return ledger;
  }

  @Override
  public synchronized List<SPropValue> newProfile() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("mapi4j-provider");
    }
    Path store = folder.resolve("store" + profiles++);
    return List.of(
        SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, store.toString()),
        SPropValue.of(ProfileTags.PR_MAPI4J_PROFILE_W, "documented"),
        SPropValue.of(ProfileTags.PR_MAPI4J_CREATE, true));
  }

  /** The provider's first form, which has no path (src/docs/formats/entry-id.md). */
  @Override
  public Bytes anotherIdentifier(Bytes storeId) {
    if (storeId.size() <= EntryId.SIZE) {
      return storeId;
    }
    byte[] first = storeId.slice(0, EntryId.SIZE).toArray();
    first[VERSION_AT] = 1;
    return Bytes.wrap(first);
  }

  @Override
  public MapiResult<MAPIERROR> serviceEntry(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      int ulFlags,
      int ulContext,
      List<SPropValue> lpProps,
      IProviderAdmin admin) {
    return ServiceEntry.at(nativeSide.symbol("ServiceEntry"))
        .call(lpMAPISup, ulUIParam, ulFlags, ulContext, lpProps, admin);
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      EngineSubject.delete(folder);
    }
  }
}
