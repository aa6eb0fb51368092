/**
 * MAPI's helper functions under their own names: {@link org.mapi4j.util.MapiUtil} has all of them,
 * the other classes hold their topics. Uses api, types, and table for CreateTable. The functions
 * keep no state but the idle engine's, and may be called from any thread.
 *
 * <p>What C does with memory has these forms in Java: an array and its count are one list; a NULL
 * output is null; functions that free do nothing, since collected memory needs no call; and {@link
 * org.mapi4j.util.PropBlock} is the one block of memory of ScCopyProps and ScRelocProps, byte for
 * byte as on x64.
 *
 * <p>Sources: the pages of the functions in the MAPI reference; mapiutil.h, mapival.h, mapidefs.h.
 * Where the pages are silent or differ: ADR 0020.
 */
@CheckReturnValue
package org.mapi4j.util;

import com.google.errorprone.annotations.CheckReturnValue;
