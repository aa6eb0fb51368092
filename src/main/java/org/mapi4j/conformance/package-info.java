/**
 * The conformance kit: a catalogue of what the MAPI pages ask of a message store, checks that name
 * the rows they verify, a runner and a report. It runs against any store through {@code api} alone,
 * handed to it as a {@link org.mapi4j.conformance.Subject}. Uses api, util and types.
 *
 * <p>Threads: a run is confined to one thread. Every check has a session and a folder of its own,
 * and what it throws is its failure, never the run's.
 *
 * <p>Sources: {@code org/mapi4j/spec/requirements.tsv}, which names the page of every row.
 */
@CheckReturnValue
package org.mapi4j.conformance;

import com.google.errorprone.annotations.CheckReturnValue;
