package org.mapi4j.api;

/** Called when the user closes a modeless dialog. Source: MAPI "DISMISSMODELESS". */
@FunctionalInterface
public interface DISMISSMODELESS {
  /** The dialog is closed; {@code lpvContext} is what its caller gave. */
  void dismissModeless(long ulUIParam, Object lpvContext);
}
