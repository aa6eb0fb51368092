package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.com.LittleEndian.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.mapi4j.api.ACCELERATEABSDI;
import org.mapi4j.api.ADRPARM;
import org.mapi4j.api.DISMISSMODELESS;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.OPTIONDATA;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.STATSTG;

/** MAPI's smaller structures from native memory; null for NULL. */
final class StructDecoder {
  private final NativeReader reader;
  private final PropDecoder props;

  StructDecoder(NativeReader reader, PropDecoder props) {
    this.reader = reader;
    this.props = props;
  }

  SPropTagArray tags(long address) {
    return address == 0 ? null : SPropTagArray.tags(flat("SPropTagArray", address));
  }

  List<Integer> flagList(long address) {
    return address == 0 ? null : IntStream.of(flat("FlagList", address)).boxed().toList();
  }

  /** The numbers behind a count. */
  private int[] flat(String what, long address) {
    return ints(reader.array(what, address + FLAT_HEADER, reader.count(address), 4));
  }

  private static int[] ints(byte[] b) {
    int[] numbers = new int[b.length / 4];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return numbers;
  }

  List<Integer> numbers(long address, long count) {
    return IntStream.of(ints(reader.array("ULONG", address, count, 4))).boxed().toList();
  }

  List<SPropProblem> problems(long address) {
    if (address == 0) {
      return List.of();
    }
    long count = reader.count(address);
    byte[] b = reader.array("SPropProblemArray", address + FLAT_HEADER, count, PROBLEM);
    List<SPropProblem> problems = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += PROBLEM) {
      problems.add(
          new SPropProblem(
              getInt(b, at), getInt(b, at + PROBLEM_TAG), getInt(b, at + PROBLEM_SCODE)));
    }
    return List.copyOf(problems);
  }

  Bytes notifyKey(long address) {
    return address == 0
        ? null
        : reader.data("NOTIFKEY", address + FLAT_HEADER, reader.count(address));
  }

  Guid guid(long address) {
    return address == 0 ? null : Guid.fromBytes(reader.structure("GUID", address, GUID), 0);
  }

  List<Guid> guids(long address, long count) {
    byte[] b = reader.array("GUID", address, count, GUID);
    return IntStream.range(0, b.length / GUID).mapToObj(i -> Guid.fromBytes(b, GUID * i)).toList();
  }

  List<Guid> guidPointers(long address, long count) {
    byte[] b = reader.array("LPMAPIUID", address, count, POINTER);
    List<Guid> guids = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += POINTER) {
      guids.add(guid(getLong(b, at)));
    }
    return Collections.unmodifiableList(guids);
  }

  List<String> texts(long address, long count, boolean wide) {
    byte[] b = reader.array("LPTSTR", address, count, POINTER);
    List<String> texts = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += POINTER) {
      texts.add(reader.text("LPTSTR", getLong(b, at), wide));
    }
    return Collections.unmodifiableList(texts);
  }

  List<MAPINAMEID> names(long address, long count) {
    byte[] b = reader.array("LPMAPINAMEID", address, count, POINTER);
    List<MAPINAMEID> names = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += POINTER) {
      names.add(name(getLong(b, at)));
    }
    return Collections.unmodifiableList(names);
  }

  private MAPINAMEID name(long address) {
    if (address == 0) {
      return null;
    }
    byte[] b = reader.structure("MAPINAMEID", address, NAME);
    Guid set = guid(getLong(b, NAME_GUID));
    int kind = getInt(b, NAME_KIND);
    return kind == MNID_STRING
        ? MAPINAMEID.string(set, reader.text("MAPINAMEID", getLong(b, NAME_VALUE), true))
        : new MAPINAMEID(set, kind, getInt(b, NAME_VALUE), null);
  }

  ENTRYLIST entryList(long address) {
    if (address == 0) {
      return null;
    }
    byte[] list = reader.structure("ENTRYLIST", address, COUNTED);
    long count = getCount(list, 0);
    byte[] b = reader.array("ENTRYLIST", getLong(list, COUNTED_POINTER), count, COUNTED);
    List<Bytes> entryIds = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += COUNTED) {
      entryIds.add(reader.data("ENTRYLIST", getLong(b, at + COUNTED_POINTER), getCount(b, at)));
    }
    return new ENTRYLIST(entryIds);
  }

  SSortOrderSet sortOrder(long address) {
    if (address == 0) {
      return null;
    }
    byte[] head = reader.structure("SSortOrderSet", address, SORT_HEADER);
    byte[] b = reader.array("SSortOrderSet", address + SORT_HEADER, getCount(head, 0), SORT_ORDER);
    List<SSortOrder> keys = new ArrayList<>(b.length / SORT_ORDER);
    for (int at = 0; at < b.length; at += SORT_ORDER) {
      keys.add(new SSortOrder(getInt(b, at), getInt(b, at + SORT_ORDER_ORDER)));
    }
    return new SSortOrderSet(keys, getInt(head, SORT_CATEGORIES), getInt(head, SORT_EXPANDED));
  }

  MAPIERROR mapiError(long address, boolean wide) {
    if (address == 0) {
      return null;
    }
    byte[] b = reader.structure("MAPIERROR", address, ERROR);
    return new MAPIERROR(
        getInt(b, 0),
        reader.text("MAPIERROR", getLong(b, ERROR_TEXT), wide),
        reader.text("MAPIERROR", getLong(b, ERROR_COMPONENT), wide),
        getInt(b, ERROR_LOW_LEVEL),
        getInt(b, ERROR_CONTEXT));
  }

  STATSTG statstg(long address) {
    if (address == 0) {
      return null;
    }
    byte[] b = reader.structure("STATSTG", address, STATSTG_BYTES);
    return new STATSTG(
        reader.text("STATSTG", getLong(b, STAT_NAME), true),
        getInt(b, STAT_TYPE),
        getLong(b, STAT_SIZE),
        time(b, STAT_MTIME),
        time(b, STAT_CTIME),
        time(b, STAT_ATIME),
        getInt(b, STAT_MODE),
        getInt(b, STAT_LOCKS));
  }

  private static FILETIME time(byte[] b, int at) {
    long ticks = getLong(b, at);
    return ticks == 0 ? null : new FILETIME(ticks);
  }

  List<OPTIONDATA> options(long address, long count, boolean wide) {
    byte[] b = reader.array("OPTIONDATA", address, count, OPTION);
    List<OPTIONDATA> options = new ArrayList<>((int) count);
    for (int at = 0; at < b.length; at += OPTION) {
      options.add(
          new OPTIONDATA(
              getInt(b, at + OPTION_FLAGS),
              guid(getLong(b, at + OPTION_GUID)),
              reader.text("OPTIONDATA", getLong(b, at + OPTION_ADDRESS_TYPE), wide),
              reader.text("OPTIONDATA", getLong(b, at + OPTION_DLL), wide),
              getInt(b, at + OPTION_ORDINAL),
              reader.data(
                  "OPTIONDATA", getLong(b, at + OPTION_DATA), getCount(b, at + OPTION_DATA_COUNT)),
              props.array(
                  "OPTIONDATA",
                  getLong(b, at + OPTION_PROPS),
                  getCount(b, at + OPTION_PROPS_COUNT))));
    }
    return List.copyOf(options);
  }

  static AddressCallbacks addressCallbacks(byte[] b) {
    return new AddressCallbacks(
        getLong(b, ADRPARM_ABSDI),
        getLong(b, ADRPARM_DISMISS),
        getLong(b, ADRPARM_DISMISS_CONTEXT));
  }

  ADRPARM addressParameters(
      byte[] b, ACCELERATEABSDI lpfnABSDI, DISMISSMODELESS lpfnDismiss, Object context) {
    int flags = getInt(b, ADRPARM_FLAGS);
    boolean wide = (flags & AB_UNICODEUI) != 0;
    int fields = getInt(b, ADRPARM_DEST_FIELDS);
    RestrictionDecoder restrictions = new RestrictionDecoder(reader, props);
    SRestriction contents = restrictions.pointer(getLong(b, ADRPARM_CONT_RESTRICTION));
    SRestriction hierarchy = restrictions.pointer(getLong(b, ADRPARM_HIER_RESTRICTION));
    return new ADRPARM(
        reader.optional(
            "ADRPARM", getLong(b, ADRPARM_CONTAINER + POINTER), getCount(b, ADRPARM_CONTAINER)),
        flags,
        getInt(b, ADRPARM_HELP_CONTEXT),
        text(b, ADRPARM_HELP_FILE, wide),
        lpfnABSDI,
        lpfnDismiss,
        context,
        text(b, ADRPARM_CAPTION, wide),
        text(b, ADRPARM_NEW_ENTRY_TITLE, wide),
        text(b, ADRPARM_DEST_WELLS_TITLE, wide),
        fields,
        getInt(b, ADRPARM_DEST_FOCUS),
        destTitles(b, fields, wide),
        destComps(b, fields),
        contents,
        hierarchy);
  }

  private String text(byte[] b, int at, boolean wide) {
    return reader.text("ADRPARM", getLong(b, at), wide);
  }

  /** Both lists count only with a number of fields of their own: -1 asks for the default. */
  private List<String> destTitles(byte[] b, int fields, boolean wide) {
    long address = getLong(b, ADRPARM_DEST_TITLES);
    return address == 0 || fields == 0 || fields == -1
        ? null
        : texts(address, Integer.toUnsignedLong(fields), wide);
  }

  private List<Integer> destComps(byte[] b, int fields) {
    long address = getLong(b, ADRPARM_DEST_COMPS);
    return address == 0 || fields == 0 || fields == -1
        ? null
        : numbers(address, Integer.toUnsignedLong(fields));
  }
}
