/**
 * A shard in a directory, over Berkeley DB JE: crash-safe, pure Java, one process at a time. Uses
 * spi and types; alone in using com.sleepycat.je.
 *
 * <p>Threads: JE closes its files when a thread is interrupted inside its I/O, so it is called on
 * threads of this package only: one writer, which turns what is queued into group commits, and a
 * few readers. Callers hand over and wait, first spinning for some microseconds, then parked,
 * whatever happens to their interrupt flag. Format: src/docs/formats/je-engine.md. Why one writer:
 * ADR 0002.
 */
@CheckReturnValue
package org.mapi4j.engine.je;

import com.google.errorprone.annotations.CheckReturnValue;
