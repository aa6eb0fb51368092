package org.mapi4j.com;

/**
 * Sizes and offsets of MAPI's structures on x64, where pointers have 8 bytes and ULONG has 4. Each
 * structure's fields follow its size, in order. Facts of mapidefs.h, mapispi.h and objidl.h; a test
 * compares them with what a C compiler lays out.
 */
final class Layouts {
  static final int POINTER = 8;
  static final int GUID = 16;
  static final int ALIGN = 8;

  /** SPropValue. The union is at VALUE; a counted value has its pointer at VALUE_POINTER. */
  static final int PROP = 24;

  static final int PROP_TAG = 0;
  static final int VALUE = 8;
  static final int VALUE_POINTER = 16;

  /** SBinary, and every other pair of count and pointer: SXxxArray, ENTRYLIST. */
  static final int COUNTED = 16;

  static final int COUNTED_POINTER = 8;

  /** SPropTagArray, FlagList, NOTIFKEY, SPropProblemArray: a count, then the elements. */
  static final int FLAT_HEADER = 4;

  /** SPropProblem. */
  static final int PROBLEM = 12;

  static final int PROBLEM_TAG = 4;
  static final int PROBLEM_SCODE = 8;

  /** SRow and ADRENTRY. */
  static final int ROW = 16;

  static final int ROW_COUNT = 4;
  static final int ROW_PROPS = 8;

  /** SRowSet and ADRLIST: a count, then the rows. */
  static final int ROW_SET_HEADER = 8;

  /** SSortOrder. */
  static final int SORT_ORDER = 8;

  static final int SORT_ORDER_ORDER = 4;

  /** SSortOrderSet: counts, then the keys. */
  static final int SORT_HEADER = 12;

  static final int SORT_CATEGORIES = 4;
  static final int SORT_EXPANDED = 8;

  /** MAPINAMEID. */
  static final int NAME = 24;

  static final int NAME_GUID = 0;
  static final int NAME_KIND = 8;
  static final int NAME_VALUE = 16;

  /** SRestriction: the code, then a union at RES. */
  static final int RESTRICTION = 32;

  static final int RES = 8;

  /** First and second ULONG of a restriction's structure, its third, its pointers. */
  static final int RES_FIRST = RES;

  static final int RES_SECOND = RES + 4;
  static final int RES_THIRD = RES + 8;
  static final int RES_POINTER = RES + 8;
  static final int RES_PROPS = RES + 16;

  /** NOTIFICATION: the event, then a union at INFO. */
  static final int NOTIFICATION_BYTES = 88;

  static final int INFO = 8;

  static final int ERROR_ENTRY_ID = INFO;
  static final int ERROR_SCODE = INFO + 16;
  static final int ERROR_FLAGS = INFO + 20;
  static final int ERROR_DETAIL = INFO + 24;

  static final int NEWMAIL_ENTRY_ID = INFO;
  static final int NEWMAIL_PARENT_ID = INFO + 16;
  static final int NEWMAIL_FLAGS = INFO + 32;
  static final int NEWMAIL_CLASS = INFO + 40;
  static final int NEWMAIL_MESSAGE_FLAGS = INFO + 48;

  /** OBJECT_NOTIFICATION: the counts are no neighbours of their pointers' alignment. */
  static final int OBJECT_ENTRY_ID = INFO;

  static final int OBJECT_TYPE = INFO + 16;
  static final int OBJECT_PARENT_COUNT = INFO + 20;
  static final int OBJECT_PARENT_ID = INFO + 24;
  static final int OBJECT_OLD_ID = INFO + 32;
  static final int OBJECT_OLD_PARENT_ID = INFO + 48;
  static final int OBJECT_TAGS = INFO + 64;

  static final int TABLE_EVENT = INFO;
  static final int TABLE_RESULT = INFO + 4;
  static final int TABLE_INDEX = INFO + 8;
  static final int TABLE_PRIOR = INFO + 32;
  static final int TABLE_ROW = INFO + 56;

  static final int EXTENDED_EVENT = INFO;
  static final int EXTENDED_COUNT = INFO + 4;
  static final int EXTENDED_PARAMETERS = INFO + 8;

  static final int STATUS_ENTRY_ID = INFO;
  static final int STATUS_COUNT = INFO + 16;
  static final int STATUS_PROPS = INFO + 24;

  /** MAPIERROR. */
  static final int ERROR = 32;

  static final int ERROR_TEXT = 8;
  static final int ERROR_COMPONENT = 16;
  static final int ERROR_LOW_LEVEL = 24;
  static final int ERROR_CONTEXT = 28;

  /** STATSTG. */
  static final int STATSTG_BYTES = 80;

  static final int STAT_NAME = 0;
  static final int STAT_TYPE = 8;
  static final int STAT_SIZE = 16;
  static final int STAT_MTIME = 24;
  static final int STAT_CTIME = 32;
  static final int STAT_ATIME = 40;
  static final int STAT_MODE = 48;
  static final int STAT_LOCKS = 52;

  /** OPTIONDATA. */
  static final int OPTION = 64;

  static final int OPTION_FLAGS = 0;
  static final int OPTION_GUID = 8;
  static final int OPTION_ADDRESS_TYPE = 16;
  static final int OPTION_DLL = 24;
  static final int OPTION_ORDINAL = 32;
  static final int OPTION_DATA_COUNT = 36;
  static final int OPTION_DATA = 40;
  static final int OPTION_PROPS_COUNT = 48;
  static final int OPTION_PROPS = 56;

  /** ADRPARM. */
  static final int ADRPARM_BYTES = 136;

  static final int ADRPARM_CONTAINER = 0;
  static final int ADRPARM_FLAGS = 16;
  static final int ADRPARM_HELP_CONTEXT = 32;
  static final int ADRPARM_HELP_FILE = 40;
  static final int ADRPARM_ABSDI = 48;
  static final int ADRPARM_DISMISS = 56;
  static final int ADRPARM_DISMISS_CONTEXT = 64;
  static final int ADRPARM_CAPTION = 72;
  static final int ADRPARM_NEW_ENTRY_TITLE = 80;
  static final int ADRPARM_DEST_WELLS_TITLE = 88;
  static final int ADRPARM_DEST_FIELDS = 96;
  static final int ADRPARM_DEST_FOCUS = 100;
  static final int ADRPARM_DEST_TITLES = 104;
  static final int ADRPARM_DEST_COMPS = 112;
  static final int ADRPARM_CONT_RESTRICTION = 120;
  static final int ADRPARM_HIER_RESTRICTION = 128;

  private Layouts() {}
}
