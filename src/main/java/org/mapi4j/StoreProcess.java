package org.mapi4j;

/**
 * A process that has a store open.
 *
 * @param owner true for the one that has the files open and serves the others
 * @param pid its process number
 * @param program what it runs, with its version of mapi4j
 */
public record StoreProcess(boolean owner, long pid, String program) {}
