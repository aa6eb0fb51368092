/**
 * The Java-shaped side of the API: codes below, exceptions above. Typed keys, Optional for what may
 * be absent, Iterable tables, Java streams over properties; one unchecked exception that carries
 * the HRESULT; warnings as result objects. Written against api alone, so it also drives a foreign
 * store. Uses api and types.
 *
 * <p>Everything here is a thin wrapper whose MAPI object is one call away ({@code object()}), so
 * the two styles mix. Wrappers are as free of threads as what they wrap; tables are read in pages.
 *
 * <pre>
 * try (Folder inbox = store.inbox()) {
 *   for (Row row : inbox.messages(Tags.SUBJECT)) {
 *     String subject = row.get(Tags.SUBJECT).orElse("");
 *     …
 *   }
 * }
 * </pre>
 *
 * <p>Sources: the pages of the interfaces it wraps.
 */
@CheckReturnValue
package org.mapi4j.client;

import com.google.errorprone.annotations.CheckReturnValue;
