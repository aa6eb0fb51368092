package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.attachments;
import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.newAttach;
import static org.mapi4j.conformance.Fixtures.openAttach;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The data of attachments: by value, by reference, embedded messages. */
final class AttachDataChecks {
  private static final Guid IID_ISTREAM_DOCFILE = MapiGuid.IID_IStreamDocfile;

  private AttachDataChecks() {}

  static void register(Checks checks) {
    byValue(checks);
    docfile(checks);
    methods(checks);
    otherData(checks);
    embedded(checks);
    embeddedAgain(checks);
  }

  private static void byValue(Checks checks) {
    checks
        .rows("ATT-023", "ATT-026", "ATT-027", "ATT-040")
        .check(
            "Data by value goes through a stream and shows under both tags",
            c -> {
              byte[] large = new byte[200_000];
              for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31 + (i >> 8));
              }
              Bytes data = Bytes.copyOf(large);
              IMessage message = c.newMessage();
              IAttach attach =
                  newAttach(c, message, SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE))
                      .lppAttach();
              IStream stream = c.stream(attach, PR_ATTACH_DATA_BIN, MAPI_CREATE | MAPI_MODIFY);
              c.write(stream, data);
              c.need(stream.commit(0), "Commit");
              stream.close();
              c.save(attach);
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              int number = (Integer) column(attachments(c, stored, PR_ATTACH_NUM)).get(0);
              IAttach reopened = openAttach(c, stored, number, 0);
              c.assertProp(ATTACH_BY_VALUE, reopened, PR_ATTACH_METHOD);
              c.assertEqual(
                  data, c.readAll(c.stream(reopened, PR_ATTACH_DATA_BIN, 0)), "PR_ATTACH_DATA_BIN");
              c.assertEqual(
                  data, c.readAll(c.stream(reopened, PR_ATTACH_DATA_OBJ, 0)), "PR_ATTACH_DATA_OBJ");
            });
    checks
        .rows("ATT-027")
        .check(
            "Deleting one view of the data deletes the other",
            c -> {
              IMessage message = c.newMessage();
              IAttach attach =
                  newAttach(
                          c,
                          message,
                          SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                          SPropValue.of(PR_ATTACH_DATA_BIN, Fixtures.DATA))
                      .lppAttach();
              c.assertProp(Fixtures.DATA, attach, PR_ATTACH_DATA_BIN);
              c.assertNoProblem(attach.deleteProps(tags(PR_ATTACH_DATA_OBJ)), "DeleteProps");
              c.assertPropError(MAPI_E_NOT_FOUND, attach, PR_ATTACH_DATA_BIN);
            });
  }

  private static void docfile(Checks checks) {
    checks
        .rows("ATT-030")
        .check(
            "IStreamDocfile on the data, or its documented refusal",
            c -> {
              IMessage message = c.newMessage();
              IAttach attach =
                  newAttach(
                          c,
                          message,
                          SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                          SPropValue.of(PR_ATTACH_DATA_BIN, Fixtures.DATA))
                      .lppAttach();
              MapiResult<IUnknown> opened =
                  attach.openProperty(PR_ATTACH_DATA_OBJ, IID_ISTREAM_DOCFILE, 0, 0);
              if (opened.succeeded()) {
                c.own(opened.value());
                c.assertEqual(
                    Fixtures.DATA, c.readAll((IStream) opened.value()), "the stream's bytes");
              } else {
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    opened,
                    "OpenProperty(PR_ATTACH_DATA_OBJ, IID_IStreamDocfile)");
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IStorage, 0, 0),
                    "OpenProperty(PR_ATTACH_DATA_OBJ, IID_IStorage)");
                c.assertTrue(!c.supports(STORE_OLE_OK), "STORE_OLE_OK clear", "set");
              }
            });
  }

  private static void methods(Checks checks) {
    checks
        .rows("ATT-024", "ATT-025", "ATT-044")
        .check(
            "The store keeps what it is given, whatever the method",
            c -> {
              IMessage message = c.newMessage();
              int[] methods = {
                ATTACH_BY_REFERENCE,
                ATTACH_BY_REF_RESOLVE,
                ATTACH_BY_REF_ONLY,
                ATTACH_BY_WEBREFERENCE,
                ATTACH_OLE,
                99
              };
              for (int method : methods) {
                IAttach attach =
                    newAttach(
                            c,
                            message,
                            SPropValue.of(PR_ATTACH_METHOD, method),
                            SPropValue.of(PR_ATTACH_PATHNAME_W, "c:\\a" + method),
                            SPropValue.of(PR_ATTACH_LONG_PATHNAME_W, "\\\\host\\a" + method),
                            SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "https://host/" + method))
                        .lppAttach();
                c.save(attach);
                attach.close();
              }
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              List<Object> numbers = column(attachments(c, stored, PR_ATTACH_NUM));
              c.assertEqual(methods.length, numbers.size(), "number of attachments");
              for (int i = 0; i < methods.length; i++) {
                IAttach attach = openAttach(c, stored, (Integer) numbers.get(i), 0);
                int method = methods[i];
                c.assertProp(method, attach, PR_ATTACH_METHOD);
                c.assertProp("c:\\a" + method, attach, PR_ATTACH_PATHNAME_W);
                c.assertProp("\\\\host\\a" + method, attach, PR_ATTACH_LONG_PATHNAME_W);
                c.assertProp("https://host/" + method, attach, PR_ATTACH_LONG_FILENAME_W);
                c.assertPropError(MAPI_E_NOT_FOUND, attach, PR_ATTACH_DATA_BIN);
              }
            });
  }

  private static void otherData(Checks checks) {
    checks
        .rows("ATT-024")
        .check(
            "Data under a method by reference, and a method by value without data",
            c -> {
              IMessage message = c.newMessage();
              IAttach odd =
                  newAttach(
                          c,
                          message,
                          SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_REF_ONLY),
                          SPropValue.of(PR_ATTACH_DATA_BIN, Fixtures.DATA))
                      .lppAttach();
              c.ok(odd.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp(Fixtures.DATA, odd, PR_ATTACH_DATA_BIN);
              IAttach bare =
                  newAttach(c, message, SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE))
                      .lppAttach();
              c.ok(bare.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp(ATTACH_BY_VALUE, bare, PR_ATTACH_METHOD);
            });
  }

  private static void embedded(Checks checks) {
    checks
        .rows("ATT-031", "ATT-033")
        .check(
            "An embedded message is permanent after three saves",
            c -> {
              for (int saves = 0; saves <= 3; saves++) {
                IMessage parent = c.message();
                Bytes id = c.entryId(parent);
                IAttach attach =
                    newAttach(
                            c,
                            parent,
                            SPropValue.of(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG),
                            SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "inner"))
                        .lppAttach();
                IMessage inner = embedded(c, attach, MAPI_CREATE | MAPI_MODIFY);
                c.assertPropError(MAPI_E_NOT_FOUND, inner, PR_SUBJECT_W);
                c.set(inner, PR_SUBJECT_W, "inner");
                // The saves from the inside out, but for the one left out.
                save(c, inner, saves != 0);
                inner.close();
                save(c, attach, saves != 1);
                attach.close();
                save(c, parent, saves != 2);
                parent.close();
                IMessage stored = c.openIn(c.session(false), id, 0);
                List<Object> numbers = column(attachments(c, stored, PR_ATTACH_NUM));
                if (saves == 1 || saves == 2) {
                  c.assertEqual(List.of(), numbers, "attachments, save " + saves + " left out");
                  continue;
                }
                c.assertEqual(1, numbers.size(), "number of attachments");
                IAttach reopened = openAttach(c, stored, (Integer) numbers.get(0), 0);
                MapiResult<IUnknown> again =
                    reopened.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, 0);
                if (saves == 0 && again.failed()) {
                  c.assertHr(MAPI_E_NOT_FOUND, again, "embedded message that was not saved");
                } else if (saves == 0) {
                  c.own(again.value());
                  c.assertPropError(MAPI_E_NOT_FOUND, (IMessage) again.value(), PR_SUBJECT_W);
                } else {
                  c.own(c.ok(again, "OpenProperty(PR_ATTACH_DATA_OBJ, IID_IMessage)"));
                  c.assertProp("inner", (IMessage) again.value(), PR_SUBJECT_W);
                }
              }
            });
  }

  private static void embeddedAgain(Checks checks) {
    checks
        .rows("ATT-033")
        .check(
            "A change in a stored embedded message needs the three saves too",
            c -> {
              IMessage parent = c.newMessage();
              IAttach attach =
                  newAttach(c, parent, SPropValue.of(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG))
                      .lppAttach();
              IMessage inner = embedded(c, attach, MAPI_CREATE | MAPI_MODIFY);
              c.set(inner, PR_SUBJECT_W, "one");
              c.save(inner);
              c.save(attach);
              c.save(parent);
              Bytes id = c.entryId(parent);
              c.set(inner, PR_SUBJECT_W, "two");
              c.save(inner);
              c.assertEqual("one", innerSubject(c, id), "after the embedded message's save");
              c.save(attach);
              c.assertEqual("one", innerSubject(c, id), "after the attachment's save");
              c.save(parent);
              c.assertEqual("two", innerSubject(c, id), "after the message's save");
            });
    checks
        .rows("ATT-032")
        .check(
            "The column PR_ATTACH_DATA_OBJ of the attachment table is no data",
            c -> {
              IMessage message = c.newMessage();
              Fixtures.attach(c, message, "a.txt");
              SRow row = attachments(c, message, PR_ATTACH_DATA_OBJ, PR_ATTACH_NUM).get(0);
              SPropValue cell = row.lpProps().get(0);
              c.assertTrue(
                  cell.isError() || cell.type() == PT_OBJECT, "PT_ERROR or an object", cell);
              int number = row.lpProps().get(1).asInt();
              c.assertEqual(
                  Fixtures.DATA,
                  c.readAll(c.stream(openAttach(c, message, number, 0), PR_ATTACH_DATA_BIN, 0)),
                  "the data through OpenAttach");
            });
  }

  private static IMessage embedded(Context c, IAttach attach, int flags) {
    return (IMessage)
        c.own(
            c.ok(
                attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, flags),
                "OpenProperty(PR_ATTACH_DATA_OBJ, IID_IMessage)"));
  }

  private static void save(Context c, IMAPIProp object, boolean really) {
    if (really) {
      c.save(object);
    }
  }

  private static String innerSubject(Context c, Bytes id) throws Exception {
    IMessage stored = c.openIn(c.session(false), id, 0);
    int number = (Integer) column(attachments(c, stored, PR_ATTACH_NUM)).get(0);
    return c.get(embedded(c, openAttach(c, stored, number, 0), 0), PR_SUBJECT_W).asString();
  }
}
