package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.options.OptionsText;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SPropValue;

/**
 * What the profile section says about a store.
 *
 * @param path its directory; null when the profile names none
 * @param options how it is opened, access aside
 * @param create whether an absent store may be made
 * @param displayName the name that users gave the store there; null when they gave none
 * @param dllName PR_PROVIDER_DLL_NAME
 * @param resourceFlags PR_RESOURCE_FLAGS
 */
record LogonConfig(
    String path,
    StoreOptions options,
    boolean create,
    String displayName,
    String dllName,
    int resourceFlags) {
  /** PR_PROVIDER_DISPLAY of every store of this provider. */
  static final String PROVIDER_DISPLAY = "mapi4j message store";

  /**
   * Reads a section. Throws IllegalArgumentException with a sentence for people when an option
   * there makes no sense.
   */
  static LogonConfig read(ProfileSection section, StoreOptions defaults) {
    StoreOptions options =
        OptionsText.parse(section.text(ProfileTags.PR_MAPI4J_OPTIONS_W), defaults);
    String profile = section.text(ProfileTags.PR_MAPI4J_PROFILE_W);
    if (profile != null) {
      options = options.toBuilder().profile(OptionsText.profile(profile.strip())).build();
    }
    SPropValue create = section.find(ProfileTags.PR_MAPI4J_CREATE);
    String displayName = section.text(PR_DISPLAY_NAME_W);
    String dllName = section.text(PR_PROVIDER_DLL_NAME_W);
    SPropValue flags = section.find(PR_RESOURCE_FLAGS);
    return new LogonConfig(
        section.text(ProfileTags.PR_MAPI4J_PATH_W),
        options,
        create != null && create.asBoolean(),
        PROVIDER_DISPLAY.equals(displayName) ? null : displayName,
        dllName == null ? StoreCore.PROVIDER_DLL : dllName,
        flags == null ? 0 : flags.asInt());
  }

  /** Options for a session. */
  StoreOptions options(boolean writable) {
    return options.toBuilder().writable(writable).create(writable && create).build();
  }
}
