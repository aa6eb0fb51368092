package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.*;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.STATSTG;

/** Streams over properties. */
final class StreamChecks {
  private static final Bytes ABC = Bytes.of('a', 'b', 'c');
  private static final int LARGE_BYTES = 300_000;

  private StreamChecks() {}

  static void register(Checks checks) {
    permanence(checks);
    sizes(checks);
    positions(checks);
    copies(checks);
  }

  private static void permanence(Checks checks) {
    checks
        .rows("STREAM-001")
        .check(
            "what a stream wrote and committed is permanent after the owner's SaveChanges only",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              Bytes id = c.entryId(m);
              for (int options : new int[] {STGM_WRITE, STGM_WRITE | STGM_TRANSACTED}) {
                Bytes text = Bytes.of('x', options == STGM_WRITE ? '1' : '2');
                Bytes before = c.get(c.openOther(id, 0), PR_HTML).asBytes();
                IStream s = c.stream(m, PR_HTML, options, MAPI_CREATE | MAPI_MODIFY);
                c.write(s, text);
                c.ok(s.commit(STGC_DEFAULT), "Commit");
                s.close();
                c.assertProp(before, c.openOther(id, 0), PR_HTML);
                c.ok(m.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
                c.assertProp(text, c.openOther(id, 0), PR_HTML);
              }
              c.write(c.stream(m, PR_HTML, MAPI_CREATE | MAPI_MODIFY), ABC);
              m.close();
              c.assertProp(Bytes.of('x', '2'), c.openOther(id, 0), PR_HTML);
            });
    checks
        .rows("STREAM-001")
        .check(
            "a transacted stream that was not committed leaves no trace",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              IStream s = c.stream(m, PR_HTML, STGM_WRITE | STGM_TRANSACTED, MAPI_MODIFY);
              c.write(s, Bytes.of('X'));
              c.ok(s.revert(), "Revert");
              c.need(s.seek(0, STREAM_SEEK_SET), "Seek");
              c.assertEqual(ABC, c.readAll(s), "the stream after Revert");
              c.write(s, Bytes.of('Y'));
              s.close();
              c.save(m);
              c.assertProp(ABC, c.openOther(c.entryId(m), 0), PR_HTML);
            });
  }

  private static void sizes(Checks checks) {
    checks
        .rows("STREAM-002")
        .check(
            "writing past the end extends the stream",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              Bytes large = PropReadChecks.pattern(LARGE_BYTES);
              IStream s = c.stream(m, PR_HTML, MAPI_MODIFY);
              c.assertEqual(
                  LARGE_BYTES,
                  c.ok(s.write(large.toArray(), 0, LARGE_BYTES), "Write"),
                  "pcbWritten");
              s.close();
              c.save(m);
              Bytes found = c.readAll(c.stream(c.openOther(c.entryId(m), 0), PR_HTML, 0));
              c.assertTrue(found.equals(large), "all bytes", found.size() + " bytes");
            });
    checks
        .rows("STREAM-004")
        .check(
            "SetSize(0) empties the property",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              IStream s = c.stream(m, PR_HTML, MAPI_MODIFY);
              c.ok(s.setSize(0), "SetSize(0)");
              c.assertEqual(0L, c.ok(s.stat(STATFLAG_NONAME), "Stat").cbSize(), "cbSize");
              c.assertEqual(Bytes.EMPTY, c.readAll(s), "the stream");
              c.write(s, Bytes.of('z'));
              s.close();
              c.save(m);
              c.assertProp(Bytes.of('z'), c.openOther(c.entryId(m), 0), PR_HTML);
            });
    checks
        .rows("STREAM-005")
        .check(
            "Stat gives the size",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, PropReadChecks.pattern(12_345)));
              STATSTG stat = c.ok(c.stream(m, PR_HTML, 0).stat(STATFLAG_NONAME), "Stat");
              c.assertEqual(12_345L, stat.cbSize(), "cbSize");
              c.assertEqual(STGTY_STREAM, stat.type(), "type");
              c.assertEqual(
                  8L,
                  c.ok(c.stream(m, PR_BODY_W, 0).stat(STATFLAG_NONAME), "Stat").cbSize(),
                  "cbSize of a wide string of 4 characters");
            });
  }

  private static void positions(Checks checks) {
    checks
        .rows("STREAM-003")
        .check(
            "Seek to 0 reads the stream again",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              IStream s = c.stream(m, PR_HTML, 0);
              c.assertEqual(ABC, c.readAll(s), "the stream");
              c.ok(s.seek(0, STREAM_SEEK_SET), "Seek(0)");
              c.assertEqual(ABC, c.readAll(s), "the stream again");
            });
  }

  private static void copies(Checks checks) {
    checks
        .rows("STREAM-006")
        .check(
            "CopyTo carries a file stream into PR_ATTACH_DATA_BIN, from the present position",
            c -> {
              Path file = Files.createTempFile("conformance", ".bin");
              try {
                Bytes data = PropReadChecks.pattern(LARGE_BYTES);
                Files.write(file, data.toArray());
                IMessage m = c.newMessage();
                IMessage.CreatedAttach made = c.need(m.createAttach(null, 0), "CreateAttach");
                IAttach attach = c.own(made.lppAttach());
                c.set(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
                IStream from = c.own(FileStreamChecks.open(c, STGM_READ, file));
                IStream to = c.stream(attach, PR_ATTACH_DATA_BIN, MAPI_CREATE | MAPI_MODIFY);
                c.need(from.seek(10, STREAM_SEEK_SET), "Seek(10)");
                IStream.Copied copied = c.ok(from.copyTo(to, Long.MAX_VALUE), "CopyTo");
                c.assertEqual(
                    new IStream.Copied(LARGE_BYTES - 10, LARGE_BYTES - 10), copied, "counts");
                from.close();
                to.close();
                c.save(attach);
                c.save(m);
                IAttach stored =
                    c.own(
                        c.need(
                            c.openOther(c.entryId(m), 0)
                                .openAttach(made.lpulAttachmentNum(), null, 0),
                            "OpenAttach"));
                c.assertTrue(
                    c.readAll(c.stream(stored, PR_ATTACH_DATA_BIN, 0))
                        .equals(data.slice(10, LARGE_BYTES)),
                    "the file's bytes",
                    "others");
              } finally {
                Files.deleteIfExists(file);
              }
            });
  }
}
