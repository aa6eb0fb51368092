package org.mapi4j.api;

/** Outputs of an OpenEntry: the object type (MAPI_FOLDER, MAPI_MESSAGE …) and the object. */
public record OpenedEntry(int lpulObjType, IUnknown lppUnk) {}
