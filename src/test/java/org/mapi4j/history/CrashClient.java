package org.mapi4j.history;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;

/**
 * A program that saves messages from several threads until it is killed. Says on its output what it
 * is about to do and what was acknowledged:
 *
 * <pre>
 * begin THREAD VALUE ATTACHMENT   a save of VALUE with the attachment of write ATTACHMENT begins
 * done THREAD VALUE               it was acknowledged
 * </pre>
 *
 * Arguments: directory, first value, then one entry identifier for each thread.
 */
final class CrashClient {
  private CrashClient() {}

  public static void main(String[] args) throws InterruptedException {
    MessageStore first = Mapi4j.open(Path.of(args[0]), StoreOptions.DEFAULT);
    int firstValue = Integer.parseInt(args[1]);
    Thread[] threads = new Thread[args.length - 2];
    for (int i = 0; i < threads.length; i++) {
      int number = i;
      Bytes entryId = Bytes.fromHex(args[2 + i].toLowerCase(Locale.ROOT));
      MessageStore session = first.newSession();
      threads[i] =
          new Thread(() -> saveForEver(session, number, entryId, firstValue + number * 1_000_000));
      threads[i].start();
    }
    System.out.println("started");
    for (Thread thread : threads) {
      thread.join();
    }
    first.close();
  }

  private static void saveForEver(MessageStore session, int thread, Bytes entryId, int firstValue) {
    SplittableRandom chance = new SplittableRandom(firstValue);
    int attachment = -1;
    for (int value = firstValue; ; value++) {
      try (IMessage message =
          (IMessage) session.store().openEntry(entryId, null, MAPI_MODIFY).value().lppUnk()) {
        boolean touch = attachment < 0 || chance.nextInt(3) == 0;
        attachment = touch ? value : attachment;
        Content.write(message, value, touch);
        System.out.println("begin " + thread + " " + value + " " + attachment);
        int hr = message.saveChanges(chance.nextBoolean() ? FORCE_SAVE : 0);
        if (hr != S_OK) {
          System.out.println("failed " + thread + " " + value + " " + HResult.toString(hr));
          return;
        }
        System.out.println("done " + thread + " " + value);
      }
    }
  }
}
