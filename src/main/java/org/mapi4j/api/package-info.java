/**
 * The interfaces of MAPI, one per interface, same names, same methods in vtable order: a C line
 * becomes one Java line. A method without outputs returns its HRESULT; one with outputs returns
 * {@link org.mapi4j.types.MapiResult}, whose value is the only output or a record of the outputs in
 * C order. No method throws for a MAPI condition. Parameters keep C order; a count and its pointer
 * are one value, an absent pointer is null or a named constant such as {@link
 * org.mapi4j.api.IMAPIProp#ALL_PROPS}. {@code close()} is Release. Uses types only.
 *
 * <p>Threads: an object may be used from any thread; calls on one object are serialised by it
 * unless its interface says otherwise.
 *
 * <p>Sources: the pages of the interfaces in the MAPI reference; {@code
 * org/mapi4j/spec/vtables.tsv}.
 */
@CheckReturnValue
package org.mapi4j.api;

import com.google.errorprone.annotations.CheckReturnValue;
