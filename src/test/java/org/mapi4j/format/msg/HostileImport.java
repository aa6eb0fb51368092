package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SPropValue;

/** Imports every file of a folder, each into a store of its own, in a process with a small heap. */
final class HostileImport {
  private HostileImport() {}

  /** Prints how many files were stored and how many refused; anything else ends it. */
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.sorted().toList();
    }
    int stored = 0;
    for (Path file : files) {
      try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT);
          MsgFile msg = MsgFile.open(file, MsgLimits.DEFAULT)) {
        store(session.store(), msg.message());
        stored++;
      } catch (FormatException refused) {
        System.err.flush();
      } catch (RuntimeException | Error bug) {
        throw new AssertionError(file.toString(), bug);
      }
    }
    System.out.println(stored + " stored, " + (files.size() - stored) + " refused");
  }

  private static void store(IMsgStore store, MsgMessage source) throws IOException {
    try (IMAPIFolder root =
            (IMAPIFolder)
                MapiException.require(
                        store.openEntry(IMsgStore.ROOT_FOLDER, null, MAPI_MODIFY), "OpenEntry")
                    .lppUnk();
        IMessage message = MapiException.require(root.createMessage(null, 0), "CreateMessage")) {
      List<KeptOut> keptOut = MsgImport.into(message, source);
      MapiException.require(message.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
      List<SPropValue> props = MapiException.require(message.getProps(null, 0), "GetProps");
      if (props.isEmpty() || keptOut.stream().anyMatch(kept -> kept.reason().isEmpty())) {
        throw new AssertionError("nothing was stored");
      }
    }
  }
}
