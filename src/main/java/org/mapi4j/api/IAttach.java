package org.mapi4j.api;

/**
 * An attachment: its SaveChanges hands it to the message, whose SaveChanges makes it permanent.
 * Adds no method. Source: MAPI "IAttach : IMAPIProp".
 */
public interface IAttach extends IMAPIProp {}
