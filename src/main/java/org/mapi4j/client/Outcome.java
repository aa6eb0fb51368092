package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.S_OK;

import java.util.List;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;

/**
 * How a call succeeded: whole, or with a warning such as MAPI_W_PARTIAL_COMPLETION, or but for some
 * properties.
 *
 * @param hr S_OK or a warning
 * @param problems the properties that were left out
 */
public record Outcome(int hr, List<SPropProblem> problems) {
  /** Keeps its own copy of the list; a failure is an exception instead. */
  public Outcome {
    if (HResult.failed(hr)) {
      throw new IllegalArgumentException(HResult.toString(hr) + " is a failure");
    }
    problems = List.copyOf(problems);
  }

  static Outcome of(int hr, String operation) {
    return new Outcome(MapiException.require(hr, operation), List.of());
  }

  static Outcome of(MapiResult<List<SPropProblem>> result, String operation) {
    return new Outcome(result.hr(), MapiException.require(result, operation));
  }

  /** True when everything asked for was done. */
  public boolean isComplete() {
    return hr == S_OK && problems.isEmpty();
  }
}
