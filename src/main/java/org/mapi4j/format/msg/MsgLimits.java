package org.mapi4j.format.msg;

/**
 * Named limits of reading a .msg, checked before anything of that size is allocated. Exceeding one
 * is a {@link FormatException}.
 *
 * @param directoryEntriesMax streams and storages of the file
 * @param storageDepthMax storages within storages
 * @param propertiesMax properties of one object
 * @param valueBytesMax a value held in memory; larger strings and binaries are streams, larger
 *     values of other types are refused
 * @param objectBytesMax an OLE object kept as a storage; it is copied in memory
 * @param recipientsMax recipients of one message
 * @param attachmentsMax attachments of one message
 * @param embeddingDepthMax messages within messages
 */
public record MsgLimits(
    int directoryEntriesMax,
    int storageDepthMax,
    int propertiesMax,
    int valueBytesMax,
    int objectBytesMax,
    int recipientsMax,
    int attachmentsMax,
    int embeddingDepthMax) {
  /** The limits unless others are given. */
  public static final MsgLimits DEFAULT =
      new MsgLimits(500_000, 200, 10_000, 64 << 10, 64 << 20, 100_000, 10_000, 32);

  /** Bytes of a multivalued property together; it is always held in memory. */
  int multiValueBytesMax() {
    return 64 * valueBytesMax;
  }
}
