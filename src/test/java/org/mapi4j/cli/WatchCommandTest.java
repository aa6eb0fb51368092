package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SPropValue;

/** {@code watch} and who reads what it prints. */
class WatchCommandTest {
  /** Takes nothing. */
  private static final class Broken extends Writer {
    final CountDownLatch written = new CountDownLatch(1);

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      written.countDown();
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @TempDir private Path directory;

  /** Lets a reader watch, and returns the exit code still to come once it does. */
  private CompletableFuture<Integer> watch(MemoryOpener opener, Writer out, String... more)
      throws InterruptedException {
    CountDownLatch watching = new CountDownLatch(1);
    PrintWriter err =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public void flush() {
            watching.countDown();
          }
        };
    Console console =
        new Console(
            new PrintWriter(out),
            err,
            new BufferedReader(new StringReader("")),
            Clock.systemUTC(),
            opener);
    List<String> args = new ArrayList<>(List.of("watch", "--store", directory.toString()));
    args.addAll(List.of(more));
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> Main.run(console, args));
    assertTrue(watching.await(20, TimeUnit.SECONDS));
    return code;
  }

  private static void comment(IMAPIFolder folder, String text) {
    var problems =
        MapiException.require(
            folder.setProps(List.of(SPropValue.of(PR_COMMENT_W, text))), "SetProps");
    assertEquals(List.of(), problems);
  }

  @Test
  void watch_readerThatLeft_endsWithTheNextEvent() throws Exception {
    Broken out = new Broken();
    try (MemoryOpener opener = new MemoryOpener();
        MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      CompletableFuture<Integer> code = watch(opener, out);
      comment(inbox, "x");
      assertTrue(out.written.await(20, TimeUnit.SECONDS));
      assertEquals(Main.GOOD, code.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void watch_nameWithWhatATerminalObeys_isOneHarmlessLine() throws Exception {
    StringWriter out = new StringWriter();
    try (MemoryOpener opener = new MemoryOpener();
        MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder top = new StoreView(session.store()).folder("/", MAPI_MODIFY)) {
      IMAPIFolder odd =
          MapiException.require(
              top.createFolder(FOLDER_GENERIC, "a\u001B[31m\nmodified b", null, null, MAPI_UNICODE),
              "CreateFolder");
      String id = StoreView.property(odd, PR_ENTRYID).toHex();
      CompletableFuture<Integer> code = watch(opener, out, id, "--events", "1");
      comment(odd, "x");
      assertEquals(Main.GOOD, code.get(20, TimeUnit.SECONDS));
      odd.close();
    }
    assertEquals(1, out.toString().lines().count());
    assertTrue(out.toString().contains("\"a\\u001B[31m\\nmodified b\""), out::toString);
  }

  @Test
  void watch_readerThatIsSlow_hearsThatEventsWereLost() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    StringWriter out =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            try {
              goOn.await();
            } catch (InterruptedException end) {
              throw new IllegalStateException(end);
            }
            super.write(text, from, length);
          }
        };
    try (MemoryOpener opener = new MemoryOpener();
        MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      CompletableFuture<Integer> code = watch(opener, out, "--events", "6000", "--json");
      for (int i = 0; i < 8000; i++) {
        comment(inbox, "x" + i);
      }
      goOn.countDown();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      for (int i = 0; !code.isDone() && System.nanoTime() < end; i++) {
        comment(inbox, "y" + i); // more of these may be lost, too
      }
      assertEquals(Main.GOOD, code.get(20, TimeUnit.SECONDS));
    }
    assertTrue(out.toString().contains("\"event\":\"error\""), "nothing was lost");
  }

  @Test
  void watch_forNoEvent_isRefused() {
    try (MemoryOpener opener = new MemoryOpener()) {
      for (String events : List.of("0", "-1")) {
        CliRun run =
            CliRun.answering(
                "", opener, "watch", "--store", directory.toString(), "--events", events);
        assertEquals("mapi4j: --events: expected 1 or more\n", run.err());
        assertEquals(Main.FAILED, run.code());
      }
    }
  }
}
