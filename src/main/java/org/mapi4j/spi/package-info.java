/**
 * What a storage engine must do: an ordered, transactional key-value shard with preconditions. A
 * shard is one store, the unit of atomicity and order. Expected outcomes are values, faults are
 * {@link org.mapi4j.spi.StorageFault}. Uses types only.
 *
 * <p>Threads: every method may be called from any thread, also an interrupted one: the engine works
 * on threads of its own (or without I/O), the call completes with its true result, and the caller's
 * interrupt flag stays set.
 */
@CheckReturnValue
package org.mapi4j.spi;

import com.google.errorprone.annotations.CheckReturnValue;
