package org.mapi4j.api;

/**
 * Called once when a view of a table data object is released, so that the object can be released
 * with its last view. Source: MAPI "CALLERRELEASE".
 */
@FunctionalInterface
public interface CALLERRELEASE {
  /**
   * The view is being released; {@code ulCallerData} is what HrGetView was given. What this throws
   * goes to the uncaught-exception handler of the thread: Release does not fail.
   */
  void callerRelease(long ulCallerData, ITableData lpTblData, IMAPITable lpVue);
}
