/**
 * Proof of the conflict rule: records what concurrent clients saw and did, and checks that some
 * order of the calls explains it. Uses the API only, so it runs on any engine and through any
 * bridge.
 */
package org.mapi4j.history;
