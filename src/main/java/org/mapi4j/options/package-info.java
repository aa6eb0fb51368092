/**
 * What is ours and not MAPI's: store profiles, limits, open options, the conflict handler. Uses api
 * and types. Everything is immutable; a {@link org.mapi4j.options.ConflictHandler} is called on the
 * saver's thread with no lock held.
 */
@CheckReturnValue
package org.mapi4j.options;

import com.google.errorprone.annotations.CheckReturnValue;
