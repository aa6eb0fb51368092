package org.mapi4j.com;

/**
 * How the values of one C type cross the border, either way. What a value needs beside its word:
 * the count of its elements, and an extra word, which is 1 for wide strings or, for an object, the
 * address of the identifier of its interface. Any thread.
 */
interface Carrier {
  /** The value of a word. Throws {@link ComFault}. */
  Object read(Logon logon, long word, long count, long extra);

  /** The word of a value; 0 for null. Throws {@link ComFault}. */
  long write(Logon logon, Object value, long extra);

  /** How many elements a value has. */
  int count(Object value);

  /** Takes back what {@link #write} gave, or what a foreign method put out; 0 is harmless. */
  void free(Logon logon, long word);
}
