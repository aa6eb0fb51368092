package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The eleven IMAPIProp methods over whatever an object keeps its properties in. A subclass says
 * what is stored, what is computed, whether it may be written, and how changes are taken in.
 */
abstract class PropObject extends MapiObject implements IMAPIProp {
  private static final int OPEN_PROPERTY_FLAGS = MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS;
  private static final int SAVE_FLAGS =
      KEEP_OPEN_READONLY
          | KEEP_OPEN_READWRITE
          | FORCE_SAVE
          | MAPI_DEFERRED_ERRORS
          | SPAMFILTER_ONSAVE
          | NON_EMS_XP_SAVE;

  private final OpenStreams streams = new OpenStreams();

  PropObject(StoreCore core, ReentrantLock lock) {
    super(core, lock);
  }

  /**
   * The computed property of an identifier, bound to this object; null when it is an ordinary one.
   */
  abstract Computed.Bound computed(int id);

  /** Every computed property of this kind of object. */
  abstract List<Computed.Bound> allComputed();

  /** The kept property with an identifier, or null. */
  abstract Stored stored(int id);

  abstract void forEachStored(Consumer<Stored> action);

  /** True when properties may be changed through this object. */
  abstract boolean canWrite();

  /** Something goes on reading large values that were stored: they stay until the last Release. */
  void keepLarge() {}

  /** Reads and takes in large values. */
  abstract BlobSpace blobs();

  /**
   * Takes in what a call set and deleted: at once on stores and folders, as pending edits on
   * messages and attachments.
   */
  abstract int apply(List<Stored> put, List<Integer> deletedIds);

  /** The direct streams that are open for writing. */
  final OpenStreams streams() {
    return streams;
  }

  /** True when what is set counts at once, false when it is an edit until the object's save. */
  boolean countsAtOnce() {
    return true;
  }

  /** A failure when the object could not take in this property, of whatever value. */
  int roomFor(int tag) {
    return S_OK;
  }

  /** A direct stream was written, or a transacted one committed: the object has an edit. */
  void edited() {}

  /** Takes in a change that was made past the direct streams, and shows it to them. */
  private int change(List<Stored> put, List<Integer> deletedIds) {
    int hr = apply(put, deletedIds);
    if (hr >= 0) {
      streams.show(put, deletedIds);
    }
    return hr;
  }

  /**
   * Opens a property that is no plain value; null leaves it to the stream. Flags and interface were
   * checked.
   */
  abstract MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags);

  /** S_OK when the subobjects of a copy fit the destination; checked before anything is written. */
  int checkSubobjects(IMAPIProp target, PropCopy.Subobjects chosen) {
    return S_OK;
  }

  /**
   * Copies recipients, attachments, folders, messages: what CopyTo and CopyProps take along. Called
   * without the lock.
   */
  abstract int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress);

  /** True when another interface pointer is this object. */
  boolean sameObject(IMAPIProp other) {
    return other == this;
  }

  /** SaveChanges with flags that were checked. Called without the lock. */
  abstract int save(int flags);

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    return lastError(hResult, ulFlags);
  }

  @Override
  public final int saveChanges(int ulFlags) {
    if (isClosed()) {
      return MAPI_E_INVALID_OBJECT;
    }
    return core.unknownFlags(ulFlags, SAVE_FLAGS)
        ? because(MAPI_E_UNKNOWN_FLAGS, "SaveChanges: flags 0x%08X".formatted(ulFlags))
        : save(ulFlags);
  }

  @Override
  public MapiResult<List<SPropValue>> getProps(SPropTagArray lpPropTagArray, int ulFlags) {
    return query(
        () -> {
          if (core.unknownFlags(ulFlags, MAPI_UNICODE)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          if (lpPropTagArray != ALL_PROPS && lpPropTagArray.isEmpty()) {
            return MapiResult.error(
                because(MAPI_E_INVALID_PARAMETER, "GetProps: a tag array without tags"));
          }
          boolean unicode = (ulFlags & MAPI_UNICODE) != 0;
          SPropTagArray tags =
              lpPropTagArray == ALL_PROPS ? PropReading.tags(this, unicode, false) : lpPropTagArray;
          List<SPropValue> values = new ArrayList<>(tags.size());
          int hr = S_OK;
          for (int i = 0; i < tags.size(); i++) {
            SPropValue value = PropReading.read(this, tags.get(i), unicode);
            if (value.isError()) {
              hr = MAPI_W_ERRORS_RETURNED;
            }
            values.add(value);
          }
          return MapiResult.of(hr, Collections.unmodifiableList(values));
        });
  }

  @Override
  public MapiResult<SPropTagArray> getPropList(int ulFlags) {
    return query(
        () ->
            core.unknownFlags(ulFlags, MAPI_UNICODE)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : MapiResult.ok(PropReading.tags(this, (ulFlags & MAPI_UNICODE) != 0, true)));
  }

  /** False for a property that names this one object: CopyTo leaves it out. */
  boolean isCopied(int tag) {
    return true;
  }

  @Override
  public MapiResult<IUnknown> openProperty(
      int ulPropTag, Guid lpiid, int ulInterfaceOptions, int ulFlags) {
    return query(
        () -> {
          if (lpiid == null
              || PropTag.type(ulPropTag) == PT_UNSPECIFIED
              || PropTag.type(ulPropTag) == PT_NULL) {
            return MapiResult.error(
                because(
                    MAPI_E_INVALID_PARAMETER,
                    "OpenProperty needs an interface and a tag with a type"));
          }
          if (core.unknownFlags(ulFlags, OPEN_PROPERTY_FLAGS)) {
            return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
          }
          int flags = (ulFlags & MAPI_CREATE) != 0 ? ulFlags | MAPI_MODIFY : ulFlags;
          MapiResult<IUnknown> object = openObject(ulPropTag, lpiid, ulInterfaceOptions, flags);
          return object != null
              ? object
              : StreamOpening.open(this, ulPropTag, lpiid, ulInterfaceOptions, flags);
        });
  }

  @Override
  public MapiResult<List<SPropProblem>> setProps(List<SPropValue> lpPropArray) {
    return query(
        () -> {
          if (lpPropArray == null || lpPropArray.isEmpty()) {
            return MapiResult.error(because(MAPI_E_INVALID_PARAMETER, "SetProps: no property"));
          }
          for (SPropValue prop : lpPropArray) {
            if (prop == null
                || prop.type() == PT_OBJECT
                || prop.value() instanceof List<?> values && values.isEmpty()) {
              return MapiResult.error(because(MAPI_E_INVALID_PARAMETER, "SetProps: " + prop));
            }
          }
          List<SPropProblem> problems = new ArrayList<>();
          List<Stored> accepted = new ArrayList<>();
          for (int i = 0; i < lpPropArray.size(); i++) {
            SPropValue prop = lpPropArray.get(i);
            if (prop.type() != PT_NULL && !prop.isError()) {
              int scode = canWrite() ? accept(prop, accepted) : MAPI_E_NO_ACCESS;
              if (scode != S_OK) {
                problems.add(new SPropProblem(i, prop.ulPropTag(), scode));
              }
            }
          }
          int hr = accepted.isEmpty() ? S_OK : change(accepted, List.of());
          return hr < 0 ? MapiResult.error(hr) : MapiResult.of(hr, List.copyOf(problems));
        });
  }

  private int accept(SPropValue prop, List<Stored> accepted) {
    if (!PropType.isDefined(prop.type())
        || prop.id() == PROP_ID_NULL
        || prop.id() == PROP_ID_INVALID) {
      return MAPI_E_INVALID_TYPE;
    }
    Computed.Bound computed = computed(prop.id());
    if (computed != null) {
      return computed.set(prop);
    }
    if (!FixedTypes.allows(prop.ulPropTag())) {
      return MAPI_E_UNEXPECTED_TYPE;
    }
    accepted.add(LargeValues.keep(prop, blobs(), core.limits().inlineBytesMax()));
    return S_OK;
  }

  @Override
  public MapiResult<List<SPropProblem>> deleteProps(SPropTagArray lpPropTagArray) {
    return query(
        () -> {
          if (lpPropTagArray == null || lpPropTagArray.isEmpty()) {
            return MapiResult.error(because(MAPI_E_INVALID_PARAMETER, "DeleteProps: no tag"));
          }
          if (!canWrite()) {
            return MapiResult.error(MAPI_E_NO_ACCESS);
          }
          List<SPropProblem> problems = new ArrayList<>();
          List<Integer> deleted = new ArrayList<>();
          for (int i = 0; i < lpPropTagArray.size(); i++) {
            int tag = lpPropTagArray.get(i);
            int scode = deletable(tag);
            if (scode == S_OK) {
              deleted.add(PropTag.id(tag));
            } else {
              problems.add(new SPropProblem(i, tag, scode));
            }
          }
          int hr = deleted.isEmpty() ? S_OK : change(List.of(), deleted);
          return hr < 0 ? MapiResult.error(hr) : MapiResult.of(hr, List.copyOf(problems));
        });
  }

  /**
   * S_OK when DeleteProps may remove the property, else the problem. A missing one:
   * MAPI_E_NOT_FOUND.
   */
  int deletable(int tag) {
    int id = PropTag.id(tag);
    if (computed(id) != null) {
      return MAPI_E_COMPUTED;
    }
    return stored(id) == null ? MAPI_E_NOT_FOUND : S_OK;
  }

  @Override
  public MapiResult<List<SPropProblem>> copyTo(
      List<Guid> rgiidExclude,
      SPropTagArray lpExcludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags) {
    return queryUnlocked(
        () -> {
          try (ProgressDialog shown = shown(ulUIParam, lpProgress, ulFlags)) {
            return new PropCopy(this, shown.progress(), lpInterface, lpDestObj, ulFlags)
                .copyTo(rgiidExclude, lpExcludeProps);
          }
        });
  }

  @Override
  public MapiResult<List<SPropProblem>> copyProps(
      SPropTagArray lpIncludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags) {
    return queryUnlocked(
        () -> {
          try (ProgressDialog shown = shown(ulUIParam, lpProgress, ulFlags)) {
            return new PropCopy(this, shown.progress(), lpInterface, lpDestObj, ulFlags)
                .copyProps(lpIncludeProps);
          }
        });
  }

  private ProgressDialog shown(long window, IMAPIProgress given, int flags) {
    return ProgressDialog.of(core, (flags & MAPI_DIALOG) != 0, window, given);
  }

  @Override
  public MapiResult<NamesFromIDs> getNamesFromIDs(
      SPropTagArray lppPropTags, Guid lpPropSetGuid, int ulFlags) {
    return query(
        () ->
            core.unknownFlags(ulFlags, MAPI_NO_IDS | MAPI_NO_STRINGS)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : core.names().namesOf(lppPropTags, lpPropSetGuid, ulFlags));
  }

  @Override
  public MapiResult<SPropTagArray> getIDsFromNames(List<MAPINAMEID> lppPropNames, int ulFlags) {
    return query(
        () ->
            core.unknownFlags(ulFlags, MAPI_CREATE)
                ? MapiResult.error(MAPI_E_UNKNOWN_FLAGS)
                : core.names().idsOf(lppPropNames, (ulFlags & MAPI_CREATE) != 0));
  }

  /** PT_OBJECT properties: never copied by value. */
  static boolean isObject(int tag) {
    return PropTag.type(tag) == PT_OBJECT;
  }
}
