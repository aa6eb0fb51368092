package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.MAPI_TOP_LEVEL;

import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/** A progress object that counts its calls and never cancels. */
final class CountingProgress implements IMAPIProgress {
  private static final int MAX = 1000;

  private int calls;
  private int progressCalls;
  private int min = 1;
  private int max = MAX;
  private int flags = MAPI_TOP_LEVEL;

  /** Calls of any method. */
  int calls() {
    return calls;
  }

  /** Calls of Progress. */
  int progressCalls() {
    return progressCalls;
  }

  @Override
  public int progress(int ulValue, int ulCount, int ulTotal) {
    calls++;
    progressCalls++;
    return S_OK;
  }

  @Override
  public MapiResult<Integer> getFlags() {
    calls++;
    return MapiResult.ok(flags);
  }

  @Override
  public MapiResult<Integer> getMax() {
    calls++;
    return MapiResult.ok(max);
  }

  @Override
  public MapiResult<Integer> getMin() {
    calls++;
    return MapiResult.ok(min);
  }

  @Override
  public int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags) {
    calls++;
    min = lpulMin == null ? min : lpulMin;
    max = lpulMax == null ? max : lpulMax;
    flags = lpulFlags == null ? flags : lpulFlags;
    return S_OK;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return MapiGuid.IID_IMAPIProgress.equals(riid)
        ? MapiResult.ok(this)
        : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public void close() {}
}
