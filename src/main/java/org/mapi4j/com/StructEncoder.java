package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import java.util.List;
import org.mapi4j.api.ADRPARM;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.OPTIONDATA;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * MAPI's smaller structures into a block, each placed first in it or behind what is there; what a
 * method gives is its offset.
 */
final class StructEncoder {
  private StructEncoder() {}

  static int tags(Block block, SPropTagArray tags) {
    int count = tags.size();
    int first = block.place(FLAT_HEADER + 4L * count);
    block.putInt(first, count);
    for (int i = 0, at = first + FLAT_HEADER; i < count; i++, at += 4) {
      block.putInt(at, tags.get(i));
    }
    return first;
  }

  static int problems(Block block, List<SPropProblem> problems) {
    int first = block.place(FLAT_HEADER + (long) PROBLEM * problems.size());
    block.putInt(first, problems.size());
    int at = first + FLAT_HEADER;
    for (SPropProblem problem : problems) {
      block.putInt(at, problem.ulIndex());
      block.putInt(at + PROBLEM_TAG, problem.ulPropTag());
      block.putInt(at + PROBLEM_SCODE, problem.scode());
      at += PROBLEM;
    }
    return first;
  }

  /** ULONG array without a count. */
  static int numbers(Block block, List<Integer> numbers) {
    int first = block.place(numbers.size(), 4);
    int at = first;
    for (int number : numbers) {
      block.putInt(at, number);
      at += 4;
    }
    return first;
  }

  static int flagList(Block block, List<Integer> flags) {
    int first = block.place(FLAT_HEADER + 4L * flags.size());
    block.putInt(first, flags.size());
    int at = first + FLAT_HEADER;
    for (int flag : flags) {
      block.putInt(at, flag);
      at += 4;
    }
    return first;
  }

  static int notifyKey(Block block, Bytes key) {
    int first = block.place(FLAT_HEADER + (long) key.size());
    block.putInt(first, key.size());
    block.copy(key, first + FLAT_HEADER);
    return first;
  }

  static int guids(Block block, List<Guid> guids) {
    int first = block.place(guids.size(), GUID);
    int at = first;
    for (Guid guid : guids) {
      block.putGuid(at, guid);
      at += GUID;
    }
    return first;
  }

  static int guidPointers(Block block, List<Guid> guids) {
    int first = block.place(guids.size(), POINTER);
    int at = first;
    for (Guid guid : guids) {
      block.guid(at, guid);
      at += POINTER;
    }
    return first;
  }

  static int texts(Block block, List<String> texts, boolean wide, Charset ansi) {
    int first = block.place(texts.size(), POINTER);
    int at = first;
    for (String text : texts) {
      block.text(at, text, wide, ansi);
      at += POINTER;
    }
    return first;
  }

  /** An array of pointers to names; a missing name is a NULL pointer. */
  static int names(Block block, List<MAPINAMEID> names) {
    int first = block.place(names.size(), POINTER);
    int at = first;
    for (MAPINAMEID name : names) {
      if (name != null) {
        block.point(at, name(block, name));
      }
      at += POINTER;
    }
    return first;
  }

  private static int name(Block block, MAPINAMEID name) {
    int at = block.place(NAME);
    block.guid(at + NAME_GUID, name.lpguid());
    block.putInt(at + NAME_KIND, name.ulKind());
    if (name.ulKind() == MNID_STRING) {
      block.wideText(at + NAME_VALUE, name.lpwstrName());
    } else {
      block.putInt(at + NAME_VALUE, name.lID());
    }
    return at;
  }

  static int entryList(Block block, ENTRYLIST list) {
    int first = block.place(COUNTED);
    if (list.size() > 0) {
      int at = block.place(list.size(), COUNTED);
      block.putInt(first, list.size());
      block.point(first + COUNTED_POINTER, at);
      for (Bytes entryId : list.lpbin()) {
        block.counted(at, at + COUNTED_POINTER, entryId);
        at += COUNTED;
      }
    }
    return first;
  }

  static int sortOrder(Block block, SSortOrderSet order) {
    List<SSortOrder> keys = order.aSort();
    int first = block.place(SORT_HEADER + (long) SORT_ORDER * keys.size());
    block.putInt(first, keys.size());
    block.putInt(first + SORT_CATEGORIES, order.cCategories());
    block.putInt(first + SORT_EXPANDED, order.cExpanded());
    int at = first + SORT_HEADER;
    for (SSortOrder key : keys) {
      block.putInt(at, key.ulPropTag());
      block.putInt(at + SORT_ORDER_ORDER, key.ulOrder());
      at += SORT_ORDER;
    }
    return first;
  }

  static int mapiError(Block block, MAPIERROR error, boolean wide, Charset ansi) {
    int at = block.place(ERROR);
    block.putInt(at, error.ulVersion());
    block.text(at + ERROR_TEXT, error.lpszError(), wide, ansi);
    block.text(at + ERROR_COMPONENT, error.lpszComponent(), wide, ansi);
    block.putInt(at + ERROR_LOW_LEVEL, error.ulLowLevelError());
    block.putInt(at + ERROR_CONTEXT, error.ulContext());
    return at;
  }

  static int options(Block block, List<OPTIONDATA> options, boolean wide, Charset ansi) {
    int first = block.place(options.size(), OPTION);
    int at = first;
    for (OPTIONDATA option : options) {
      block.putInt(at + OPTION_FLAGS, option.ulFlags());
      block.guid(at + OPTION_GUID, option.lpRecipGUID());
      block.text(at + OPTION_ADDRESS_TYPE, option.lpszAdrType(), wide, ansi);
      block.text(at + OPTION_DLL, option.lpszDLLName(), wide, ansi);
      block.putInt(at + OPTION_ORDINAL, option.ulOrdinal());
      block.counted(at + OPTION_DATA_COUNT, at + OPTION_DATA, option.lpbOptionsData());
      PropEncoder.counted(
          block, at + OPTION_PROPS_COUNT, at + OPTION_PROPS, option.lpOptionsProps());
      at += OPTION;
    }
    return first;
  }

  /** Its strings are wide by AB_UNICODEUI in its own flags. */
  static int addressParameters(Block block, ADRPARM p, AddressCallbacks calls, Charset ansi) {
    boolean wide = (p.ulFlags() & AB_UNICODEUI) != 0;
    int at = block.place(ADRPARM_BYTES);
    block.counted(at + ADRPARM_CONTAINER, at + ADRPARM_CONTAINER + POINTER, p.lpABContEntryID());
    block.putInt(at + ADRPARM_FLAGS, p.ulFlags());
    block.putInt(at + ADRPARM_HELP_CONTEXT, p.ulHelpContext());
    block.text(at + ADRPARM_HELP_FILE, p.lpszHelpFileName(), wide, ansi);
    block.putLong(at + ADRPARM_ABSDI, calls.lpfnABSDI());
    block.putLong(at + ADRPARM_DISMISS, calls.lpfnDismiss());
    block.putLong(at + ADRPARM_DISMISS_CONTEXT, calls.lpvDismissContext());
    block.text(at + ADRPARM_CAPTION, p.lpszCaption(), wide, ansi);
    block.text(at + ADRPARM_NEW_ENTRY_TITLE, p.lpszNewEntryTitle(), wide, ansi);
    block.text(at + ADRPARM_DEST_WELLS_TITLE, p.lpszDestWellsTitle(), wide, ansi);
    block.putInt(at + ADRPARM_DEST_FIELDS, p.cDestFields());
    block.putInt(at + ADRPARM_DEST_FOCUS, p.nDestFieldFocus());
    if (fields(p, p.lppszDestTitles())) {
      block.point(at + ADRPARM_DEST_TITLES, texts(block, p.lppszDestTitles(), wide, ansi));
    }
    if (fields(p, p.lpulDestComps())) {
      block.point(at + ADRPARM_DEST_COMPS, numbers(block, p.lpulDestComps()));
    }
    RestrictionEncoder restrictions = new RestrictionEncoder(block);
    restrictions.pointer(at + ADRPARM_CONT_RESTRICTION, p.lpContRestriction());
    restrictions.pointer(at + ADRPARM_HIER_RESTRICTION, p.lpHierRestriction());
    return at;
  }

  /** Whether a list for the recipient fields is passed on: its reader trusts cDestFields alone. */
  private static boolean fields(ADRPARM p, List<?> list) {
    if (list == null || p.cDestFields() <= 0) {
      return false;
    }
    if (list.size() != p.cDestFields()) {
      throw new ComFault(
          MAPI_E_INVALID_PARAMETER,
          "ADRPARM: %d entries for %d fields".formatted(list.size(), p.cDestFields()));
    }
    return true;
  }
}
