package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.MAPI_E_UNKNOWN_FLAGS;
import static org.mapi4j.types.MapiCode.S_OK;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPISession;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IPropData;
import org.mapi4j.api.IStream;
import org.mapi4j.api.ITableData;
import org.mapi4j.table.TableData;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.FuzzyLevel;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.SystemChance;
import org.mapi4j.types.WrappedStoreEntryID;

/**
 * MAPI's helper functions under their own names, parameters in C order, all in one class since
 * programs look a function up by its name alone; what they do is in the class of their subject.
 * Allocators have no counterpart. Functions of BOOL answer a boolean, functions whose C result is a
 * pointer answer null where that is NULL. None throws for a MAPI condition. Any thread. Source: the
 * page of each function in the MAPI reference.
 */
public final class MapiUtil {
  private static final RandomGenerator CHANCE = SystemChance.get();

  private static final IdleEngine IDLE = new IdleEngine(() -> System.nanoTime() / 1_000_000, true);

  private MapiUtil() {}

  // Properties of an object.

  /**
   * One property of an object; MAPI_E_NOT_FOUND when it is missing, and the property's own code
   * when it cannot be had. Never a warning. Source: MAPI "HrGetOneProp".
   */
  public static MapiResult<SPropValue> hrGetOneProp(IMAPIProp pmp, int ulPropTag) {
    return OneProp.get(pmp, ulPropTag);
  }

  /**
   * Sets one property of an object; a problem with it is a failure. Never a warning. Source: MAPI
   * "HrSetOneProp".
   */
  public static int hrSetOneProp(IMAPIProp pmp, SPropValue pprop) {
    return OneProp.set(pmp, pprop);
  }

  /**
   * True when the object lists the tag; PT_UNSPECIFIED looks for the identifier alone. Source: MAPI
   * "FPropExists".
   */
  public static boolean fPropExists(IMAPIProp pobj, int ulPropTag) {
    return OneProp.exists(pobj, ulPropTag);
  }

  // Property values.

  /**
   * The first property of a list with the whole tag, or with the identifier when the type is
   * PT_UNSPECIFIED; null when there is none. Source: MAPI "PpropFindProp".
   */
  public static SPropValue ppropFindProp(List<SPropValue> rgprop, int ulPropTag) {
    return OneProp.find(rgprop, ulPropTag);
  }

  /** {@link #ppropFindProp} with its arguments exchanged. Source: MAPI "LpValFindProp". */
  public static SPropValue lpValFindProp(int ulPropTag, List<SPropValue> lpPropArray) {
    return OneProp.find(lpPropArray, ulPropTag);
  }

  /**
   * True when the first value contains the second, to a level: FL_FULLSTRING, FL_PREFIX or
   * FL_SUBSTRING with FL_IGNORECASE, FL_IGNORENONSPACE, FL_LOOSE. False for values of different
   * types, and of other types than PT_STRING8, PT_UNICODE (ADR 0020) and PT_BINARY. Source: MAPI
   * "FPropContainsProp".
   */
  public static boolean fPropContainsProp(
      SPropValue lpSPropValueDst, SPropValue lpSPropValueSrc, int ulFuzzyLevel) {
    return FuzzyLevel.contains(lpSPropValueDst, lpSPropValueSrc, ulFuzzyLevel);
  }

  /**
   * True when {@code prop1 RELOP prop2} holds; false for values of different types, and for
   * RELOP_RE. Source: MAPI "FPropCompareProp".
   */
  public static boolean fPropCompareProp(
      SPropValue lpSPropValue1, int ulRelOp, SPropValue lpSPropValue2) {
    return PropCompare.relop(ulRelOp, lpSPropValue1, lpSPropValue2);
  }

  /**
   * Less than, equal to or greater than 0 as A is to B, for values of one type. Source: MAPI
   * "LPropCompareProp".
   */
  public static int lPropCompareProp(SPropValue lpSPropValueA, SPropValue lpSPropValueB) {
    return PropCompare.compare(lpSPropValueA, lpSPropValueB);
  }

  /** Bytes of the value alone, strings with their NUL. Source: MAPI "UlPropSize". */
  public static int ulPropSize(SPropValue lpSPropValue) {
    return PropSize.of(lpSPropValue);
  }

  /**
   * The value at an index of a multivalued property, as a single-valued one of the same identifier.
   * Large values are shared. Throws IndexOutOfBoundsException for an index that C would read
   * garbage at. Source: MAPI "GetInstance".
   */
  public static SPropValue getInstance(SPropValue pvalMv, int uliInst) {
    return PropCopies.instance(pvalMv, uliInst);
  }

  /**
   * A copy of a value. Values are immutable, so nothing is allocated. MAPI_E_NO_SUPPORT for an
   * unknown type. Source: MAPI "PropCopyMore".
   */
  public static MapiResult<SPropValue> propCopyMore(SPropValue lpSPropValueSrc) {
    return PropCopies.more(lpSPropValueSrc);
  }

  /**
   * Bytes that an array and all it points to need in one block. MAPI_E_INVALID_PARAMETER for an
   * identifier PROP_ID_NULL or PROP_ID_INVALID, a multivalued property without values, an unknown
   * type. A caller that only wants the check leaves the number. Source: MAPI "ScCountProps".
   */
  public static MapiResult<Integer> scCountProps(List<SPropValue> rgprop) {
    return PropBlock.count(rgprop);
  }

  /**
   * The array and its data in one block, in the same order, pointers valid at an address.
   * MAPI_E_INVALID_PARAMETER for an unknown type. Source: MAPI "ScCopyProps".
   *
   * @param pvDst the address that the block is to lie at
   */
  public static MapiResult<PropBlock> scCopyProps(List<SPropValue> rgprop, long pvDst) {
    return PropBlock.copy(rgprop, pvDst);
  }

  /**
   * The block with every pointer moved from one base address to another. MAPI_E_INVALID_PARAMETER
   * for an unknown type, or a pointer that is not within the block at the old base. Source: MAPI
   * "ScRelocProps".
   */
  public static MapiResult<PropBlock> scRelocProps(
      PropBlock rgprop, long pvBaseOld, long pvBaseNew) {
    return rgprop == null
        ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
        : rgprop.relocated(pvBaseOld, pvBaseNew);
  }

  /**
   * A copy of an array. Refuses what {@link #scCountProps} refuses. Source: MAPI "ScDupPropset".
   */
  public static MapiResult<List<SPropValue>> scDupPropset(List<SPropValue> rgprop) {
    return PropBlock.count(rgprop).map(cb -> List.copyOf(rgprop));
  }

  /**
   * True unless the identifier is one of the non-transmittable ranges 0x0E00-0x0FFF, 0x6000-0x67FF
   * and 0x7C00-0x7FFF, or PROP_ID_INVALID. Source: MAPI "Property Identifier Ranges".
   */
  public static boolean fIsTransmittable(int ulPropTag) {
    return PropCopies.transmittable(ulPropTag);
  }

  /**
   * True when property set, kind and value are equal; text compares case-sensitively. Source: MAPI
   * "FEqualNames".
   */
  public static boolean fEqualNames(MAPINAMEID lpName1, MAPINAMEID lpName2) {
    return PropCopies.equalNames(lpName1, lpName2);
  }

  // Tables.

  /**
   * All rows of a table from its beginning; it keeps the columns, restriction and sort order given.
   * MAPI_E_TABLE_TOO_BIG when there are more than allowed. What a row lacks is a PT_ERROR value, as
   * QueryRows gives it (ADR 0020). Source: MAPI "HrQueryAllRows".
   *
   * @param ptaga the columns; null for the present ones
   * @param pres the restriction; null for none
   * @param psos the order; null for the table's own
   * @param crowsMax rows allowed; 0 for any number
   */
  public static MapiResult<SRowSet> hrQueryAllRows(
      IMAPITable ptable, SPropTagArray ptaga, SRestriction pres, SSortOrderSet psos, int crowsMax) {
    return AllRows.query(ptable, ptaga, pres, psos, crowsMax);
  }

  /**
   * Puts columns first; the present ones follow unless they are among them. Source: MAPI
   * "HrAddColumnsEx".
   *
   * @param lpfnFilterColumns changes the present columns beforehand, never adding one; null for
   *     none
   */
  public static int hrAddColumnsEx(
      IMAPITable lptbl,
      SPropTagArray lpproptagColumnsNew,
      UnaryOperator<SPropTagArray> lpfnFilterColumns) {
    return AllRows.addColumns(lptbl, lpproptagColumnsNew, lpfnFilterColumns);
  }

  /** {@link #hrAddColumnsEx} without a filter. Source: MAPI "HrAddColumns". */
  public static int hrAddColumns(IMAPITable lptbl, SPropTagArray lpproptagColumnsNew) {
    return AllRows.addColumns(lptbl, lpproptagColumnsNew, null);
  }

  /**
   * Makes a table data object, whose views follow its rows. MAPI_E_INTERFACE_NOT_SUPPORTED for an
   * interface that is not IID_IMAPITableData, MAPI_E_INVALID_PARAMETER for an unknown type of
   * table, an index column without one type or without columns, MAPI_E_TOO_COMPLEX for more than
   * 10,000 columns. Source: MAPI "CreateTable".
   *
   * @param lpInterface null for IID_IMAPITableData
   * @param ulTableType TBLTYPE_ value that views give in GetStatus
   * @param ulPropTagIndexColumn the column that a row is known by, not multivalued
   * @param lpSPropTagArrayOfColumns the columns of views at first
   */
  public static MapiResult<ITableData> createTable(
      Guid lpInterface,
      int ulTableType,
      int ulPropTagIndexColumn,
      SPropTagArray lpSPropTagArrayOfColumns) {
    return TableData.create(
        lpInterface, ulTableType, ulPropTagIndexColumn, lpSPropTagArrayOfColumns);
  }

  /** Does nothing: collected memory needs no call. Null is accepted. Source: MAPI "FreeProws". */
  public static void freeProws(SRowSet prows) {}

  /**
   * Does nothing: collected memory needs no call. Null is accepted. Source: MAPI "FreePadrlist".
   */
  public static void freePadrlist(ADRLIST padrlist) {}

  // Hexadecimal text and entry identifiers.

  /** Two upper-case digits a byte. Source: MAPI "HexFromBin". */
  public static String hexFromBin(Bytes pb) {
    return Hex.of(pb);
  }

  /**
   * Writes the bytes of a hexadecimal text. False, and nothing written, for any other text, an odd
   * number of digits, or too small an array. Source: MAPI "FBinFromHex".
   */
  public static boolean fBinFromHex(String sz, byte[] pb) {
    return Hex.parseInto(sz, pb, Integer.MAX_VALUE);
  }

  /**
   * Writes the bytes of a hexadecimal text if there are no more than {@code cb}.
   * MAPI_E_CALL_FAILED, and nothing written, for more (ADR 0020) or any other text. Source: MAPI
   * "ScBinFromHexBounded".
   */
  public static int scBinFromHexBounded(String sz, byte[] pb, int cb) {
    return Hex.parseInto(sz, pb, cb) ? S_OK : MAPI_E_CALL_FAILED;
  }

  /** An entry identifier as ASCII text. Source: MAPI "HrSzFromEntryID". */
  public static MapiResult<String> hrSzFromEntryID(Bytes pentry) {
    return Hex.fromEntryId(pentry);
  }

  /** The identifier of a text; MAPI_E_INVALID_ENTRYID. Source: MAPI "HrEntryIDFromSz". */
  public static MapiResult<Bytes> hrEntryIDFromSz(String sz) {
    return Hex.toEntryId(sz);
  }

  /**
   * A store's record key and an object's identifier in one; without a key a copy of the identifier.
   * Source: MAPI "HrComposeEID".
   *
   * @param psession not needed, since the key itself is joined (ADR 0020); may be null
   * @param pStoreRecordKey null or empty for an object that is in no store
   */
  public static MapiResult<Bytes> hrComposeEID(
      IMAPISession psession, Bytes pStoreRecordKey, Bytes pMsgEID) {
    return CompoundEID.compose(pStoreRecordKey, pMsgEID);
  }

  /**
   * What {@link #hrComposeEID} joined; for another identifier the store's part is null.
   * MAPI_E_INVALID_ENTRYID for a damaged one. Source: MAPI "HrDecomposeEID".
   */
  public static MapiResult<CompoundEID> hrDecomposeEID(IMAPISession psession, Bytes pEID) {
    return CompoundEID.decompose(pEID);
  }

  /** {@link #hrComposeEID}, then {@link #hrSzFromEntryID}. Source: MAPI "HrComposeMsgID". */
  public static MapiResult<String> hrComposeMsgID(
      IMAPISession psession, Bytes pStoreRecordKey, Bytes pMsgEID) {
    MapiResult<Bytes> eid = hrComposeEID(psession, pStoreRecordKey, pMsgEID);
    return eid.failed() ? MapiResult.error(eid.hr()) : hrSzFromEntryID(eid.value());
  }

  /** {@link #hrEntryIDFromSz}, then {@link #hrDecomposeEID}. Source: MAPI "HrDecomposeMsgID". */
  public static MapiResult<CompoundEID> hrDecomposeMsgID(IMAPISession psession, String szMsgID) {
    MapiResult<Bytes> eid = hrEntryIDFromSz(szMsgID);
    return eid.failed() ? MapiResult.error(eid.hr()) : hrDecomposeEID(psession, eid.value());
  }

  /**
   * A store's identifier with its provider's DLL, for use outside the provider; {@link
   * WrappedStoreEntryID#parse} takes it apart. Flags: MAPI_UNICODE. MAPI_E_BAD_CHARWIDTH for a name
   * that is not ASCII. Source: MAPI "WrapStoreEntryID".
   */
  public static MapiResult<Bytes> wrapStoreEntryID(
      int ulFlags, String szDLLName, Bytes lpOrigEntry) {
    return WrappedStoreEntryID.wrap(ulFlags, szDLLName, lpOrigEntry);
  }

  // Stores, objects and files.

  /**
   * Creates the standard folders that a store lacks and names them in its properties: Search Root,
   * IPM Subtree and Deleted Items; with MAPI_FULL_IPM_TREE also Inbox, Outbox, Sent Items, Folder
   * Views and Common Views. MAPI_FORCE_CREATE opens those that the store calls valid before it
   * believes it. A failure carries the store's error information. Source: MAPI
   * "HrValidateIPMSubtree".
   */
  public static MapiResult<ValidatedIPMSubtree> hrValidateIPMSubtree(IMsgStore lpMDB, int ulFlags) {
    return IpmSubtree.validate(lpMDB, ulFlags);
  }

  /**
   * A property data object; MAPI_E_INTERFACE_NOT_SUPPORTED for another interface than
   * IID_IMAPIPropData or null. Source: MAPI "CreateIProp".
   */
  public static MapiResult<IPropData> createIProp(Guid lpInterface) {
    return PropData.create(lpInterface);
  }

  /**
   * A stream over a file. Flags: SOF_UNIQUEFILENAME, STGM_CREATE, STGM_DELETEONRELEASE, STGM_READ,
   * STGM_READWRITE. MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_DISK_ERROR. Source: MAPI
   * "OpenStreamOnFile".
   *
   * @param lpszFileName the file; with SOF_UNIQUEFILENAME the folder of a new one; null for the
   *     folder of temporary files
   * @param lpszPrefix with SOF_UNIQUEFILENAME up to three characters that the name begins with;
   *     null for SOF
   */
  public static MapiResult<IStream> openStreamOnFile(
      int ulFlags, String lpszFileName, String lpszPrefix) {
    return FileStreams.open(ulFlags, lpszFileName, lpszPrefix);
  }

  /**
   * {@link #openStreamOnFile}; strings have one width in Java. Source: MAPI "OpenStreamOnFileW".
   */
  public static MapiResult<IStream> openStreamOnFileW(
      int ulFlags, String lpszFileName, String lpszPrefix) {
    return FileStreams.open(ulFlags, lpszFileName, lpszPrefix);
  }

  /**
   * A storage code as a MAPI code; MAPI_E_CALL_FAILED for others. Source: MAPI "MapStorageSCode".
   */
  public static int mapStorageSCode(int stgSCode) {
    return StorageCodes.map(stgSCode);
  }

  // Conversations and strings.

  /**
   * The conversation index of an answer, or of a first message when the parent is null or empty.
   * MAPI_E_INVALID_PARAMETER for a parent of impossible length. Source: MAPI
   * "ScCreateConversationIndex".
   */
  public static MapiResult<Bytes> scCreateConversationIndex(Bytes lpbParent) {
    return ConversationIndex.create(lpbParent, Clock.systemUTC(), CHANCE);
  }

  /** The same with time and chance handed in. Source: MAPI "ScCreateConversationIndex". */
  public static MapiResult<Bytes> scCreateConversationIndex(
      Bytes lpbParent, Clock clock, RandomGenerator chance) {
    return ConversationIndex.create(lpbParent, clock, chance);
  }

  /** The text from the first such character on; null when absent. Source: MAPI "SzFindCh". */
  public static String szFindCh(String lpsz, char ch) {
    return Sz.findCh(lpsz, ch);
  }

  /** The text from the last such character on; null when absent. Source: MAPI "SzFindLastCh". */
  public static String szFindLastCh(String lpsz, char ch) {
    return Sz.findLastCh(lpsz, ch);
  }

  /** The text from the first such part on; null when absent. Source: MAPI "SzFindSz". */
  public static String szFindSz(String lpsz, String lpszKey) {
    return Sz.findSz(lpsz, lpszKey);
  }

  /** The decimal digits at the start as an unsigned number; 0 for none. Source: MAPI "UFromSz". */
  public static int uFromSz(String lpsz) {
    return Sz.unsigned(lpsz);
  }

  // Validity: true means bad.

  /**
   * True for a type that MAPI does not define, or does not give to this identifier of its own.
   * Source: MAPI "FBadPropTag".
   */
  public static boolean fBadPropTag(int ulPropTag) {
    return Validity.badTag(ulPropTag);
  }

  /** True for null, a bad tag, or a multivalue without values. Source: MAPI "FBadProp". */
  public static boolean fBadProp(SPropValue lpprop) {
    return Validity.badProp(lpprop);
  }

  /**
   * True when a property in memory is bad: a Boolean neither TRUE nor FALSE, a NULL pointer with a
   * size, a pointer out of the block. Source: MAPI "FBadProp".
   */
  public static boolean fBadProp(PropBlock rgprop, int index) {
    return Validity.badProp(rgprop, index);
  }

  /** True for null, PT_ERROR or a bad tag; PT_NULL is valid. Source: MAPI "FBadColumnSet". */
  public static boolean fBadColumnSet(SPropTagArray lpptaCols) {
    return Validity.badColumns(lpptaCols);
  }

  /** True when a property of the row is bad. Source: MAPI "FBadRow". */
  public static boolean fBadRow(SRow lprow) {
    return Validity.badRow(lprow);
  }

  /** True for null or a bad row. Source: MAPI "FBadRowSet". */
  public static boolean fBadRowSet(SRowSet lpRowSet) {
    return Validity.badRowSet(lpRowSet);
  }

  /** True when the restriction or one within it is bad. Source: MAPI "FBadRestriction". */
  public static boolean fBadRestriction(SRestriction lpres) {
    return Validity.badRestriction(lpres);
  }

  /** True for an identifier shorter than flags and UID. Source: MAPI "FBadEntryList". */
  public static boolean fBadEntryList(ENTRYLIST lpEntryList) {
    return Validity.badEntryList(lpEntryList);
  }

  /**
   * True for a name without set, or with a kind that does not fit. Source: MAPI "FBadRglpNameID".
   */
  public static boolean fBadRglpNameID(List<MAPINAMEID> lppNameId) {
    return Validity.badNames(lppNameId);
  }

  /** True when a string is null. Source: MAPI "FBadRglpszW". */
  public static boolean fBadRglpszW(List<String> lppszW) {
    return Validity.badStrings(lppszW);
  }

  /**
   * True for impossible counts, a bad column or an unknown order. Source: MAPI "FBadSortOrderSet".
   */
  public static boolean fBadSortOrderSet(SSortOrderSet lpsos) {
    return Validity.badSort(lpsos);
  }

  // Initialisation, idle routines, refusals.

  /**
   * Succeeds: the functions need nothing before them. MAPI_E_UNKNOWN_FLAGS unless the flags are 0.
   * Source: MAPI "ScInitMapiUtil".
   */
  public static int scInitMapiUtil(int ulFlags) {
    return ulFlags == 0 ? S_OK : MAPI_E_UNKNOWN_FLAGS;
  }

  /** Undoes {@link #scInitMapiUtil}, which is nothing. Source: MAPI "DeinitMapiUtil". */
  public static void deinitMapiUtil() {}

  /**
   * Starts the idle engine, or counts one user more; 0, or 1 for an argument other than null.
   * Source: MAPI "MAPIInitIdle".
   */
  public static int mapiInitIdle(Object lpvReserved) {
    return IDLE.init(lpvReserved);
  }

  /**
   * One user less; the last one ends the engine and its routines. Source: MAPI "MAPIDeInitIdle".
   */
  public static void mapiDeInitIdle() {
    IDLE.deinit();
  }

  /**
   * Registers an idle routine; null before {@link #mapiInitIdle}, without a routine, or for
   * priority 0. Options: FIRODISABLED, FIROINTERVAL, FIROWAIT. Source: MAPI
   * "FtgRegisterIdleRoutine".
   *
   * @param csecIdle hundredths of a second: the interval between calls, or the wait before the
   *     first
   */
  public static FTG ftgRegisterIdleRoutine(
      FNIDLE pfnIdle, Object pvIdleParam, int priIdle, int csecIdle, int iroIdle) {
    return IDLE.register(pfnIdle, pvIdleParam, priIdle, csecIdle, iroIdle);
  }

  /** The routine is not called again. Source: MAPI "DeregisterIdleRoutine". */
  public static void deregisterIdleRoutine(FTG ftg) {
    IDLE.deregister(ftg);
  }

  /** Enables or disables a routine. Source: MAPI "EnableIdleRoutine". */
  public static void enableIdleRoutine(FTG ftg, boolean fEnable) {
    IDLE.enable(ftg, fEnable);
  }

  /** Changes what {@code ircIdle} (FIRC_ bits) names. Source: MAPI "ChangeIdleRoutine". */
  public static void changeIdleRoutine(
      FTG ftg,
      FNIDLE pfnIdle,
      Object pvIdleParam,
      int priIdle,
      int csecIdle,
      int iroIdle,
      int ircIdle) {
    IDLE.change(ftg, pfnIdle, pvIdleParam, priIdle, csecIdle, iroIdle, ircIdle);
  }

  /**
   * The path itself with S_FALSE when it is local already, MAPI_E_TOO_BIG unless it fits;
   * MAPI_E_NOT_FOUND for a UNC path, since no share is known. Source: MAPI "ScLocalPathFromUNC".
   */
  public static MapiResult<String> scLocalPathFromUNC(String szUNC, int cchLocal) {
    return NetworkPaths.local(szUNC, cchLocal);
  }

  /**
   * The path itself with S_FALSE when it is UNC already, MAPI_E_TOO_BIG unless it fits;
   * MAPI_E_INVALID_PARAMETER for a local path, since none is shared. Source: MAPI
   * "ScUNCFromLocalPath".
   */
  public static MapiResult<String> scUNCFromLocalPath(String szLocal, int cchUNC) {
    return NetworkPaths.unc(szLocal, cchUNC);
  }

  /**
   * Refuses: there are no Simple MAPI sessions, so no handle of one is usable.
   * MAPI_E_UNKNOWN_FLAGS, E_NOINTERFACE, MAPI_E_INVALID_PARAMETER, in this order. Source: MAPI
   * "ScMAPIXFromSMAPI".
   */
  public static MapiResult<IMAPISession> scMAPIXFromSMAPI(
      long lhSimpleSession, int ulFlags, Guid lpInterface) {
    if (ulFlags != 0) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    boolean known = lpInterface == null || lpInterface.equals(MapiGuid.IID_IMAPISession);
    return MapiResult.error(known ? MAPI_E_INVALID_PARAMETER : MAPI_E_INTERFACE_NOT_SUPPORTED);
  }
}
