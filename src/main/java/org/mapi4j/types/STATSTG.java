package org.mapi4j.types;

/**
 * What IStream::Stat tells. Source: COM "STATSTG".
 *
 * @param pwcsName the name, null with STATFLAG_NONAME or where there is none
 * @param type STGTY_STREAM
 * @param cbSize size, bytes
 * @param mtime last change, or null
 * @param ctime creation, or null
 * @param atime last access, or null
 * @param grfMode STGM_ mode it was opened with
 * @param grfLocksSupported kinds of locks; 0 where LockRegion is refused
 */
public record STATSTG(
    String pwcsName,
    int type,
    long cbSize,
    FILETIME mtime,
    FILETIME ctime,
    FILETIME atime,
    int grfMode,
    int grfLocksSupported) {}
