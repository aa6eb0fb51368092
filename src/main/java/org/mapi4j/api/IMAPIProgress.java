package org.mapi4j.api;

import org.mapi4j.types.MapiResult;

/** A progress indicator that the client supplies. Source: MAPI "IMAPIProgress : IUnknown". */
public interface IMAPIProgress extends IUnknown {
  /**
   * Updates the display; MAPI_E_USER_CANCEL asks to stop. Source: MAPI "IMAPIProgress::Progress".
   */
  int progress(int ulValue, int ulCount, int ulTotal);

  /** MAPI_TOP_LEVEL or 0. Source: MAPI "IMAPIProgress::GetFlags". */
  MapiResult<Integer> getFlags();

  /** The upper limit of the scale. Source: MAPI "IMAPIProgress::GetMax". */
  MapiResult<Integer> getMax();

  /** The lower limit of the scale. Source: MAPI "IMAPIProgress::GetMin". */
  MapiResult<Integer> getMin();

  /** Sets limits and flags; null leaves one as it is. Source: MAPI "IMAPIProgress::SetLimits". */
  int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags);
}
