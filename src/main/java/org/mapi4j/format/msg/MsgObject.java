package org.mapi4j.format.msg;

import java.util.List;

/**
 * The properties of one object of a .msg.
 *
 * @param place its storage within the file, "" for the outermost message
 * @param properties in the order of the file; each identifier once
 * @param keptOut what the file has but cannot be read as a property
 */
public record MsgObject(String place, List<MsgProperty> properties, List<KeptOut> keptOut) {
  /** Keeps its own copies of the lists. */
  public MsgObject {
    properties = List.copyOf(properties);
    keptOut = List.copyOf(keptOut);
  }
}
