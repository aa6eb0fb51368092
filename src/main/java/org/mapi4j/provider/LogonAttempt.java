package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/**
 * One call of Logon or SpoolerLogon. Which store: the one that the identifier names, at the
 * profile's path or at its own; without an identifier, the one at the profile's path. Confined to
 * the call, which holds the provider's logon lock.
 */
final class LogonAttempt {
  private static final int FLAGS =
      MAPI_BEST_ACCESS
          | MAPI_DEFERRED_ERRORS
          | MAPI_UNICODE
          | MDB_NO_DIALOG
          | MDB_NO_MAIL
          | MDB_ONLINE
          | MDB_TEMPORARY
          | MDB_WRITE;
  private static final String COMPONENT = "mapi4j";

  private final StoreProvider provider;
  private final IMAPISupport support;
  private final Bytes entryId;
  private final int flags;
  private final Guid iid;
  private Bytes spoolSecurity;
  private boolean spooler;
  private final List<String> warnings = new ArrayList<>();

  /** What the call answers; no store with a failure, and no logon with an open store. */
  record Outcome(
      int hr, MAPIERROR error, StoreLogon logon, StoreObject store, Bytes spoolSecurity) {
    static Outcome refusal(int hr) {
      return new Outcome(hr, null, null, null, null);
    }

    static Outcome refusal(int hr, int cause, String problem) {
      return new Outcome(hr, new MAPIERROR(0, problem, COMPONENT, cause, 0), null, null, null);
    }

    static Outcome repeated(StoreLogon open) {
      return new Outcome(S_OK, null, null, open.store(), null);
    }

    boolean isEmpty() {
      return error == null && store == null;
    }
  }

  /** A session, and the place it was opened at. */
  private record Found(StoreObject store, Path path) {}

  LogonAttempt(StoreProvider provider, IMAPISupport support, Bytes entryId, int flags, Guid iid) {
    this.provider = provider;
    this.support = support;
    this.entryId = entryId;
    this.flags = flags;
    this.iid = iid;
  }

  /** The call is SpoolerLogon, with what Logon gave for it; null for nothing. */
  LogonAttempt ofSpooler(Bytes security) {
    spooler = true;
    spoolSecurity = security;
    return this;
  }

  Outcome run() {
    if (support == null) {
      return Outcome.refusal(MAPI_E_INVALID_PARAMETER);
    }
    if (!StoreObject.offers(iid)) {
      return Outcome.refusal(
          MAPI_E_INTERFACE_NOT_SUPPORTED,
          MAPI_E_INTERFACE_NOT_SUPPORTED,
          "a store has no interface " + iid);
    }
    boolean named = entryId != null && !entryId.isEmpty();
    Optional<StoreId> wanted = named ? StoreId.parse(entryId) : Optional.empty();
    if (named && wanted.isEmpty()) {
      return Outcome.refusal(
          MAPI_E_LOGON_FAILED,
          MAPI_E_UNKNOWN_ENTRYID,
          "the entry identifier is not one of a mapi4j store");
    }
    Optional<StoreLogon> open = wanted.flatMap(id -> provider.find(id.uid(), spooler));
    return open.isPresent() ? Outcome.repeated(open.get()) : firstLogon(wanted.orElse(null));
  }

  private Outcome firstLogon(StoreId wanted) {
    MapiResult<ProfileSection> opened =
        ProfileSection.open(support, provider.defaults().codePage());
    if (opened.hr() == MAPI_E_NOT_FOUND) {
      return unconfigured("the profile has no section for the store");
    }
    if (opened.failed()) {
      return Outcome.refusal(
          MAPI_E_FAILONEPROVIDER,
          opened.hr(),
          "the store's profile section cannot be opened: " + HResult.toString(opened.hr()));
    }
    try (ProfileSection section = opened.value()) {
      LogonConfig config = LogonConfig.read(section, provider.defaults());
      if ((flags & ~FLAGS) != 0 && config.options().profile() == StoreProfile.DOCUMENTED) {
        return Outcome.refusal(
            MAPI_E_UNKNOWN_FLAGS, MAPI_E_UNKNOWN_FLAGS, "Logon: flags 0x%08X".formatted(flags));
      }
      return open(section, config, wanted);
    } catch (StorageFault fault) {
      return Outcome.refusal(
          MAPI_E_FAILONEPROVIDER, Faults.toHResult(fault), "the store: " + fault.getMessage());
    } catch (IllegalArgumentException senseless) {
      return unconfigured("the store's profile section: " + senseless.getMessage());
    }
  }

  private static Outcome unconfigured(String why) {
    return Outcome.refusal(MAPI_E_UNCONFIGURED, MAPI_E_UNCONFIGURED, why);
  }

  private Outcome open(ProfileSection section, LogonConfig config, StoreId wanted) {
    List<String> places = new ArrayList<>();
    StoreId forSpooler = StoreId.parse(spoolSecurity).orElse(null);
    StoreId expected = wanted == null ? forSpooler : wanted;
    addPlace(places, forSpooler == null ? null : forSpooler.path());
    addPlace(places, config.path());
    addPlace(places, wanted == null ? null : wanted.path());
    if (places.isEmpty()) {
      return unconfigured("the profile does not say where the store is (property 0x6600001F)");
    }
    Outcome failure = null;
    for (String place : places) {
      Object result = openAt(place, config, expected);
      if (result instanceof Found found) {
        return enter(found, section, config);
      }
      failure = failure == null ? (Outcome) result : failure;
    }
    return failure;
  }

  private static void addPlace(List<String> places, String place) {
    if (place != null && !places.contains(place)) {
      places.add(place);
    }
  }

  /** A {@link Found}, or the {@link Outcome} that says why not. */
  private Object openAt(String place, LogonConfig config, StoreId expected) {
    Path path;
    try {
      path = Path.of(place).toAbsolutePath().normalize();
    } catch (InvalidPathException senseless) {
      return unconfigured("the store's path is none: " + senseless.getMessage());
    }
    boolean write = (flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0;
    StoreOpener.Opened opened = provider.opener().open(path, config.options(write));
    if (write && opened.hr() == MAPI_E_NO_ACCESS) {
      // Asking for write access does not guarantee it: PR_ACCESS_LEVEL tells what was granted.
      opened = provider.opener().open(path, config.options(false));
    }
    if (opened.hr() != S_OK) {
      boolean choosable = opened.hr() == MAPI_E_NOT_FOUND || opened.hr() == MAPI_E_NO_ACCESS;
      return Outcome.refusal(
          choosable ? MAPI_E_LOGON_FAILED : MAPI_E_FAILONEPROVIDER, opened.hr(), opened.problem());
    }
    StoreObject store = (StoreObject) opened.store();
    if (expected != null && !expected.uid().equals(store.core.uid())) {
      store.close();
      return Outcome.refusal(
          MAPI_E_LOGON_FAILED,
          MAPI_E_NOT_FOUND,
          path + ": another store than the one that was asked for");
    }
    return new Found(store, path);
  }

  /** Tells the host about the store. A store that is open already is given once more instead. */
  private Outcome enter(Found found, ProfileSection section, LogonConfig config) {
    Optional<StoreLogon> open = provider.find(found.store().core.uid(), spooler);
    if (open.isPresent()) {
      found.store().close();
      return Outcome.repeated(open.get());
    }
    boolean entered = false;
    try {
      Outcome outcome = introduce(found, section, config);
      entered = outcome.store() != null;
      return outcome;
    } finally {
      if (!entered) {
        found.store().close();
      }
    }
  }

  private Outcome introduce(Found found, ProfileSection section, LogonConfig config) {
    StoreCore core = found.store().core;
    Bytes id = new StoreId(core.uid(), found.path().toString()).toBytes();
    int hr = support.setProviderUID(Guid.fromBytes(core.uid()), 0);
    if (hr < 0) {
      return Outcome.refusal(MAPI_E_FAILONEPROVIDER, hr, "SetProviderUID: " + HResult.toString(hr));
    }
    MapiResult<Bytes> wrapped = support.wrapStoreEntryID(id);
    warn(wrapped.hr(), "WrapStoreEntryID");
    if (wrapped.succeeded() && wrapped.value() != null) {
      core.storeEntryId(wrapped.value());
    }
    String name = displayName(found, config);
    if (!spooler) {
      writeProfile(section, core, name);
    }
    StoreLogon[] entry = new StoreLogon[1];
    StoreLogon logon =
        new StoreLogon(
            found.store(), support, config, name, spooler, () -> provider.remove(entry[0]));
    entry[0] = logon;
    if (!spooler) {
      warn(support.modifyStatusRow(StatusObject.row(logon), 0), "ModifyStatusRow");
    }
    found.store().attach(logon);
    provider.add(logon);
    if (warnings.isEmpty()) {
      return new Outcome(S_OK, null, logon, found.store(), id);
    }
    String text = String.join("; ", warnings);
    logon.note(MAPI_W_ERRORS_RETURNED, text);
    MAPIERROR error = new MAPIERROR(0, text, COMPONENT, 0, 0);
    return new Outcome(MAPI_W_ERRORS_RETURNED, error, logon, found.store(), id);
  }

  /** The name in the profile, else the store's own with the last element of its path. */
  private static String displayName(Found found, LogonConfig config) {
    if (config.displayName() != null) {
      return config.displayName();
    }
    SPropValue own = PropReading.read(found.store(), PR_DISPLAY_NAME_W, true);
    String name = own.isError() ? LogonConfig.PROVIDER_DISPLAY : own.asString();
    Path last = found.path().getFileName();
    return last == null ? name : name + " - " + last;
  }

  private void writeProfile(ProfileSection section, StoreCore core, String name) {
    int written =
        section.write(
            List.of(
                new SPropValue(PR_DISPLAY_NAME_W, name),
                new SPropValue(PR_PROVIDER_DISPLAY_W, LogonConfig.PROVIDER_DISPLAY),
                new SPropValue(PR_RECORD_KEY, core.uid()),
                new SPropValue(PR_ENTRYID, core.storeEntryId()),
                new SPropValue(PR_MDB_PROVIDER, StoreProps.PROVIDER)));
    warn(written, "the profile section cannot be written");
    if (written == S_FALSE && (flags & MDB_TEMPORARY) == 0) {
      warn(support.modifyProfile(0), "ModifyProfile");
    }
  }

  private void warn(int hr, String what) {
    if (HResult.failed(hr)) {
      warnings.add(what + ": " + HResult.toString(hr));
    }
  }
}
