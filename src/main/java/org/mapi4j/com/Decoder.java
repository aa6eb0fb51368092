package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.com.LittleEndian.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mapi4j.api.ACCELERATEABSDI;
import org.mapi4j.api.ADRPARM;
import org.mapi4j.api.DISMISSMODELESS;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
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
 * Native memory as Java values: arguments of our objects and outputs of foreign ones. Everything is
 * copied at once and no address is kept. NULL gives null unless said otherwise; a count with a NULL
 * array, and whatever is beyond the limits, is MAPI_E_INVALID_PARAMETER, a restriction beyond them
 * MAPI_E_TOO_COMPLEX, PT_SRESTRICTION and PT_ACTIONS are MAPI_E_NO_SUPPORT ({@link ComFault}).
 * Counts are ULONGs, passed without sign. One decoder serves one call, whose copies together stay
 * within the limits. Confined to one thread.
 */
final class Decoder {
  private final NativeReader reader;
  private final PropDecoder props;
  private final StructDecoder structures;

  /** {@code ansi} is the code page of strings that are not wide. */
  Decoder(NativeMemory memory, Charset ansi, ComLimits limits) {
    reader = new NativeReader(memory, ansi, limits);
    props = new PropDecoder(reader);
    structures = new StructDecoder(reader, props);
  }

  /** LPSPropValue; an empty list for a count of 0. */
  List<SPropValue> props(long address, long count) {
    return props.array("SPropValue", address, count);
  }

  /** LPENTRYID, LPBYTE; null for NULL without a count. */
  Bytes bytes(long address, long count) {
    return reader.optional("bytes", address, count);
  }

  /** LPSPropTagArray. */
  SPropTagArray tags(long address) {
    return structures.tags(address);
  }

  /** LPSPropProblemArray; an empty list for NULL. */
  List<SPropProblem> problems(long address) {
    return structures.problems(address);
  }

  /** LPGUID, LPMAPIUID, LPCIID. */
  Guid guid(long address) {
    return structures.guid(address);
  }

  /** LPMAPIUID, LPCIID: an array of the structures; an empty list for a count of 0. */
  List<Guid> guids(long address, long count) {
    return structures.guids(address, count);
  }

  /** LPMAPIUID *: pointers, null for each that is NULL. */
  List<Guid> guidPointers(long address, long count) {
    return structures.guidPointers(address, count);
  }

  /** LPTSTR, LPSTR, LPWSTR. */
  String text(long address, boolean wide) {
    return reader.text("string", address, wide);
  }

  /** LPTSTR *: pointers, null for each that is NULL. */
  List<String> texts(long address, long count, boolean wide) {
    return structures.texts(address, count, wide);
  }

  /** LPMAPINAMEID *: pointers, null for each that is NULL; null for NULL without a count. */
  List<MAPINAMEID> names(long address, long count) {
    return address == 0 && count == 0 ? null : structures.names(address, count);
  }

  /** LPADRLIST. */
  ADRLIST addressList(long address) {
    return address == 0 ? null : new ADRLIST(rows("ADRLIST", address, ADRENTRY::new));
  }

  /** LPADRENTRY. */
  ADRENTRY addressEntry(long address) {
    return address == 0 ? null : one("ADRENTRY", address, ADRENTRY::new);
  }

  /** LPSRowSet. */
  SRowSet rows(long address) {
    return address == 0 ? null : new SRowSet(rows("SRowSet", address, SRow::new));
  }

  /** LPSRow. */
  SRow row(long address) {
    return address == 0 ? null : one("SRow", address, SRow::new);
  }

  private <R> List<R> rows(String what, long address, Function<List<SPropValue>, R> make) {
    long count = reader.count(address);
    byte[] b = reader.array(what, address + ROW_SET_HEADER, count, ROW);
    List<R> rows = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += ROW) {
      rows.add(make.apply(row(what, b, at)));
    }
    return rows;
  }

  private <R> R one(String what, long address, Function<List<SPropValue>, R> make) {
    return make.apply(row(what, reader.structure(what, address, ROW), 0));
  }

  private List<SPropValue> row(String what, byte[] b, int at) {
    return props.array(what, getLong(b, at + ROW_PROPS), getCount(b, at + ROW_COUNT));
  }

  /** LPENTRYLIST. */
  ENTRYLIST entryList(long address) {
    return structures.entryList(address);
  }

  /** LPSRestriction. */
  SRestriction restriction(long address) {
    return new RestrictionDecoder(reader, props).pointer(address);
  }

  /** LPSSortOrderSet. */
  SSortOrderSet sortOrder(long address) {
    return structures.sortOrder(address);
  }

  /** LPNOTIFICATION, whose own flags give the width of its strings. */
  List<NOTIFICATION> notifications(long address, long count) {
    return notifications(address, count, false);
  }

  /** LPNOTIFICATION; with {@code wide} every string is wide. */
  List<NOTIFICATION> notifications(long address, long count, boolean wide) {
    return new NotificationDecoder(reader, props, structures, wide).array(address, count);
  }

  /** LPMAPIERROR. */
  MAPIERROR mapiError(long address, boolean wide) {
    return structures.mapiError(address, wide);
  }

  /** STATSTG *; its name is left to the caller to free. */
  STATSTG statstg(long address) {
    return structures.statstg(address);
  }

  /** ULONG *: an array of numbers; an empty list for a count of 0. */
  List<Integer> numbers(long address, long count) {
    return structures.numbers(address, count);
  }

  /** LPFlagList. */
  List<Integer> flagList(long address) {
    return structures.flagList(address);
  }

  /** LPNOTIFKEY. */
  Bytes notifyKey(long address) {
    return structures.notifyKey(address);
  }

  /** LPOPTIONDATA: an array; an empty list for a count of 0. */
  List<OPTIONDATA> options(long address, long count, boolean wide) {
    return structures.options(address, count, wide);
  }

  /** The function pointers of an LPADRPARM. */
  AddressCallbacks addressCallbacks(long address) {
    return address == 0
        ? AddressCallbacks.NONE
        : StructDecoder.addressCallbacks(parameters(address));
  }

  /** LPADRPARM; its functions come from the caller. Its own flags give the width of strings. */
  ADRPARM addressParameters(
      long address, ACCELERATEABSDI lpfnABSDI, DISMISSMODELESS lpfnDismiss, Object context) {
    return address == 0
        ? null
        : structures.addressParameters(parameters(address), lpfnABSDI, lpfnDismiss, context);
  }

  private byte[] parameters(long address) {
    return reader.structure("ADRPARM", address, ADRPARM_BYTES);
  }
}
