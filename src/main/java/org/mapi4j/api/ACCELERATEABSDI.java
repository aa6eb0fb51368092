package org.mapi4j.api;

/** Handles keys of a modeless address dialog. Source: MAPI "ACCELERATEABSDI". */
@FunctionalInterface
public interface ACCELERATEABSDI {
  /** True when the window message was handled; {@code lpvmsg} is its address. */
  boolean accelerateABSDI(long ulUIParam, long lpvmsg);
}
