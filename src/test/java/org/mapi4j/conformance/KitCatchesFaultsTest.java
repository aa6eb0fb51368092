package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.types.MapiResult;

/** The checks can fail: a store with a fault fails the rows that the fault breaks. */
class KitCatchesFaultsTest {
  /**
   * Methods whose only documented answer of this store is a refusal, or that a later step builds.
   */
  private static final Set<String> WITHOUT_ROWS =
      Set.of(
          "abort",
          "abortSubmit",
          "cloneStream",
          "collapseRow",
          "createBookmark",
          "expandRow",
          "findRow",
          "finishedMsg",
          "freeBookmark",
          "getCollapseState",
          "getLastError",
          "getOutgoingQueue",
          "getStatus",
          "lockRegion",
          "notifyNewMail",
          "queryInterface",
          "queryPosition",
          "querySortOrder",
          "restrict",
          "saveContentsSort",
          "seekRowApprox",
          "setCollapseState",
          "setLockState",
          "sortTable",
          "storeLogoff",
          "submitMessage",
          "unlockRegion",
          "waitForCompletion");

  @Test
  void run_unalteredStoreBehindProxies_failsNoRow() {
    assertEquals(Set.of(), FaultRuns.failedWithoutFault());
  }

  @TestFactory
  Stream<DynamicTest> run_methodThatAnswersNoSupport_failsARow() {
    Set<String> names = new TreeSet<>();
    for (Class<?> type :
        List.of(
            IMsgStore.class, IMAPIFolder.class, IMessage.class, IStream.class, IMAPITable.class)) {
      Stream.of(type.getMethods()).map(Method::getName).forEach(names::add);
    }
    names.removeAll(WITHOUT_ROWS);
    names.remove("close");
    return names.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertTrue(
                            FaultRuns.isNoticed(name, answering(name, MAPI_E_NO_SUPPORT)),
                            () -> name + " answers MAPI_E_NO_SUPPORT and no row fails")));
  }

  private static AlteredStore.Alteration answering(String name, int hr) {
    return (target, method, args) ->
        method.getName().equals(name)
            ? AlteredStore.failure(method, hr)
            : AlteredStore.original(target, method, args);
  }

  /** Changes what a method of the store returns. */
  private static AlteredStore.Alteration returning(
      String name, java.util.function.UnaryOperator<Object> change) {
    return (target, method, args) -> {
      Object result = AlteredStore.original(target, method, args);
      return method.getName().equals(name) ? change.apply(result) : result;
    };
  }

  private static DynamicTest fault(String what, AlteredStore.Alteration alteration, String... ids) {
    return DynamicTest.dynamicTest(
        what, () -> FaultRuns.assertFound(what, alteration, List.of(ids)));
  }

  private static Object code(Object hr, int from, int to) {
    if (hr instanceof MapiResult<?> result) {
      return result.hr() == from ? MapiResult.of(to, result.value()) : hr;
    }
    return hr.equals(from) ? (Object) to : hr;
  }

  @TestFactory
  Stream<DynamicTest> run_storeWithAFault_failsItsRows() {
    return Stream.of(
        fault(
            "a conflict is reported as success",
            returning("saveChanges", hr -> code(hr, MAPI_E_OBJECT_CHANGED, S_OK)),
            "PROP-012",
            "PROP-020"),
        fault(
            "a deleted object is reported as changed",
            returning("saveChanges", hr -> code(hr, MAPI_E_OBJECT_DELETED, MAPI_E_OBJECT_CHANGED)),
            "PROP-014",
            "PROP-019"),
        fault(
            "GetProps answers in another order",
            returning("getProps", KitCatchesFaultsTest::reversed),
            "PROP-024"),
        fault(
            "GetProps never warns",
            returning("getProps", r -> code(r, MAPI_W_ERRORS_RETURNED, S_OK)),
            "PROP-030"),
        fault(
            "SetProps reports no problem",
            returning("setProps", r -> withoutValue(r)),
            "PROP-068",
            "PROP-070",
            "PROP-073"),
        fault(
            "identifiers always compare equal",
            returning("compareEntryIDs", r -> MapiResult.ok(true)),
            "EID-008",
            "EID-009"),
        fault(
            "undefined flags are accepted",
            (target, method, args) -> {
              for (int i = 0; i < args.length; i++) {
                args[i] =
                    args[i] instanceof Integer flags ? (Object) (flags & ~0x00400000) : args[i];
              }
              return AlteredStore.original(target, method, args);
            },
            "PROP-125"));
  }

  private static Object withoutValue(Object result) {
    return ((MapiResult<?>) result).hr() == S_OK ? MapiResult.ok(List.of()) : result;
  }

  private static Object reversed(Object result) {
    MapiResult<?> r = (MapiResult<?>) result;
    if (!(r.value() instanceof List<?> list)) {
      return result;
    }
    List<Object> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return MapiResult.of(r.hr(), copy);
  }
}
