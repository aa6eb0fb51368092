package org.mapi4j.options;

/**
 * Named limits of a store. Exceeding one is a documented refusal, never a cut value.
 *
 * @param getPropsBytesMax a value that GetProps gives whole; larger ones are
 *     PT_ERROR/MAPI_E_NOT_ENOUGH_MEMORY and a stream
 * @param columnBytesMax a value that a table column gives whole
 * @param inlineBytesMax a value kept in the message's own row; larger ones are chunks
 * @param streamBytesMax bytes of one stream (STG_E_MEDIUMFULL)
 * @param recipientsMax recipients of a message (MAPI_E_TOO_BIG)
 * @param attachmentsMax attachments of a message (MAPI_E_TOO_BIG)
 * @param propertiesMax properties of an object (problem MAPI_E_TOO_BIG)
 * @param embeddingDepthMax messages within messages (MAPI_E_TOO_COMPLEX)
 * @param namesMax names of the mapping: 0x8000 to 0xFFFE
 * @param folderDepthMax folders within folders (MAPI_E_TOO_COMPLEX)
 */
public record StoreLimits(
    int getPropsBytesMax,
    int columnBytesMax,
    int inlineBytesMax,
    long streamBytesMax,
    int recipientsMax,
    int attachmentsMax,
    int propertiesMax,
    int embeddingDepthMax,
    int namesMax,
    int folderDepthMax) {
  /** The limits unless others are given. */
  public static final StoreLimits DEFAULT =
      new StoreLimits(
          1 << 20, 32 << 10, 8 << 10, 1L << 40, 100_000, 10_000, 10_000, 32, 0x7FFF, 200);
}
