package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.options.StoreLimits;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/** Copies between stores whose names have other numbers. */
class PropCopyTest {
  private static final StoreLimits ONE_NAME =
      new StoreLimits(1 << 20, 32 << 10, 8 << 10, 1L << 40, 100, 100, 100, 32, 1, 200);

  private final TestStore from = TestStore.create();
  private final TestStore full = TestStore.create(StoreOptions.builder().limits(ONE_NAME).build());
  private final IMessage source = ok(from.root().createMessage(null, 0));
  private final IMessage target = ok(full.root().createMessage(null, 0));
  private int named;

  private static int register(IMsgStore store, String name) {
    List<MAPINAMEID> names = List.of(MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, name));
    SPropTagArray ids = ok(store.getIDsFromNames(names, MAPI_CREATE));
    return PropTag.changePropType(ids.get(0), PT_UNICODE);
  }

  /** The one name that the destination takes has the number that another one has in the source. */
  @BeforeEach
  void names() {
    named = register(from.store, "mine");
    assertEquals(named, register(full.store, "theirs"));
    set(source, named, "mine");
    set(source, PR_SUBJECT_W, "subject");
  }

  private void assertOnlyTheSubjectCame() {
    assertEquals("subject", get(target, PR_SUBJECT_W).asString());
    assertEquals(MAPI_E_NOT_FOUND, get(target, named).scode());
  }

  /** The problems of a CopyTo by tag, but for those of properties that clients never set. */
  private Map<Integer, Integer> copyTo() {
    return ok(source.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, target, 0)).stream()
        .filter(problem -> problem.scode() != MAPI_E_COMPUTED)
        .collect(Collectors.toMap(SPropProblem::ulPropTag, SPropProblem::scode));
  }

  @Test
  void copyTo_nameThatTheDestinationRefuses_isAProblemAndNoOtherPropertysValue() {
    assertEquals(Map.of(named, MAPI_E_TOO_BIG), copyTo());
    assertOnlyTheSubjectCame();
  }

  @Test
  void copyTo_largeValueOfANameThatTheDestinationRefuses_isAProblem() {
    int large = PropTag.changePropType(named, PT_BINARY);
    set(source, large, new byte[2 << 20]);
    assertEquals(Map.of(large, MAPI_E_TOO_BIG), copyTo());
    assertOnlyTheSubjectCame();
  }

  @Test
  void copyProps_refusedNameAmongOthers_isAProblemInItsPlaceAndIsNotMoved() {
    SPropTagArray tags = SPropTagArray.tags(PR_MESSAGE_RECIPIENTS, PR_SUBJECT_W, named);
    List<SPropProblem> problems =
        ok(source.copyProps(tags, 0, null, MapiGuid.IID_IMessage, target, MAPI_MOVE));
    assertEquals(List.of(new SPropProblem(2, named, MAPI_E_TOO_BIG)), problems);
    assertOnlyTheSubjectCame();
    assertEquals("mine", get(source, named).asString());
    assertEquals(MAPI_E_NOT_FOUND, get(source, PR_SUBJECT_W).scode());
  }

  @Test
  void copyProps_numberWithoutAName_isAProblemBetweenStores() {
    int nameless = PropTag.of(0x8123, PT_LONG);
    set(source, nameless, 5);
    SPropTagArray tags = SPropTagArray.tags(nameless, PropTag.of(0x8124, PT_LONG));
    assertEquals(
        List.of(new SPropProblem(0, nameless, MAPI_E_NOT_FOUND)),
        ok(source.copyProps(tags, 0, null, MapiGuid.IID_IMessage, target, 0)));
    assertEquals(MAPI_E_NOT_FOUND, get(target, nameless).scode());
    IMessage beside = ok(from.root().createMessage(null, 0));
    assertEquals(List.of(), ok(source.copyProps(tags, 0, null, MapiGuid.IID_IMessage, beside, 0)));
    assertEquals(SPropValue.of(nameless, 5), get(beside, nameless));
  }

  /** Moves a message of the source store, with what the destination refuses, to the full one. */
  private Bytes moved(IMAPIFolder folder) {
    assertHr(S_OK, source.saveChanges(KEEP_OPEN_READONLY));
    Bytes id = id(source);
    source.close();
    ENTRYLIST one = ENTRYLIST.of(id);
    assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        from.root().copyMessages(one, null, folder, 0, null, MESSAGE_MOVE));
    return id;
  }

  @Test
  void copyMessages_moveThatWouldLoseAProperty_leavesTheMessageAndNoCopy() {
    Bytes id = moved(full.root());
    assertEquals("mine", get(from.open(id, 0), named).asString());
    assertEquals(List.of(), subjects(full.root(), 0));
  }

  @Test
  void copyMessages_moveThatWouldLoseAPropertyOfAnAttachmentOrWithin_leavesTheMessage() {
    assertHr(S_OK, source.deleteProps(SPropTagArray.tags(named)).hr());
    try (IAttach attach = ok(source.createAttach(null, 0)).lppAttach()) {
      try (IMessage inner =
          (IMessage)
              ok(
                  attach.openProperty(
                      PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY))) {
        set(inner, named, "mine");
        assertHr(S_OK, inner.saveChanges(0));
      }
      assertHr(S_OK, attach.saveChanges(0));
    }
    assertEquals(Map.of(PR_MESSAGE_ATTACHMENTS, MAPI_E_TOO_BIG), copyTo());
    Bytes id = moved(full.root());
    assertEquals("subject", get(from.open(id, 0), PR_SUBJECT_W).asString());
    assertEquals(List.of(), subjects(full.root(), 0));
  }

  @Test
  void copyProps_largeValueWithoutAType_isCopied() {
    String text = "a long text ".repeat(100_000);
    set(source, PR_BODY_W, text);
    IMessage beside = ok(from.root().createMessage(null, 0));
    SPropTagArray untyped = SPropTagArray.tags(PropTag.changePropType(PR_BODY_W, PT_UNSPECIFIED));
    assertEquals(
        List.of(), ok(source.copyProps(untyped, 0, null, MapiGuid.IID_IMessage, beside, 0)));
    assertHr(MAPI_E_NOT_ENOUGH_MEMORY, get(beside, PR_BODY_W).scode());
    assertHr(S_OK, beside.saveChanges(KEEP_OPEN_READONLY));
    assertEquals(2L * text.length(), ok(stream(beside).stat(0)).cbSize());
  }

  private static IStream stream(IMessage message) {
    return (IStream) ok(message.openProperty(PR_BODY_W, MapiGuid.IID_IStream, Stg.STGM_READ, 0));
  }
}
