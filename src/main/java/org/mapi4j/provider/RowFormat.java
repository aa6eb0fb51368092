package org.mapi4j.provider;

import org.mapi4j.spi.StorageFault;

/** What every row begins with: the version of its layout. */
final class RowFormat {
  private RowFormat() {}

  /** Throws when a row's layout is not the one this build reads. */
  static void expect(String what, int known, int found) {
    if (found != known) {
      throw found > known
          ? new StorageFault.NewerFormat(
              "%s: layout %d, this build reads %d".formatted(what, found, known), null)
          : new StorageFault.Damaged("%s: layout %d does not exist".formatted(what, found), null);
    }
  }
}
