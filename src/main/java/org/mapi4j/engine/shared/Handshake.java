package org.mapi4j.engine.shared;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * How two processes find out that they are of one user. The owner proves first, so that a stranger
 * who listens on an old port learns a number that nobody uses twice. Each proof covers both
 * numbers, the versions and the port: one made for another conversation, role or port is worth
 * nothing, so passing one on from a port of one's own does not help either.
 */
final class Handshake {
  /** The first protocol. */
  static final int PROTOCOL_V1 = 1;

  /** The oldest protocol that this build speaks. */
  static final int PROTOCOL_MIN = PROTOCOL_V1;

  /** The newest protocol that this build speaks. */
  static final int PROTOCOL_MAX = PROTOCOL_V1;

  /** How long either side waits for the other's next step. */
  static final int STEP_MILLIS = 2_000;

  private static final int MAGIC = 0x4D34_4A53; // M4JS
  private static final int CHALLENGE_BYTES = 32;
  private static final String OWNER = "mapi4j owner";
  private static final String GUEST = "mapi4j guest";

  private Handshake() {}

  /**
   * The guest's side. Throws IOException or {@link FrameFault} when the other is no owner of ours,
   * and StorageFault where the file system keeps no secret.
   */
  static void asGuest(DataInputStream in, OutputStream out, Path directory, int port)
      throws IOException {
    Bytes mine = challenge();
    new Encoder().number(MAGIC).number(PROTOCOL_MIN).number(PROTOCOL_MAX).bytes(mine).writeTo(out);
    Decoder answer = new Decoder(Frame.read(in, Frame.STRANGER_BYTES_MAX));
    expectMagic(answer);
    int protocol = answer.number();
    Bytes theirs = answer.bytes();
    Bytes proof = answer.bytes();
    answer.end();
    // After the owner's first step: it has seen to it that there is a secret.
    Secret secret = Secret.read(directory);
    Bytes conversation = conversation(port, protocol, mine, theirs);
    if (!Secret.same(proof, secret.proof(OWNER, conversation))) {
      throw new FrameFault("port %d: who answers does not know the secret".formatted(port));
    }
    if (protocol < PROTOCOL_MIN || protocol > PROTOCOL_MAX) {
      throw new FrameFault("protocol: %d".formatted(protocol));
    }
    new Encoder().number(MAGIC).bytes(secret.proof(GUEST, conversation)).writeTo(out);
  }

  /**
   * The owner's side. Throws IOException or {@link FrameFault} when the other is no guest of ours.
   */
  static void asOwner(DataInputStream in, OutputStream out, Path directory, int port)
      throws IOException {
    Secret secret = Secret.ensure(directory);
    Decoder hello = new Decoder(Frame.read(in, Frame.STRANGER_BYTES_MAX));
    expectMagic(hello);
    int oldest = hello.number();
    int newest = hello.number();
    Bytes theirs = hello.bytes();
    hello.end();
    if (theirs.size() != CHALLENGE_BYTES) {
      throw new FrameFault("challenge of %d bytes".formatted(theirs.size()));
    }
    if (oldest > PROTOCOL_MAX || newest < PROTOCOL_MIN) {
      throw new FrameFault(
          "protocols %d to %d, this program speaks %d to %d"
              .formatted(oldest, newest, PROTOCOL_MIN, PROTOCOL_MAX));
    }
    int protocol = Math.min(newest, PROTOCOL_MAX);
    Bytes mine = challenge();
    Bytes conversation = conversation(port, protocol, theirs, mine);
    new Encoder()
        .number(MAGIC)
        .number(protocol)
        .bytes(mine)
        .bytes(secret.proof(OWNER, conversation))
        .writeTo(out);
    if (!secret.isConfined()) {
      throw new FrameFault("others may read the secret"); // the guest says so, and what to do
    }
    Decoder answer = new Decoder(Frame.read(in, Frame.STRANGER_BYTES_MAX));
    expectMagic(answer);
    Bytes proof = answer.bytes();
    answer.end();
    if (!Secret.same(proof, secret.proof(GUEST, conversation))) {
      throw new FrameFault("the peer does not know the secret");
    }
  }

  private static void expectMagic(Decoder in) {
    int magic = in.number();
    if (magic != MAGIC) {
      throw new FrameFault("first bytes: %08x, expected %08x".formatted(magic, MAGIC));
    }
  }

  private static Bytes challenge() {
    return Bytes.wrap(SystemChance.bytes(CHALLENGE_BYTES));
  }

  private static Bytes conversation(int port, int protocol, Bytes guest, Bytes owner) {
    byte[] numbers = ByteBuffer.allocate(2 * Integer.BYTES).putInt(port).putInt(protocol).array();
    return Bytes.wrap(numbers).concat(guest).concat(owner);
  }
}
