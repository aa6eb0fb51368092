package org.mapi4j.com;

/**
 * The function pointers of a native ADRPARM and the context that goes with them, as addresses: what
 * calls them is not known here.
 *
 * @param lpfnABSDI ACCELERATEABSDI, or 0
 * @param lpfnDismiss DISMISSMODELESS, or 0
 * @param lpvDismissContext handed to {@code lpfnDismiss}
 */
record AddressCallbacks(long lpfnABSDI, long lpfnDismiss, long lpvDismissContext) {
  static final AddressCallbacks NONE = new AddressCallbacks(0, 0, 0);
}
