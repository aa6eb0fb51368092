package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.*;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** OpenProperty. */
final class PropOpenChecks {
  private static final Bytes ABC = Bytes.of('a', 'b', 'c');

  private PropOpenChecks() {}

  static void register(Checks checks) {
    arguments(checks);
    create(checks);
    access(checks);
    interfaces(checks);
    tables(checks);
    streams(checks);
    embedded(checks);
  }

  private static void arguments(Checks checks) {
    checks
        .rows("PROP-048")
        .check(
            "a tag of PT_UNSPECIFIED",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.message()
                        .openProperty(
                            PropTag.changePropType(PR_BODY_W, PT_UNSPECIFIED), IID_IStream, 0, 0),
                    "OpenProperty(PT_UNSPECIFIED)"));
    checks
        .rows("PROP-049")
        .check(
            "lpiid NULL",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.message().openProperty(PR_BODY_W, null, 0, 0),
                    "OpenProperty(lpiid NULL)"));
    checks
        .rows("PROP-050")
        .check(
            "a missing property without MAPI_CREATE",
            c -> {
              IMessage m = c.message();
              for (int flags : new int[] {0, MAPI_MODIFY}) {
                c.assertHr(
                    MAPI_E_NOT_FOUND,
                    m.openProperty(PR_COMMENT_W, IID_IStream, 0, flags),
                    "OpenProperty(PR_COMMENT_W)");
              }
            });
  }

  private static void create(Checks checks) {
    checks
        .rows("PROP-051")
        .check(
            "MAPI_CREATE makes a missing property and an empty, writable stream",
            c -> {
              IMessage m = c.message();
              IStream s = c.stream(m, PR_HTML, MAPI_CREATE | MAPI_MODIFY);
              c.assertEqual(Bytes.EMPTY, c.readAll(s), "the new stream");
              c.assertEqual(3, c.ok(s.write(ABC.toArray(), 0, 3), "Write"), "pcbWritten");
              s.close();
              c.save(m);
              c.assertProp(ABC, c.openOther(c.entryId(m), 0), PR_HTML);
            });
    checks
        .rows("PROP-052")
        .check(
            "MAPI_CREATE on an existing property empties it",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, PropReadChecks.pattern(9000)));
              IStream s = c.stream(m, PR_HTML, MAPI_CREATE | MAPI_MODIFY);
              c.assertEqual(0L, c.ok(s.stat(STATFLAG_NONAME), "Stat").cbSize(), "cbSize");
              c.assertEqual(Bytes.EMPTY, c.readAll(s), "the stream");
              c.write(s, ABC);
              s.close();
              c.save(m);
              c.assertProp(ABC, c.openOther(c.entryId(m), 0), PR_HTML);
            });
    checks
        .rows("PROP-054")
        .check(
            "MAPI_CREATE without MAPI_MODIFY fails, or works as both; the object stays consistent",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, Bytes.of(1, 2)));
              MapiResult<IUnknown> r = m.openProperty(PR_HTML, IID_IStream, 0, MAPI_CREATE);
              Bytes expected = Bytes.of(1, 2);
              if (r.succeeded()) {
                IStream s = c.own((IStream) r.value());
                c.assertEqual(Bytes.EMPTY, c.readAll(s), "the stream");
                c.write(s, ABC);
                s.close();
                expected = ABC;
              }
              c.ok(m.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp(expected, c.openOther(c.entryId(m), 0), PR_HTML);
            });
  }

  private static void access(Checks checks) {
    checks
        .rows("PROP-053")
        .check(
            "a stream without MAPI_MODIFY cannot be written",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              IStream s = c.stream(m, PR_HTML, 0);
              c.assertHr(STG_E_ACCESSDENIED, s.write(new byte[] {9}, 0, 1).hr(), "Write");
              c.assertHr(STG_E_ACCESSDENIED, s.setSize(0), "SetSize(0)");
              c.assertEqual(ABC, c.readAll(s), "the stream");
            });
    checks
        .rows("PROP-056")
        .check(
            "MAPI_MODIFY or MAPI_CREATE where the caller may not change",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  m.openProperty(PR_BODY_W, IID_IStream, 0, MAPI_MODIFY),
                  "OpenProperty(MAPI_MODIFY), message opened read-only");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  m.openProperty(PR_HTML, IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY),
                  "OpenProperty(MAPI_CREATE), message opened read-only");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  c.open(id, MAPI_MODIFY).openProperty(PR_RECORD_KEY, IID_IStream, 0, MAPI_MODIFY),
                  "OpenProperty(PR_RECORD_KEY, MAPI_MODIFY), a computed property");
            });
    checks
        .rows("PROP-157")
        .check(
            "a read-only property is readable",
            c -> {
              IMessage m = c.message();
              Bytes key = c.get(m, PR_RECORD_KEY).asBytes();
              c.assertTrue(!key.isEmpty(), "a record key", key);
              c.assertProblem(
                  0,
                  PR_RECORD_KEY,
                  MAPI_E_COMPUTED,
                  m.setProps(List.of(SPropValue.of(PR_RECORD_KEY, ABC))),
                  "SetProps(PR_RECORD_KEY)");
              c.assertProp(key, m, PR_RECORD_KEY);
            });
  }

  private static void interfaces(Checks checks) {
    checks
        .rows("PROP-055")
        .check(
            "an interface that this property does not have",
            c -> {
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.message().openProperty(PR_BODY_W, IID_IMAPITable, 0, 0),
                  "OpenProperty(PR_BODY_W, IID_IMAPITable)");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.folder().openProperty(PR_CONTAINER_CONTENTS, IID_IStream, 0, 0),
                  "OpenProperty(PR_CONTAINER_CONTENTS, IID_IStream)");
            });
    checks
        .rows("PROP-057")
        .check(
            "a property that no interface opens",
            c ->
                c.assertHr(
                    MAPI_E_NO_SUPPORT,
                    c.message(SPropValue.of(PR_IMPORTANCE, 1))
                        .openProperty(PR_IMPORTANCE, IID_IStream, 0, 0),
                    "OpenProperty(PR_IMPORTANCE, IID_IStream)"));
  }

  private static void tables(Checks checks) {
    checks
        .rows("PROP-058")
        .check(
            "IID_IMAPITable: MAPI_UNICODE in ulInterfaceOptions gives wide string columns",
            c -> {
              IMAPIFolder f = c.folder();
              c.message();
              for (int options : new int[] {MAPI_UNICODE, 0}) {
                IMAPITable table =
                    (IMAPITable)
                        c.own(
                            c.ok(
                                f.openProperty(PR_CONTAINER_CONTENTS, IID_IMAPITable, options, 0),
                                "OpenProperty(PR_CONTAINER_CONTENTS)"));
                int wanted = options == 0 ? PR_SUBJECT_A : PR_SUBJECT_W;
                c.assertTrue(
                    c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns").contains(wanted),
                    PropTag.toString(wanted) + " among the columns",
                    table.queryColumns(TBL_ALL_COLUMNS));
              }
            });
    checks
        .rows("PROP-060")
        .check(
            "the container properties of a folder open as tables",
            c -> {
              IMAPIFolder f = c.folder();
              c.message();
              c.subfolder(f, "child");
              c.assertEqual(1, rowCount(c, f, PR_CONTAINER_CONTENTS), "messages");
              c.assertEqual(1, rowCount(c, f, PR_CONTAINER_HIERARCHY), "subfolders");
              c.assertEqual(0, rowCount(c, f, PR_FOLDER_ASSOCIATED_CONTENTS), "associated");
            });
  }

  private static int rowCount(Context c, IMAPIFolder folder, int tag) {
    IMAPITable table =
        (IMAPITable)
            c.own(
                c.ok(
                    folder.openProperty(tag, IID_IMAPITable, MAPI_UNICODE, 0),
                    "OpenProperty(" + PropTag.toString(tag) + ")"));
    return c.ok(table.getRowCount(0), "GetRowCount");
  }

  private static void streams(Checks checks) {
    checks
        .rows("PROP-059")
        .check(
            "PT_STRING8, PT_UNICODE and PT_BINARY open as streams of their bytes",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              c.assertEqual(
                  Bytes.wrap("body".getBytes(StandardCharsets.UTF_16LE)),
                  c.readAll(c.stream(m, PR_BODY_W, 0)),
                  "PR_BODY_W");
              c.assertEqual(
                  Bytes.of('b', 'o', 'd', 'y'), c.readAll(c.stream(m, PR_BODY_A, 0)), "PR_BODY_A");
              c.assertEqual(ABC, c.readAll(c.stream(m, PR_HTML, 0)), "PR_HTML");
            });
    checks
        .rows("PROP-061")
        .check(
            "opening a property twice gives two streams over one value, or a refusal",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
              IStream first = c.stream(m, PR_HTML, 0);
              MapiResult<IUnknown> second = m.openProperty(PR_HTML, IID_IStream, 0, 0);
              if (second.succeeded()) {
                c.assertEqual(ABC, c.readAll(c.own((IStream) second.value())), "the second stream");
              }
              c.assertEqual(ABC, c.readAll(first), "the first stream");
            });
    checks
        .rows("PROP-062")
        .check(
            "PR_SUBJECT as a stream is its text, or is refused",
            c -> {
              MapiResult<IUnknown> r = c.message().openProperty(PR_SUBJECT_W, IID_IStream, 0, 0);
              if (r.succeeded()) {
                c.assertEqual(
                    Bytes.wrap("subject".getBytes(StandardCharsets.UTF_16LE)),
                    c.readAll(c.own((IStream) r.value())),
                    "PR_SUBJECT_W");
              } else {
                c.assertOneOf(
                    r.hr(), "OpenProperty", MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NO_SUPPORT);
              }
            });
    checks
        .rows("PROP-155")
        .check(
            "MAPI_MODIFY makes a stream writable with STGM_WRITE and with 0 as options",
            c -> {
              for (int options : new int[] {STGM_WRITE, 0, STGM_READWRITE}) {
                IMessage m = c.message(SPropValue.of(PR_HTML, ABC));
                IStream s = c.stream(m, PR_HTML, options, MAPI_MODIFY);
                c.assertEqual(1, c.ok(s.write(new byte[] {'X'}, 0, 1), "Write"), "pcbWritten");
                s.close();
                c.save(m);
                c.assertProp(Bytes.of('X', 'b', 'c'), c.openOther(c.entryId(m), 0), PR_HTML);
              }
            });
  }

  private static void embedded(Checks checks) {
    checks
        .rows("PROP-156")
        .check(
            "an embedded message opened without MAPI_MODIFY cannot be changed",
            c -> {
              IMessage m = c.newMessage();
              IMessage.CreatedAttach made = c.need(m.createAttach(null, 0), "CreateAttach");
              c.own(made.lppAttach());
              c.set(made.lppAttach(), PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
              IMessage inner =
                  (IMessage)
                      c.own(
                          c.need(
                              made.lppAttach()
                                  .openProperty(
                                      PR_ATTACH_DATA_OBJ,
                                      IID_IMessage,
                                      0,
                                      MAPI_CREATE | MAPI_MODIFY),
                              "OpenProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE)"));
              c.set(inner, PR_SUBJECT_W, "inner");
              c.save(inner);
              c.save(made.lppAttach());
              IMessage read =
                  (IMessage)
                      c.own(
                          c.ok(
                              made.lppAttach().openProperty(PR_ATTACH_DATA_OBJ, IID_IMessage, 0, 0),
                              "OpenProperty(PR_ATTACH_DATA_OBJ)"));
              c.assertProblem(
                  0,
                  PR_SUBJECT_W,
                  MAPI_E_NO_ACCESS,
                  read.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "changed"))),
                  "SetProps");
              c.assertHr(MAPI_E_NO_ACCESS, read.saveChanges(0), "SaveChanges");
              c.assertProp("inner", read, PR_SUBJECT_W);
            });
  }
}
