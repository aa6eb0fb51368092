/**
 * The conformance kit: a catalogue of what the MAPI pages ask of a message store, checks that name
 * the rows they verify, a runner and a report. It runs against any store through {@code api} alone,
 * handed to it as a {@link org.mapi4j.conformance.Subject}. A subject behind interface pointers
 * brings a {@link org.mapi4j.conformance.NativeSide}, through which checks act as a C program
 * would, and a {@link org.mapi4j.conformance.ProviderSide}, to which they log on as a {@link
 * org.mapi4j.conformance.MapiHost}. Uses api, util and types.
 *
 * <p>Threads: a run is confined to one thread. Every check has a session and a folder of its own,
 * and what it throws is its failure, never the run's.
 *
 * <p>Sources: {@code org/mapi4j/spec/requirements.tsv}, which names the page of every row.
 */
@CheckReturnValue
package org.mapi4j.conformance;

import com.google.errorprone.annotations.CheckReturnValue;
