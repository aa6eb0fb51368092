package org.mapi4j.engine.shared;

/**
 * A process that has the store open.
 *
 * @param owner true for the one that serves the others
 * @param pid its process number
 * @param program what it runs, with its version
 */
public record Participant(boolean owner, long pid, String program) {
  static void write(Encoder out, Participant one) {
    out.flag(one.owner).large(one.pid).text(one.program);
  }

  static Participant read(Decoder in) {
    return new Participant(in.flag(), in.large(), in.text());
  }
}
