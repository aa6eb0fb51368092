package org.mapi4j.api;

import org.mapi4j.types.Bytes;

/** Called when the user presses the extra button of a details dialog. Source: MAPI "LPFNBUTTON". */
@FunctionalInterface
public interface LPFNBUTTON {
  /** The button was pressed; {@code lpSelection} is the entry shown. Flags: 0. */
  int button(long ulUIParam, Object lpvContext, Bytes lpSelection, int ulFlags);
}
