/**
 * The Java-shaped side of the API: codes below, exceptions above. Written against api alone, so it
 * also serves a foreign store. Uses api and types; free of threads.
 */
@CheckReturnValue
package org.mapi4j.client;

import com.google.errorprone.annotations.CheckReturnValue;
