/**
 * Values of MAPI: property values, tags, names, entry identifiers, restrictions, sort orders, rows,
 * results; and the constants with their names, generated from the data files of {@code
 * org/mapi4j/spec}. Uses the JDK only. Everything here is immutable and free of threads, but for
 * {@link org.mapi4j.types.Uncaught}, which every part needs. HRESULTs, tags and flags are {@code
 * int}, as in the headers.
 *
 * <p>Sources: the pages of the MAPI structures and of "Property Types"; mapidefs.h, mapicode.h,
 * mapitags.h, mapiguid.h.
 */
@CheckReturnValue
package org.mapi4j.types;

import com.google.errorprone.annotations.CheckReturnValue;
