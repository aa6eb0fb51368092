/**
 * The vtable bridge: the store's objects as COM interface pointers for native callers, and foreign
 * interface pointers as the interfaces of {@code api}. Uses api, options, types and the wiring; the
 * only user of JNA. No method of any interface is written out here: slots and parameters are data
 * ({@link org.mapi4j.api.Vtables}).
 *
 * <p>Addresses are {@code long}s, 0 for NULL. x64 only: pointers have 8 bytes, numbers are
 * little-endian, WCHAR has 16 bits on every platform.
 *
 * <p>Ways in and out: {@link org.mapi4j.com.Host} for the native library, {@link
 * org.mapi4j.com.Foreign} for Java over foreign pointers, {@link org.mapi4j.com.NativeCalls} for
 * slots and functions by their address. What callers may rely on: {@code src/docs/native-hosts.md}.
 *
 * <p>Threads: every object may be called from any native thread. Nothing that is thrown reaches
 * native code: it becomes an HRESULT.
 *
 * <p>Sources: MAPI "Component Object Model and MAPI", "Managing Memory in MAPI"; the slot tables of
 * {@code org/mapi4j/spec}.
 */
@CheckReturnValue
package org.mapi4j.com;

import com.google.errorprone.annotations.CheckReturnValue;
