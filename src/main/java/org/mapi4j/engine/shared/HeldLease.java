package org.mapi4j.engine.shared;

import org.mapi4j.spi.Lease;
import org.mapi4j.types.Bytes;

/**
 * A lease as its process knows it. Its number and its session's are the process's own, so that they
 * stay what they are when another process becomes the owner.
 */
record HeldLease(long id, long session, Lease.Mode mode, Bytes key) {}
