package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.MAPI_E_USER_CANCEL;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.MAPI_TOP_LEVEL;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/** A progress object that notes its calls. It never cancels unless it was told when to. */
final class CountingProgress implements IMAPIProgress {
  private static final int MAX = 1000;

  private final List<String> calls = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private int min = 1;
  private int max = MAX;
  private int flags = MAPI_TOP_LEVEL;
  private int cancelAt = Integer.MAX_VALUE;

  /** Parameters of a call of Progress. */
  record Step(int ulValue, int ulCount, int ulTotal) {}

  /** Calls of any method. */
  int calls() {
    return calls.size();
  }

  /** Calls of Progress. */
  int progressCalls() {
    return steps.size();
  }

  /** The method that was called first; none for an object that was not used. */
  String firstCall() {
    return calls.isEmpty() ? "none" : calls.get(0);
  }

  /** What Progress was told. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Cancels at this call of Progress, 1 for the first, and at each after it. */
  CountingProgress cancelingAt(int call) {
    cancelAt = call;
    return this;
  }

  @Override
  public int progress(int ulValue, int ulCount, int ulTotal) {
    calls.add("Progress");
    steps.add(new Step(ulValue, ulCount, ulTotal));
    return steps.size() >= cancelAt ? MAPI_E_USER_CANCEL : S_OK;
  }

  @Override
  public MapiResult<Integer> getFlags() {
    calls.add("GetFlags");
    return MapiResult.ok(flags);
  }

  @Override
  public MapiResult<Integer> getMax() {
    calls.add("GetMax");
    return MapiResult.ok(max);
  }

  @Override
  public MapiResult<Integer> getMin() {
    calls.add("GetMin");
    return MapiResult.ok(min);
  }

  @Override
  public int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags) {
    calls.add("SetLimits");
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
