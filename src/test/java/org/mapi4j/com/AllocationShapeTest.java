package org.mapi4j.com;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.STATSTG;

/** Which blocks values are, who frees them, and what is left when there is no memory. */
class AllocationShapeTest {
  private static final SPropValue SUBJECT = SPropValue.of(PR_SUBJECT_W, "subject");
  private static final SPropValue SIZE = SPropValue.of(PR_MESSAGE_SIZE, 7);

  private final FakeMemory memory = new FakeMemory();
  private final RecordingAllocators allocators = new RecordingAllocators(memory);
  private final Encoder encoder = new Encoder(memory, allocators, ISO_8859_1);
  private final Decoder decoder = new Decoder(memory, ISO_8859_1, ComLimits.DEFAULT);

  private static int hr(Executable call) {
    return assertThrows(ComFault.class, call).hr();
  }

  @Test
  void props_areOneBlockWrittenOnce() {
    long address = encoder.props(List.of(SUBJECT, SIZE));
    assertEquals(Map.of(address, 2 * Layouts.PROP + 16), allocators.live());
    assertEquals(1, memory.writes());
  }

  @Test
  void nullAndNone_areNullPointers() {
    assertEquals(0, encoder.props(List.of()));
    assertEquals(0, encoder.props(null));
    assertEquals(0, encoder.bytes(Bytes.EMPTY));
    assertEquals(0, encoder.tags(null));
    assertEquals(0, encoder.problems(List.of()));
    assertEquals(0, encoder.rows(null));
    assertEquals(0, encoder.text(null, true));
    assertEquals(0, encoder.text(null, false));
    assertEquals(0, encoder.restriction(null));
    assertEquals(0, allocators.calls());
  }

  /** NULL would mean all properties. */
  @Test
  void noTags_areABlockWithACountOfZero() {
    long address = encoder.tags(SPropTagArray.EMPTY);
    assertEquals(0, memory.getInt(address));
    assertEquals(SPropTagArray.EMPTY, decoder.tags(address));
  }

  @Test
  void rowSet_hasAChainForEachRow_soThatFreeProwsFreesAll() {
    SRowSet rows = new SRowSet(List.of(SRow.of(SUBJECT), SRow.of(), SRow.of(SIZE, SUBJECT)));
    long set = encoder.rows(rows);
    assertEquals(3, allocators.live().size(), "two rows with properties and the set");
    assertEquals(Layouts.ROW_SET_HEADER + 3 * Layouts.ROW, allocators.live().get(set));
    freeProws(set);
    assertEquals(Map.of(), allocators.live());
    assertEquals(0, memory.live());
  }

  /** What mapiutil.h says that FreeProws does, by hand. */
  private void freeProws(long set) {
    for (int i = 0; i < memory.getInt(set); i++) {
      allocators.freeBuffer(memory.getLong(set + 8 + 16L * i + 8));
    }
    allocators.freeBuffer(set);
  }

  @Test
  void freeRows_freesARowSetAndAnAddressList() {
    Encoder.freeRows(memory, allocators, encoder.rows(new SRowSet(List.of(SRow.of(SUBJECT)))));
    Encoder.freeRows(memory, allocators, encoder.addressList(ADRLIST.of(ADRENTRY.of(SIZE))));
    Encoder.freeRows(memory, allocators, 0);
    assertEquals(0, memory.live());
  }

  @Test
  void freeRows_ofACountThatNoSetHas_freesNothing() {
    long set = encoder.rows(new SRowSet(List.of(SRow.of(SUBJECT))));
    memory.putInt(set, -1);
    assertEquals(MAPI_E_INVALID_PARAMETER, hr(() -> Encoder.freeRows(memory, allocators, set)));
    assertEquals(2, allocators.live().size());
  }

  @Test
  void eachFailingAllocation_leavesNothingAllocated() {
    RandomValues values = new RandomValues(5);
    List<SRow> rows = new ArrayList<>(Collections.nCopies(20, SRow.of(SUBJECT, SIZE)));
    rows.add(values.row());
    SRowSet set = new SRowSet(rows);
    int needed = 0;
    for (int n = 1; ; n++) {
      allocators.failAt(n);
      try {
        Encoder.freeRows(memory, allocators, encoder.rows(set));
        needed = n - 1;
        break;
      } catch (ComFault full) {
        assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, full.hr());
        assertEquals(Map.of(), allocators.live(), "after failure " + n);
      }
    }
    assertEquals(rows.stream().filter(row -> !row.lpProps().isEmpty()).count() + 1, needed);
  }

  @Test
  void failingAllocation_ofAnyType_leavesNothingAllocated() {
    RandomValues values = new RandomValues(9);
    CrossingTypes.BY_TYPE.forEach(
        (type, crossing) -> {
          allocators.failAt(1);
          for (int i = 0; i < 20; i++) {
            try {
              assertEquals(0, crossing.cross(memory, allocators, values).address(), type);
            } catch (ComFault full) {
              assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, full.hr(), type);
            }
            assertEquals(0, memory.live(), type);
          }
        });
  }

  @Test
  void statstg_withoutMemoryForItsName_leavesTheStructureAlone() {
    long target = memory.allocateDirty(Layouts.STATSTG_BYTES);
    byte[] before = memory.get(target, Layouts.STATSTG_BYTES);
    allocators.failAt(1);
    STATSTG stat = new STATSTG("name", 2, 5, null, null, null, 0, 0);
    assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, hr(() -> encoder.statstg(stat, target)));
    assertArrayEquals(before, memory.get(target, Layouts.STATSTG_BYTES));
  }

  @Test
  void blockBeyondTheBound_isNotEnoughMemory() {
    Encoder small = new Encoder(memory, allocators, ISO_8859_1, 100_000);
    SPropValue value = SPropValue.of(PR_BODY_W, "x".repeat(30_000));
    assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, hr(() -> small.props(List.of(value, value))));
    assertEquals(0, allocators.calls());
    long address = small.props(List.of(value));
    assertEquals(List.of(value), decoder.props(address, 1));
  }

  @Test
  void largeValue_isNotKeptByItsThread_andTheNextCallIsRight() {
    SPropValue large = SPropValue.of(PR_BODY_W, "y".repeat(Block.KEPT_BYTES_MAX));
    long first = encoder.props(List.of(large));
    long second = encoder.props(List.of(SUBJECT));
    assertEquals(List.of(large), decoder.props(first, 1));
    assertEquals(List.of(SUBJECT), decoder.props(second, 1));
  }

  /** An allocation routine is the host's code: it may call our objects on the same thread. */
  @Test
  void allocationThatCallsBackIn_findsItsOwnBlock() {
    Allocators nested =
        new Allocators() {
          @Override
          public long allocateBuffer(int size) {
            long inner = encoder.props(List.of(SIZE, SIZE, SIZE));
            assertEquals(List.of(SIZE, SIZE, SIZE), decoder.props(inner, 3));
            return allocators.allocateBuffer(size);
          }

          @Override
          public long allocateMore(int size, long chain) {
            return allocators.allocateMore(size, chain);
          }

          @Override
          public void freeBuffer(long chain) {
            allocators.freeBuffer(chain);
          }

          @Override
          public long taskAllocate(int size) {
            return allocators.taskAllocate(size);
          }
        };
    Encoder outer = new Encoder(memory, nested, ISO_8859_1);
    long address = outer.props(List.of(SUBJECT, SIZE));
    assertEquals(List.of(SUBJECT, SIZE), decoder.props(address, 2));
  }

  @Test
  void replacedAddressList_keepsWhatDidNotChangeAndFreesWhatDid() {
    ADRLIST before = ADRLIST.of(ADRENTRY.of(SIZE), ADRENTRY.of(SUBJECT), ADRENTRY.of());
    ADRLIST after = ADRLIST.of(ADRENTRY.of(SIZE), ADRENTRY.of(SUBJECT, SIZE), ADRENTRY.of(SUBJECT));
    long list = encoder.addressList(before);
    long kept = memory.getLong(list + 16);
    encoder.replaceAddressList(before, after, list);
    assertEquals(kept, memory.getLong(list + 16));
    assertEquals(after, decoder.addressList(list));
    Encoder.freeRows(memory, allocators, list);
    assertEquals(0, memory.live());
  }

  @Test
  void replacedAddressList_withoutMemory_isAsItWas() {
    ADRLIST before = ADRLIST.of(ADRENTRY.of(SIZE), ADRENTRY.of(SUBJECT));
    ADRLIST after = ADRLIST.of(ADRENTRY.of(SUBJECT), ADRENTRY.of(SIZE));
    long list = encoder.addressList(before);
    int live = memory.live();
    allocators.failAt(2);
    assertEquals(
        MAPI_E_NOT_ENOUGH_MEMORY, hr(() -> encoder.replaceAddressList(before, after, list)));
    assertEquals(before, decoder.addressList(list));
    assertEquals(live, memory.live());
  }

  @Test
  void replacedAddressList_ofAnotherLength_isRefused() {
    ADRLIST before = ADRLIST.of(ADRENTRY.of(SIZE));
    long list = encoder.addressList(before);
    assertEquals(
        MAPI_E_CALL_FAILED, hr(() -> encoder.replaceAddressList(before, ADRLIST.of(), list)));
    assertEquals(before, decoder.addressList(list));
  }

  @Test
  void replacedAddressEntry_isTheNewOne() {
    ADRENTRY before = ADRENTRY.of(SIZE);
    ADRENTRY after = ADRENTRY.of(SIZE, SUBJECT);
    long list = encoder.addressList(new ADRLIST(List.of(before)));
    encoder.replaceAddressEntry(before, after, list + Layouts.ROW_SET_HEADER);
    assertEquals(after, decoder.addressEntry(list + Layouts.ROW_SET_HEADER));
  }

  @Test
  void flags_goBackIntoTheListTheyCameFrom() {
    long list = encoder.flagList(List.of(0, 0, 0));
    encoder.flagList(List.of(1, 2, 1), list);
    assertEquals(List.of(1, 2, 1), decoder.flagList(list));
    assertEquals(MAPI_E_CALL_FAILED, hr(() -> encoder.flagList(List.of(1), list)));
  }

  @Test
  void guid_fillsTheCallersStructure() {
    Guid guid = Guid.parse("00020307-0000-0000-C000-000000000046");
    long target = memory.allocateDirty(Layouts.GUID);
    encoder.guid(guid, target);
    assertEquals(guid, decoder.guid(target));
  }

  @Test
  void restrictionDeeperThanTheBridgeReads_isTooComplexOutwardsToo() {
    SRestriction deep = new SRestriction.SExistRestriction(PR_SUBJECT_W);
    for (int i = 0; i < 10_000; i++) {
      deep = new SRestriction.SNotRestriction(deep);
    }
    SRestriction restriction = deep;
    assertEquals(MAPI_E_TOO_COMPLEX, hr(() -> encoder.restriction(restriction)));
    assertEquals(0, allocators.calls());
  }

  /** Each level holds the one below twice: 2 to the 40th conditions from 40 objects. */
  @Test
  void restrictionThatGrowsWithoutEnd_isTooComplexOutwardsToo() {
    SRestriction wide = new SRestriction.SExistRestriction(PR_SUBJECT_W);
    for (int i = 0; i < 40; i++) {
      wide = new SRestriction.SAndRestriction(List.of(wide, wide));
    }
    SRestriction restriction = wide;
    assertEquals(MAPI_E_TOO_COMPLEX, hr(() -> encoder.restriction(restriction)));
  }
}
