package org.mapi4j.api;

/**
 * A section of a profile: properties that count at once. Adds no method. Source: MAPI "IProfSect :
 * IMAPIProp".
 */
public interface IProfSect extends IMAPIProp {}
