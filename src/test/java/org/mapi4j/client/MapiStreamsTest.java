package org.mapi4j.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mapi4j.types.MapiCode.*;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IStream;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.Stg;

class MapiStreamsTest {
  private static final int PIECE = 3;

  private final byte[] content = "seven bytes and more".getBytes(StandardCharsets.US_ASCII);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<String> calls = new ArrayList<>();
  private int position;
  private int failure = S_OK;
  private int writable = Integer.MAX_VALUE;

  /** A stream that moves at most three bytes a call. */
  private final IStream stream =
      (IStream)
          Proxy.newProxyInstance(
              IStream.class.getClassLoader(),
              new Class<?>[] {IStream.class},
              (proxy, method, args) -> {
                switch (method.getName()) {
                  case "read":
                    return read((byte[]) args[0], (int) args[1], (int) args[2]);
                  case "write":
                    return write((byte[]) args[0], (int) args[1], (int) args[2]);
                  case "commit":
                    calls.add("commit");
                    return failure;
                  default:
                    calls.add(method.getName());
                    return null;
                }
              });

  private MapiResult<Integer> read(byte[] target, int offset, int count) {
    if (failure != S_OK) {
      return MapiResult.error(failure);
    }
    int n = Math.min(PIECE, Math.min(count, content.length - position));
    System.arraycopy(content, position, target, offset, n);
    position += n;
    return MapiResult.ok(n);
  }

  private MapiResult<Integer> write(byte[] source, int offset, int count) {
    int n = Math.min(PIECE, Math.min(count, writable - written.size()));
    written.write(source, offset, n);
    return MapiResult.ok(n);
  }

  @Test
  void input_shortReads_giveEverythingThenTheEnd() throws IOException {
    try (InputStream in = MapiStreams.input(stream)) {
      assertEquals('s', in.read());
      assertEquals(0, in.read(new byte[4], 4, 0));
      assertEquals("even bytes and more", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[1]));
    }
    assertEquals(List.of("close"), calls);
  }

  @Test
  void input_failure_isAnExceptionWithTheStreamsCode() {
    failure = Stg.STG_E_ACCESSDENIED;
    MapiException denied =
        assertThrows(MapiException.class, () -> MapiStreams.input(stream).readAllBytes());
    assertEquals(Stg.STG_E_ACCESSDENIED, denied.hr());
  }

  @Test
  void output_shortWrites_areRepeatedAndCommittedOnce() throws IOException {
    OutputStream out = MapiStreams.output(stream);
    out.write(content, 0, content.length - 1);
    out.write(content[content.length - 1]);
    out.close();
    out.close();
    assertArrayEquals(content, written.toByteArray());
    assertEquals(List.of("commit", "close"), calls);
  }

  @Test
  void output_streamTakesNoMore_isMediumFull() {
    writable = 5;
    MapiException full =
        assertThrows(MapiException.class, () -> MapiStreams.output(stream).write(content));
    assertEquals(Stg.STG_E_MEDIUMFULL, full.hr());
    assertEquals(5, written.size());
  }

  @Test
  void output_commitFails_releasesTheStreamAllTheSame() {
    failure = Stg.STG_E_MEDIUMFULL;
    assertThrows(MapiException.class, () -> MapiStreams.output(stream).close());
    assertEquals(List.of("commit", "close"), calls);
  }
}
