package org.mapi4j.types;

/**
 * What an object knows of its last failure. Source: MAPI "MAPIERROR".
 *
 * @param ulVersion always 0
 * @param lpszError what went wrong, for people; may be null
 * @param lpszComponent the component that failed; may be null
 * @param ulLowLevelError a code of the component underneath, or 0
 * @param ulContext identifies the place within the component
 */
public record MAPIERROR(
    int ulVersion, String lpszError, String lpszComponent, int ulLowLevelError, int ulContext) {}
