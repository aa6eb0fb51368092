package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.types.Stg.STG_E_ACCESSDENIED;

import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/** GetLastError, QueryInterface, codes and flags in general. */
final class PropErrorChecks {
  private static final int UNDEFINED_BIT = 0x00400000;
  private static final int COMPONENT_CHARS_MAX = 30;

  private PropErrorChecks() {}

  static void register(Checks checks) {
    lastError(checks);
    texts(checks);
    parameters(checks);
    nullParameters(checks);
    codes(checks);
  }

  /** Makes a message's GetProps fail with MAPI_E_INVALID_PARAMETER. */
  private static IMessage failed(Context c) throws Exception {
    IMessage m = c.message();
    c.assertHr(MAPI_E_INVALID_PARAMETER, m.getProps(SPropTagArray.EMPTY, 0), "GetProps(no tag)");
    return m;
  }

  private static void lastError(Checks checks) {
    checks
        .rows("PROP-001")
        .check(
            "GetLastError of the failed call's code is S_OK",
            c -> {
              IMessage m = failed(c);
              c.assertHr(
                  S_OK,
                  m.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE).hr(),
                  "GetLastError");
            });
    checks
        .rows("PROP-002")
        .check(
            "GetLastError with nothing known is S_OK and NULL",
            c -> {
              IMessage m = c.message();
              c.assertEqual(
                  MapiResult.ok(null),
                  m.getLastError(MAPI_E_CALL_FAILED, MAPI_UNICODE),
                  "GetLastError of a code that no call returned");
              c.assertEqual(
                  MapiResult.ok(null),
                  c.store().getLastError(MAPI_E_CALL_FAILED, MAPI_UNICODE),
                  "IMsgStore::GetLastError");
            });
    checks
        .rows("PROP-005")
        .check(
            "an error of a message is not the folder's nor the store's",
            c -> {
              IMessage m = failed(c);
              IMessage sibling = c.open(c.entryId(m), 0);
              c.assertEqual(
                  MapiResult.ok(null),
                  c.folder().getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE),
                  "GetLastError of the folder");
              c.assertEqual(
                  MapiResult.ok(null),
                  c.store().getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE),
                  "GetLastError of the store");
              c.assertEqual(
                  MapiResult.ok(null),
                  sibling.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE),
                  "GetLastError of another message object");
            });
  }

  private static void texts(Checks checks) {
    checks
        .rows("PROP-003")
        .check(
            "GetLastError answers both widths; Java form: the same String either way",
            c -> {
              IMessage m = failed(c);
              MAPIERROR wide =
                  c.ok(m.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE), "GetLastError(W)");
              MAPIERROR narrow =
                  c.ok(m.getLastError(MAPI_E_INVALID_PARAMETER, 0), "GetLastError(A)");
              c.assertEqual(wide, narrow, "MAPIERROR without MAPI_UNICODE");
            });
    checks
        .rows("PROP-004")
        .check(
            "GetLastError is MAPI_E_BAD_CHARWIDTH exactly for a width the store does not have",
            c -> {
              IMessage m = failed(c);
              c.assertHr(
                  c.supports(STORE_UNICODE_OK) ? S_OK : MAPI_E_BAD_CHARWIDTH,
                  m.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE).hr(),
                  "GetLastError(MAPI_UNICODE)");
              boolean ansi = c.folder().getPropList(0).hr() != MAPI_E_BAD_CHARWIDTH;
              c.assertHr(
                  ansi ? S_OK : MAPI_E_BAD_CHARWIDTH,
                  m.getLastError(MAPI_E_INVALID_PARAMETER, 0).hr(),
                  "GetLastError(0)");
            });
    checks
        .rows("PROP-006")
        .check(
            "a MAPIERROR names its component in 30 characters at most",
            c -> {
              MAPIERROR error =
                  c.ok(
                      failed(c).getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE),
                      "GetLastError");
              boolean named =
                  error == null
                      || error.lpszComponent() != null
                          && !error.lpszComponent().isEmpty()
                          && error.lpszComponent().length() <= COMPONENT_CHARS_MAX;
              c.assertTrue(named, "a component of 1 to 30 characters", error);
            });
    checks
        .rows("PROP-007")
        .notApplicable(
            "no method of this store answers MAPI_E_EXTENDED_ERROR: its codes say what failed",
            c -> {
              IMessage m = failed(c);
              c.assertEqual(
                  MapiResult.ok(null),
                  m.getLastError(MAPI_E_EXTENDED_ERROR, MAPI_UNICODE),
                  "GetLastError(MAPI_E_EXTENDED_ERROR)");
            });
  }

  private static void parameters(Checks checks) {
    checks
        .rows("PROP-009", "PROP-128")
        .check(
            "QueryInterface for an unsupported IID: MAPI_E_INTERFACE_NOT_SUPPORTED and NULL",
            c -> {
              Guid unknown = Guid.parse("12345678-1234-1234-1234-123456789ABC");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.message().queryInterface(unknown),
                  "IMessage QueryInterface");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.message().queryInterface(MapiGuid.IID_IMAPIFolder),
                  "IMessage QueryInterface(IID_IMAPIFolder)");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.store().queryInterface(unknown),
                  "IMsgStore QueryInterface");
              c.assertHr(
                  S_OK,
                  c.message().queryInterface(MapiGuid.IID_IMAPIProp).hr(),
                  "IMessage QueryInterface(IID_IMAPIProp)");
            });
    checks
        .rows("PROP-125")
        .check(
            "undefined flag bits are MAPI_E_UNKNOWN_FLAGS",
            c -> {
              IMessage m = c.message();
              int bad = UNDEFINED_BIT;
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.saveChanges(bad), "SaveChanges");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.getProps(tags(PR_SUBJECT_W), bad), "GetProps");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.getPropList(bad), "GetPropList");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS,
                  m.openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, bad),
                  "OpenProperty");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.getLastError(S_OK, bad), "GetLastError");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.getAttachmentTable(bad), "GetAttachmentTable");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.createAttach(null, bad), "CreateAttach");
              c.assertHr(MAPI_E_UNKNOWN_FLAGS, m.setReadFlag(bad), "SetReadFlag");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS, c.store().openEntry(c.entryId(m), null, bad), "OpenEntry");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS, c.folder().createMessage(null, bad), "CreateMessage");
            });
  }

  private static void nullParameters(Checks checks) {
    checks
        .rows("PROP-126")
        .check(
            "NULL where an object or array must be is MAPI_E_INVALID_PARAMETER",
            c -> {
              IMessage m = c.message();
              c.assertHr(MAPI_E_INVALID_PARAMETER, m.setProps(null), "SetProps(NULL)");
              c.assertHr(MAPI_E_INVALID_PARAMETER, m.deleteProps(null), "DeleteProps(NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  m.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, null, 0),
                  "CopyTo(lpDestObj NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  c.folder().copyMessages(null, null, null, 0, null, 0),
                  "CopyMessages(NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  c.folder().createFolder(FOLDER_GENERIC, null, null, null, MAPI_UNICODE),
                  "CreateFolder(name NULL)");
            });
  }

  private static void codes(Checks checks) {
    checks
        .rows("PROP-127")
        .check(
            "interfaces of MAPI fail with MAPI codes, streams with STG_ codes",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              c.assertHr(MAPI_E_NO_ACCESS, m.deleteProps(tags(PR_SUBJECT_W)), "DeleteProps");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  m.openProperty(PR_COMMENT_W, MapiGuid.IID_IStream, 0, 0),
                  "OpenProperty");
              IStream stream = c.stream(m, PR_BODY_W, 0);
              c.assertHr(
                  STG_E_ACCESSDENIED, stream.write(new byte[1], 0, 1).hr(), "IStream::Write");
              c.assertHr(STG_E_ACCESSDENIED, stream.setSize(0), "IStream::SetSize");
            });
    checks
        .rows("PROP-128")
        .check(
            "a failing call leaves no output",
            c -> {
              IMessage m = c.open(c.stored(), 0);
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER, m.getProps(SPropTagArray.EMPTY, 0), "GetProps(no tag)");
              c.assertHr(MAPI_E_NO_ACCESS, m.deleteProps(tags(PR_SUBJECT_W)), "DeleteProps");
              c.assertHr(MAPI_E_NO_ACCESS, m.createAttach(null, 0), "CreateAttach, read-only");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  m.openProperty(PR_BODY_W, null, 0, 0),
                  "OpenProperty(lpiid NULL)");
            });
  }
}
