package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.types.MapiResult;

/** The checks of folders, containers and progress can fail: each fault breaks its rows. */
class FolderFaultsTest {
  private static final Pattern AREA = Pattern.compile("(FOLDER|CONT|PROG)-.*|SORT-04[1-3]");

  private static Set<String> failed(String name, AlteredStore.Alteration alteration) {
    return FaultRuns.failed(
        name, alteration, check -> check.ids().stream().anyMatch(id -> AREA.matcher(id).matches()));
  }

  private static DynamicTest fault(String what, AlteredStore.Alteration alteration, String... ids) {
    return DynamicTest.dynamicTest(
        what, () -> FaultRuns.assertFound(what, alteration, List.of(ids)));
  }

  private static boolean isOf(Object target, java.lang.reflect.Method method, String name) {
    return target instanceof IMAPIFolder && method.getName().equals(name);
  }

  /** A folder's method is called with other flags, its last argument. */
  private static AlteredStore.Alteration flags(String name, IntUnaryOperator change) {
    return (target, method, args) -> {
      if (isOf(target, method, name)) {
        int last = args.length - 1;
        args[last] = change.applyAsInt((Integer) args[last]);
      }
      return AlteredStore.original(target, method, args);
    };
  }

  private static AlteredStore.Alteration without(String name, int bit) {
    return flags(name, flags -> flags & ~bit);
  }

  private static AlteredStore.Alteration with(String name, int bit) {
    return flags(name, flags -> flags | bit);
  }

  /** A folder's method answers another code. */
  private static AlteredStore.Alteration code(String name, int from, int to) {
    return (target, method, args) -> {
      Object result = AlteredStore.original(target, method, args);
      if (!isOf(target, method, name)) {
        return result;
      }
      if (result instanceof MapiResult<?> r) {
        return r.hr() == from ? MapiResult.of(to, r.value()) : r;
      }
      return result.equals(from) ? (Object) to : result;
    };
  }

  /** A folder's method does nothing. */
  private static AlteredStore.Alteration answering(String name, int hr) {
    return (target, method, args) ->
        isOf(target, method, name) ? (Object) hr : AlteredStore.original(target, method, args);
  }

  /** What becomes of the numbers that Progress is told. */
  @FunctionalInterface
  private interface Numbers {
    int[] of(int value, int count, int total);
  }

  /** Progress objects are told other numbers. */
  private static AlteredStore.Alteration progress(Numbers change) {
    return wrapped(
        (progress, method, args) -> {
          if (method.getName().equals("progress")) {
            int[] told = change.of((Integer) args[0], (Integer) args[1], (Integer) args[2]);
            return progress.progress(told[0], told[1], told[2]);
          }
          return AlteredStore.original(progress, method, args);
        });
  }

  /** What a progress object answers is not listened to. */
  private static AlteredStore.Alteration deaf() {
    return wrapped(
        (progress, method, args) -> {
          Object answer = AlteredStore.original(progress, method, args);
          return method.getName().equals("progress") ? S_OK : answer;
        });
  }

  /** A call of a progress object. */
  @FunctionalInterface
  private interface Call {
    Object of(IMAPIProgress progress, java.lang.reflect.Method method, Object[] args)
        throws Throwable;
  }

  private static AlteredStore.Alteration wrapped(Call call) {
    return (target, method, args) -> {
      for (int i = 0; i < args.length; i++) {
        if (args[i] instanceof IMAPIProgress progress) {
          args[i] =
              Proxy.newProxyInstance(
                  FolderFaultsTest.class.getClassLoader(),
                  new Class<?>[] {IMAPIProgress.class},
                  (proxy, called, given) -> call.of(progress, called, given));
        }
      }
      return AlteredStore.original(target, method, args);
    };
  }

  @Test
  void run_soundStore_failsNoRow() {
    assertEquals(Set.of(), failed("sound", AlteredStore::original));
  }

  @TestFactory
  Stream<DynamicTest> run_folderMethodThatAnswersNoSupport_failsARow() {
    return Stream.of(IMAPIFolder.class.getDeclaredMethods())
        .map(java.lang.reflect.Method::getName)
        .distinct()
        .filter(name -> !name.equals("saveContentsSort")) // which a store may refuse
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertEquals(
                            false,
                            failed(
                                    name,
                                    (target, method, args) ->
                                        isOf(target, method, name)
                                            ? AlteredStore.failure(method, MAPI_E_NO_SUPPORT)
                                            : AlteredStore.original(target, method, args))
                                .isEmpty(),
                            "no row fails")));
  }

  @TestFactory
  Stream<DynamicTest> run_folderWithAFault_failsItsRows() {
    return Stream.of(
        fault("a move copies", without("copyMessages", MESSAGE_MOVE), "FOLDER-007"),
        fault("a copy moves", with("copyMessages", MESSAGE_MOVE), "FOLDER-007"),
        fault(
            "a partial copy is a success",
            code("copyMessages", MAPI_W_PARTIAL_COMPLETION, S_OK),
            "FOLDER-008"),
        fault(
            "a partial deletion is a success",
            code("deleteMessages", MAPI_W_PARTIAL_COMPLETION, S_OK),
            "FOLDER-015",
            "FOLDER-016"),
        fault("a folder that is moved stays", without("copyFolder", FOLDER_MOVE), "FOLDER-024"),
        fault(
            "subfolders are always copied",
            with("copyFolder", COPY_SUBFOLDERS),
            "FOLDER-025",
            "FOLDER-074"),
        fault("subfolders are never copied", without("copyFolder", COPY_SUBFOLDERS), "FOLDER-025"),
        fault("a cycle is a success", code("copyFolder", MAPI_E_FOLDER_CYCLE, S_OK), "FOLDER-028"),
        fault(
            "a taken name is a success", code("copyFolder", MAPI_E_COLLISION, S_OK), "FOLDER-027"),
        fault("a sibling is opened unasked", with("createFolder", OPEN_IF_EXISTS), "FOLDER-021"),
        fault(
            "DeleteFolder deletes whatever is there",
            with("deleteFolder", DEL_FOLDERS | DEL_MESSAGES),
            "FOLDER-032"),
        fault(
            "DeleteFolder deletes no subtree", without("deleteFolder", DEL_FOLDERS), "FOLDER-033"),
        fault(
            "EmptyFolder leaves associated messages",
            without("emptyFolder", DEL_ASSOCIATED),
            "FOLDER-038"),
        fault(
            "what stays behind is not told",
            code("emptyFolder", MAPI_W_PARTIAL_COMPLETION, S_OK),
            "FOLDER-040"),
        fault(
            "impossible read flags are taken",
            code("setReadFlags", MAPI_E_INVALID_PARAMETER, S_OK),
            "FOLDER-048"),
        fault(
            "read flags are never cleared", without("setReadFlags", CLEAR_READ_FLAG), "FOLDER-044"),
        fault("the mask is ignored", flags("setMessageStatus", mask -> -1), "FOLDER-053"),
        fault(
            "no bit is ever set", flags("setMessageStatus", mask -> 0), "FOLDER-052", "FOLDER-055"),
        fault(
            "associated messages are standard ones",
            without("createMessage", MAPI_ASSOCIATED),
            "FOLDER-005",
            "CONT-002"),
        fault(
            "nothing that was deleted is shown among what is there",
            without("getContentsTable", SHOW_SOFT_DELETES),
            "CONT-007"),
        fault(
            "what was deleted is opened unasked", with("openEntry", SHOW_SOFT_DELETES), "CONT-018"),
        fault(
            "deleted for good is deleted like any other",
            without("deleteMessages", DELETE_HARD_DELETE),
            "FOLDER-017"),
        fault(
            "emptied for good is emptied like any other",
            without("emptyFolder", DELETE_HARD_DELETE),
            "FOLDER-039"),
        fault(
            "an order is kept for one folder alone",
            without("saveContentsSort", RECURSIVE_SORT),
            "SORT-042"),
        fault(
            "an order is always kept for all below",
            with("saveContentsSort", RECURSIVE_SORT),
            "SORT-042"),
        fault("an order is not kept", answering("saveContentsSort", S_OK), "SORT-041", "SORT-043"),
        fault("progress is told unasked", with("copyMessages", MESSAGE_DIALOG), "PROG-009"),
        fault(
            "progress is told nobody",
            without("emptyFolder", FOLDER_DIALOG),
            "PROG-006",
            "PROG-007",
            "PROG-008"),
        fault(
            "progress has another scale",
            progress((value, count, total) -> new int[] {value * 2, count, total}),
            "PROG-004",
            "PROG-005",
            "PROG-010"),
        fault(
            "progress counts below the top level",
            progress((value, count, total) -> new int[] {value, 1, 2}),
            "PROG-004",
            "PROG-010"),
        fault("progress is deaf to cancel", deaf(), "PROG-005"),
        fault("all tables are deep", with("getHierarchyTable", CONVENIENT_DEPTH), "CONT-009"),
        fault("no table is deep", without("getHierarchyTable", CONVENIENT_DEPTH), "CONT-010"),
        fault("all tables are narrow", without("getContentsTable", MAPI_UNICODE), "CONT-005"),
        fault("everything is opened read/write", with("openEntry", MAPI_MODIFY), "CONT-013"),
        fault("nothing is opened read/write", without("openEntry", MAPI_MODIFY), "CONT-013"));
  }
}
