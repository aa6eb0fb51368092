package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;

import java.nio.charset.Charset;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.function.ToLongFunction;
import org.mapi4j.api.ADRPARM;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.OPTIONDATA;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.STATSTG;

/**
 * Java values as native memory: outputs of our objects and arguments of foreign ones. What a method
 * gives is the address of one chain from {@link Allocators#allocateBuffer} that holds everything,
 * written by one copy; row sets and address lists alone have a chain per row besides. 0 for null. A
 * count of none has a NULL pointer. Methods with a target fill memory that the caller owns.
 *
 * <p>Throws {@link ComFault}: MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_COMPLEX for a restriction beyond
 * {@link ComLimits#DEFAULT}, MAPI_E_NO_SUPPORT for PT_SRESTRICTION and PT_ACTIONS; nothing is left
 * allocated then. Immutable; any thread.
 */
final class Encoder {
  private final NativeMemory memory;
  private final Allocators allocators;
  private final Charset ansi;
  private final int blockBytesMax;

  /** {@code ansi} is the code page of strings that are not wide. */
  Encoder(NativeMemory memory, Allocators allocators, Charset ansi) {
    this(memory, allocators, ansi, Block.BYTES_MAX);
  }

  /** With a bound of its own on the size of one block. */
  Encoder(NativeMemory memory, Allocators allocators, Charset ansi, int blockBytesMax) {
    this.memory = memory;
    this.allocators = allocators;
    this.ansi = ansi;
    this.blockBytesMax = blockBytesMax;
  }

  /** Publishes what {@code fill} places, whose first piece begins the block. */
  private <T> long chain(T value, ToIntBiFunction<Block, T> fill) {
    if (value == null) {
      return 0;
    }
    Block block = Block.take(blockBytesMax);
    try {
      int first = fill.applyAsInt(block, value);
      return block.publish(memory, allocators) + first;
    } finally {
      block.release();
    }
  }

  private <T> long list(List<T> values, ToIntBiFunction<Block, List<T>> fill) {
    return values == null || values.isEmpty() ? 0 : chain(values, fill);
  }

  /** LPSPropValue. */
  long props(List<SPropValue> props) {
    return list(props, PropEncoder::array);
  }

  /** LPENTRYID, LPBYTE. */
  long bytes(Bytes bytes) {
    return bytes == null || bytes.isEmpty() ? 0 : chain(bytes.sharedArray(), Block::raw);
  }

  /** LPSPropTagArray. */
  long tags(SPropTagArray tags) {
    return chain(tags, StructEncoder::tags);
  }

  /** LPSPropProblemArray; NULL where there is no problem. */
  long problems(List<SPropProblem> problems) {
    return list(problems, StructEncoder::problems);
  }

  /** LPMAPINAMEID *: pointers, NULL for a name that is null. */
  long names(List<MAPINAMEID> names) {
    return list(names, StructEncoder::names);
  }

  /** LPSRowSet. */
  long rows(SRowSet rows) {
    return rows == null ? 0 : set(block -> encoder().set(block, rows.aRow(), SRow::lpProps));
  }

  /** LPADRLIST. */
  long addressList(ADRLIST list) {
    return list == null
        ? 0
        : set(block -> encoder().set(block, list.aEntries(), ADRENTRY::rgPropVals));
  }

  private RowEncoder encoder() {
    return new RowEncoder(memory, allocators);
  }

  private long set(ToLongFunction<Block> rows) {
    Block block = Block.take(blockBytesMax);
    try {
      return rows.applyAsLong(block);
    } finally {
      block.release();
    }
  }

  /** LPSRow: one chain, the values included. */
  long row(SRow row) {
    return row == null ? 0 : chain(row.lpProps(), Encoder::row);
  }

  /** LPADRENTRY: one chain, the values included. */
  long addressEntry(ADRENTRY entry) {
    return entry == null ? 0 : chain(entry.rgPropVals(), Encoder::row);
  }

  private static int row(Block block, List<SPropValue> props) {
    int at = block.place(ROW);
    PropEncoder.counted(block, at + ROW_COUNT, at + ROW_PROPS, props);
    return at;
  }

  /** LPENTRYLIST. */
  long entryList(ENTRYLIST list) {
    return chain(list, StructEncoder::entryList);
  }

  /** LPSRestriction. */
  long restriction(SRestriction restriction) {
    return chain(restriction, (block, one) -> new RestrictionEncoder(block).place(one));
  }

  /** LPSSortOrderSet. */
  long sortOrder(SSortOrderSet order) {
    return chain(order, StructEncoder::sortOrder);
  }

  /**
   * LPNOTIFICATION: strings are wide where the structure's own flags say so, and with {@code wide}
   * in every structure, whose flags then say so.
   */
  long notifications(List<NOTIFICATION> notifications, boolean wide) {
    return list(
        notifications, (block, all) -> new NotificationEncoder(block, wide, ansi).array(all));
  }

  /** LPMAPIERROR. */
  long mapiError(MAPIERROR error, boolean wide) {
    return chain(error, (block, one) -> StructEncoder.mapiError(block, one, wide, ansi));
  }

  /** LPTSTR, LPSTR, LPWSTR. */
  long text(String text, boolean wide) {
    return wide
        ? chain(text, Block::wide)
        : text == null ? 0 : chain(text.getBytes(ansi), Block::terminated);
  }

  /** LPTSTR *: pointers to strings. */
  long texts(List<String> texts, boolean wide) {
    return list(texts, (block, all) -> StructEncoder.texts(block, all, wide, ansi));
  }

  /** LPMAPIUID, LPGUID, LPCIID. */
  long guid(Guid guid) {
    return guid == null ? 0 : bytes(guid.toBytes());
  }

  /** LPMAPIUID, LPCIID: an array of the structures. */
  long guids(List<Guid> guids) {
    return list(guids, StructEncoder::guids);
  }

  /** LPMAPIUID *: pointers to the structures. */
  long guidPointers(List<Guid> guids) {
    return list(guids, StructEncoder::guidPointers);
  }

  /** ULONG *: an array of numbers. */
  long numbers(List<Integer> numbers) {
    return list(numbers, StructEncoder::numbers);
  }

  /** LPFlagList. */
  long flagList(List<Integer> flags) {
    return chain(flags, StructEncoder::flagList);
  }

  /** LPNOTIFKEY. */
  long notifyKey(Bytes key) {
    return chain(key, StructEncoder::notifyKey);
  }

  /** LPOPTIONDATA: an array. */
  long options(List<OPTIONDATA> options, boolean wide) {
    return list(options, (block, all) -> StructEncoder.options(block, all, wide, ansi));
  }

  /** LPADRPARM; the function pointers come from the caller. Its own flags give the width. */
  long addressParameters(ADRPARM parameters, AddressCallbacks calls) {
    return chain(
        parameters, (block, one) -> StructEncoder.addressParameters(block, one, calls, ansi));
  }

  /** Fills a caller's MAPIUID. */
  void guid(Guid guid, long target) {
    memory.write(target, guid.toBytes().sharedArray(), 0, GUID);
  }

  /** Fills a caller's flags, of which there are as many as before. */
  void flagList(List<Integer> flags, long target) {
    int count = memory.getInt(target);
    if (count != flags.size()) {
      throw new ComFault(
          MAPI_E_CALL_FAILED,
          "a list of %d flags came back with %d"
              .formatted(Integer.toUnsignedLong(count), flags.size()));
    }
    long at = target + FLAT_HEADER;
    for (int flag : flags) {
      memory.putInt(at, flag);
      at += 4;
    }
  }

  /**
   * Brings a caller's address list from one state to another: the properties of entries that
   * changed are freed and replaced. MAPI_E_CALL_FAILED where their number changed. Nothing has
   * changed when this throws.
   */
  void replaceAddressList(ADRLIST before, ADRLIST after, long target) {
    replace(before.aEntries(), after.aEntries(), target + ROW_SET_HEADER);
  }

  /** As {@link #replaceAddressList}, for one entry. */
  void replaceAddressEntry(ADRENTRY before, ADRENTRY after, long target) {
    replace(List.of(before), List.of(after), target);
  }

  private void replace(List<ADRENTRY> before, List<ADRENTRY> after, long entries) {
    Block block = Block.take(blockBytesMax);
    try {
      encoder().replace(block, before, after, entries);
    } finally {
      block.release();
    }
  }

  /** Sets the one output within a caller's ADRPARM, the accelerator of a modeless dialog. */
  void accelerator(long lpfnABSDI, long target) {
    memory.putLong(target + ADRPARM_ABSDI, lpfnABSDI);
  }

  /** Fills a caller's STATSTG; its name comes from {@link Allocators#taskAllocate}. */
  void statstg(STATSTG stat, long target) {
    Block block = Block.take(blockBytesMax);
    try {
      long name = 0;
      if (stat.pwcsName() != null) {
        int first = block.wide(stat.pwcsName());
        name = allocators.taskAllocate(block.size()) + first;
        block.write(memory, name);
        block.clear();
      }
      int at = block.place(STATSTG_BYTES);
      block.putLong(at + STAT_NAME, name);
      block.putInt(at + STAT_TYPE, stat.type());
      block.putLong(at + STAT_SIZE, stat.cbSize());
      block.putLong(at + STAT_MTIME, ticks(stat.mtime()));
      block.putLong(at + STAT_CTIME, ticks(stat.ctime()));
      block.putLong(at + STAT_ATIME, ticks(stat.atime()));
      block.putInt(at + STAT_MODE, stat.grfMode());
      block.putInt(at + STAT_LOCKS, stat.grfLocksSupported());
      block.write(memory, target);
    } finally {
      block.release();
    }
  }

  private static long ticks(FILETIME time) {
    return time == null ? 0 : time.ticks();
  }

  /**
   * FreeProws and FreePadrlist: frees every row and the set; 0 is harmless.
   * MAPI_E_INVALID_PARAMETER for a count that no set has, with nothing freed.
   */
  static void freeRows(NativeMemory memory, Allocators allocators, long set) {
    RowEncoder.free(memory, allocators, set);
  }
}
