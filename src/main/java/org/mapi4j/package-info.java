/**
 * The way in: opens stores, and is the only place that names storage engines. Uses every package
 * but com, cli and explorer.
 *
 * <p>Threads: everything here may be used from any thread. Each shard has one daemon thread that
 * sweeps.
 */
@CheckReturnValue
package org.mapi4j;

import com.google.errorprone.annotations.CheckReturnValue;
