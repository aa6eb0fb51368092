package org.mapi4j.demo;

import java.util.List;

/**
 * A message of the sample mail.
 *
 * @param from the sender
 * @param to the recipients: the first as To, the others as Cc
 * @param minutesAgo when it arrived, before now
 * @param categories values of the named property Keywords
 * @param files attachments
 * @param forwarded a message it embeds, or null
 */
record Letter(
    Person from,
    List<Person> to,
    int minutesAgo,
    String subject,
    String body,
    List<String> categories,
    List<Attached> files,
    Letter forwarded) {

  /** A correspondent. */
  record Person(String name, String address) {}

  /** A file: its text, repeated until it has that many bytes. */
  record Attached(String name, String mimeType, String text, int bytes) {}
}
