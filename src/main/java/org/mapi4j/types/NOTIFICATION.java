package org.mapi4j.types;

import java.util.List;

/**
 * An event as an advise sink sees it, one record per structure of the union. Source: MAPI
 * "NOTIFICATION".
 */
public sealed interface NOTIFICATION {
  /** The fnev code of the event. */
  int ulEventType();

  /** fnevCriticalError. */
  record ERROR_NOTIFICATION(Bytes lpEntryID, int scode, int ulFlags, MAPIERROR lpMAPIError)
      implements NOTIFICATION {
    @Override
    public int ulEventType() {
      return MapiDefs.fnevCriticalError;
    }
  }

  /** fnevNewMail. */
  record NEWMAIL_NOTIFICATION(
      Bytes lpEntryID, Bytes lpParentID, int ulFlags, String lpszMessageClass, int ulMessageFlags)
      implements NOTIFICATION {
    @Override
    public int ulEventType() {
      return MapiDefs.fnevNewMail;
    }
  }

  /**
   * fnevObjectCreated, Deleted, Modified, Moved, Copied, and fnevSearchComplete. Identifiers that
   * an event does not have are null.
   */
  record OBJECT_NOTIFICATION(
      int ulEventType,
      Bytes lpEntryID,
      int ulObjType,
      Bytes lpParentID,
      Bytes lpOldID,
      Bytes lpOldParentID,
      SPropTagArray lpPropTagArray)
      implements NOTIFICATION {}

  /** fnevTableModified. */
  record TABLE_NOTIFICATION(
      int ulTableEvent, int hResult, SPropValue propIndex, SPropValue propPrior, SRow row)
      implements NOTIFICATION {
    @Override
    public int ulEventType() {
      return MapiDefs.fnevTableModified;
    }
  }

  /** fnevExtended. */
  record EXTENDED_NOTIFICATION(int ulEvent, Bytes pbEventParameters) implements NOTIFICATION {
    @Override
    public int ulEventType() {
      return MapiDefs.fnevExtended;
    }
  }

  /** fnevStatusObjectModified. */
  record STATUS_OBJECT_NOTIFICATION(Bytes lpEntryID, List<SPropValue> lpPropVals)
      implements NOTIFICATION {
    /** Keeps its own copy of the list. */
    public STATUS_OBJECT_NOTIFICATION {
      lpPropVals = List.copyOf(lpPropVals);
    }

    @Override
    public int ulEventType() {
      return MapiDefs.fnevStatusObjectModified;
    }
  }
}
