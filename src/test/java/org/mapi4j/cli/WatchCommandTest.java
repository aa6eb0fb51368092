package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiTags.PR_COMMENT_W;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
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

  @Test
  void watch_readerThatLeft_endsWithTheNextEvent() throws Exception {
    Broken out = new Broken();
    try (MemoryOpener opener = new MemoryOpener();
        MessageStore session = opener.open(directory, StoreOptions.DEFAULT);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
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
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(
              () -> Main.run(console, List.of("watch", "--store", directory.toString())));
      assertTrue(watching.await(20, TimeUnit.SECONDS));
      var problems =
          MapiException.require(
              inbox.setProps(List.of(SPropValue.of(PR_COMMENT_W, "x"))), "SetProps");
      assertEquals(List.of(), problems);
      assertTrue(out.written.await(20, TimeUnit.SECONDS));
      assertEquals(Main.GOOD, code.get(20, TimeUnit.SECONDS));
    }
  }
}
