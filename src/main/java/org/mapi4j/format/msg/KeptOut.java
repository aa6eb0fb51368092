package org.mapi4j.format.msg;

import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;

/**
 * A property of a file that did not become a property of the message, and why: the store computes
 * it itself, refuses it, or the file lacks its value.
 *
 * @param place the object within the file, "" for the message itself
 * @param tag the property as the file has it
 * @param name its name when it is a named property, else null
 * @param reason for people
 */
public record KeptOut(String place, int tag, MAPINAMEID name, String reason) {
  @Override
  public String toString() {
    String property = name == null ? PropTag.toString(tag) : name + " (0x%08X)".formatted(tag);
    return (place.isEmpty() ? "" : place + " ") + property + ": " + reason;
  }
}
