package org.mapi4j.api;

/** A recipient of the address book. Adds no method. Source: MAPI "IMailUser : IMAPIProp". */
public interface IMailUser extends IMAPIProp {}
