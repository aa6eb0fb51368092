package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_USER_CANCEL;
import static org.mapi4j.types.MapiDefs.MAPI_TOP_LEVEL;

import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.types.MapiResult;

/**
 * Tells a client's progress object of the items of one call, on the scale that the object has. Asks
 * GetFlags first; below the top level the item numbers are 0. Source: MAPI "Displaying a Progress
 * Indicator", "IMAPIProgress::Progress".
 */
final class ProgressSteps {
  private static final int MIN = 1;
  private static final int MAX = 1000;

  private final IMAPIProgress progress;
  private final int total;
  private boolean topLevel;
  private int min;
  private int max;

  /**
   * @param progress null for nobody
   */
  ProgressSteps(IMAPIProgress progress, int total) {
    this.progress = progress;
    this.total = total;
    if (progress != null) {
      topLevel = (orElse(progress.getFlags(), MAPI_TOP_LEVEL) & MAPI_TOP_LEVEL) != 0;
      min = orElse(progress.getMin(), MIN);
      max = orElse(progress.getMax(), MAX);
    }
  }

  private static int orElse(MapiResult<Integer> answer, int otherwise) {
    return answer.succeeded() && answer.value() != null ? answer.value() : otherwise;
  }

  /** So many items are done; true when the user wants no more of them. */
  boolean canceledAfter(int done) {
    if (progress == null || total == 0) {
      return false;
    }
    int value = (int) (min + ((long) max - min) * done / total);
    int answer = progress.progress(value, topLevel ? done : 0, topLevel ? total : 0);
    return answer == MAPI_E_USER_CANCEL && done < total;
  }
}
