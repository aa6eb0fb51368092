package org.mapi4j.api;

/** Outputs of an OpenStatusEntry: MAPI_STATUS, and the status object. */
public record OpenedStatus(int lpulObjType, IMAPIStatus lppEntry) {}
