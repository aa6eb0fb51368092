package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.options.OptionsText;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;

/**
 * The configuration entry point of the message service: what MSGSERVICEENTRY wants. Programmatic
 * only: it takes the properties of {@link ProfileTags}, makes the store where there is none, and
 * writes them to the provider's profile section. A request for a dialog is MAPI_E_NO_SUPPORT.
 * Sources: MAPI "MSGSERVICEENTRY", "Implementing a Configuration Interface for Message Store
 * Providers"; ADR 0060.
 */
public final class StoreService {
  private static final int ROWS_MAX = 100;
  private static final int[] TAGS = {
    ProfileTags.PR_MAPI4J_PATH_W,
    ProfileTags.PR_MAPI4J_PROFILE_W,
    ProfileTags.PR_MAPI4J_OPTIONS_W,
    ProfileTags.PR_MAPI4J_CREATE,
    PR_DISPLAY_NAME_W,
  };

  private final StoreOpener opener;
  private final StoreOptions defaults;

  /**
   * @param opener opens stores by their path
   * @param defaults what holds where the properties are silent
   */
  public StoreService(StoreOpener opener, StoreOptions defaults) {
    this.opener = opener;
    this.defaults = defaults;
  }

  /**
   * Does what a context asks for. S_OK; MAPI_E_UNCONFIGURED when the properties do not say where
   * the store is; MAPI_E_NO_SUPPORT for a dialog, or a further provider; MAPI_E_INVALID_PARAMETER.
   * The value says what was wrong, null for nothing.
   *
   * @param ulContext MSG_SERVICE_CONFIGURE and its like
   * @param lpProps for MSG_SERVICE_CONFIGURE; null for none
   * @param lpProviderAdmin leads to the provider's section; null takes that of the support object
   */
  public MapiResult<MAPIERROR> serviceEntry(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      int ulFlags,
      int ulContext,
      List<SPropValue> lpProps,
      IProviderAdmin lpProviderAdmin) {
    return switch (ulContext) {
      // A service is created without properties and configured next, by MSG_SERVICE_CONFIGURE.
      case MSG_SERVICE_INSTALL, MSG_SERVICE_CREATE, MSG_SERVICE_UNINSTALL, MSG_SERVICE_DELETE ->
          MapiResult.ok(null);
      case MSG_SERVICE_CONFIGURE -> configure(lpMAPISup, ulFlags, lpProps, lpProviderAdmin);
      case MSG_SERVICE_PROVIDER_CREATE, MSG_SERVICE_PROVIDER_DELETE ->
          problem(MAPI_E_NO_SUPPORT, "the service has one provider");
      default ->
          problem(
              MAPI_E_INVALID_PARAMETER, "context %d is not one of a service".formatted(ulContext));
    };
  }

  private static MapiResult<MAPIERROR> problem(int hr, String text) {
    return MapiResult.of(hr, new MAPIERROR(0, text, "mapi4j", hr, 0));
  }

  private MapiResult<MAPIERROR> configure(
      IMAPISupport support, int flags, List<SPropValue> props, IProviderAdmin admin) {
    if ((flags & SERVICE_UI_ALWAYS) != 0) {
      return problem(
          MAPI_E_NO_SUPPORT,
          "the service has no dialog: pass the property 0x6600001F with the store's path");
    }
    MapiResult<IProfSect> opened = ProfileSection.checked(section(support, admin));
    if (opened.failed()) {
      return problem(
          opened.hr(),
          "the provider's profile section cannot be opened: " + HResult.toString(opened.hr()));
    }
    try (ProfileSection section = ProfileSection.over(opened.value(), defaults.codePage())) {
      return configure(section, props == null ? List.of() : props);
    } catch (IllegalArgumentException senseless) {
      return problem(MAPI_E_INVALID_PARAMETER, senseless.getMessage());
    }
  }

  private MapiResult<MAPIERROR> configure(ProfileSection section, List<SPropValue> props) {
    List<SPropValue> taken = new ArrayList<>();
    for (int tag : TAGS) {
      SPropValue value = ProfileSection.find(props, tag, defaults.codePage());
      if (value != null) {
        taken.add(value);
      }
    }
    SPropValue given =
        ProfileSection.find(taken, ProfileTags.PR_MAPI4J_PATH_W, defaults.codePage());
    String path =
        given == null ? section.text(ProfileTags.PR_MAPI4J_PATH_W) : given.asString().strip();
    if (path == null || path.isEmpty()) {
      return problem(
          MAPI_E_UNCONFIGURED, "neither the properties nor the profile name the store's path");
    }
    StoreOpener.Opened store = prepare(path, section, taken);
    if (store.hr() != S_OK) {
      return problem(store.hr(), store.problem());
    }
    store.store().close();
    int written = section.write(taken);
    return written < 0
        ? problem(written, "the profile section cannot be written")
        : MapiResult.ok(null);
  }

  /** Opens the store as the logon will, and makes it where there is none. */
  private StoreOpener.Opened prepare(String path, ProfileSection section, List<SPropValue> taken) {
    StoreOptions options =
        OptionsText.parse(
            text(section, taken, ProfileTags.PR_MAPI4J_OPTIONS_W),
            defaults.toBuilder().writable(true).build());
    String profile = text(section, taken, ProfileTags.PR_MAPI4J_PROFILE_W);
    if (profile != null) {
      options = options.toBuilder().profile(OptionsText.profile(profile.strip())).build();
    }
    try {
      Path directory = Path.of(path).toAbsolutePath().normalize();
      StoreOpener.Opened made = opener.open(directory, options.toBuilder().create(true).build());
      return made.hr() == MAPI_E_NO_ACCESS
          ? opener.open(directory, options.toBuilder().writable(false).create(false).build())
          : made;
    } catch (InvalidPathException senseless) {
      return StoreOpener.Opened.failure(
          MAPI_E_INVALID_PARAMETER, "the store's path is none: " + senseless.getMessage());
    }
  }

  private String text(ProfileSection section, List<SPropValue> taken, int tag) {
    SPropValue given = ProfileSection.find(taken, tag, defaults.codePage());
    return given == null ? section.text(tag) : given.asString();
  }

  /** The section of the service's store provider; without an administration, the caller's own. */
  private static MapiResult<IProfSect> section(IMAPISupport support, IProviderAdmin admin) {
    if (admin == null) {
      return support == null
          ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
          : support.openProfileSection(null, MAPI_MODIFY);
    }
    MapiResult<IMAPITable> table = admin.getProviderTable(0);
    if (table.failed() || table.value() == null) {
      return MapiResult.error(table.failed() ? table.hr() : MAPI_E_CALL_FAILED);
    }
    try (IMAPITable providers = table.value()) {
      int hr = providers.setColumns(SPropTagArray.tags(PR_PROVIDER_UID, PR_RESOURCE_TYPE), 0);
      MapiResult<SRowSet> rows = hr < 0 ? MapiResult.error(hr) : providers.queryRows(ROWS_MAX, 0);
      if (rows.failed() || rows.value() == null) {
        return MapiResult.error(rows.failed() ? rows.hr() : MAPI_E_CALL_FAILED);
      }
      for (SRow row : rows.value()) {
        SPropValue uid = row.find(PR_PROVIDER_UID).orElse(null);
        SPropValue type = row.find(PR_RESOURCE_TYPE).orElse(null);
        if (uid != null && type != null && type.asInt() == MAPI_STORE_PROVIDER) {
          return admin.openProfileSection(Guid.fromBytes(uid.asBytes()), null, MAPI_MODIFY);
        }
      }
      return MapiResult.error(MAPI_E_NOT_FOUND);
    }
  }
}
