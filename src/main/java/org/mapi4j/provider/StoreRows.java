package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.RowSource;
import org.mapi4j.table.TableOptions;

/** What the sources of all tables of a store share: they end with it, and its faults are codes. */
abstract class StoreRows implements RowSource {
  private final StoreCore core;

  StoreRows(StoreCore core) {
    this.core = core;
  }

  /** How tables of a store behave unless their kind says otherwise. */
  static TableOptions options(StoreCore core, boolean unicode) {
    return TableOptions.of(unicode, core.options().codePage(), core.limits().columnBytesMax())
        .withLenientFlags(core.outlookProfile());
  }

  @Override
  public int state() {
    return core.isClosed() ? MAPI_E_INVALID_OBJECT : S_OK;
  }

  @Override
  public int codeOf(RuntimeException thrown) {
    return thrown instanceof StorageFault fault ? Faults.toHResult(fault) : S_OK;
  }
}
