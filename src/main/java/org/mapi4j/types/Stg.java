package org.mapi4j.types;

/**
 * Constants of COM's structured storage that MAPI's streams use: modes, origins, codes. Source:
 * objidl.h, coml2api.h, winerror.h.
 */
public final class Stg {
  /** Read only. */
  public static final int STGM_READ = 0;

  /** Write only; MAPI streams are then readable too. */
  public static final int STGM_WRITE = 1;

  /** Read and write. */
  public static final int STGM_READWRITE = 2;

  /** Create, discarding what exists. */
  public static final int STGM_CREATE = 0x1000;

  /** Changes count at Commit only. */
  public static final int STGM_TRANSACTED = 0x10000;

  /** Nobody else may open it. */
  public static final int STGM_SHARE_EXCLUSIVE = 0x10;

  /** Nobody else may write it. */
  public static final int STGM_SHARE_DENY_WRITE = 0x20;

  /** Others may do anything. */
  public static final int STGM_SHARE_DENY_NONE = 0x40;

  /** The file goes with its stream. */
  public static final int STGM_DELETEONRELEASE = 0x4000000;

  /** Seek from the start. */
  public static final int STREAM_SEEK_SET = 0;

  /** Seek from the present position. */
  public static final int STREAM_SEEK_CUR = 1;

  /** Seek from the end. */
  public static final int STREAM_SEEK_END = 2;

  /** Stat without the name. */
  public static final int STATFLAG_NONAME = 1;

  /** STATSTG.type of a stream. */
  public static final int STGTY_STREAM = 2;

  /** Commit: default. */
  public static final int STGC_DEFAULT = 0;

  /** The stream has no such function. */
  public static final int STG_E_INVALIDFUNCTION = 0x80030001;

  /** No such file. */
  public static final int STG_E_FILENOTFOUND = 0x80030002;

  /** The stream may not be written. */
  public static final int STG_E_ACCESSDENIED = 0x80030005;

  /** Too little memory. */
  public static final int STG_E_INSUFFICIENTMEMORY = 0x80030008;

  /** A pointer is NULL. */
  public static final int STG_E_INVALIDPOINTER = 0x80030009;

  /** Writing failed. */
  public static final int STG_E_WRITEFAULT = 0x8003001D;

  /** Reading failed. */
  public static final int STG_E_READFAULT = 0x8003001E;

  /** Too little disk, or beyond the size limit. */
  public static final int STG_E_MEDIUMFULL = 0x80030070;

  /** A parameter is out of range. */
  public static final int STG_E_INVALIDPARAMETER = 0x80030057;

  /** A flag that does not exist. */
  public static final int STG_E_INVALIDFLAG = 0x800300FF;

  /** The object behind the stream is gone. */
  public static final int STG_E_REVERTED = 0x80030102;

  /** What the stream reads from is damaged. */
  public static final int STG_E_DOCFILECORRUPT = 0x80030109;

  private Stg() {}
}
