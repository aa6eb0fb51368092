/**
 * A shard that several processes of one user share: the first opens the directory with another
 * engine and serves it over loopback TCP, the others reach the same shard through it. When the
 * owner ends, another takes over. Uses spi and types; the engine behind is handed in. ADR 0070; the
 * bytes on the wire and the files in the directory: src/docs/formats/shared-store.md.
 *
 * <p>Threads: everything public may be used from any thread. Each shared engine has a keeper, which
 * finds the owner and notices silence; a client has a reader; an owner has two threads for each
 * client. Sockets are plain ones, since channels close when a caller's thread is interrupted.
 */
@CheckReturnValue
package org.mapi4j.engine.shared;

import com.google.errorprone.annotations.CheckReturnValue;
