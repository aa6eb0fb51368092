package org.mapi4j.cli;

import static org.mapi4j.types.MapiTags.PR_ENTRYID;
import static org.mapi4j.types.SPropTagArray.tags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.client.MapiException;
import org.mapi4j.format.msg.KeptOut;
import org.mapi4j.format.msg.MsgFile;
import org.mapi4j.format.msg.MsgImport;
import org.mapi4j.format.msg.MsgLimits;
import org.mapi4j.types.SPropValue;

/**
 * Stores .msg files in a folder, one by one: what happens to one leaves the others alone. Saves
 * need not be durable at once; an item is reported as stored only after a flush that followed its
 * save.
 */
final class MailImport {
  private static final int ITEMS_PER_FLUSH = 256;

  private final MessageStore session;
  private final IMAPIFolder folder;
  private final Consumer<Item> report;
  private final List<Item> saved = new ArrayList<>();

  /**
   * What became of a file.
   *
   * @param entryId the message's identifier, null when it failed
   * @param keptOut properties that the store did not take
   * @param failure why it failed, null when it was stored
   */
  record Item(Path path, String entryId, List<KeptOut> keptOut, String failure) {}

  MailImport(MessageStore session, IMAPIFolder folder, Consumer<Item> report) {
    this.session = session;
    this.folder = folder;
    this.report = report;
  }

  void add(Path path) {
    try {
      saved.add(save(path));
    } catch (IOException | RuntimeException e) {
      // Each item stands alone: whatever one file provokes is its own failure, with its reason.
      report.accept(new Item(path, null, List.of(), reason(path, e)));
    }
    if (saved.size() >= ITEMS_PER_FLUSH) {
      flush();
    }
  }

  /** Makes what was saved durable, then reports it. */
  void flush() {
    try {
      session.flush();
    } catch (RuntimeException e) {
      saved.forEach(
          item ->
              report.accept(
                  new Item(item.path(), null, List.of(), "not durable: " + Main.reason(e))));
      saved.clear();
      return;
    }
    saved.forEach(report);
    saved.clear();
  }

  private Item save(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new CommandFailure("not a regular file"); // opening a pipe waits for its writer
    }
    try (MsgFile file = MsgFile.open(path, MsgLimits.DEFAULT);
        IMessage message =
            MapiException.require(folder.createMessage(null, 0), "IMAPIFolder::CreateMessage")) {
      List<KeptOut> keptOut = MsgImport.into(message, file.message());
      SPropValue entryId =
          MapiException.require(message.getProps(tags(PR_ENTRYID), 0), "IMAPIProp::GetProps")
              .get(0);
      MapiException.require(message.saveChanges(0), "IMessage::SaveChanges");
      return new Item(path, entryId.asBytes().toHex(), keptOut, null);
    }
  }

  private static String reason(Path path, Exception e) {
    return !Files.exists(path) ? "no such file" : Main.reason(e);
  }
}
