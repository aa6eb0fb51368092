package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.SOF_UNIQUEFILENAME;
import static org.mapi4j.types.Stg.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.util.MapiUtil;

/** OpenStreamOnFile and the codes of storage. */
final class FileStreamChecks {
  private static final Bytes ABC = Bytes.of('a', 'b', 'c');
  private static final int CREATE = STGM_CREATE | STGM_READWRITE;
  private static final int UNMAPPED = 0x8003FFF0;

  private FileStreamChecks() {}

  static void register(Checks checks) {
    existing(checks);
    refused(checks);
    created(checks);
    temporary(checks);
    names(checks);
    codes(checks);
  }

  static IStream open(Context c, int flags, Path file) {
    return c.need(MapiUtil.openStreamOnFile(flags, file.toString(), null), "OpenStreamOnFile");
  }

  /** Work within a folder of temporary files, gone afterwards. */
  private interface InFolder {
    void run(Context c, Path folder) throws Exception;
  }

  private static Check.Body folder(InFolder body) {
    return c -> {
      Path folder = Files.createTempDirectory("conformance");
      try {
        body.run(c, folder);
      } finally {
        c.close();
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    };
  }

  private static void existing(Checks checks) {
    checks
        .rows("STREAM-015", "STREAM-005")
        .check(
            "an existing file opens; STGM_READ cannot be written; Stat and Seek to the end tell its"
                + " size",
            folder(
                (c, dir) -> {
                  Path file = Files.write(dir.resolve("data"), ABC.toArray());
                  IStream s = c.own(open(c, STGM_READ, file));
                  c.assertEqual(ABC, c.readAll(s), "the stream");
                  c.assertEqual(3L, c.ok(s.stat(STATFLAG_NONAME), "Stat").cbSize(), "cbSize");
                  c.assertEqual(3L, c.ok(s.seek(0, STREAM_SEEK_END), "Seek(END)"), "position");
                  c.assertHr(STG_E_ACCESSDENIED, s.write(new byte[1], 0, 1).hr(), "Write");
                  s.close();
                  c.assertEqual(ABC, Bytes.wrap(Files.readAllBytes(file)), "the file");
                }));
  }

  private static void refused(Checks checks) {
    checks
        .rows("STREAM-016")
        .check(
            "a missing file, a read-only file",
            folder(
                (c, dir) -> {
                  String missing = dir.resolve("missing").toString();
                  c.assertHr(
                      MAPI_E_NOT_FOUND,
                      MapiUtil.openStreamOnFile(STGM_READ, missing, null),
                      "OpenStreamOnFile(missing)");
                  Path file = Files.write(dir.resolve("readonly"), ABC.toArray());
                  c.assertTrue(file.toFile().setReadOnly(), "a file set read-only", file);
                  c.assertHr(
                      MAPI_E_NO_ACCESS,
                      MapiUtil.openStreamOnFile(STGM_READWRITE, file.toString(), null),
                      "OpenStreamOnFile(read-only file, STGM_READWRITE)");
                }));
  }

  private static void created(Checks checks) {
    checks
        .rows("STREAM-017")
        .check(
            "STGM_CREATE wants STGM_READWRITE, makes the file and replaces one",
            folder(
                (c, dir) -> {
                  Path file = dir.resolve("new");
                  c.assertHr(
                      MAPI_E_INVALID_PARAMETER,
                      MapiUtil.openStreamOnFile(STGM_CREATE, file.toString(), null),
                      "OpenStreamOnFile(STGM_CREATE alone)");
                  c.assertEqual(false, Files.exists(file), "the file");
                  for (Bytes text : List.of(ABC, Bytes.of('z'))) {
                    IStream s = c.own(open(c, CREATE, file));
                    c.assertEqual(Bytes.EMPTY, c.readAll(s), "the new stream");
                    c.write(s, text);
                    s.close();
                    c.assertEqual(text, Bytes.wrap(Files.readAllBytes(file)), "the file");
                  }
                }));
  }

  private static void temporary(Checks checks) {
    checks
        .rows("STREAM-018")
        .check(
            "SOF_UNIQUEFILENAME makes <prefix>HHHH.TMP in the folder named",
            folder(
                (c, dir) -> {
                  int flags = SOF_UNIQUEFILENAME | CREATE;
                  c.own(open(c, flags, dir));
                  c.own(
                      c.ok(
                          MapiUtil.openStreamOnFile(flags, dir.toString(), "AB"),
                          "OpenStreamOnFile(prefix AB)"));
                  c.assertHr(
                      MAPI_E_INVALID_PARAMETER,
                      MapiUtil.openStreamOnFile(flags, dir.toString(), "ABCD"),
                      "OpenStreamOnFile(prefix of 4)");
                  List<String> files = list(dir);
                  c.assertEqual(2, files.size(), "files");
                  c.assertTrue(files.get(0).matches("AB[0-9A-F]{4}\\.TMP"), "AB….TMP", files);
                  c.assertTrue(files.get(1).matches("SOF[0-9A-F]{4}\\.TMP"), "SOF….TMP", files);
                }));
    checks
        .rows("STREAM-019")
        .check(
            "STGM_DELETEONRELEASE; a NULL name wants it and STGM_CREATE",
            folder(
                (c, dir) -> {
                  Path file = dir.resolve("gone");
                  IStream s = c.own(open(c, CREATE | STGM_DELETEONRELEASE, file));
                  c.write(s, ABC);
                  c.assertEqual(true, Files.exists(file), "the file while it is open");
                  s.close();
                  c.assertEqual(false, Files.exists(file), "the file after Release");
                  for (int flags : new int[] {CREATE, STGM_READWRITE | STGM_DELETEONRELEASE}) {
                    c.assertHr(
                        MAPI_E_INVALID_PARAMETER,
                        MapiUtil.openStreamOnFile(flags, null, null),
                        "OpenStreamOnFile(NULL)");
                  }
                  MapiResult<IStream> unnamed =
                      MapiUtil.openStreamOnFile(CREATE | STGM_DELETEONRELEASE, null, null);
                  IStream temp = c.own(c.ok(unnamed, "OpenStreamOnFile(NULL)"));
                  c.write(temp, ABC);
                  c.need(temp.seek(0, STREAM_SEEK_SET), "Seek");
                  c.assertEqual(ABC, c.readAll(temp), "the stream without a name");
                }));
  }

  private static List<String> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void names(Checks checks) {
    checks
        .rows("STREAM-020")
        .check(
            "OpenStreamOnFileW takes names that are no ANSI text",
            folder(
                (c, dir) -> {
                  String name = dir.resolve("b\u00e4r.bin").toString();
                  IStream s =
                      c.own(
                          c.ok(
                              MapiUtil.openStreamOnFileW(CREATE, name, null), "OpenStreamOnFileW"));
                  c.write(s, ABC);
                  s.close();
                  c.assertEqual(List.of("b\u00e4r.bin"), list(dir), "files");
                  c.assertHr(
                      MAPI_E_NOT_FOUND,
                      MapiUtil.openStreamOnFileW(STGM_READ, name + "x", null),
                      "OpenStreamOnFileW(missing)");
                }));
    checks
        .rows("UTIL-061")
        .check(
            "without SOF_UNIQUEFILENAME the prefix is ignored",
            folder(
                (c, dir) -> {
                  String name = dir.resolve("plain").toString();
                  c.own(
                      c.ok(MapiUtil.openStreamOnFile(CREATE, name, "PREFIX"), "OpenStreamOnFile"));
                  c.assertEqual(List.of("plain"), list(dir), "files");
                }));
  }

  private static void codes(Checks checks) {
    checks
        .rows("STREAM-023")
        .check(
            "MapStorageSCode: S_OK is S_OK, an unmapped code MAPI_E_CALL_FAILED",
            c -> {
              c.ok(MapiUtil.mapStorageSCode(S_OK), "MapStorageSCode(S_OK)");
              c.assertHr(MAPI_E_CALL_FAILED, MapiUtil.mapStorageSCode(UNMAPPED), "MapStorageSCode");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  MapiUtil.mapStorageSCode(STG_E_ACCESSDENIED),
                  "MapStorageSCode(STG_E_ACCESSDENIED)");
            });
  }
}
