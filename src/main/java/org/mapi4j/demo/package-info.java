/**
 * The main job, shown: sample mail, two clients, a conflict and its answers, with every HRESULT by
 * name and held against what the pages say. Uses the wiring, api, client, options, types; prints to
 * the writer it is given. Confined to one thread.
 */
@CheckReturnValue
package org.mapi4j.demo;

import com.google.errorprone.annotations.CheckReturnValue;
