/**
 * A shard in the heap: for tests, for stores that need not last, and as the model the other engines
 * are compared with. Uses spi and types. Commits and reads run on the caller's thread under one
 * lock; there is no I/O.
 */
@CheckReturnValue
package org.mapi4j.engine.memory;

import com.google.errorprone.annotations.CheckReturnValue;
