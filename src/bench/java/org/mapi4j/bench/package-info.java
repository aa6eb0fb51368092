/**
 * The measurements that the README quotes, each beside its floor in one run: bare Berkeley DB JE
 * doing the same work without MAPI. Rounds alternate between ours and the floor, and the median of
 * the rounds' ratios is the figure, since machines are shared and noisy.
 */
package org.mapi4j.bench;
