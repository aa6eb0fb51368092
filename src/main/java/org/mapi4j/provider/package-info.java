/**
 * MAPI's rules over a storage shard: store, folders, messages, their transactions and conflicts,
 * streams, computed properties, the named-property map; and the provider that a host's MAPI logs on
 * to, with its configuration. Uses api, options, spi, table and types; knows no engine. Public are
 * {@code StoreSession}, {@code StoreProvider}, {@code StoreService} and the {@code StoreOpener}
 * that the wiring hands to them.
 *
 * <p>Threads: every object may be used from any thread. A message and all that was opened through
 * it share one lock. A folder or store has one for its own properties alone: opening, creating,
 * copying, moving and deleting what lies in it hold none, since they are commits, and two copies in
 * opposite directions must not wait for each other. No lock is held while a {@link
 * org.mapi4j.options.ConflictHandler} runs. A provider takes one logon after the other.
 *
 * <p>Sources: the MAPI reference of the interfaces; "Supporting Multiple Client Access to Messages
 * in Message Stores"; ADR 0031 for the conflict rule.
 */
@CheckReturnValue
package org.mapi4j.provider;

import com.google.errorprone.annotations.CheckReturnValue;
