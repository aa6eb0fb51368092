package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import org.mapi4j.spi.StorageFault;

/** Storage faults as HRESULTs. */
final class Faults {
  private Faults() {}

  static int toHResult(StorageFault fault) {
    if (fault instanceof StorageFault.DiskFull) {
      return MAPI_E_NOT_ENOUGH_DISK;
    }
    if (fault instanceof StorageFault.ReadOnly) {
      return MAPI_E_NO_ACCESS;
    }
    if (fault instanceof StorageFault.Damaged) {
      return MAPI_E_CORRUPT_DATA;
    }
    if (fault instanceof StorageFault.NewerFormat) {
      return MAPI_E_VERSION;
    }
    if (fault instanceof StorageFault.TooLarge) {
      return MAPI_E_TOO_BIG;
    }
    if (fault instanceof StorageFault.OutcomeUnknown || fault instanceof StorageFault.Unreachable) {
      return MAPI_E_NETWORK_ERROR;
    }
    if (fault instanceof StorageFault.Closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    if (fault instanceof FolderObject.Gone) {
      return MAPI_E_OBJECT_DELETED;
    }
    return MAPI_E_CALL_FAILED;
  }
}
