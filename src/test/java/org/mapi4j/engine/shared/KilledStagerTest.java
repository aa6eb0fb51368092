package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.Stg;

/** Values that a process wrote and did not save before it was killed, owner or guest. */
class KilledStagerTest {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 20;

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();

  /** Stages the value of an attachment, and saves its message when it is told to. */
  static final class Stager {
    private Stager() {}

    public static void main(String[] args) throws Exception {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      try (MessageStore session = Mapi4j.open(Path.of(args[0]), StoreOptions.DEFAULT)) {
        Bytes inbox = session.store().getReceiveFolder("IPM.Note", 0).value().lppEntryID();
        IMAPIFolder folder =
            (IMAPIFolder) session.store().openEntry(inbox, null, MAPI_MODIFY).value().lppUnk();
        IMessage message = folder.createMessage(null, 0).value();
        IAttach attach = message.createAttach(null, 0).value().lppAttach();
        IStream stream =
            (IStream)
                attach
                    .openProperty(
                        PR_ATTACH_DATA_BIN,
                        MapiGuid.IID_IStream,
                        Stg.STGM_READWRITE,
                        MAPI_CREATE | MAPI_MODIFY)
                    .value();
        for (int i = 0; i < PIECES; i++) {
          assertEquals(PIECE, stream.write(new byte[PIECE], 0, PIECE).value());
        }
        System.out.println("staged");
        while (in.readLine() != null) {
          assertEquals(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
          System.out.println(HResult.toString(message.saveChanges(KEEP_OPEN_READWRITE)));
          System.out.println(
              message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes().toHex());
        }
      }
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  private Process stager() throws Exception {
    Process process = JavaProcess.start(Stager.class, store().toString());
    processes.add(process);
    assertEquals("staged", process.inputReader().readLine());
    return process;
  }

  @AfterEach
  void killAll() {
    processes.forEach(Process::destroyForcibly);
  }

  private static void kill(Process process) throws InterruptedException {
    assertTrue(process.toHandle().destroyForcibly());
    assertTrue(process.waitFor() != 0);
  }

  /** Opens the store with nobody else there, and waits for what that begins. */
  private void openAlone() {
    Mapi4j.open(store(), StoreOptions.DEFAULT).close();
  }

  /** Bytes of values that the store's files hold. */
  private long valueBytes() {
    long sum = 0;
    try (JeEngine engine = JeEngine.open(store(), JeOptions.DEFAULT)) {
      for (Row row : engine.scan(KeyRange.prefix(bytes("b")), false, Integer.MAX_VALUE)) {
        sum += row.value().size();
      }
    }
    return sum;
  }

  @Test
  void values_ofAKilledGuest_goWhenTheStoreIsNextOpenedAlone() throws Exception {
    try (MessageStore owner = Mapi4j.open(store(), StoreOptions.DEFAULT)) {
      kill(stager());
      assertTrue(owner.store().getReceiveFolder("IPM.Note", 0).hr() == S_OK);
    }
    assertTrue(valueBytes() >= PIECE);
    openAlone();
    assertEquals(0, valueBytes());
  }

  @Test
  void values_ofALivingGuest_outliveTheOwnerThatIsKilled() throws Exception {
    Process owner = stager();
    Process guest = stager();
    kill(owner);
    guest.outputWriter().append("save\n").flush();
    assertEquals("S_OK (0x00000000)", guest.inputReader().readLine());
    Bytes id = Bytes.fromHex(guest.inputReader().readLine());
    guest.getOutputStream().close();
    assertEquals(0, guest.waitFor());
    openAlone();
    assertEquals((long) PIECE * PIECES, valueBytes());
    try (MessageStore session = Mapi4j.open(store(), StoreOptions.DEFAULT);
        IMessage message = (IMessage) session.store().openEntry(id, null, 0).value().lppUnk();
        IAttach attach = message.openAttach(0, null, 0).value();
        IStream stream =
            (IStream) attach.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, 0).value()) {
      byte[] read = new byte[PIECE * PIECES];
      assertEquals(read.length, stream.read(read, 0, read.length).value());
    }
  }
}
