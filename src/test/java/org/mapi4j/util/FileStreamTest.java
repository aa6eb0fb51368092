package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.SOF_UNIQUEFILENAME;
import static org.mapi4j.types.Stg.*;
import static org.mapi4j.util.MapiUtil.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IStream;
import org.mapi4j.types.MapiResult;

@DisplayName("OpenStreamOnFile(W), MapStorageSCode: STREAM-015 to STREAM-020, STREAM-023, UTIL-061")
class FileStreamTest {
  private static final int TEMPORARY =
      SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.bin"), text);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static String read(IStream stream, int cb) {
    byte[] pv = new byte[cb];
    int n = stream.read(pv, 0, cb).value();
    return new String(pv, 0, n, StandardCharsets.US_ASCII);
  }

  @Test
  @DisplayName("STREAM-015")
  void openStreamOnFile_read_givesAReadOnlyStream() throws IOException {
    try (IStream stream = openStreamOnFile(STGM_READ, file("abcdef").toString(), null).value()) {
      assertEquals("abcd", read(stream, 4));
      assertEquals("ef", read(stream, 4));
      assertEquals("", read(stream, 4));
      assertEquals(STG_E_ACCESSDENIED, stream.write(new byte[1], 0, 1).hr());
      assertEquals(STG_E_ACCESSDENIED, stream.setSize(0));
      assertEquals(6, stream.stat(STATFLAG_NONAME).value().cbSize());
    }
  }

  @Test
  @DisplayName("STREAM-016")
  void openStreamOnFile_missingOrReadOnlyFile_isRefused() throws IOException {
    Path file = file("x");
    String missing = folder.resolve("missing").toString();
    assertEquals(MAPI_E_NOT_FOUND, openStreamOnFile(STGM_READ, missing, null).hr());
    assertEquals(MAPI_E_NOT_FOUND, openStreamOnFile(STGM_READWRITE, missing, null).hr());
    assertTrue(file.toFile().setReadOnly());
    String name = file.toString();
    assertEquals(MAPI_E_NO_ACCESS, openStreamOnFile(STGM_READWRITE, name, null).hr());
    assertEquals(MAPI_E_NO_ACCESS, openStreamOnFile(STGM_READWRITE | STGM_CREATE, name, null).hr());
    assertEquals(MAPI_E_NO_ACCESS, openStreamOnFile(STGM_READ, folder.toString(), null).hr());
    assertEquals("x", Files.readString(file));
  }

  @Test
  @DisplayName("STREAM-017")
  void openStreamOnFile_create_needsReadWriteAndReplaces() throws IOException {
    String name = file("old").toString();
    assertEquals(MAPI_E_INVALID_PARAMETER, openStreamOnFile(STGM_CREATE, name, null).hr());
    try (IStream stream = openStreamOnFile(STGM_CREATE | STGM_READWRITE, name, "ignored").value()) {
      assertEquals(0, stream.stat(0).value().cbSize());
      assertEquals(MapiResult.ok(2), stream.write(new byte[] {'h', 'i'}, 0, 2));
      assertEquals(S_OK, stream.commit(STGC_DEFAULT));
    }
    assertEquals("hi", Files.readString(Path.of(name)));
  }

  @Test
  @DisplayName("STREAM-018, STREAM-019")
  void openStreamOnFile_uniqueName_isPrefixHexTmpAndGoesOnRelease() throws IOException {
    try (IStream first = openStreamOnFile(TEMPORARY, folder.toString(), null).value();
        IStream second = openStreamOnFileW(TEMPORARY, folder.toString(), "ab").value()) {
      assertNotSame(first, second);
      List<String> names = names();
      assertEquals(2, names.size());
      assertTrue(names.get(0).matches("SOF[0-9A-F]{4}\\.TMP"), names::toString);
      assertTrue(names.get(1).matches("ab[0-9A-F]{4}\\.TMP"), names::toString);
    }
    assertEquals(List.of(), names());
    assertEquals(
        MAPI_E_INVALID_PARAMETER, openStreamOnFile(TEMPORARY, folder.toString(), "four").hr());
  }

  @Test
  @DisplayName("STREAM-019")
  void openStreamOnFile_withoutName_needsCreateAndDeleteOnRelease() {
    int create = STGM_CREATE | STGM_READWRITE;
    assertEquals(MAPI_E_INVALID_PARAMETER, openStreamOnFile(STGM_READ, null, null).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, openStreamOnFile(create, null, null).hr());
    IStream stream = openStreamOnFile(create | STGM_DELETEONRELEASE, null, null).value();
    Path file = Path.of(stream.stat(0).value().pwcsName());
    assertTrue(Files.exists(file));
    stream.close();
    assertFalse(Files.exists(file));
  }

  @Test
  @DisplayName("UTIL-061")
  void openStreamOnFile_notUnique_ignoresThePrefix() throws IOException {
    assertEquals(S_OK, hrOfOpen(STGM_READ, file("x").toString(), "much too long"));
    assertEquals(List.of("file.bin"), names());
    assertEquals(MAPI_E_UNKNOWN_FLAGS, hrOfOpen(0x40, file("x").toString(), null));
  }

  private static int hrOfOpen(int flags, String name, String prefix) {
    MapiResult<IStream> opened = openStreamOnFile(flags, name, prefix);
    if (opened.succeeded()) {
      opened.value().close();
    }
    return opened.hr();
  }

  @Test
  void cloneStream_sharesTheFileUntilTheLastRelease() throws IOException {
    IStream stream = openStreamOnFile(TEMPORARY, folder.toString(), null).value();
    assertEquals(MapiResult.ok(3), stream.write(new byte[] {1, 2, 3}, 0, 3));
    IStream clone = stream.cloneStream().value();
    stream.close();
    stream.close();
    assertEquals(STG_E_REVERTED, stream.read(new byte[1], 0, 1).hr());
    assertEquals(MapiResult.ok(1L), clone.seek(-2, STREAM_SEEK_END));
    assertEquals(STG_E_INVALIDFUNCTION, clone.seek(-2, STREAM_SEEK_CUR).hr());
    byte[] rest = new byte[2];
    assertEquals(MapiResult.ok(2), clone.read(rest, 0, 2));
    assertArrayEquals(new byte[] {2, 3}, rest);
    assertEquals(1, names().size());
    clone.close();
    assertEquals(List.of(), names());
  }

  @Test
  void copyTo_anotherStream_reportsBytesOfBoth() throws IOException {
    try (IStream from = openStreamOnFile(STGM_READ, file("abcdef").toString(), null).value();
        IStream to = openStreamOnFile(TEMPORARY, folder.toString(), null).value()) {
      assertEquals(MapiResult.ok(new IStream.Copied(4, 4)), from.copyTo(to, 4));
      assertEquals(MapiResult.ok(0L), to.seek(0, STREAM_SEEK_SET));
      assertEquals("abcd", read(to, 9));
    }
  }

  @Test
  void read_onAnInterruptedThread_keepsTheFileOpen() throws IOException {
    try (IStream stream = openStreamOnFile(STGM_READ, file("ab").toString(), null).value()) {
      Thread.currentThread().interrupt();
      assertEquals("a", read(stream, 1));
      assertTrue(Thread.interrupted());
      assertEquals("b", read(stream, 1));
    }
  }

  @Test
  @DisplayName("STREAM-023")
  void mapStorageSCode_knownAndUnknownCodes_areMapped() {
    assertEquals(S_OK, mapStorageSCode(S_OK));
    assertEquals(MAPI_E_NOT_FOUND, mapStorageSCode(STG_E_FILENOTFOUND));
    assertEquals(MAPI_E_NO_ACCESS, mapStorageSCode(STG_E_ACCESSDENIED));
    assertEquals(MAPI_E_NOT_ENOUGH_DISK, mapStorageSCode(STG_E_MEDIUMFULL));
    assertEquals(MAPI_E_CALL_FAILED, mapStorageSCode(0x800300FD));
    assertEquals(MAPI_E_CALL_FAILED, mapStorageSCode(0x12345678));
  }
}
