package org.mapi4j.provider;

import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.MapiResult;

/**
 * Where a call shows its progress: nowhere without a dialog flag, else on the client's object, or
 * where the client gave none on the host's dialog. A host without one shows nothing, and the call
 * goes on. Source: MAPI "MAPI Progress Indicators".
 */
final class ProgressDialog implements AutoCloseable {
  private final IMAPIProgress progress;
  private final boolean own;

  private ProgressDialog(IMAPIProgress progress, boolean own) {
    this.progress = progress;
    this.own = own;
  }

  /**
   * @param wanted whether the call has a dialog flag
   * @param window ulUIParam
   * @param given lpProgress
   */
  static ProgressDialog of(StoreCore core, boolean wanted, long window, IMAPIProgress given) {
    IMAPISupport host = core.host();
    if (!wanted || given != null || host == null) {
      return new ProgressDialog(wanted ? given : null, false);
    }
    MapiResult<IMAPIProgress> shown = host.doProgressDialog(window, MapiDefs.MAPI_TOP_LEVEL);
    return shown.succeeded()
        ? new ProgressDialog(shown.value(), true)
        : new ProgressDialog(null, false);
  }

  /** The object to tell, or null. */
  IMAPIProgress progress() {
    return progress;
  }

  /** Gives back what the host gave. */
  @Override
  public void close() {
    if (own && progress != null) {
      progress.close();
    }
  }
}
