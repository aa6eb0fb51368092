package org.mapi4j.types;

/**
 * One sort key. Source: MAPI "SSortOrder".
 *
 * @param ulPropTag the column
 * @param ulOrder TABLE_SORT_ASCEND, TABLE_SORT_DESCEND, TABLE_SORT_COMBINE, or a category order
 */
public record SSortOrder(int ulPropTag, int ulOrder) {}
