/**
 * What the converters share. Each converter is a package below this one. Uses the JDK only; free of
 * threads.
 */
@CheckReturnValue
package org.mapi4j.format;

import com.google.errorprone.annotations.CheckReturnValue;
