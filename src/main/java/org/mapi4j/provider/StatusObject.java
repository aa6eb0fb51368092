package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPIStatus;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The state of a logon: the properties of its status row, read-only. Of the four methods a store
 * without passwords, queues and dialogs has ValidateState, as PR_RESOURCE_METHODS says. Source:
 * MAPI "Status Object Implementation".
 */
final class StatusObject extends PropObject implements IMAPIStatus {
  /** PR_RESOURCE_METHODS. */
  static final int METHODS = STATUS_VALIDATE_STATE;

  private static final Set<Guid> INTERFACES =
      Set.of(MapiGuid.IID_IMAPIStatus, MapiGuid.IID_IMAPIProp);

  /** What a connection of a transport can be asked to do. */
  private static final int TRANSPORT_WORK =
      FORCE_XP_CONNECT
          | FORCE_XP_DISCONNECT
          | PROCESS_XP_HEADER_CACHE
          | REFRESH_XP_HEADER_CACHE
          | SHOW_XP_SESSION_UI;

  private static final int VALIDATE_FLAGS =
      SUPPRESS_UI | CONFIG_CHANGED | ABORT_XP_HEADER_OPERATION | TRANSPORT_WORK;

  private static final Computed<StatusObject> HANDLERS =
      new Computed<StatusObject>()
          .add(PR_OBJECT_TYPE, status -> MAPI_STATUS)
          .add(PR_DISPLAY_NAME_W, status -> status.logon.displayName())
          .add(PR_PROVIDER_DISPLAY_W, status -> LogonConfig.PROVIDER_DISPLAY)
          .add(PR_PROVIDER_DLL_NAME_W, status -> status.logon.config().dllName())
          .add(PR_RESOURCE_FLAGS, status -> status.logon.config().resourceFlags())
          .add(PR_RESOURCE_METHODS, status -> METHODS)
          .add(PR_RESOURCE_TYPE, status -> MAPI_STORE_PROVIDER)
          .add(PR_STATUS_CODE, status -> STATUS_AVAILABLE)
          .add(PR_STORE_RECORD_KEY, status -> status.core.uid())
          .add(PR_ACCESS_LEVEL, status -> 0);

  private final StoreLogon logon;
  private final BlobSpace blobs;

  StatusObject(StoreLogon logon) {
    super(logon.core, new ReentrantLock());
    this.logon = logon;
    this.blobs = new BlobSpace(logon.core);
  }

  /** The columns of the status row that a provider gives; MAPI adds the others. */
  static List<SPropValue> row(StoreLogon logon) {
    return List.of(
        new SPropValue(PR_DISPLAY_NAME_W, logon.displayName()),
        new SPropValue(PR_PROVIDER_DISPLAY_W, LogonConfig.PROVIDER_DISPLAY),
        new SPropValue(PR_RESOURCE_METHODS, METHODS),
        new SPropValue(PR_STATUS_CODE, STATUS_AVAILABLE),
        new SPropValue(PR_STORE_RECORD_KEY, logon.core.uid()));
  }

  @Override
  Set<Guid> interfaces() {
    return INTERFACES;
  }

  @Override
  public int validateState(long ulUIParam, int ulFlags) {
    return call(
        () -> {
          if (core.unknownFlags(ulFlags, VALIDATE_FLAGS)) {
            return MAPI_E_UNKNOWN_FLAGS;
          }
          if ((ulFlags & TRANSPORT_WORK) != 0) {
            return because(MAPI_E_NO_SUPPORT, "ValidateState: a store has no connection");
          }
          // Reads from the engine, past every cache: the state is what the disk says.
          boolean present = core.shard().get(Keys.store()).isPresent();
          if (!present) {
            return because(MAPI_E_CORRUPT_STORE, "ValidateState: the store's own row is missing");
          }
          return (ulFlags & CONFIG_CHANGED) != 0
              ? logon.support().spoolerNotify(NOTIFY_CONFIG_CHANGE, null)
              : S_OK;
        });
  }

  @Override
  public int settingsDialog(long ulUIParam, int ulFlags) {
    return call(() -> because(MAPI_E_NO_SUPPORT, "SettingsDialog: the provider has no dialog"));
  }

  @Override
  public int changePassword(String lpOldPass, String lpNewPass, int ulFlags) {
    return call(() -> because(MAPI_E_NO_SUPPORT, "ChangePassword: a store has no password"));
  }

  @Override
  public int flushQueues(long ulUIParam, Bytes lpTargetTransport, int ulFlags) {
    return call(() -> because(MAPI_E_NO_SUPPORT, "FlushQueues: a store is no transport"));
  }

  @Override
  public MapiResult<NamesFromIDs> getNamesFromIDs(
      SPropTagArray lppPropTags, Guid lpPropSetGuid, int ulFlags) {
    return query(() -> MapiResult.error(MAPI_E_NO_SUPPORT));
  }

  @Override
  public MapiResult<SPropTagArray> getIDsFromNames(List<MAPINAMEID> lppPropNames, int ulFlags) {
    return query(() -> MapiResult.error(MAPI_E_NO_SUPPORT));
  }

  @Override
  Computed.Bound computed(int id) {
    return HANDLERS.bind(id, this);
  }

  @Override
  List<Computed.Bound> allComputed() {
    return HANDLERS.bind(this);
  }

  @Override
  Stored stored(int id) {
    return null;
  }

  @Override
  void forEachStored(Consumer<Stored> action) {}

  @Override
  boolean canWrite() {
    return false;
  }

  @Override
  BlobSpace blobs() {
    return blobs;
  }

  @Override
  int apply(List<Stored> put, List<Integer> deletedIds) {
    return MAPI_E_NO_ACCESS;
  }

  @Override
  MapiResult<IUnknown> openObject(int tag, Guid iid, int options, int flags) {
    return null;
  }

  @Override
  int copySubobjects(
      IMAPIProp target, PropCopy.Subobjects chosen, int flags, IMAPIProgress progress) {
    return S_OK;
  }

  @Override
  int save(int flags) {
    return call(() -> MAPI_E_NO_ACCESS);
  }
}
