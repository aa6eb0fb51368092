package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_USER_CANCEL;
import static org.mapi4j.types.MapiDefs.MAPI_TOP_LEVEL;

import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.types.MapiResult;

/**
 * Tells a progress object of the items of one call, on the scale that the object has. Asks GetFlags
 * first; below the top level the item numbers are 0. Says the upper limit with the last item only.
 * Source: MAPI "Displaying a Progress Indicator", "IMAPIProgress::Progress".
 */
final class ProgressSteps {
  private static final int MIN = 1;
  private static final int MAX = 1000;

  private final IMAPIProgress progress;
  private final int total;
  private final boolean estimated;
  private boolean topLevel;
  private int min;
  private int max;
  private int done;
  private boolean canceled;

  /**
   * @param progress null for nobody
   * @param total how many items there are
   */
  ProgressSteps(IMAPIProgress progress, long total) {
    this(progress, total, false);
  }

  private ProgressSteps(IMAPIProgress progress, long total, boolean estimated) {
    this.progress = progress;
    this.total = (int) Math.min(Integer.MAX_VALUE, total);
    this.estimated = estimated;
    if (progress != null) {
      topLevel = (orElse(progress.getFlags(), MAPI_TOP_LEVEL) & MAPI_TOP_LEVEL) != 0;
      min = orElse(progress.getMin(), MIN);
      max = orElse(progress.getMax(), MAX);
    }
  }

  /** Items that may become more or fewer meanwhile: {@link #finish} is the last of them. */
  static ProgressSteps estimated(IMAPIProgress progress, long items) {
    return new ProgressSteps(progress, items + 1, true);
  }

  private static int orElse(MapiResult<Integer> answer, int otherwise) {
    return answer.succeeded() && answer.value() != null ? answer.value() : otherwise;
  }

  /** One more item is done; true when the user wants no more of them. */
  boolean did() {
    done = Math.min(done + 1, estimated ? total - 1 : total);
    return done > 0 && told();
  }

  /** So many items are done; true when the user wants no more of them. */
  boolean did(int items) {
    done = Math.max(done, Math.min(items, total));
    return told();
  }

  /** All is done; too late to cancel. */
  void finish() {
    if (!canceled && done < total) {
      done = total;
      canceled = told();
    }
  }

  /** True once the user wanted no more. */
  boolean isCanceled() {
    return canceled;
  }

  private boolean told() {
    if (progress == null || total == 0 || canceled) {
      return canceled;
    }
    // At the top level the scale begins at 0, as the page computes it; its lower limit is 1.
    long from = topLevel ? 0 : min;
    int value = (int) Math.max(min, from + (max - from) * done / total);
    int answer = progress.progress(value, topLevel ? done : 0, topLevel ? total : 0);
    canceled = answer == MAPI_E_USER_CANCEL && done < total;
    return canceled;
  }
}
