package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.util.MapiUtil.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

@DisplayName("HrValidateIPMSubtree: UTIL-044 to UTIL-047")
class IpmSubtreeTest {
  private static final int INBOX = PropTag.of(PROP_ID_NULL, PT_BINARY);

  private final Map<Integer, SPropValue> storeProps = new HashMap<>();
  private final List<String> created = new ArrayList<>();
  private final Set<String> damaged = new HashSet<>();
  private boolean refuseFolders;

  private static Bytes id(String path) {
    return Bytes.copyOf(path.getBytes(StandardCharsets.US_ASCII));
  }

  private static MapiResult<List<SPropValue>> value(Map<Integer, SPropValue> from, Object tags) {
    int tag = ((SPropTagArray) tags).get(0);
    SPropValue prop = from.get(tag);
    return prop == null
        ? MapiResult.of(MAPI_W_ERRORS_RETURNED, List.of(SPropValue.error(tag, MAPI_E_NOT_FOUND)))
        : MapiResult.ok(List.of(prop));
  }

  private IMAPIFolder folder(String path) {
    Map<String, Function<Object[], Object>> answers = new HashMap<>();
    Map<Integer, SPropValue> props = Map.of(PR_ENTRYID, SPropValue.of(PR_ENTRYID, id(path)));
    answers.put("getProps", args -> value(props, args[0]));
    answers.put("close", args -> null);
    answers.put(
        "getLastError", args -> MapiResult.ok(new MAPIERROR(0, "no room", "fake store", 1, 2)));
    answers.put(
        "createFolder",
        args -> {
          if (refuseFolders) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          String child = path + "/" + args[1];
          created.add(child);
          return MapiResult.ok(folder(child));
        });
    return Fakes.of(IMAPIFolder.class, answers);
  }

  private IMsgStore store() {
    Map<String, Function<Object[], Object>> answers = new HashMap<>();
    answers.put("getProps", args -> value(storeProps, args[0]));
    answers.put(
        "setProps",
        args -> {
          ((List<?>) args[0])
              .forEach(one -> storeProps.put(((SPropValue) one).ulPropTag(), (SPropValue) one));
          return MapiResult.ok(List.of());
        });
    answers.put(
        "openEntry",
        args -> {
          String path = args[0] == null ? "" : ascii((Bytes) args[0]);
          return damaged.contains(path)
              ? MapiResult.error(MAPI_E_NOT_FOUND)
              : MapiResult.ok(new OpenedEntry(MAPI_FOLDER, folder(path)));
        });
    answers.put(
        "getReceiveFolder",
        args -> MapiResult.ok(new IMsgStore.ReceiveFolder(id("/IPM Subtree/Inbox"), "")));
    return Fakes.of(IMsgStore.class, answers);
  }

  private static String ascii(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.US_ASCII);
  }

  @Test
  @DisplayName("UTIL-044, UTIL-045: the minimum")
  void hrValidateIPMSubtree_emptyStore_createsTheThreeFolders() {
    ValidatedIPMSubtree result = hrValidateIPMSubtree(store(), 0).value();
    assertEquals(List.of("/IPM Subtree", "/Search Root", "/IPM Subtree/Deleted Items"), created);
    int mask = FOLDER_IPM_SUBTREE_VALID | FOLDER_FINDER_VALID | FOLDER_IPM_WASTEBASKET_VALID;
    assertEquals(SPropValue.of(PR_VALID_FOLDER_MASK, mask), storeProps.get(PR_VALID_FOLDER_MASK));
    assertEquals(
        id("/IPM Subtree/Deleted Items"), storeProps.get(PR_IPM_WASTEBASKET_ENTRYID).asBytes());
    assertEquals(4, result.lppProps().size());
    assertTrue(result.lppProps().containsAll(storeProps.values()));
    assertNull(result.lppMapiError());
  }

  @Test
  @DisplayName("UTIL-044, UTIL-045: the full tree")
  void hrValidateIPMSubtree_fullTree_addsTheOtherFoldersAndTheInboxUnderItsTag() {
    ValidatedIPMSubtree result = hrValidateIPMSubtree(store(), MAPI_FULL_IPM_TREE).value();
    assertEquals(
        Set.of(
            "/IPM Subtree",
            "/Search Root",
            "/Folder Views",
            "/Common Views",
            "/IPM Subtree/Deleted Items",
            "/IPM Subtree/Inbox",
            "/IPM Subtree/Outbox",
            "/IPM Subtree/Sent Items"),
        Set.copyOf(created));
    assertEquals(id("/IPM Subtree/Inbox"), ppropFindProp(result.lppProps(), INBOX).asBytes());
    assertFalse(storeProps.containsKey(INBOX));
    assertEquals(0xFF, storeProps.get(PR_VALID_FOLDER_MASK).asInt());
    assertTrue(storeProps.containsKey(PR_COMMON_VIEWS_ENTRYID));
  }

  @Test
  @DisplayName("UTIL-046")
  void hrValidateIPMSubtree_force_opensFoldersThatAreCalledValid() {
    IMsgStore store = store();
    assertEquals(S_OK, hrValidateIPMSubtree(store, 0).hr());
    created.clear();
    damaged.add("/Search Root");
    assertEquals(S_OK, hrValidateIPMSubtree(store, 0).hr());
    assertEquals(List.of(), created);
    assertEquals(S_OK, hrValidateIPMSubtree(store, MAPI_FORCE_CREATE).hr());
    assertEquals(List.of("/Search Root"), created);
  }

  @Test
  @DisplayName("UTIL-047")
  void hrValidateIPMSubtree_failure_carriesTheStoresErrorInformation() {
    refuseFolders = true;
    MapiResult<ValidatedIPMSubtree> result = hrValidateIPMSubtree(store(), 0);
    assertEquals(MAPI_E_NO_ACCESS, result.hr());
    assertNotNull(result.value().lppMapiError());
    assertEquals(MAPI_E_UNKNOWN_FLAGS, hrValidateIPMSubtree(store(), 4).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, hrValidateIPMSubtree(null, 0).hr());
  }
}
