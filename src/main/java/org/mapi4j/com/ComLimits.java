package org.mapi4j.com;

/**
 * Bounds of what the bridge reads from native callers. A count beyond one is refused before
 * anything is read or allocated: MAPI_E_INVALID_PARAMETER, for restrictions MAPI_E_TOO_COMPLEX.
 *
 * @param elementsMax elements of one array: properties, tags, rows, entry identifiers, values of a
 *     multivalued property, guids, names
 * @param bytesMax bytes of one binary value, entry identifier or stream buffer
 * @param textUnitsMax units of one string, its NUL not counted
 * @param restrictionDepthMax levels of a restriction
 * @param restrictionNodesMax nodes of a restriction
 * @param callBytesMax bytes that one call copies in altogether
 */
record ComLimits(
    int elementsMax,
    int bytesMax,
    int textUnitsMax,
    int restrictionDepthMax,
    int restrictionNodesMax,
    long callBytesMax) {
  static final ComLimits DEFAULT = new ComLimits(1 << 20, 1 << 30, 1 << 28, 256, 100_000, 1L << 31);
}
