package org.mapi4j.options;

/**
 * The properties that a store's profile section holds for its provider, in the range that MAPI
 * leaves to providers. None is a secret, so none is in the secure range 0x67F0 to 0x67FF. Each may
 * have either string width. Source: MAPI "IMSProvider::Logon"; src/docs/formats/profile-section.md.
 */
public final class ProfileTags {
  /** The store's directory, PT_UNICODE. Without it the store is not configured. */
  public static final int PR_MAPI4J_PATH_W = 0x6600001F;

  /**
   * How the store treats a message that someone has open, PT_UNICODE: {@code outlook} or {@code
   * documented}. Absent: {@code outlook}.
   */
  public static final int PR_MAPI4J_PROFILE_W = 0x6601001F;

  /** Further options as {@link OptionsText} reads them, PT_UNICODE. Absent: none. */
  public static final int PR_MAPI4J_OPTIONS_W = 0x6602001F;

  /**
   * Whether a logon for writing makes an absent store, PT_BOOLEAN. Absent: no; a configuration
   * makes it.
   */
  public static final int PR_MAPI4J_CREATE = 0x6603000B;

  private ProfileTags() {}
}
