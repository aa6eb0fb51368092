/**
 * Advise sinks, whoever they are registered with: {@link org.mapi4j.advise.Connections} numbers
 * them, a {@link org.mapi4j.advise.SinkQueue} tells each what is offered to it, on the threads of
 * {@link org.mapi4j.advise.SinkThreads}, or on a thread of the store's that has nothing else to do
 * ({@link org.mapi4j.advise.Relay}). Knows nothing of stores and tables. Uses api and types.
 *
 * <p>Threads: any; a sink is called with no lock held.
 *
 * <p>Sources: the pages of "IMsgStore::Advise", "IMAPITable::Advise", "Supporting Event
 * Notification"; ADR 0061.
 */
@CheckReturnValue
package org.mapi4j.advise;

import com.google.errorprone.annotations.CheckReturnValue;
