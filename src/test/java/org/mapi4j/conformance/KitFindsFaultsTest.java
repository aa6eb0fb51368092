package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRowSet;

/** The kit fails the rows that a fault breaks, and none without a fault. */
class KitFindsFaultsTest {
  /** What happens instead of a method. */
  @FunctionalInterface
  private interface Fault {
    /** The result of a call; {@code proceed} is the sound method. */
    Object call(Method method, Object[] arguments, Proceed proceed) throws Throwable;
  }

  /** The sound method. */
  @FunctionalInterface
  private interface Proceed {
    Object with(Object[] arguments) throws Throwable;
  }

  private record Case(String name, Fault fault, Set<String> rows) {}

  @TestFactory
  Stream<DynamicTest> run_onStoreWithFault_failsItsRows() {
    return Stream.of(
            fault("the last writer wins", flag("saveChanges", 0, FORCE_SAVE, true), "MSG-002"),
            fault("FORCE_SAVE is ignored", flag("saveChanges", 0, FORCE_SAVE, false), "STORE-073"),
            fault(
                "SetReadFlag saves nothing",
                answer("setReadFlag", S_OK),
                "MSG-050",
                "MSG-012",
                "MSG-047"),
            fault("SetReadFlag refuses nothing", forgive("setReadFlag"), "MSG-048", "MSG-051"),
            fault(
                "a modified message stays unmodified",
                value(PR_MESSAGE_FLAGS, flags -> (Integer) flags | MSGFLAG_UNMODIFIED),
                "MSG-014"),
            fault("every open is read/write", flag("openEntry", 2, MAPI_MODIFY, true), "MSG-069"),
            fault(
                "a prefix stays in the normalized subject",
                value(PR_NORMALIZED_SUBJECT_W, subject -> "RE: " + subject),
                "MSG-021",
                "MSG-023"),
            fault(
                "replacing recipients adds them",
                flag("modifyRecipients", 0, MODRECIP_ADD, true),
                "RECIP-001"),
            fault("recipients are saved without a check", forgive("modifyRecipients"), "RECIP-006"),
            fault(
                "tables lose their last row", KitFindsFaultsTest::loseRow, "ATT-011", "RECIP-015"),
            fault(
                "names are registered by asking",
                flag("getIDsFromNames", 1, MAPI_CREATE, true),
                "NAMED-005"),
            fault(
                "the mapping signature never changes",
                value(PR_MAPPING_SIGNATURE, signature -> Bytes.of(1)),
                "NAMED-028"),
            fault("removing an association does nothing", keepAssociations(), "RECV-010"),
            fault(
                "the support mask hides searches",
                value(PR_STORE_SUPPORT_MASK, mask -> (Integer) mask & ~STORE_SEARCH_OK),
                "STORE-015"),
            fault(
                "search folders show what they do not look for",
                criteria(restriction -> new SExistRestriction(PR_ENTRYID), flags -> flags),
                "SEARCH-002",
                "SEARCH-019",
                "SEARCH-032"),
            fault(
                "every search is recursive",
                criteria(
                    restriction -> restriction,
                    flags -> flags & ~SHALLOW_SEARCH | RECURSIVE_SEARCH),
                "SEARCH-004",
                "SEARCH-017"),
            fault(
                "a search never stops",
                criteria(restriction -> restriction, flags -> flags & ~STOP_SEARCH),
                "SEARCH-006",
                "SEARCH-015",
                "SEARCH-028"),
            fault("search folders take messages", forgive("copyMessages"), "SEARCH-020"),
            fault(
                "deleting through a search folder deletes nothing",
                answer("deleteMessages", S_OK),
                "SEARCH-022"),
            fault(
                "the valid folder mask promises folders that are gone",
                value(PR_VALID_FOLDER_MASK, mask -> 0xFF),
                "STORE-024"),
            fault("deleted attachments stay", answer("deleteAttach", S_OK), "ATT-009"))
        .map(one -> dynamicTest(one.name(), () -> assertFound(one)));
  }

  @Test
  void run_onSoundStore_failsNoRow() {
    assertEquals(Set.of(), FaultRuns.failedWithoutFault());
  }

  private static void assertFound(Case one) {
    FaultRuns.assertFound(
        one.name(),
        (target, method, arguments) ->
            one.fault()
                .call(method, arguments, changed -> AlteredStore.original(target, method, changed)),
        one.rows());
  }

  private static Case fault(String name, Fault fault, String... rows) {
    return new Case(name, fault, Set.of(rows));
  }

  /** A method that takes a flag as given, or as not given. */
  private static Fault flag(String method, int argument, int flag, boolean set) {
    return (called, given, proceed) -> {
      if (!called.getName().equals(method)) {
        return proceed.with(given);
      }
      Object[] changed = given.clone();
      int flags = (Integer) given[argument];
      changed[argument] = set ? flags | flag : flags & ~flag;
      return proceed.with(changed);
    };
  }

  /** A method that does nothing. */
  private static Fault answer(String method, int hr) {
    return (called, given, proceed) -> called.getName().equals(method) ? hr : proceed.with(given);
  }

  /** A method that calls its failures successes. */
  private static Fault forgive(String method) {
    return (called, given, proceed) -> {
      Object result = proceed.with(given);
      return called.getName().equals(method) ? S_OK : result;
    };
  }

  /** A property that reads otherwise. */
  private static Fault value(int tag, UnaryOperator<Object> change) {
    return (called, given, proceed) -> {
      Object result = proceed.with(given);
      if (!called.getName().equals("getProps")
          || !(((MapiResult<?>) result).value() instanceof List<?> props)) {
        return result;
      }
      List<SPropValue> changed =
          props.stream()
              .map(SPropValue.class::cast)
              .map(
                  prop ->
                      prop.ulPropTag() == tag
                          ? new SPropValue(tag, change.apply(prop.value()))
                          : prop)
              .toList();
      return MapiResult.of(((MapiResult<?>) result).hr(), changed);
    };
  }

  /** SetSearchCriteria with other arguments; NULL stays NULL. */
  private static Fault criteria(UnaryOperator<SRestriction> restriction, IntUnaryOperator flags) {
    return (called, given, proceed) -> {
      if (!called.getName().equals("setSearchCriteria")) {
        return proceed.with(given);
      }
      Object[] changed = given.clone();
      changed[0] = given[0] == null ? null : restriction.apply((SRestriction) given[0]);
      changed[2] = flags.applyAsInt((Integer) given[2]);
      return proceed.with(changed);
    };
  }

  private static Fault keepAssociations() {
    return (called, given, proceed) ->
        called.getName().equals("setReceiveFolder") && given[2] == null
            ? S_OK
            : proceed.with(given);
  }

  private static Object loseRow(Method called, Object[] given, Proceed proceed) throws Throwable {
    Object result = proceed.with(given);
    return called.getName().equals("queryRows")
            && ((MapiResult<?>) result).value() instanceof SRowSet rows
            && rows.size() > 0
        ? MapiResult.ok(new SRowSet(rows.aRow().subList(0, rows.size() - 1)))
        : result;
  }
}
